-- Gives a database its two roles: the owner of the tables, which migrates, and the application, which changes rows and no table. Run by a
-- superuser inside the database:
--   psql -1 -v ON_ERROR_STOP=1 -d product -v database=product -v role=product -v password=... -v owner=product_owner \
--     -v owner_password=... -f provision.sql
-- The schema has the application's name, where the default search_path ("$user", public) finds it.
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
CREATE SCHEMA :"role" AUTHORIZATION :"owner";
GRANT USAGE ON SCHEMA :"role" TO :"role";
ALTER ROLE :"owner" IN DATABASE :"database" SET search_path = :"role";
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"role", :"owner";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
