"""Who confirmed a plan is told when it is taken back, and sees it on the list of the team until it is read."""

from pathlib import Path

from django.db import migrations
from django.db.migrations import RunSQL

from samspill.care.isolation import CARRIED, OWN

RULES = Path(__file__).with_name("0093_plan_taken_back.sql").read_text("utf-8")
RECIPIENT = "care_planrecipient"
ON_THEIR_LIST = (
    f"{RECIPIENT}.{OWN} AND {RECIPIENT}.is_taken_back AND EXISTS (SELECT FROM care_accessdecision d "
    f"WHERE {CARRIED} AND d.basis = 'list_narrow' AND d.team_id = {RECIPIENT}.team_id "
    f"AND {RECIPIENT}.record_id = ANY (d.tenants))"
)
KEPT = "'received_at', 'received_by_id', 'is_awaited'"
ALSO = f"{KEPT}, 'is_taken_back', 'seen_back_at', 'seen_back_by_id'"


def may_change() -> str:
    """The rule of migration 0011, in which three more columns of a receipt may change after it is sent."""
    rules = Path(__file__).with_name("0011_safety_net.sql").read_text("utf-8")
    start = rules.index("CREATE FUNCTION care_plan_recipient_kept()")
    whole = rules[start : rules.index("END $$;", start) + len("END $$;")]
    return whole.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(KEPT, ALSO)


class Migration(migrations.Migration):
    dependencies = [("care", "0092_plan_taken_back")]

    operations = [
        RunSQL(may_change()),
        RunSQL(f"CREATE POLICY {RECIPIENT}_told ON {RECIPIENT} FOR SELECT USING ({ON_THEIR_LIST})"),
        RunSQL(RULES),
    ]
