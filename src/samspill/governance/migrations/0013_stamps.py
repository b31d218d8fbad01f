"""What a meeting's page rests on, as one short text that is another as soon as a row of it is another.

Two hundred open the same meeting in the same minute, and most of what they read is the same. A server may
show again what it has drawn when the database says that every row behind it is the same one: number, the
transaction that wrote it, and where it lies. Row-level security holds inside as it does outside, so that who
sees fewer rows has another stamp. Nothing is written to keep it, so no act can forget to.

Functions of plpgsql, since PostgreSQL keeps their plans in each connection: planning is most of the cost.
"""

from django.db import migrations

# The row as it is: rewritten, it has another writer or lies elsewhere.
ROW = "'{0}' || id || ',' || xmin || ctid"

AGENDA = {
    "m": "governance_meeting WHERE id = meeting",
    "k": "directory_community WHERE id = (SELECT community_id FROM governance_meeting WHERE id = meeting)",
    "i": "governance_agendaitem WHERE meeting_id = meeting",
    "o": "governance_raisedpoint WHERE item_id = ANY (items)",
    "t": "governance_treatment WHERE case_id = ANY (cases)",
    "c": "governance_case WHERE id = ANY (cases)",
    "g": "governance_casegist WHERE case_id = ANY (cases)",
    "r": "governance_casebrief WHERE case_id = ANY (cases)",
    "d": "governance_paper WHERE case_id = ANY (cases)",
    "v": "governance_paperversion WHERE paper_id = ANY (papers)",
    "f": "governance_forwarding WHERE treatment_id = ANY (passages)",
    "b": "directory_body WHERE id IN (SELECT body_id FROM governance_treatment WHERE id = ANY (passages) UNION ALL "
    "SELECT to_body_id FROM governance_forwarding WHERE treatment_id = ANY (passages))",
    "a": "governance_anchoringround WHERE case_id = ANY (cases)",
    "w": "governance_anchoringanswer WHERE round_id = ANY (rounds)",
    # Who reported, and who is asked, region by region: a community has a score of each.
    "p": "directory_party WHERE community_id = here",
    "q": "directory_region WHERE community_id = here",
    "u": "directory_regionmunicipality WHERE community_id = here",
}
SEATS = {
    "m": "governance_meeting WHERE id = meeting",
    "s": "governance_seat WHERE body_id = body",
    "n": "governance_tenure WHERE seat_id = ANY (seats)",
    "e": "governance_attendance WHERE meeting_id = meeting",
    "p": "directory_party WHERE community_id = here",
    "q": "directory_region WHERE community_id = here",
    "g": "directory_organisation WHERE id IN (SELECT organisation_id FROM governance_seat WHERE id = ANY (seats))",
}


def _said(parts: dict[str, str]) -> str:
    rows = " UNION ALL ".join(f"SELECT {ROW.format(sign)} AS said FROM {rest}" for sign, rest in parts.items())
    return f"RETURN (SELECT md5(string_agg(said, ';' ORDER BY said COLLATE \"C\")) FROM ({rows}) AS every);"  # noqa: S608


FUNCTIONS = f"""
CREATE FUNCTION governance_agenda_stamp(meeting bigint) RETURNS text LANGUAGE plpgsql STABLE
    SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    here bigint := (SELECT community_id FROM governance_meeting WHERE id = meeting);
    items bigint[] := ARRAY(SELECT id FROM governance_agendaitem WHERE meeting_id = meeting);
    cases bigint[] := ARRAY(SELECT case_id FROM governance_treatment WHERE id IN (
        SELECT treatment_id FROM governance_agendaitem WHERE meeting_id = meeting));
    passages bigint[] := ARRAY(SELECT id FROM governance_treatment WHERE case_id = ANY (cases));
    papers bigint[] := ARRAY(SELECT id FROM governance_paper WHERE case_id = ANY (cases));
    rounds bigint[] := ARRAY(SELECT id FROM governance_anchoringround WHERE case_id = ANY (cases));
BEGIN
    {_said(AGENDA)}
END $$;

CREATE FUNCTION governance_seats_stamp(meeting bigint) RETURNS text LANGUAGE plpgsql STABLE
    SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    here bigint := (SELECT community_id FROM governance_meeting WHERE id = meeting);
    body bigint := (SELECT body_id FROM governance_meeting WHERE id = meeting);
    seats bigint[] := ARRAY(SELECT id FROM governance_seat WHERE body_id = body);
BEGIN
    {_said(SEATS)}
END $$;
"""
NO_FUNCTIONS = "DROP FUNCTION governance_agenda_stamp(bigint); DROP FUNCTION governance_seats_stamp(bigint);"


class Migration(migrations.Migration):
    dependencies = [("governance", "0012_published_wording")]
    operations = [migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS)]
