-- The decisions of the transactions whose commit point is in this database; needed in every database that takes part.
CREATE TABLE xa_decision (
    global_id  text PRIMARY KEY,
    followers  text[] NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kept_until timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000); -- rows live for about a second
