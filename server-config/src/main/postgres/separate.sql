-- Takes the tables of an earlier Lockstep from the application's role, which owned them, and gives them to a role of their own. Run by a superuser
-- inside the database, while the application stands and no branch is prepared (its locks would make this wait):
--   psql -1 -v ON_ERROR_STOP=1 -d product -v database=product -v role=product -v owner=product_owner -v owner_password=... -f separate.sql
-- Without -1 and ON_ERROR_STOP a failure would leave the role made and the tables half given.
-- Then migrate as the owner, which gives the application its rights.
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
ALTER SCHEMA :"role" OWNER TO :"owner";
REASSIGN OWNED BY :"role" TO :"owner";
GRANT USAGE ON SCHEMA :"role" TO :"role";
ALTER ROLE :"owner" IN DATABASE :"database" SET search_path = :"role";
GRANT CONNECT ON DATABASE :"database" TO :"owner";
