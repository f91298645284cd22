-- Gives a database its application role, which owns its own schema and no more. Run by a superuser inside the database:
--   psql -d product -v database=product -v role=product -v password=... -f provision.sql
-- The schema has the role's name, where the default search_path ("$user", public) finds it.
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE SCHEMA :"role" AUTHORIZATION :"role";
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"role";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
