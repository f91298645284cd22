-- The orders database, which has the operators, also keeps who reset the statistics; such a line is about no branch.
ALTER TABLE operator_action DROP CONSTRAINT operator_action_decision_check;
ALTER TABLE operator_action ADD CONSTRAINT operator_action_decision_check CHECK (decision IN ('COMMIT', 'ROLLBACK', 'RESET'));
