-- A shop to try: from a nearly sold out rarity to more than anybody can buy.
INSERT INTO product (product_id, product_name, product_nums) VALUES
    (1, 'Longjing tea, 100 g', 100),
    (2, 'Antique Yixing teapot', 3),
    (3, 'Porcelain cup', 5000),
    (4, 'Bamboo whisk', 250),
    (5, 'Jasmine pearls, 50 g', 800),
    (6, 'Travel tea set', 40),
    (7, 'Cast iron kettle', 12),
    (8, 'Aged pu''er cake, 1998', 7),
    (9, 'Tea towel, indigo', 1200),
    (10, 'Oolong sampler', 300),
    (11, 'Gift card', 10000),
    (12, 'Paper filters, single', 1000000)
ON CONFLICT (product_id) DO NOTHING;
