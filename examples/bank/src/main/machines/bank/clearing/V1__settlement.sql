CREATE TABLE settlement (
    transfer uuid PRIMARY KEY,
    account  integer NOT NULL,
    amount   bigint NOT NULL CONSTRAINT settlement_moves_something CHECK (amount <> 0)
);
