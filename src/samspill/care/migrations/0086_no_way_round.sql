-- The patient's no holds whatever else somebody is, an emergency that is ended is over, and a team finds those
-- it follows on the days it follows them.

-- Whether a block is against an account: the person, or any team or organisation they work in today.
CREATE FUNCTION care_is_against(b care_block, _account bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT b.against = 'everybody' OR b.account_id = _account OR EXISTS (
        SELECT FROM care_teammembership m JOIN care_careteam t ON t.id = m.team_id
        WHERE m.account_id = _account AND (t.id = b.team_id OR t.tenant_id = b.tenant_id)
            AND m.from_day <= care_today() AND (m.to_day IS NULL OR m.to_day > care_today())
            AND t.starts <= care_today() AND (t.ends IS NULL OR t.ends > care_today())
    )
$$;

CREATE FUNCTION care_holds(b care_block) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT b.from_day <= care_today() AND (b.lifted_on IS NULL OR b.lifted_on > care_today())
$$;

-- Closed: blocked as a whole, or blocked in a part that the decision does not say is hidden.
CREATE OR REPLACE FUNCTION care_is_blocked(d care_accessdecision) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM care_block b
        WHERE b.patient_id = d.patient_id AND care_holds(b) AND care_is_against(b, d.by_id)
            AND (b.kinds = '{}' OR NOT b.kinds <@ d.hidden_parts)
    )
$$;

CREATE OR REPLACE FUNCTION care_keep_followed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    _before text := coalesce(current_setting('samspill.deciding', true), '');
BEGIN
    PERFORM set_config('samspill.deciding', NEW.patient_id::text, true);
    DELETE FROM care_followedrow f WHERE f.episode_id = NEW.id;
    INSERT INTO care_followedrow (community_id, tenant_id, patient_id, team_id, episode_id, name, birth_year,
            from_day, to_day)
        SELECT p.community_id, NEW.tenant_id, p.id, NEW.team_id, NEW.id,
            p.given_name || ' ' || p.family_name, extract(year FROM p.birth_date), NEW.from_day, NEW.to_day
        FROM care_patient p
        WHERE p.id = NEW.patient_id AND NEW.state IN ('active', 'onhold');
    PERFORM set_config('samspill.deciding', _before, true);
    RETURN NULL;
END $$;

-- Those who are followed now. The owner reads past the policies while it is done, and not after.
ALTER TABLE care_careepisode NO FORCE ROW LEVEL SECURITY;
ALTER TABLE care_patient NO FORCE ROW LEVEL SECURITY;
ALTER TABLE care_followedrow NO FORCE ROW LEVEL SECURITY;
INSERT INTO care_followedrow (community_id, tenant_id, patient_id, team_id, episode_id, name, birth_year,
        from_day, to_day)
    SELECT e.community_id, e.tenant_id, e.patient_id, e.team_id, e.id, p.given_name || ' ' || p.family_name,
        extract(year FROM p.birth_date), e.from_day, e.to_day
    FROM care_careepisode e JOIN care_patient p ON p.id = e.patient_id
    WHERE e.state IN ('active', 'onhold');
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE care_careepisode FORCE ROW LEVEL SECURITY;
ALTER TABLE care_patient FORCE ROW LEVEL SECURITY;
ALTER TABLE care_followedrow FORCE ROW LEVEL SECURITY;
