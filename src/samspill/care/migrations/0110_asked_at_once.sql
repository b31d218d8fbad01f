-- What is asked for each patient that is opened and each measurement that comes in, in one statement each. They
-- see what the one who calls them sees; what is carried for the one question is put back before they answer.

-- The patient with this national number, for who is to decide about them.
CREATE FUNCTION care_patient_numbered(_digits text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    _before text := coalesce(current_setting('samspill.number', true), '');
    _found bigint;
BEGIN
    PERFORM set_config('samspill.number', _digits, true);
    SELECT p.id INTO _found FROM care_patient p WHERE p.national_number = _digits;
    PERFORM set_config('samspill.number', _before, true);
    RETURN _found;
END $$;

-- The registered system of this name, in whichever community it is.
CREATE FUNCTION care_client_named(_name text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    _before text := coalesce(current_setting('samspill.client', true), '');
    _found jsonb;
BEGIN
    PERFORM set_config('samspill.client', _name, true);
    SELECT to_jsonb(c) || jsonb_build_object('tenant', to_jsonb(p)) INTO _found
        FROM care_machineclient c JOIN directory_party p ON p.id = c.tenant_id WHERE c.client_id = _name;
    PERFORM set_config('samspill.client', _before, true);
    RETURN _found;
END $$;

-- What a decision about the patient rests on: what is true of the patient, where the one who asks works that
-- day, and their decisions of before that have so much time left. The patient is the one with the number, where
-- a number is given. Nothing when there is no such patient.
CREATE FUNCTION care_known_about(_patient bigint, _digits text, _account bigint, _day date, _left interval)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    _before text := coalesce(current_setting('samspill.deciding', true), '');
    _found jsonb;
BEGIN
    IF _digits <> '' THEN
        _patient := care_patient_numbered(_digits);
    END IF;
    IF _patient IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('samspill.deciding', _patient::text, true);
    SELECT jsonb_build_object(
        'patient', to_jsonb(p),
        'episodes', (
            SELECT coalesce(jsonb_agg(to_jsonb(e) || jsonb_build_object(
                'team', to_jsonb(t) || jsonb_build_object('tenant', to_jsonb(o)), 'agreement', to_jsonb(a)
            ) ORDER BY e.id), '[]')
            FROM care_careepisode e JOIN care_careteam t ON t.id = e.team_id
                JOIN directory_party o ON o.id = t.tenant_id
                LEFT JOIN care_serviceagreement a ON a.id = e.agreement_id
            WHERE e.patient_id = _patient),
        'related', (
            SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.id), '[]') FROM care_relatedperson r
            WHERE r.patient_id = _patient AND r.from_day <= _day AND (r.to_day IS NULL OR r.to_day > _day)),
        'blocks', (
            SELECT coalesce(jsonb_agg(to_jsonb(b) ORDER BY b.id), '[]') FROM care_block b
            WHERE b.patient_id = _patient AND b.from_day <= _day AND (b.lifted_on IS NULL OR b.lifted_on > _day)),
        'works', (
            SELECT coalesce(jsonb_agg(to_jsonb(m) || jsonb_build_object(
                'team', to_jsonb(t) || jsonb_build_object('tenant', to_jsonb(o))) ORDER BY m.id), '[]')
            FROM care_teammembership m JOIN care_careteam t ON t.id = m.team_id
                JOIN directory_party o ON o.id = t.tenant_id
            WHERE m.account_id = _account AND m.from_day <= _day AND (m.to_day IS NULL OR m.to_day > _day)
                AND t.starts <= _day AND (t.ends IS NULL OR t.ends > _day)),
        'before', (
            SELECT coalesce(jsonb_agg(to_jsonb(d) ORDER BY d.id DESC), '[]') FROM care_accessdecision d
            WHERE d.by_id = _account AND d.patient_id = _patient AND d.expires_at > statement_timestamp() + _left
                AND NOT EXISTS (SELECT FROM care_emergencyend x WHERE x.decision_id = d.id))
    ) INTO _found FROM care_patient p WHERE p.id = _patient;
    PERFORM set_config('samspill.deciding', _before, true);
    RETURN _found;
END $$;

-- What a value of an episode is held against: the sign, none when nobody has asked for it, the versions of its
-- limits, the patient's plans in force, whether an alert says that it is outside, and who is sent what is new.
CREATE FUNCTION care_held_against(_episode bigint, _code text, _day date)
RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT jsonb_build_object(
            'sign', to_jsonb(s),
            'limits', (
                SELECT coalesce(jsonb_agg(to_jsonb(l) || jsonb_build_object('plan', to_jsonb(g) - 'content')), '[]')
                FROM care_thresholdset l LEFT JOIN care_safetynetplan g ON g.id = l.plan_id
                WHERE l.indicator_id = s.id),
            'plans', (
                SELECT coalesce(jsonb_agg(to_jsonb(p) ORDER BY p.version DESC), '[]')
                FROM care_safetynetplan p WHERE p.patient_id = e.patient_id AND p.state = 'sent'),
            'is_outside', EXISTS (
                SELECT FROM care_alert a
                WHERE a.indicator_id = s.id AND a.kind = 'outside' AND a.state <> 'closed' AND a.cleared IS NULL),
            'receivers', (
                SELECT coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('account', c.account_id)
                    ORDER BY r.id), '[]')
                FROM care_receiver r LEFT JOIN care_machineclient c ON c.id = r.client_id
                WHERE r.tenant_id = e.tenant_id AND r.sends = 'measurements' AND (r.ends IS NULL OR r.ends > _day))
        )
        FROM care_careepisode e
            LEFT JOIN care_patientindicator s ON s.episode_id = e.id AND s.code = _code AND s.ends IS NULL
        WHERE e.id = _episode
    );
END $$;
