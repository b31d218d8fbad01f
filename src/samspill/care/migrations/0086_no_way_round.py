"""A block is against the person, in whichever team they ask; and what is over opens nothing."""

from pathlib import Path

from django.db import migrations
from django.db.migrations import RunSQL

from samspill.care.isolation import CARRIED, DECIDING, OWN, SEALING, listed, opened

FUNCTIONS = Path(__file__).with_name("0086_no_way_round.sql").read_text("utf-8")
LISTED = f"d.basis = 'list_narrow' AND {CARRIED}"
AGAINST = "care_holds(b) AND care_is_against(b, d.by_id)"
WHOLE = f"b.kinds = '{{}}' AND {AGAINST}"
VALUES = f"'measurements' = ANY (b.kinds) AND {AGAINST}"
MESSAGES = f"'messages' = ANY (b.kinds) AND {AGAINST}"
ROW, FOLLOWED = "care_listrow", "care_followedrow"


def says_no(table: str, block: str) -> str:
    """SQL: the patient in the row has such a block against who the list is for."""
    return (
        f"EXISTS (SELECT FROM care_accessdecision d, care_block b WHERE {LISTED} "
        f"AND d.team_id = {table}.team_id AND b.patient_id = {table}.patient_id AND {block})"
    )


# While one of its alerts may be seen: of a row with more the page leaves out the others (`queries.board`).
# Most have said no to nothing, and of them it is asked once.
ON_THE_LIST = (
    f"NOT {says_no(ROW, AGAINST)} OR NOT {says_no(ROW, WHOLE)} AND ("
    f"NOT {ROW}.kinds <@ '{{message}}'::varchar[] AND NOT {says_no(ROW, VALUES)} "
    f"OR 'message' = ANY ({ROW}.kinds) AND NOT {says_no(ROW, MESSAGES)})"
)
BLOCK_OF_A_LIST = (
    f"EXISTS (SELECT FROM care_accessdecision d WHERE {LISTED} "
    "AND care_holds(care_block) AND care_is_against(care_block, d.by_id))"
)
TODAY = (
    f"{FOLLOWED}.from_day <= care_today() "
    f"AND ({FOLLOWED}.to_day IS NULL OR {FOLLOWED}.to_day >= care_today())"
)
FOUND = (
    f"{FOLLOWED}.{OWN} AND ({opened(f'{FOLLOWED}.patient_id', f'{FOLLOWED}.tenant_id')} "
    f"OR {FOLLOWED}.patient_id = {DECIDING} OR ({listed(FOLLOWED)} AND {TODAY}))"
)
# Whoever seals the log reads it whole.
NOT_ENDED = (
    f"basis <> 'break_glass' OR {SEALING} OR NOT EXISTS "
    "(SELECT FROM care_emergencyend e WHERE e.decision_id = care_accessdecision.id)"
)


class Migration(migrations.Migration):
    dependencies = [("care", "0085_followed_on_days")]

    operations = [
        RunSQL(FUNCTIONS),
        RunSQL(
            [
                "ALTER POLICY care_block_of_a_list ON care_block "
                f"USING (care_block.{OWN} AND {BLOCK_OF_A_LIST})",
                f"ALTER POLICY {ROW}_no ON {ROW} USING ({ON_THE_LIST})",
                f"ALTER POLICY {FOLLOWED}_no ON {FOLLOWED} USING (NOT {says_no(FOLLOWED, WHOLE)})",
                f"ALTER POLICY {FOLLOWED}_read ON {FOLLOWED} USING ({FOUND})",
                "CREATE POLICY care_accessdecision_ended ON care_accessdecision AS RESTRICTIVE FOR SELECT "
                f"USING ({NOT_ENDED})",
            ]
        ),
    ]
