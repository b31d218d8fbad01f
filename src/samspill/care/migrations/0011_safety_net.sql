-- A plan that is sent does not change, and is received when its recipient says so. Whoever forgets is stopped here.

CREATE FUNCTION care_safety_net_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    _may_change text[] := ARRAY['state', 'ended_at', 'ended_by_id', 'end_reason'];
    _is_move boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' OR NEW.sent_at IS NOT NULL THEN
            RAISE EXCEPTION 'A plan begins as a draft.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'safety_net_begins_as_draft';
        END IF;
        RETURN NEW;
    END IF;
    _is_move := NEW.state = OLD.state OR (OLD.state, NEW.state) IN (
        ('draft', 'sent'), ('draft', 'entered-in-error'), ('sent', 'superseded'),
        ('sent', 'entered-in-error'), ('superseded', 'entered-in-error'));
    IF NOT _is_move THEN
        RAISE EXCEPTION 'A plan does not go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'safety_net_moves';
    END IF;
    IF OLD.state <> 'draft' AND to_jsonb(NEW) - _may_change IS DISTINCT FROM to_jsonb(OLD) - _may_change THEN
        RAISE EXCEPTION 'A plan that is sent does not change: make a new one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'safety_net_sent_is_kept';
    END IF;
    IF OLD.state = 'draft' AND NEW.state = 'sent' AND NOT EXISTS (
        SELECT FROM care_planrecipient r
        WHERE r.plan_id = NEW.id AND r.sent_at IS NOT NULL AND r.record_id = ANY (NEW.recipient_tenants)
    ) THEN
        RAISE EXCEPTION 'A plan is sent to somebody who can receive it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'safety_net_has_a_recipient';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER safety_net_kept BEFORE INSERT OR UPDATE ON care_safetynetplan
    FOR EACH ROW EXECUTE FUNCTION care_safety_net_kept();

-- Nobody waits for a receipt of a plan that is no longer in force, whoever replaced it.
CREATE FUNCTION care_safety_net_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE care_planrecipient SET is_awaited = false WHERE plan_id = NEW.id AND is_awaited;
    RETURN NULL;
END $$;

CREATE TRIGGER safety_net_ended AFTER UPDATE ON care_safetynetplan FOR EACH ROW
    WHEN (OLD.state = 'sent' AND NEW.state <> 'sent') EXECUTE FUNCTION care_safety_net_ended();

-- The recipient is a member of the team, the person near the patient, or the patient.
CREATE FUNCTION care_is_recipient(r care_planrecipient, _account bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE r.kind
        WHEN 'team' THEN care_works_in(_account, r.team_id)
        WHEN 'related' THEN EXISTS (
            SELECT FROM care_relatedperson p
            WHERE p.id = r.related_id AND p.patient_id = r.patient_id AND p.account_id = _account AND p.may_see
                AND p.from_day <= care_today() AND (p.to_day IS NULL OR p.to_day > care_today()))
        WHEN 'patient' THEN EXISTS (
            SELECT FROM care_patient p WHERE p.id = r.patient_id AND p.account_id = _account)
        ELSE false
    END
$$;

CREATE FUNCTION care_plan_recipient_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    _account bigint := NULLIF(current_setting('samspill.account', true), '')::bigint;
    _received text[] := ARRAY['received_at', 'received_by_id', 'is_awaited'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT FROM care_safetynetplan p WHERE p.id = OLD.plan_id AND p.state <> 'draft') THEN
            RAISE EXCEPTION 'Whom a plan was sent to is kept.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_recipient_is_kept';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.sent_at IS NOT NULL OR NEW.received_at IS NOT NULL OR NOT EXISTS (
            SELECT FROM care_safetynetplan p
            WHERE p.id = NEW.plan_id AND p.state = 'draft' AND p.patient_id = NEW.patient_id
                AND p.tenant_id = NEW.tenant_id AND p.team_id = NEW.from_team_id
        ) THEN
            RAISE EXCEPTION 'A recipient is named in the draft of the same patient and team.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_recipient_of_a_draft';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.received_at IS DISTINCT FROM OLD.received_at AND (
        OLD.received_at IS NOT NULL OR OLD.sent_at IS NULL
        OR NEW.received_by_id IS DISTINCT FROM _account OR NOT care_is_recipient(NEW, _account)
    ) THEN
        RAISE EXCEPTION 'A plan is received when its recipient says so, once.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_recipient_says_received';
    END IF;
    IF NEW.is_awaited IS DISTINCT FROM OLD.is_awaited AND NEW.is_awaited IS NOT DISTINCT FROM EXISTS (
        SELECT FROM care_safetynetplan p WHERE p.id = NEW.plan_id AND p.state NOT IN ('draft', 'sent')
    ) THEN
        RAISE EXCEPTION 'A receipt is awaited from the sending until the plan is no longer in force.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_recipient_is_awaited';
    END IF;
    IF OLD.sent_at IS NOT NULL AND to_jsonb(NEW) - _received IS DISTINCT FROM to_jsonb(OLD) - _received THEN
        RAISE EXCEPTION 'Whom a plan was sent to is kept.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_recipient_is_kept';
    END IF;
    IF NEW.sent_at IS DISTINCT FROM OLD.sent_at AND NOT EXISTS (
        SELECT FROM care_safetynetplan p WHERE p.id = NEW.plan_id AND p.state = 'draft'
    ) THEN
        RAISE EXCEPTION 'A plan is sent once, to all at the same time.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_recipient_of_a_draft';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plan_recipient_kept BEFORE INSERT OR UPDATE OR DELETE ON care_planrecipient
    FOR EACH ROW EXECUTE FUNCTION care_plan_recipient_kept();
