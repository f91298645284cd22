-- The orders database of an installation of commit a749bd6, as pg_dump wrote it down: its launcher made it, its shop filled it and was killed.
CREATE SCHEMA orders;
ALTER SCHEMA orders OWNER TO orders_owner;
CREATE FUNCTION orders.operator_action_is_final() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'operator_action %: the outcome % is told and stays', OLD.action_id, OLD.outcome;
END $$;
ALTER FUNCTION orders.operator_action_is_final() OWNER TO orders_owner;
CREATE TABLE orders.customer_order (
    order_id uuid NOT NULL,
    order_name character varying(200) NOT NULL,
    create_time timestamp with time zone NOT NULL,
    product_id integer NOT NULL,
    quantity integer NOT NULL,
    by_ticket boolean DEFAULT false NOT NULL,
    CONSTRAINT quantity_is_within_limits CHECK (((quantity >= 1) AND (quantity <= 1000)))
);
ALTER TABLE orders.customer_order OWNER TO orders_owner;
CREATE TABLE orders.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);
ALTER TABLE orders.flyway_schema_history OWNER TO orders_owner;
CREATE TABLE orders.operator (
    name character varying(64) NOT NULL,
    password_hash character varying(300) NOT NULL
);
ALTER TABLE orders.operator OWNER TO orders_owner;
CREATE TABLE orders.operator_action (
    action_id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    operator text NOT NULL,
    gid text NOT NULL,
    decision text NOT NULL,
    heuristic boolean NOT NULL,
    reason text NOT NULL,
    outcome text,
    evidence text,
    because text,
    ended_at timestamp with time zone,
    CONSTRAINT operator_action_decision_check CHECK ((decision = ANY (ARRAY['COMMIT'::text, 'ROLLBACK'::text, 'RESET'::text]))),
    CONSTRAINT operator_action_reason_check CHECK ((reason <> ''::text))
);
ALTER TABLE orders.operator_action OWNER TO orders_owner;
ALTER TABLE orders.operator_action ALTER COLUMN action_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME orders.operator_action_action_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE orders.operator_session (
    cookie_hash bytea NOT NULL,
    name character varying(64) NOT NULL,
    password_hash character varying(300) NOT NULL,
    began_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    used_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
ALTER TABLE orders.operator_session OWNER TO orders_owner;
CREATE TABLE orders.rehearsal (
    page text NOT NULL
);
ALTER TABLE ONLY orders.rehearsal ALTER COLUMN page SET STORAGE PLAIN;
ALTER TABLE orders.rehearsal OWNER TO orders_owner;
CREATE TABLE orders.ticket (
    ticket_id uuid NOT NULL,
    ticket_number bigint NOT NULL,
    order_name character varying(200) NOT NULL,
    product_id integer NOT NULL,
    quantity integer NOT NULL,
    given_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    state text DEFAULT 'WAITING'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    retry_at timestamp with time zone,
    reason text,
    ended_at timestamp with time zone,
    reason_code text,
    available integer,
    CONSTRAINT ticket_available_if_out_of_stock CHECK (((available IS NULL) OR (reason_code = 'OUT_OF_STOCK'::text))),
    CONSTRAINT ticket_ended_for_a_reason CHECK (((state <> ALL (ARRAY['SOLD_OUT'::text, 'FAILED'::text])) OR (COALESCE(reason_code, reason) IS NOT NULL))),
    CONSTRAINT ticket_quantity_is_within_limits CHECK (((quantity >= 1) AND (quantity <= 1000))),
    CONSTRAINT ticket_reason_code_check CHECK ((reason_code = ANY (ARRAY['OUT_OF_STOCK'::text, 'UNKNOWN_PRODUCT'::text, 'ID_TAKEN'::text, 'REFUSED'::text, 'REJECTED'::text]))),
    CONSTRAINT ticket_state_check CHECK ((state = ANY (ARRAY['WAITING'::text, 'READY'::text, 'SOLD_OUT'::text, 'FAILED'::text])))
);
ALTER TABLE orders.ticket OWNER TO orders_owner;
CREATE SEQUENCE orders.ticket_claim
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER TABLE orders.ticket_claim OWNER TO orders_owner;
CREATE TABLE orders.ticket_queue (
    product_id integer NOT NULL,
    called bigint DEFAULT 0 NOT NULL,
    seconds_each double precision,
    called_at timestamp with time zone DEFAULT now() NOT NULL
)
WITH (fillfactor='50');
ALTER TABLE orders.ticket_queue OWNER TO orders_owner;
ALTER TABLE orders.ticket ALTER COLUMN ticket_number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME orders.ticket_ticket_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE orders.xa_decision (
    global_id text NOT NULL,
    followers text[] NOT NULL,
    decided_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    kept_until timestamp with time zone NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000');
ALTER TABLE orders.xa_decision OWNER TO orders_owner;
INSERT INTO orders.customer_order VALUES ('00000001-0000-4000-8000-000000000001', 'earlier order 1', '2026-11-28 14:28:19.762833+00', 1, 1, false);
INSERT INTO orders.customer_order VALUES ('00000002-0000-4000-8000-000000000001', 'earlier order 2', '2026-11-28 14:28:20.30445+00', 2, 2, false);
INSERT INTO orders.customer_order VALUES ('00000003-0000-4000-8000-000000000001', 'earlier order 3', '2026-11-28 14:28:20.512056+00', 3, 6, false);
INSERT INTO orders.customer_order VALUES ('00000004-0000-4000-8000-000000000001', 'earlier order 4', '2026-11-28 14:28:20.738686+00', 4, 8, false);
INSERT INTO orders.customer_order VALUES ('00000005-0000-4000-8000-000000000001', 'earlier order 5', '2026-11-28 14:28:20.93182+00', 5, 10, false);
INSERT INTO orders.customer_order VALUES ('00000001-0000-4000-8000-000000000002', 'earlier ticket', '2026-11-28 14:28:21.6817+00', 9, 7, true);
INSERT INTO orders.flyway_schema_history VALUES (1, '1', 'customer order', 'SQL', 'V1__customer_order.sql', 373374488, 'orders_owner', '2026-11-28 14:26:51.977237', 47, true);
INSERT INTO orders.flyway_schema_history VALUES (2, '2', 'xa decision', 'SQL', 'V2__xa_decision.sql', -1745774289, 'orders_owner', '2026-11-28 14:26:52.049182', 19, true);
INSERT INTO orders.flyway_schema_history VALUES (3, '3', 'operator', 'SQL', 'V3__operator.sql', -1671050228, 'orders_owner', '2026-11-28 14:26:52.086204', 6, true);
INSERT INTO orders.flyway_schema_history VALUES (4, '4', 'operator action', 'SQL', 'V4__operator_action.sql', 578687744, 'orders_owner', '2026-11-28 14:26:52.116172', 22, true);
INSERT INTO orders.flyway_schema_history VALUES (5, '5', 'ticket', 'SQL', 'V5__ticket.sql', 1579409542, 'orders_owner', '2026-11-28 14:26:52.159319', 56, true);
INSERT INTO orders.flyway_schema_history VALUES (6, '6', 'rehearsal', 'SQL', 'V6__rehearsal.sql', -1837436895, 'orders_owner', '2026-11-28 14:26:52.235053', 10, true);
INSERT INTO orders.flyway_schema_history VALUES (7, '7', 'ticket reason', 'SQL', 'V7__ticket_reason.sql', 612105924, 'orders_owner', '2026-11-28 14:26:52.260251', 7, true);
INSERT INTO orders.flyway_schema_history VALUES (8, '8', 'operator session', 'SQL', 'V8__operator_session.sql', -976280408, 'orders_owner', '2026-11-28 14:26:52.282965', 14, true);
INSERT INTO orders.flyway_schema_history VALUES (9, '9', 'operator action reset', 'SQL', 'V9__operator_action_reset.sql', -881791406, 'orders_owner', '2026-11-28 14:26:52.309279', 6, true);
INSERT INTO orders.flyway_schema_history VALUES (10, NULL, 'audit only grows', 'SQL', 'R__audit_only_grows.sql', -1356656620, 'orders_owner', '2026-11-28 14:26:52.330079', 3, true);
INSERT INTO orders.flyway_schema_history VALUES (11, NULL, 'rights', 'SQL', 'R__rights.sql', -45265617, 'orders_owner', '2026-11-28 14:26:52.340025', 6, true);
INSERT INTO orders.flyway_schema_history VALUES (12, NULL, 'rights of operators', 'SQL', 'R__rights_of_operators.sql', -1485676201, 'orders_owner', '2026-11-28 14:26:52.357244', 2, true);
INSERT INTO orders.flyway_schema_history VALUES (13, NULL, 'rights', 'SQL', 'R__rights.sql', -33423583, 'orders_owner', '2026-11-28 14:27:22.828807', 103, true);
INSERT INTO orders.operator VALUES ('operator', 'PBKDF2WithHmacSHA512:210000:NVgfUqqhFdcEvDO7muApIZNNymM4dbw0I0zPgU6r9OY=:UzOekfjaWaZZJc6DApJSYCPbIQRB/RfVtyY9j9o6CToJkfwfPEOA6s1+U7zt/1KUhU7z0WiPVv86KtSYqOl+7A==');
INSERT INTO orders.operator_action OVERRIDING SYSTEM VALUE VALUES (1, '2026-11-28 14:28:41.209066+00', 'operator', '4871251_gone_F1', 'ROLLBACK', false, 'the answer got lost', NULL, NULL, NULL, NULL);
INSERT INTO orders.operator_action OVERRIDING SYSTEM VALUE VALUES (2, '2026-11-28 14:28:41.214044+00', 'operator', '4871251_gone_F1', 'COMMIT', true, 'the till has the money', 'COMMITTED', 'UNKNOWN', 'nothing is known of its commit point', '2026-11-28 14:28:41.223376+00');
INSERT INTO orders.operator_action OVERRIDING SYSTEM VALUE VALUES (3, '2026-11-28 14:28:41.383883+00', 'operator', '-', 'RESET', false, 'a new day', 'RESET', NULL, NULL, '2026-11-28 14:28:41.383113+00');
INSERT INTO orders.operator_session VALUES ('\xe5a4a8949a3b2f1360a234b5736ee5bb17c6f73f63378aee5bc7aca204a4fb0f', 'operator', 'PBKDF2WithHmacSHA512:210000:NVgfUqqhFdcEvDO7muApIZNNymM4dbw0I0zPgU6r9OY=:UzOekfjaWaZZJc6DApJSYCPbIQRB/RfVtyY9j9o6CToJkfwfPEOA6s1+U7zt/1KUhU7z0WiPVv86KtSYqOl+7A==', '2026-11-28 14:28:19.130546+00', '2026-11-28 14:28:19.130546+00');
INSERT INTO orders.ticket OVERRIDING SYSTEM VALUE VALUES ('00000001-0000-4000-8000-000000000002', 1, 'earlier ticket', 9, 7, '2026-11-28 14:28:21.345889+00', 'READY', 0, NULL, NULL, '2026-11-28 14:28:21.698504+00', NULL, NULL);
INSERT INTO orders.ticket OVERRIDING SYSTEM VALUE VALUES ('00000003-0000-4000-8000-000000000002', 2, 'waiting ticket 3', 3, 3, '2026-11-28 14:28:39.374352+00', 'WAITING', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO orders.ticket OVERRIDING SYSTEM VALUE VALUES ('00000004-0000-4000-8000-000000000002', 3, 'waiting ticket 4', 3, 4, '2026-11-28 14:28:39.539288+00', 'WAITING', 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO orders.ticket_queue VALUES (9, 1, 0.183205967, '2026-11-28 14:28:21.701437+00');
INSERT INTO orders.ticket_queue VALUES (3, 0, NULL, '2026-11-28 14:28:39.37354+00');
SELECT pg_catalog.setval('orders.operator_action_action_id_seq', 3, true);
SELECT pg_catalog.setval('orders.ticket_claim', 2, true);
SELECT pg_catalog.setval('orders.ticket_ticket_number_seq', 3, true);
ALTER TABLE ONLY orders.customer_order
    ADD CONSTRAINT customer_order_pkey PRIMARY KEY (order_id);
ALTER TABLE ONLY orders.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
ALTER TABLE ONLY orders.operator_action
    ADD CONSTRAINT operator_action_pkey PRIMARY KEY (action_id);
ALTER TABLE ONLY orders.operator
    ADD CONSTRAINT operator_pkey PRIMARY KEY (name);
ALTER TABLE ONLY orders.operator_session
    ADD CONSTRAINT operator_session_pkey PRIMARY KEY (cookie_hash);
ALTER TABLE ONLY orders.ticket
    ADD CONSTRAINT ticket_pkey PRIMARY KEY (ticket_id);
ALTER TABLE ONLY orders.ticket_queue
    ADD CONSTRAINT ticket_queue_pkey PRIMARY KEY (product_id);
ALTER TABLE ONLY orders.xa_decision
    ADD CONSTRAINT xa_decision_pkey PRIMARY KEY (global_id);
CREATE INDEX customer_order_newest_first ON orders.customer_order USING btree (create_time DESC, order_id);
CREATE INDEX flyway_schema_history_s_idx ON orders.flyway_schema_history USING btree (success);
CREATE INDEX operator_action_at ON orders.operator_action USING btree (at);
CREATE INDEX ticket_failed ON orders.ticket USING btree (ticket_number) WHERE (state = 'FAILED'::text);
CREATE INDEX ticket_waiting ON orders.ticket USING btree (product_id, ticket_number) WHERE (state = 'WAITING'::text);
CREATE TRIGGER operator_action_is_final BEFORE UPDATE ON orders.operator_action FOR EACH ROW WHEN ((old.outcome IS NOT NULL)) EXECUTE FUNCTION orders.operator_action_is_final();
ALTER TABLE ONLY orders.operator_session
    ADD CONSTRAINT operator_session_name_fkey FOREIGN KEY (name) REFERENCES orders.operator(name) ON DELETE CASCADE;
GRANT USAGE ON SCHEMA orders TO orders;
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE orders.customer_order TO orders;
GRANT SELECT ON TABLE orders.flyway_schema_history TO orders;
GRANT SELECT ON TABLE orders.operator TO orders;
GRANT SELECT,INSERT ON TABLE orders.operator_action TO orders;
GRANT UPDATE(outcome) ON TABLE orders.operator_action TO orders;
GRANT UPDATE(evidence) ON TABLE orders.operator_action TO orders;
GRANT UPDATE(because) ON TABLE orders.operator_action TO orders;
GRANT UPDATE(ended_at) ON TABLE orders.operator_action TO orders;
GRANT SELECT,USAGE ON SEQUENCE orders.operator_action_action_id_seq TO orders;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE orders.operator_session TO orders;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE orders.rehearsal TO orders;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE orders.ticket TO orders;
GRANT SELECT,USAGE ON SEQUENCE orders.ticket_claim TO orders;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE orders.ticket_queue TO orders;
GRANT SELECT,USAGE ON SEQUENCE orders.ticket_ticket_number_seq TO orders;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE orders.xa_decision TO orders;
ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA orders GRANT SELECT,USAGE ON SEQUENCES  TO orders;
ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA orders GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES  TO orders;
