-- A run of the archive is a line of the audit, about no branch.
ALTER TABLE operator_action DROP CONSTRAINT operator_action_decision_check;
ALTER TABLE operator_action ADD CONSTRAINT operator_action_decision_check CHECK (decision IN ('COMMIT', 'ROLLBACK', 'RESET', 'ARCHIVE'));
