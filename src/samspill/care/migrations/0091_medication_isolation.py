"""A medication list stands behind the wall of its record, and goes with the plan that was sent with it."""

from pathlib import Path

from django.db import migrations
from django.db.migrations import RunSQL

from samspill.care.isolation import shield
from samspill.directory.public import APP_ROLE, append_only

RULES = Path(__file__).with_name("0091_medication.sql").read_text("utf-8")
LIST, LINE = "care_medicationlist", "care_medicationline"
WITH_A_PLAN = (
    f"{LIST}.state <> 'draft' AND EXISTS (SELECT FROM care_safetynetplan p "
    f"WHERE p.medication_list_id = {LIST}.id AND p.state <> 'draft')"
)
"""Whoever sees a plan that is sent sees the list it was sent with."""
OF_A_LIST = f"EXISTS (SELECT FROM {LIST} m WHERE m.id = {LINE}.list_id)"


class Migration(migrations.Migration):
    dependencies = [("care", "0090_medication")]

    operations = [
        shield(LIST, also=WITH_A_PLAN),
        RunSQL(f"REVOKE DELETE, TRUNCATE ON {LIST} FROM {APP_ROLE}"),
        shield(LINE, also=OF_A_LIST, history=False),
        append_only(LINE),
        RunSQL(RULES),
    ]
