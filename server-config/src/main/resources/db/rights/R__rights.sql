-- Flyway runs this file alone when it has changed. So all that the first grants take too far is taken back here, and nowhere else.

-- What the application may do: change rows, and no table. A later migration's tables are its by default in the same way.
ALTER DEFAULT PRIVILEGES IN SCHEMA ${role} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role};
ALTER DEFAULT PRIVILEGES IN SCHEMA ${role} GRANT USAGE, SELECT ON SEQUENCES TO ${role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${role} TO ${role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${role} TO ${role};

-- It looks whether a migration is missing, in the history of each owner of tables; an earlier version had one for all. The schema has the
-- role's name.
DO $$ DECLARE
    history name;
BEGIN
    FOR history IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename LIKE '%\_schema\_history' LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM %I', history, current_schema());
    END LOOP;
END $$;

-- The audit only grows: a line is added, and told its outcome. The shop's databases have this table.
DO $$ BEGIN
    IF to_regclass('operator_action') IS NOT NULL THEN
        REVOKE UPDATE, DELETE ON operator_action FROM ${role};
        GRANT UPDATE (outcome, evidence, because, ended_at) ON operator_action TO ${role};
    END IF;
END $$;

-- The launcher decides who may log in; the application verifies passwords. The orders database alone has this table.
DO $$ BEGIN
    IF to_regclass('operator') IS NOT NULL THEN
        REVOKE INSERT, UPDATE, DELETE ON operator FROM ${role};
    END IF;
END $$;

-- What is archived stays as it is; the application only finds it. The orders database alone has these tables.
DO $$ BEGIN
    IF to_regclass('archive_sum') IS NOT NULL THEN
        REVOKE INSERT, UPDATE, DELETE ON order_archive, ticket_archive, archive_sum FROM ${role};
    END IF;
END $$;
