"""Messages stand behind the same wall as what they are about, and do not change."""

from django.db import migrations

from samspill.care.isolation import shield
from samspill.directory.public import append_only


class Migration(migrations.Migration):
    dependencies = [("care", "0012_messages")]

    operations = [shield("care_message", history=False), append_only("care_message")]
