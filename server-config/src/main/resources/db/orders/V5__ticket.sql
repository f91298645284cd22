-- Tickets: pay now, fetch later. A ticket's id becomes its order's id.
CREATE TABLE ticket (
    ticket_id     uuid PRIMARY KEY,
    ticket_number bigint GENERATED ALWAYS AS IDENTITY,
    order_name    varchar(200) NOT NULL,
    product_id    integer NOT NULL, -- of another database, and perhaps unknown there
    quantity      integer NOT NULL CONSTRAINT ticket_quantity_is_within_limits CHECK (quantity BETWEEN 1 AND 1000),
    given_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    state         text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'READY', 'SOLD_OUT', 'FAILED')),
    attempts      integer NOT NULL DEFAULT 0, -- that failed for a reason of its own; from the first on it is served alone
    retry_at      timestamptz,
    reason        text,
    ended_at      timestamptz,
    CHECK (state NOT IN ('SOLD_OUT', 'FAILED') OR reason IS NOT NULL)
);
CREATE INDEX ticket_waiting ON ticket (product_id, ticket_number) WHERE state = 'WAITING';
CREATE INDEX ticket_failed ON ticket (ticket_number) WHERE state = 'FAILED';

-- The queue of each product. Whoever has its row locked, and nobody else, serves that product's tickets.
CREATE TABLE ticket_queue (
    product_id   integer PRIMARY KEY,
    called       bigint NOT NULL DEFAULT 0, -- the last number called
    seconds_each double precision           -- how long a ticket takes to be served, smoothed
) WITH (fillfactor = 50);

-- Numbers the claims. It is not rolled back, so a later claim has a higher number, whatever became of an earlier one.
CREATE SEQUENCE ticket_claim;

-- Whether an order came from a ticket: then its stock was taken in a transaction of its own.
ALTER TABLE customer_order ADD COLUMN by_ticket boolean NOT NULL DEFAULT false;
