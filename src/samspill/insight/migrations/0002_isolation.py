"""Runs are written in their own community and read by everybody."""

from django.db import migrations

from samspill.directory.public import isolate


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial"), ("directory", "0002_isolation")]

    operations = [
        isolate("insight_populationrun", seen="true"),
        isolate("insight_populationseries", seen="true"),
    ]
