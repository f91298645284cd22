-- Why a ticket ended without an order, or failed: a code and numbers. Words are kept only where a person or the database said them.
ALTER TABLE ticket
    ADD COLUMN reason_code text CHECK (reason_code IN ('OUT_OF_STOCK', 'UNKNOWN_PRODUCT', 'ID_TAKEN', 'REFUSED', 'REJECTED')),
    ADD COLUMN available integer, -- pieces that were left when its number was called
    DROP CONSTRAINT ticket_check;

-- The sentences of earlier versions are taken apart here, for the last time.
UPDATE ticket SET reason_code = 'OUT_OF_STOCK', available = substring(reason FROM 'has (\d+) pieces')::integer, reason = NULL
WHERE state = 'SOLD_OUT' AND reason = 'Product ' || product_id || ' has ' || substring(reason FROM 'has (\d{1,9}) pieces')
    || ' pieces left, ' || quantity || ' were asked for';
UPDATE ticket SET reason_code = 'UNKNOWN_PRODUCT', reason = NULL
WHERE state = 'SOLD_OUT' AND reason = 'There is no product ' || product_id;
UPDATE ticket SET reason_code = 'ID_TAKEN', reason = NULL
WHERE state = 'FAILED' AND reason = 'There is an order of this id already';
UPDATE ticket SET reason_code = CASE state WHEN 'SOLD_OUT' THEN 'REFUSED' ELSE 'REJECTED' END
WHERE reason IS NOT NULL AND reason_code IS NULL;

-- A server of an earlier version that still runs beside this one writes words alone.
ALTER TABLE ticket
    ADD CONSTRAINT ticket_ended_for_a_reason CHECK (state NOT IN ('SOLD_OUT', 'FAILED') OR coalesce(reason_code, reason) IS NOT NULL),
    ADD CONSTRAINT ticket_available_if_out_of_stock CHECK (available IS NULL OR reason_code = 'OUT_OF_STOCK');

-- Who was called longest ago is served next, and a queue that nobody has used for long is forgotten.
ALTER TABLE ticket_queue ADD COLUMN called_at timestamptz NOT NULL DEFAULT now();
