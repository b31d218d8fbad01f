"""Measurements and alerts stand behind the same wall; what only grows cannot be changed."""

from django.db import migrations

from samspill.care.isolation import listed, shield
from samspill.directory.public import append_only

GROWING = (
    "care_thresholdset",
    "care_measurement",
    "care_measurementsource",
    "care_triageresult",
    "care_invalidation",
    "care_alertstep",
)
TRACKED = ("care_patientindicator", "care_measurementschedule", "care_passiveinterval", "care_alert")


class Migration(migrations.Migration):
    dependencies = [("care", "0003_measurements"), ("care", "0002_isolation")]

    operations = [
        *(shield(table) for table in TRACKED),
        *(shield(table, history=False) for table in GROWING),
        append_only(*GROWING),
        shield("care_listrow", history=False, also=listed("care_listrow")),
    ]
