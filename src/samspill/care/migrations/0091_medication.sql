-- A list is signed with a decision of every line, and does not change afterwards. Whoever forgets is stopped here.

CREATE FUNCTION care_medication_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    _may_change text[] := ARRAY['state', 'ended_at', 'ended_by_id', 'end_reason'];
    _has_lines boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' OR NEW.signed_at IS NOT NULL THEN
            RAISE EXCEPTION 'A medication list begins as a draft.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'medication_begins_as_draft';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'signed'), ('draft', 'entered-in-error'), ('signed', 'replaced'),
        ('signed', 'entered-in-error'), ('replaced', 'entered-in-error')) THEN
        RAISE EXCEPTION 'A medication list does not go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'medication_moves';
    END IF;
    IF OLD.state <> 'draft' AND to_jsonb(NEW) - _may_change IS DISTINCT FROM to_jsonb(OLD) - _may_change THEN
        RAISE EXCEPTION 'A medication list that is signed does not change: make a new one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'medication_signed_is_kept';
    END IF;
    IF OLD.state = 'draft' AND NEW.state = 'signed' THEN
        _has_lines := EXISTS (SELECT FROM care_medicationline l WHERE l.list_id = NEW.id);
        IF _has_lines = NEW.uses_none OR NEW.draft <> '[]'::jsonb THEN
            RAISE EXCEPTION 'A signed list has its lines, or says that the patient takes nothing.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'medication_has_lines_or_none';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER medication_kept BEFORE INSERT OR UPDATE ON care_medicationlist
    FOR EACH ROW EXECUTE FUNCTION care_medication_kept();

CREATE FUNCTION care_medication_line_of_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM care_medicationlist m
        WHERE m.id = NEW.list_id AND m.state = 'draft' AND m.patient_id = NEW.patient_id
            AND m.tenant_id = NEW.tenant_id
    ) THEN
        RAISE EXCEPTION 'A line is written as the list of the same patient is signed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'medication_line_of_a_draft';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER medication_line_of_draft BEFORE INSERT ON care_medicationline
    FOR EACH ROW EXECUTE FUNCTION care_medication_line_of_draft();

-- A plan goes out with a signed list of the same patient, or none.
CREATE FUNCTION care_plan_has_its_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.medication_list_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM care_medicationlist m
        WHERE m.id = NEW.medication_list_id AND m.state = 'signed' AND m.patient_id = NEW.patient_id
    ) THEN
        RAISE EXCEPTION 'A plan has a signed medication list of the same patient.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'safety_net_has_its_list';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plan_has_its_list BEFORE UPDATE OF medication_list_id ON care_safetynetplan
    FOR EACH ROW WHEN (OLD.medication_list_id IS DISTINCT FROM NEW.medication_list_id)
    EXECUTE FUNCTION care_plan_has_its_list();
