"""Somebody finds the record that is their own; what they have read of messages stands behind the wall."""

from django.db import migrations
from django.db.migrations import RunSQL

from samspill.care.isolation import DECIDING, OWN, opened, shield
from samspill.directory.public import ACCOUNT, append_only

PATIENT = "care_patient"
BEFORE = f"{PATIENT}.{OWN} AND ({opened(f'{PATIENT}.id')} OR {PATIENT}.id = {DECIDING})"
MINE = f"{PATIENT}.{OWN} AND ({opened(f'{PATIENT}.id')} OR {PATIENT}.id = {DECIDING} OR account_id = {ACCOUNT})"


class Migration(migrations.Migration):
    dependencies = [("care", "0042_messages_read")]

    operations = [
        RunSQL(
            f"ALTER POLICY {PATIENT}_read ON {PATIENT} USING ({MINE})",
            f"ALTER POLICY {PATIENT}_read ON {PATIENT} USING ({BEFORE})",
        ),
        shield("care_messagesread", tenant="", history=False),
        append_only("care_messagesread"),
    ]
