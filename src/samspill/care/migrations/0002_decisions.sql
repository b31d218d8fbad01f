-- What a decision rests on, looked up where it is written. Whoever forgets a check in the application is
-- stopped here: a decision that is not true cannot be stored, and without one there are no rows.

CREATE FUNCTION care_today() RETURNS date LANGUAGE sql STABLE AS
$$ SELECT (now() AT TIME ZONE 'Europe/Oslo')::date $$;

CREATE FUNCTION care_works_in(_account bigint, _team bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM care_teammembership m JOIN care_careteam t ON t.id = m.team_id
        WHERE m.account_id = _account AND m.team_id = _team
            AND m.from_day <= care_today() AND (m.to_day IS NULL OR m.to_day > care_today())
            AND t.starts <= care_today() AND (t.ends IS NULL OR t.ends > care_today())
    )
$$;

CREATE FUNCTION care_is_blocked(d care_accessdecision) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM care_block b
        WHERE b.patient_id = d.patient_id AND b.kinds = '{}'
            AND b.from_day <= care_today() AND (b.lifted_on IS NULL OR b.lifted_on > care_today())
            AND (b.against = 'everybody' OR b.account_id = d.by_id OR b.team_id = d.team_id
                OR b.tenant_id = (SELECT t.tenant_id FROM care_careteam t WHERE t.id = d.team_id))
    )
$$;

CREATE FUNCTION care_follows(d care_accessdecision) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT care_works_in(d.by_id, d.team_id) AND NOT care_is_blocked(d) AND EXISTS (
        SELECT FROM care_careepisode e JOIN care_careteam t ON t.id = e.team_id
        WHERE e.id = d.episode_id AND e.patient_id = d.patient_id AND e.team_id = d.team_id
            AND e.state IN ('active', 'onhold') AND e.from_day <= care_today()
            AND (e.to_day IS NULL OR e.to_day >= care_today()) AND d.tenants = ARRAY[e.tenant_id]
            AND CASE
                WHEN d.basis <> 'service_agreement' THEN e.tenant_id = t.tenant_id
                ELSE e.agreement_id = d.agreement_id AND EXISTS (
                    SELECT FROM care_serviceagreement a
                    WHERE a.id = d.agreement_id AND a.tenant_id = e.tenant_id AND a.team_id = t.id
                        AND 'read' = ANY (a.rights) AND a.from_day <= care_today()
                        AND (a.to_day IS NULL OR a.to_day > care_today()))
            END
    )
$$;

CREATE FUNCTION care_is_relative(d care_accessdecision) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT care_is_blocked(d) AND EXISTS (
        SELECT FROM care_relatedperson r
        WHERE r.id = d.relative_id AND r.patient_id = d.patient_id AND r.account_id = d.by_id AND r.may_see
            AND r.from_day <= care_today() AND (r.to_day IS NULL OR r.to_day > care_today())
    )
$$;

-- The organisations a team works for: its own, and those that gave it the right in an agreement.
CREATE FUNCTION care_serves(d care_accessdecision, _right text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT care_works_in(d.by_id, d.team_id) AND NOT EXISTS (
        SELECT FROM unnest(d.tenants) AS given (id)
        WHERE given.id NOT IN (
            SELECT t.tenant_id FROM care_careteam t WHERE t.id = d.team_id
            UNION
            SELECT a.tenant_id FROM care_serviceagreement a
            WHERE a.team_id = d.team_id AND _right = ANY (a.rights) AND a.from_day <= care_today()
                AND (a.to_day IS NULL OR a.to_day > care_today())
        )
    )
$$;

CREATE FUNCTION care_decision_rests() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    _before text := coalesce(current_setting('samspill.deciding', true), '');
    _is_true boolean;
BEGIN
    PERFORM set_config('samspill.deciding', coalesce(NEW.patient_id::text, ''), true);
    _is_true := CASE NEW.basis
        WHEN 'care_team' THEN care_follows(NEW)
        WHEN 'care_episode' THEN care_follows(NEW)
        WHEN 'service_agreement' THEN care_follows(NEW)
        WHEN 'own_record_patient' THEN EXISTS (
            SELECT FROM care_patient p WHERE p.id = NEW.patient_id AND p.account_id = NEW.by_id)
        WHEN 'guardian_or_relative' THEN care_is_relative(NEW)
        WHEN 'break_glass' THEN NEW.purpose = 'BTG' AND NEW.reason <> '' AND care_serves(NEW, 'break_glass')
        WHEN 'list_narrow' THEN NEW.patient_id IS NULL AND care_serves(NEW, 'read')
        WHEN 'duty' THEN NEW.by_id IS NULL AND NEW.patient_id IS NULL
        ELSE false
    END;
    PERFORM set_config('samspill.deciding', _before, true);
    IF _is_true IS NOT TRUE THEN
        RAISE EXCEPTION 'An access decision on the basis % must rest on something that is so.', NEW.basis
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_rests_on_a_fact';
    END IF;
    IF NEW.expires_at > clock_timestamp() + interval '61 minutes' THEN
        RAISE EXCEPTION 'An access decision holds for an hour at most.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_holds_an_hour';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER decision_rests BEFORE INSERT ON care_accessdecision
    FOR EACH ROW EXECUTE FUNCTION care_decision_rests();

-- A team of another tenant follows nobody without an agreement that names it.
CREATE FUNCTION care_episode_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM care_careteam t WHERE t.id = NEW.team_id AND (t.tenant_id = NEW.tenant_id OR EXISTS (
            SELECT FROM care_serviceagreement a
            WHERE a.id = NEW.agreement_id AND a.tenant_id = NEW.tenant_id AND a.team_id = t.id))
    ) THEN
        RAISE EXCEPTION 'A team follows the patients of another organisation only by an agreement.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'episode_is_agreed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER episode_agreed BEFORE INSERT OR UPDATE ON care_careepisode
    FOR EACH ROW EXECUTE FUNCTION care_episode_agreed();
