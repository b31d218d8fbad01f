"""How measures are carried out, party by party, and on the way."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_revision")]

    operations = []
