"""What people enter stands behind the same wall; of what was sent nothing is changed or dropped."""

from django.db import migrations
from django.db.migrations import RunSQL

from samspill.care.isolation import shield
from samspill.directory.public import APP_ROLE, append_only


class Migration(migrations.Migration):
    dependencies = [("care", "0040_entering")]

    operations = [
        shield("care_entry", history=False),
        append_only("care_entry"),
        shield("care_setaside"),
        RunSQL(
            f"REVOKE DELETE, TRUNCATE ON care_setaside FROM {APP_ROLE}",
            f"GRANT DELETE ON care_setaside TO {APP_ROLE}",
        ),
    ]
