-- Stock that was taken for tickets, each in one local transaction with the change of product_nums.
CREATE TABLE ticket_desk (
    product_id integer PRIMARY KEY,      -- perhaps of no product: it may come after its tickets were refused
    last_claim bigint NOT NULL,          -- nobody with an older claim may take any more
    taken      bigint NOT NULL DEFAULT 0 -- pieces ever taken for tickets, less those given back
) WITH (fillfactor = 50);

-- Which tickets have their stock; kept at least until the ticket is READY in the orders database.
CREATE TABLE ticket_taking (
    ticket_id  uuid PRIMARY KEY,
    product_id integer NOT NULL REFERENCES product,
    quantity   integer NOT NULL CHECK (quantity > 0)
);
CREATE INDEX ticket_taking_of_product ON ticket_taking (product_id);
