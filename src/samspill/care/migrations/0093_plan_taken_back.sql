-- Those who had confirmed a plan that is taken back are marked, and say themselves when they have read it.

CREATE FUNCTION care_safety_net_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE care_planrecipient SET is_taken_back = true
        WHERE plan_id = NEW.id AND received_at IS NOT NULL AND NOT is_taken_back;
    RETURN NULL;
END $$;

CREATE TRIGGER safety_net_taken_back AFTER UPDATE ON care_safetynetplan FOR EACH ROW
    WHEN (OLD.state IN ('sent', 'superseded') AND NEW.state = 'entered-in-error')
    EXECUTE FUNCTION care_safety_net_taken_back();

CREATE FUNCTION care_plan_recipient_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    _account bigint := NULLIF(current_setting('samspill.account', true), '')::bigint;
BEGIN
    IF NEW.is_taken_back IS DISTINCT FROM OLD.is_taken_back AND NOT EXISTS (
        SELECT FROM care_safetynetplan p
        WHERE p.id = NEW.plan_id AND p.state = 'entered-in-error' AND NEW.is_taken_back
    ) THEN
        RAISE EXCEPTION 'A receipt is marked when its plan is taken back.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_recipient_is_taken_back';
    END IF;
    IF NEW.seen_back_at IS DISTINCT FROM OLD.seen_back_at AND (
        OLD.seen_back_at IS NOT NULL OR NOT NEW.is_taken_back
        OR NEW.seen_back_by_id IS DISTINCT FROM _account OR NOT care_is_recipient(NEW, _account)
    ) THEN
        RAISE EXCEPTION 'Who had confirmed a plan says, once, that it is read that it was taken back.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_recipient_says_seen_back';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plan_recipient_told BEFORE UPDATE OF is_taken_back, seen_back_at, seen_back_by_id
    ON care_planrecipient FOR EACH ROW EXECUTE FUNCTION care_plan_recipient_told();
