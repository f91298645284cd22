-- What operators did to branches in this database: the intent is written before the act, the outcome after it.
CREATE TABLE operator_action (
    action_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    operator  text NOT NULL,
    gid       text NOT NULL,
    decision  text NOT NULL CHECK (decision IN ('COMMIT', 'ROLLBACK')),
    heuristic boolean NOT NULL,
    reason    text NOT NULL CHECK (reason <> ''),
    outcome   text, -- null: not written, perhaps because the database or the server went away
    evidence  text,
    because   text,
    ended_at  timestamptz
);
CREATE INDEX operator_action_at ON operator_action (at);
