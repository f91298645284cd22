-- The product database of an installation of commit a749bd6, as pg_dump wrote it down: its launcher made it, its shop filled it and was killed.
CREATE SCHEMA product;
ALTER SCHEMA product OWNER TO product_owner;
CREATE FUNCTION product.operator_action_is_final() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'operator_action %: the outcome % is told and stays', OLD.action_id, OLD.outcome;
END $$;
ALTER FUNCTION product.operator_action_is_final() OWNER TO product_owner;
CREATE FUNCTION product.product_initial_is_first_stock() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.product_initial := coalesce(NEW.product_initial, NEW.product_nums);
    RETURN NEW;
END $$;
ALTER FUNCTION product.product_initial_is_first_stock() OWNER TO product_owner;
CREATE TABLE product.flyway_schema_history (
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
ALTER TABLE product.flyway_schema_history OWNER TO product_owner;
CREATE TABLE product.operator_action (
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
    CONSTRAINT operator_action_decision_check CHECK ((decision = ANY (ARRAY['COMMIT'::text, 'ROLLBACK'::text]))),
    CONSTRAINT operator_action_reason_check CHECK ((reason <> ''::text))
);
ALTER TABLE product.operator_action OWNER TO product_owner;
ALTER TABLE product.operator_action ALTER COLUMN action_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME product.operator_action_action_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE product.product (
    product_id integer NOT NULL,
    product_name character varying(200) NOT NULL,
    product_nums integer NOT NULL,
    product_initial integer NOT NULL,
    CONSTRAINT stock_is_never_negative CHECK ((product_nums >= 0))
)
WITH (fillfactor='50');
ALTER TABLE product.product OWNER TO product_owner;
CREATE TABLE product.rehearsal (
    page text NOT NULL
);
ALTER TABLE ONLY product.rehearsal ALTER COLUMN page SET STORAGE PLAIN;
ALTER TABLE product.rehearsal OWNER TO product_owner;
CREATE TABLE product.ticket_desk (
    product_id integer NOT NULL,
    last_claim bigint NOT NULL,
    taken bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='50');
ALTER TABLE product.ticket_desk OWNER TO product_owner;
CREATE TABLE product.ticket_taking (
    ticket_id uuid NOT NULL,
    product_id integer NOT NULL,
    quantity integer NOT NULL,
    CONSTRAINT ticket_taking_quantity_check CHECK ((quantity > 0))
);
ALTER TABLE product.ticket_taking OWNER TO product_owner;
CREATE TABLE product.xa_decision (
    global_id text NOT NULL,
    followers text[] NOT NULL,
    decided_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    kept_until timestamp with time zone NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000');
ALTER TABLE product.xa_decision OWNER TO product_owner;
INSERT INTO product.flyway_schema_history VALUES (1, '1', 'product', 'SQL', 'V1__product.sql', 963303863, 'product_owner', '2026-11-28 14:26:50.267303', 37, true);
INSERT INTO product.flyway_schema_history VALUES (2, '2', 'xa decision', 'SQL', 'V2__xa_decision.sql', -1745774289, 'product_owner', '2026-11-28 14:26:50.523737', 45, true);
INSERT INTO product.flyway_schema_history VALUES (3, '3', 'product initial', 'SQL', 'V3__product_initial.sql', -391718648, 'product_owner', '2026-11-28 14:26:50.626876', 32, true);
INSERT INTO product.flyway_schema_history VALUES (4, '4', 'operator action', 'SQL', 'V4__operator_action.sql', 578687744, 'product_owner', '2026-11-28 14:26:50.73658', 66, true);
INSERT INTO product.flyway_schema_history VALUES (5, '5', 'ticket desk', 'SQL', 'V5__ticket_desk.sql', -491671638, 'product_owner', '2026-11-28 14:26:50.908078', 73, true);
INSERT INTO product.flyway_schema_history VALUES (6, '6', 'rehearsal', 'SQL', 'V6__rehearsal.sql', -1837436895, 'product_owner', '2026-11-28 14:26:51.034163', 63, true);
INSERT INTO product.flyway_schema_history VALUES (7, NULL, 'audit only grows', 'SQL', 'R__audit_only_grows.sql', -1356656620, 'product_owner', '2026-11-28 14:26:51.138455', 41, true);
INSERT INTO product.flyway_schema_history VALUES (8, NULL, 'demo products', 'SQL', 'R__demo_products.sql', -268706896, 'product_owner', '2026-11-28 14:26:51.223294', 8, true);
INSERT INTO product.flyway_schema_history VALUES (9, NULL, 'rights', 'SQL', 'R__rights.sql', -1764875678, 'product_owner', '2026-11-28 14:26:51.287285', 84, true);
INSERT INTO product.flyway_schema_history VALUES (10, NULL, 'rights', 'SQL', 'R__rights.sql', 2073026300, 'product_owner', '2026-11-28 14:27:21.582087', 113, true);
INSERT INTO product.operator_action OVERRIDING SYSTEM VALUE VALUES (1, '2026-11-28 14:28:41.056175+00', 'operator', '4871251_gone_F1', 'ROLLBACK', false, 'the answer got lost', NULL, NULL, NULL, NULL);
INSERT INTO product.operator_action OVERRIDING SYSTEM VALUE VALUES (2, '2026-11-28 14:28:41.062175+00', 'operator', '4871251_gone_F1', 'COMMIT', true, 'the till has the money', 'COMMITTED', 'UNKNOWN', 'nothing is known of its commit point', '2026-11-28 14:28:41.066611+00');
INSERT INTO product.product VALUES (6, 'Travel tea set', 40, 40);
INSERT INTO product.product VALUES (7, 'Cast iron kettle', 12, 12);
INSERT INTO product.product VALUES (8, 'Aged pu''er cake, 1998', 7, 7);
INSERT INTO product.product VALUES (10, 'Oolong sampler', 300, 300);
INSERT INTO product.product VALUES (11, 'Gift card', 10000, 10000);
INSERT INTO product.product VALUES (12, 'Paper filters, single', 1000000, 1000000);
INSERT INTO product.product VALUES (1, 'Longjing tea, 100 g', 99, 100);
INSERT INTO product.product VALUES (2, 'Antique Yixing teapot', 1, 3);
INSERT INTO product.product VALUES (3, 'Porcelain cup', 4994, 5000);
INSERT INTO product.product VALUES (4, 'Bamboo whisk', 242, 250);
INSERT INTO product.product VALUES (5, 'Jasmine pearls, 50 g', 790, 800);
INSERT INTO product.product VALUES (9, 'Tea towel, indigo', 1193, 1200);
INSERT INTO product.ticket_desk VALUES (9, 1, 7);
INSERT INTO product.ticket_taking VALUES ('00000001-0000-4000-8000-000000000002', 9, 7);
SELECT pg_catalog.setval('product.operator_action_action_id_seq', 2, true);
ALTER TABLE ONLY product.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
ALTER TABLE ONLY product.operator_action
    ADD CONSTRAINT operator_action_pkey PRIMARY KEY (action_id);
ALTER TABLE ONLY product.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (product_id);
ALTER TABLE ONLY product.ticket_desk
    ADD CONSTRAINT ticket_desk_pkey PRIMARY KEY (product_id);
ALTER TABLE ONLY product.ticket_taking
    ADD CONSTRAINT ticket_taking_pkey PRIMARY KEY (ticket_id);
ALTER TABLE ONLY product.xa_decision
    ADD CONSTRAINT xa_decision_pkey PRIMARY KEY (global_id);
CREATE INDEX flyway_schema_history_s_idx ON product.flyway_schema_history USING btree (success);
CREATE INDEX operator_action_at ON product.operator_action USING btree (at);
CREATE INDEX ticket_taking_of_product ON product.ticket_taking USING btree (product_id);
CREATE TRIGGER operator_action_is_final BEFORE UPDATE ON product.operator_action FOR EACH ROW WHEN ((old.outcome IS NOT NULL)) EXECUTE FUNCTION product.operator_action_is_final();
CREATE TRIGGER product_initial_is_first_stock BEFORE INSERT ON product.product FOR EACH ROW EXECUTE FUNCTION product.product_initial_is_first_stock();
ALTER TABLE ONLY product.ticket_taking
    ADD CONSTRAINT ticket_taking_product_id_fkey FOREIGN KEY (product_id) REFERENCES product.product(product_id);
GRANT USAGE ON SCHEMA product TO product;
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT SELECT ON TABLE product.flyway_schema_history TO product;
GRANT SELECT,INSERT ON TABLE product.operator_action TO product;
GRANT UPDATE(outcome) ON TABLE product.operator_action TO product;
GRANT UPDATE(evidence) ON TABLE product.operator_action TO product;
GRANT UPDATE(because) ON TABLE product.operator_action TO product;
GRANT UPDATE(ended_at) ON TABLE product.operator_action TO product;
GRANT SELECT,USAGE ON SEQUENCE product.operator_action_action_id_seq TO product;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE product.product TO product;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE product.rehearsal TO product;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE product.ticket_desk TO product;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE product.ticket_taking TO product;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE product.xa_decision TO product;
ALTER DEFAULT PRIVILEGES FOR ROLE product_owner IN SCHEMA product GRANT SELECT,USAGE ON SEQUENCES  TO product;
ALTER DEFAULT PRIVILEGES FOR ROLE product_owner IN SCHEMA product GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES  TO product;
