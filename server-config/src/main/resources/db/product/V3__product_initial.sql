-- All pieces of a product that ever came to the shop: in stock and ordered. An order never changes it, so that
--   sum(product_initial) = sum(product.product_nums) + sum(customer_order.quantity)
-- whenever no order is under way. Who restocks raises both, in one statement:
--   UPDATE product SET product_nums = product_nums + 50, product_initial = product_initial + 50 WHERE product_id = 1
ALTER TABLE product ADD COLUMN product_initial integer;

-- What was ordered before this migration is in another database, where this script cannot look: a shop that has such orders adds
-- them by hand (product_initial = product_initial + pieces ordered), or its books will not balance.
UPDATE product SET product_initial = product_nums;

ALTER TABLE product ALTER COLUMN product_initial SET NOT NULL;

CREATE FUNCTION product_initial_is_first_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.product_initial := coalesce(NEW.product_initial, NEW.product_nums);
    RETURN NEW;
END $$;

CREATE TRIGGER product_initial_is_first_stock BEFORE INSERT ON product
    FOR EACH ROW EXECUTE FUNCTION product_initial_is_first_stock();
