"""Notes and assessments stand behind the same wall as the patient; a reminder is on the list of its team."""

from django.db import migrations

from samspill.care.isolation import listed, shield
from samspill.directory.public import append_only

GROWING = ("care_carenote", "care_noteseen", "care_assessment", "care_scheduleversion")


class Migration(migrations.Migration):
    dependencies = [("care", "0030_chart")]

    operations = [
        *(shield(table, history=False) for table in GROWING),
        append_only(*GROWING),
        shield("care_notereminder", also=listed("care_notereminder")),
    ]
