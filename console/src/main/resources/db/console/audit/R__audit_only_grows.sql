-- An outcome that is told stays as it is, whoever may write.
CREATE OR REPLACE FUNCTION operator_action_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'operator_action %: the outcome % is told and stays', OLD.action_id, OLD.outcome;
END $$;

CREATE OR REPLACE TRIGGER operator_action_is_final BEFORE UPDATE ON operator_action
    FOR EACH ROW WHEN (OLD.outcome IS NOT NULL) EXECUTE FUNCTION operator_action_is_final();
