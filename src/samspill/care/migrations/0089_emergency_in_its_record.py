"""Emergency access passes a block in the record it opens, and in no other that is open beside it.

Without emergency access the whole of what is open hides the same, and the pages leave it out (`Opened.hides`).
So the rows are looked at in an emergency alone; whether it is one is asked once per query. Functions in
plpgsql keep their plans: nothing more is planned for every query on these tables.
"""

from django.db import migrations
from django.db.migrations import RunSQL

from samspill.care.isolation import CARRIED

VALUES, NOTES = "'measurements'", "'notes'"
PARTS = {
    "care_measurement": VALUES,
    "care_measurementsource": VALUES,
    "care_triageresult": VALUES,
    "care_invalidation": VALUES,
    "care_entry": VALUES,
    "care_setaside": VALUES,
    "care_alert": "CASE care_alert.kind WHEN 'message' THEN 'messages' ELSE 'measurements' END",
    "care_carenote": NOTES,
    "care_noteseen": NOTES,
    "care_notereminder": NOTES,
    "care_message": "'messages'",
    "care_assessment": "'assessments'",
    "care_safetynetplan": "'safety_net'",
}
"""Table -> the part that a patient blocks it by."""
OPENS = "d.patient_id = _patient AND _tenant = ANY (d.tenants)"
FUNCTIONS = f"""
CREATE FUNCTION care_in_emergency() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} AND d.basis = 'break_glass');
END $$;

-- A decision opens the record without hiding the part; or none that is about the patient opens the record, and
-- the row is there for another reason.
CREATE FUNCTION care_shows(_patient bigint, _tenant bigint, _part text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM care_accessdecision d WHERE {CARRIED} AND {OPENS} AND NOT _part = ANY (d.hidden_parts)
    ) OR NOT EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} AND {OPENS});
END $$;
"""


def policy(table: str, part: str) -> str:
    shows = f"care_shows({table}.patient_id, {table}.tenant_id, {part})"
    return (
        f"CREATE POLICY {table}_part ON {table} AS RESTRICTIVE FOR SELECT "
        f"USING (NOT (SELECT care_in_emergency()) OR {shows})"
    )


class Migration(migrations.Migration):
    dependencies = [("care", "0088_block_words_isolation")]

    operations = [
        RunSQL(FUNCTIONS, ["DROP FUNCTION care_in_emergency", "DROP FUNCTION care_shows"]),
        RunSQL(
            [policy(table, part) for table, part in PARTS.items()],
            [f"DROP POLICY {table}_part ON {table}" for table in PARTS],
        ),
    ]
