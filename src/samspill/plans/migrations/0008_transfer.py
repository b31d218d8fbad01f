"""Measures taken up from elsewhere."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0007_carrying_out")]

    operations = []
