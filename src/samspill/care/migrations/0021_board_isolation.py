"""What the list of a team may see: not who has said no to it, and what was counted; and who is told of it."""

from django.db import migrations
from django.db.migrations import RunSQL

from samspill.care.isolation import CARRIED, OWN
from samspill.directory.public import policies

LISTED = f"d.basis = 'list_narrow' AND {CARRIED}"


def closed_to_us(block: str) -> str:
    """SQL: the block holds, for all there is, and against who decision `d` let in."""
    return (
        f"{block}.kinds = '{{}}' AND {block}.from_day <= care_today() "
        f"AND ({block}.lifted_on IS NULL OR {block}.lifted_on > care_today()) "
        f"AND ({block}.against = 'everybody' OR {block}.account_id = d.by_id OR {block}.team_id = d.team_id "
        f"OR {block}.tenant_id = (SELECT t.tenant_id FROM care_careteam t WHERE t.id = d.team_id))"
    )


# A block is a fact the list rests on, as it is one a decision rests on; it is shown to nobody by this.
BLOCK_OF_A_LIST = f"EXISTS (SELECT FROM care_accessdecision d WHERE {LISTED} AND {closed_to_us('care_block')})"
SAYS_NO = (
    f"EXISTS (SELECT FROM care_accessdecision d, care_block b WHERE {LISTED} "
    f"AND d.team_id = care_listrow.team_id AND b.patient_id = care_listrow.patient_id AND {closed_to_us('b')})"
)
OURS = (
    f"EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} "
    "AND (d.basis = 'duty' OR (d.basis = 'list_narrow' AND d.team_id = care_teamcount.team_id)))"
)
ON_DUTY = f"EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} AND d.basis = 'duty')"

TELL = """
CREATE FUNCTION care_list_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- which team's list, and nothing of whom it is about
    PERFORM pg_notify('care_list', coalesce(NEW.team_id, OLD.team_id)::text);
    RETURN NULL;
END $$;

CREATE TRIGGER list_changed AFTER INSERT OR UPDATE OR DELETE ON care_listrow
    FOR EACH ROW EXECUTE FUNCTION care_list_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("care", "0020_board")]

    operations = [
        RunSQL(
            f"CREATE POLICY care_block_of_a_list ON care_block FOR SELECT "
            f"USING (care_block.{OWN} AND {BLOCK_OF_A_LIST})"
        ),
        RunSQL(
            f"CREATE POLICY care_listrow_no ON care_listrow AS RESTRICTIVE FOR SELECT USING (NOT {SAYS_NO})"
        ),
        RunSQL(
            policies(
                "care_teamcount",
                read=f"care_teamcount.{OWN} AND {OURS}",
                write=f"care_teamcount.{OWN} AND {ON_DUTY}",
            )
        ),
        RunSQL(TELL),
    ]
