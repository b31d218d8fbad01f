"""A measurement is taken in with few questions: what belongs together is asked for in one statement."""

from pathlib import Path

from django.db import migrations
from django.db.migrations import RunSQL

FUNCTIONS = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROPPED = (
    "DROP FUNCTION care_patient_numbered(text); DROP FUNCTION care_client_named(text); "
    "DROP FUNCTION care_known_about(bigint, text, bigint, date, interval); "
    "DROP FUNCTION care_held_against(bigint, text, date)"
)


class Migration(migrations.Migration):
    dependencies = [("care", "0101_duty_time")]
    operations = [RunSQL(FUNCTIONS, DROPPED)]
