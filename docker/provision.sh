#!/bin/sh
# Run by the postgres image, once, when it makes the database; the application role has the database's name.
set -e
# Without this an unreadable file would give a role without a password.
grep -q . "/run/secrets/$POSTGRES_DB-password"
# The password does not go by -v, which the process list would show.
psql -X -1 -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v database="$POSTGRES_DB" -v role="$POSTGRES_DB" \
    -c '\set password `cat "/run/secrets/$POSTGRES_DB-password"`' -f /etc/lockstep/provision.sql
