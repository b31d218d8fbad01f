"""A patient is found by name on the days of each episode. The rows are made anew by the next migration."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care", "0080_list_follows_patient")]

    operations = [
        migrations.RunSQL("TRUNCATE care_followedrow", migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="followedrow", name="followed_once"),
        migrations.AddField(
            model_name="followedrow",
            name="episode",
            field=models.OneToOneField(
                default=0,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="care.careepisode",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="followedrow",
            name="from_day",
            field=models.DateField(default="2000-01-01"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="followedrow", name="to_day", field=models.DateField(blank=True, null=True)
        ),
    ]
