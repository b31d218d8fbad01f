-- What the database does by itself about access: lines that tell the whole, a review of every emergency
-- access, and the names of those a team follows.

-- Who looks at the log of an organisation afterwards: its privacy officer, and its head.
CREATE FUNCTION care_controls(_account bigint, _tenant bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM directory_membership m
        WHERE m.account_id = _account AND m.party_id = _tenant AND m.role IN ('privacy_officer', 'director')
            AND m.from_day <= care_today() AND (m.to_day IS NULL OR m.to_day > care_today())
    )
$$;

-- A line says what its decision says, whoever writes it.
CREATE FUNCTION care_log_says() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    _said care_accessdecision;
BEGIN
    SELECT * INTO STRICT _said FROM care_accessdecision d WHERE d.id = NEW.decision_id;
    NEW.tenants := _said.tenants;
    NEW.worked_for_id := (SELECT t.tenant_id FROM care_careteam t WHERE t.id = _said.team_id);
    NEW.purpose := _said.purpose;
    NEW.basis := _said.basis;
    NEW.is_chosen := _said.is_chosen;
    NEW.reason_code := _said.reason_code;
    NEW.flags := _said.flags;
    RETURN NEW;
END $$;

CREATE TRIGGER log_says BEFORE INSERT ON care_accesslogentry
    FOR EACH ROW EXECUTE FUNCTION care_log_says();

-- Emergency access is reviewed: seven days, as trust/purposes.yaml has it.
CREATE FUNCTION care_review_emergency() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    _before text := coalesce(current_setting('samspill.deciding', true), '');
BEGIN
    PERFORM set_config('samspill.deciding', NEW.patient_id::text, true);
    INSERT INTO care_accessreview (community_id, tenant_id, patient_id, kind, decision_id, looked_by_id,
            looked_name, reason_code, reason, told_id, question, due_on, outcome, words)
        SELECT NEW.community_id, one.tenant, NEW.patient_id, 'emergency', NEW.id, NEW.by_id, NEW.by_name,
            NEW.reason_code, NEW.reason,
            (SELECT p.account_id FROM care_patient p WHERE p.id = NEW.patient_id), '', care_today() + 7, '', ''
        FROM unnest(NEW.tenants[1:1]) AS one (tenant);
    PERFORM set_config('samspill.deciding', _before, true);
    RETURN NULL;
END $$;

CREATE TRIGGER review_emergency AFTER INSERT ON care_accessdecision
    FOR EACH ROW WHEN (NEW.basis = 'break_glass') EXECUTE FUNCTION care_review_emergency();

-- A review that is done is done; what it is about does not change.
CREATE FUNCTION care_review_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.outcome <> '' OR (OLD.kind, OLD.tenant_id, OLD.patient_id, OLD.at, OLD.due_on, OLD.question)
            IS DISTINCT FROM (NEW.kind, NEW.tenant_id, NEW.patient_id, NEW.at, NEW.due_on, NEW.question)
        OR (OLD.decision_id, OLD.entry_id, OLD.looked_by_id, OLD.asked_by_id)
            IS DISTINCT FROM (NEW.decision_id, NEW.entry_id, NEW.looked_by_id, NEW.asked_by_id) THEN
        RAISE EXCEPTION 'A review is written once, about what it was begun for.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_written_once';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER review_holds BEFORE UPDATE ON care_accessreview
    FOR EACH ROW EXECUTE FUNCTION care_review_holds();

-- A patient is found by name among those a team follows.
CREATE FUNCTION care_keep_followed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    _before text := coalesce(current_setting('samspill.deciding', true), '');
BEGIN
    PERFORM set_config('samspill.deciding', NEW.patient_id::text, true);
    DELETE FROM care_followedrow f
        WHERE f.team_id = NEW.team_id AND f.tenant_id = NEW.tenant_id AND f.patient_id = NEW.patient_id;
    INSERT INTO care_followedrow (community_id, tenant_id, patient_id, team_id, name, birth_year)
        SELECT p.community_id, NEW.tenant_id, p.id, NEW.team_id, p.given_name || ' ' || p.family_name,
            extract(year FROM p.birth_date)
        FROM care_patient p
        WHERE p.id = NEW.patient_id AND EXISTS (
            SELECT FROM care_careepisode e
            WHERE e.patient_id = p.id AND e.team_id = NEW.team_id AND e.tenant_id = NEW.tenant_id
                AND e.state IN ('active', 'onhold'));
    PERFORM set_config('samspill.deciding', _before, true);
    RETURN NULL;
END $$;

CREATE TRIGGER keep_followed AFTER INSERT OR UPDATE ON care_careepisode
    FOR EACH ROW EXECUTE FUNCTION care_keep_followed();

CREATE FUNCTION care_rename_followed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    _before text := coalesce(current_setting('samspill.deciding', true), '');
BEGIN
    PERFORM set_config('samspill.deciding', NEW.id::text, true);
    UPDATE care_followedrow f
        SET name = NEW.given_name || ' ' || NEW.family_name, birth_year = extract(year FROM NEW.birth_date)
        WHERE f.patient_id = NEW.id;
    PERFORM set_config('samspill.deciding', _before, true);
    RETURN NULL;
END $$;

CREATE TRIGGER rename_followed AFTER UPDATE OF given_name, family_name, birth_date ON care_patient
    FOR EACH ROW EXECUTE FUNCTION care_rename_followed();
