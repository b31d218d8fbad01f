"""Tables that are brought in row by row."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_transfer")]

    operations = []
