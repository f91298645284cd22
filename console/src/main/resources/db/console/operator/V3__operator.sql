-- Who may log in to the pages as an operator. The launcher fills it; only a hash of the password is kept.
CREATE TABLE operator (
    name          varchar(64) PRIMARY KEY,
    password_hash varchar(300) NOT NULL -- algorithm:iterations:salt:hash, the latter two in Base64
);
