CREATE TABLE customer_order (
    order_id    uuid PRIMARY KEY,
    order_name  varchar(200) NOT NULL,
    create_time timestamptz NOT NULL,
    product_id  integer NOT NULL, -- of another database: no foreign key can reach it
    quantity    integer NOT NULL CONSTRAINT quantity_is_within_limits CHECK (quantity BETWEEN 1 AND 1000)
);

CREATE INDEX customer_order_newest_first ON customer_order (create_time DESC, order_id);
