#!/bin/bash
# Dumps both databases as of one moment, while the shop runs. As the roles that own the tables:
#   backup.sh 'host=... dbname=product user=product_owner password=...' 'host=... dbname=orders user=orders_owner password=...' FOLDER
# Orders wait while two snapshots are taken, which is less than a second. pg_dump must not be older than the server. Restore both or none.
set -eu
export PRODUCT=$1 ORDERS=$2
mkdir "$3" # must be new
cd "$3"
cat > dump.sql <<'END'
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT pg_export_snapshot() AS snapshot \gset
\setenv SNAPSHOT :snapshot
\! touch $NAME.snapshot
\! pg_dump --snapshot=$SNAPSHOT --format=custom --file=$NAME.dump "$DATABASE" && touch $NAME.done || touch $NAME.failed
END
cat > wait.sh <<'END'
until [ "$(psql -AtXc 'SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()' "$ORDERS")" = 0 ]; do sleep 0.1; done
NAME=product DATABASE=$PRODUCT psql -qX -v ON_ERROR_STOP=1 -f dump.sql "$PRODUCT" < /dev/null &
NAME=orders DATABASE=$ORDERS psql -qX -v ON_ERROR_STOP=1 -f dump.sql "$ORDERS" < /dev/null &
until [ -e product.snapshot ] && [ -e orders.snapshot ]; do sleep 0.01; done
END
# The fence waits for every order that has taken stock, also a prepared one, and lets no other take any. So nothing is prepared in either database
# when the snapshots are taken: pg_dump does not carry what is.
psql -qX -v ON_ERROR_STOP=1 "$PRODUCT" <<'END'
BEGIN;
SET LOCAL lock_timeout = '5s';
LOCK TABLE product IN EXCLUSIVE MODE;
\! timeout --foreground 5 sh wait.sh && touch fenced
COMMIT;
END
[ -e fenced ] || { echo "No snapshots within 5 s: a branch is in doubt in the orders database (pg_prepared_xacts), or it does not answer" >&2; exit 1; }
until [ -e product.done ] && [ -e orders.done ]; do
  if [ -e product.failed ] || [ -e orders.failed ]; then exit 1; fi
  sleep 0.1
done
rm dump.sql wait.sh ./*.snapshot ./*.done fenced
