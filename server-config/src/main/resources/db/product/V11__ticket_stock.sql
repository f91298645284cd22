-- The table has the name of what it holds: the stock that was taken for tickets. Its rows and the rights on it stay.
ALTER TABLE ticket_desk RENAME TO ticket_stock;
ALTER INDEX ticket_desk_pkey RENAME TO ticket_stock_pkey;

-- A server of an earlier version that still runs beside this one has the old name in its statements. By it, too, it changes the same rows.
CREATE VIEW ticket_desk AS SELECT product_id, last_claim, taken FROM ticket_stock;
