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

-- What a decision about the patient rests on; nothing when there is no such patient in the community.
CREATE FUNCTION care_known_about(_patient bigint, _day date) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    _before text := coalesce(current_setting('samspill.deciding', true), '');
    _found jsonb;
BEGIN
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
            WHERE b.patient_id = _patient AND b.from_day <= _day AND (b.lifted_on IS NULL OR b.lifted_on > _day))
    ) INTO _found FROM care_patient p WHERE p.id = _patient;
    PERFORM set_config('samspill.deciding', _before, true);
    RETURN _found;
END $$;

-- What a value of an episode is held against: the sign, the versions of its limits, and the patient's plans in
-- force. An empty object for what nobody has asked for.
CREATE FUNCTION care_held_against(_episode bigint, _code text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((
        SELECT jsonb_build_object(
            'sign', to_jsonb(s),
            'limits', (
                SELECT coalesce(jsonb_agg(to_jsonb(l) || jsonb_build_object('plan', to_jsonb(g) - 'content')), '[]')
                FROM care_thresholdset l LEFT JOIN care_safetynetplan g ON g.id = l.plan_id
                WHERE l.indicator_id = s.id),
            'plans', (
                SELECT coalesce(jsonb_agg(to_jsonb(p) ORDER BY p.version DESC), '[]')
                FROM care_safetynetplan p WHERE p.patient_id = s.patient_id AND p.state = 'sent')
        )
        FROM care_patientindicator s WHERE s.episode_id = _episode AND s.code = _code AND s.ends IS NULL
    ), '{}');
END $$;
