"""A status that was said of a decision the measure carries out tells which."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0012_erasure")]

    operations = [
        migrations.AddField(
            model_name="statusreport",
            name="about",
            field=models.CharField(blank=True, max_length=500),
        ),
    ]
