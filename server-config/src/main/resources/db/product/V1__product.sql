CREATE TABLE product (
    product_id   integer PRIMARY KEY,
    product_name varchar(200) NOT NULL,
    product_nums integer NOT NULL CONSTRAINT stock_is_never_negative CHECK (product_nums >= 0)
) WITH (fillfactor = 50); -- stock changes in place: room for heap-only updates keeps the index out of it
