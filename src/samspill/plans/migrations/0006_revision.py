"""What becomes of a plan when the next one comes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_project")]

    operations = []
