-- What 'lockstep.jar archive' moves here. Archived orders and tickets are found by their ids, and in no list: these tables have no other index. A
-- ticket that became an order is in the order's row. Columns are narrow, and come such that nothing is padded.
CREATE TABLE order_archive (
    order_id      uuid PRIMARY KEY,
    create_time   timestamptz NOT NULL,
    ticket_number bigint, -- null: the order came from no ticket
    given_at      timestamptz,
    product_id    integer NOT NULL,
    quantity      smallint NOT NULL,
    attempts      smallint,
    order_name    varchar(200) NOT NULL
);

-- Tickets that ended without an order.
CREATE TABLE ticket_archive (
    ticket_id     uuid PRIMARY KEY,
    ticket_number bigint NOT NULL,
    given_at      timestamptz NOT NULL,
    ended_at      timestamptz NOT NULL,
    product_id    integer NOT NULL,
    available     integer,
    quantity      smallint NOT NULL,
    attempts      smallint NOT NULL,
    order_name    varchar(200) NOT NULL,
    reason_code   text,
    reason        text
);

-- The pieces of what is archived. They change in the transaction that moves the rows, so a snapshot has each piece once.
CREATE TABLE archive_sum (
    product_id integer PRIMARY KEY,
    ordered    bigint NOT NULL DEFAULT 0,
    by_ticket  bigint NOT NULL DEFAULT 0, -- of those ordered
    sold_out   bigint NOT NULL DEFAULT 0  -- in tickets that ended without an order
) WITH (fillfactor = 50);

-- All orders, and all tickets. All parts have the same types, or the planner would read them whole.
CREATE VIEW placed_order AS
    SELECT order_id, order_name, create_time, product_id, quantity FROM customer_order
    UNION ALL
    SELECT order_id, order_name, create_time, product_id, quantity::integer FROM order_archive;

CREATE VIEW given_ticket AS
    SELECT ticket_id, ticket_number, order_name, product_id, quantity, given_at, state, attempts, reason_code, available, reason FROM ticket
    UNION ALL
    SELECT order_id, ticket_number, order_name, product_id, quantity::integer, given_at, 'READY', attempts::integer, NULL::text, NULL::integer, NULL::text
    FROM order_archive WHERE ticket_number IS NOT NULL
    UNION ALL
    SELECT ticket_id, ticket_number, order_name, product_id, quantity::integer, given_at, 'SOLD_OUT', attempts::integer, reason_code, available, reason
    FROM ticket_archive;

-- An id is used once, archived or not, whoever writes: also a server of an earlier version, which knows of no archive. They come after the insert,
-- which waits for whoever is moving the same id; the question then sees where it is.
CREATE FUNCTION order_is_not_archived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM order_archive WHERE order_id = NEW.order_id) THEN
        RAISE unique_violation USING MESSAGE = 'order ' || NEW.order_id || ' is written already, and archived';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER order_is_not_archived AFTER INSERT ON customer_order FOR EACH ROW EXECUTE FUNCTION order_is_not_archived();

CREATE FUNCTION ticket_is_not_archived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM order_archive WHERE order_id = NEW.ticket_id) OR EXISTS (SELECT FROM ticket_archive WHERE ticket_id = NEW.ticket_id) THEN
        RAISE unique_violation USING MESSAGE = 'ticket ' || NEW.ticket_id || ' is given or ordered already, and archived';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ticket_is_not_archived AFTER INSERT ON ticket FOR EACH ROW EXECUTE FUNCTION ticket_is_not_archived();

-- Moves orders of [since, before) with their tickets, the oldest first, at most so many, and returns them. A row that somebody has locked stays; one
-- of a prepared transaction is not seen at all.
CREATE FUNCTION archive_orders(since timestamptz, before timestamptz, most integer) RETURNS SETOF order_archive LANGUAGE sql AS $$
    WITH moved AS (
        DELETE FROM customer_order WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM customer_order WHERE create_time >= since AND create_time < before
            ORDER BY create_time LIMIT most FOR UPDATE SKIP LOCKED))
        RETURNING *),
    called AS (
        DELETE FROM ticket WHERE ticket_id = ANY (ARRAY(SELECT order_id FROM moved WHERE by_ticket)) AND state = 'READY'
        RETURNING *),
    summed AS (
        INSERT INTO archive_sum (product_id, ordered, by_ticket)
        SELECT product_id, sum(quantity), coalesce(sum(quantity) FILTER (WHERE by_ticket), 0) FROM moved GROUP BY product_id
        ON CONFLICT (product_id) DO UPDATE
        SET ordered = archive_sum.ordered + excluded.ordered, by_ticket = archive_sum.by_ticket + excluded.by_ticket)
    INSERT INTO order_archive
    SELECT o.order_id, o.create_time, t.ticket_number, t.given_at, o.product_id, o.quantity, t.attempts, o.order_name
    FROM moved AS o LEFT JOIN called AS t ON t.ticket_id = o.order_id
    RETURNING *
$$;

-- Moves the tickets that ended without an order before a time, of the pages [first, first + pages) of the table, and returns them. One that waits,
-- for its number or an operator, stays.
CREATE FUNCTION archive_tickets(first bigint, pages bigint, before timestamptz) RETURNS SETOF ticket_archive LANGUAGE sql AS $$
    WITH moved AS (
        DELETE FROM ticket WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM ticket
            WHERE ctid >= format('(%s,0)', first)::tid AND ctid < format('(%s,0)', first + pages)::tid
              AND state = 'SOLD_OUT' AND ended_at < before
            FOR UPDATE SKIP LOCKED))
        RETURNING *),
    summed AS (
        INSERT INTO archive_sum (product_id, sold_out) SELECT product_id, sum(quantity) FROM moved GROUP BY product_id
        ON CONFLICT (product_id) DO UPDATE SET sold_out = archive_sum.sold_out + excluded.sold_out)
    INSERT INTO ticket_archive
    SELECT ticket_id, ticket_number, given_at, ended_at, product_id, available, quantity, attempts, order_name, reason_code, reason FROM moved
    RETURNING *
$$;
