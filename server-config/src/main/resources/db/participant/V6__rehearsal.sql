-- Written by a server that has committed no order for ten seconds, to see whether it could. Nobody finds a row here: who writes one deletes it
-- in the same transaction. It fills a page, which must be found on the disk, so it is neither compressed nor moved elsewhere.
CREATE TABLE rehearsal (page text NOT NULL);
ALTER TABLE rehearsal ALTER COLUMN page SET STORAGE PLAIN;
