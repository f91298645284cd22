CREATE TABLE account (
    account integer PRIMARY KEY,
    balance bigint NOT NULL CONSTRAINT balance_is_never_negative CHECK (balance >= 0)
) WITH (fillfactor = 50); -- balances change in place

-- A transfer's part here: each at most once.
CREATE TABLE booking (
    transfer uuid PRIMARY KEY,
    account  integer NOT NULL,
    amount   bigint NOT NULL CONSTRAINT booking_moves_something CHECK (amount <> 0)
);

INSERT INTO account VALUES (1, 1000);
