#!/bin/sh
# Run by the postgres image, once, when it makes the database; the application role has the database's name, the owner's ends in _owner.
set -e
# Without this an unreadable file would give a role without a password.
grep -q . "/run/secrets/$POSTGRES_DB-password"
grep -q . "/run/secrets/$POSTGRES_DB-owner-password"
# Passwords do not go by -v, which the process list would show.
psql -X -1 -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v database="$POSTGRES_DB" -v role="$POSTGRES_DB" \
    -v owner="${POSTGRES_DB}_owner" -c '\set password `cat "/run/secrets/$POSTGRES_DB-password"`' \
    -c '\set owner_password `cat "/run/secrets/$POSTGRES_DB-owner-password"`' -f /etc/lockstep/provision.sql
