-- Who is logged in. A session outlives the server that began it, but not the password: it is of the operator whose hash it has. When it ends at the
-- latest is the application's matter.
CREATE TABLE operator_session (
    cookie_hash   bytea PRIMARY KEY, -- SHA-256 of what the browser shows, which is kept nowhere
    name          varchar(64) NOT NULL REFERENCES operator ON DELETE CASCADE,
    password_hash varchar(300) NOT NULL, -- what the password was verified by at the login
    began_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    used_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
