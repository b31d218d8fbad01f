"""Joint money: schemes, calls, applications, awards."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_tables")]

    operations = []
