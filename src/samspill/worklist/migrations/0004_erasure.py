"""What a mail said is erased a year after it left: texts name people, and invitations hold their addresses."""

from django.db import migrations

from samspill.directory.public import erasable


class Migration(migrations.Migration):
    dependencies = [("worklist", "0003_calendar_messages"), ("directory", "0004_erasure")]

    operations = [
        erasable(
            "worklist_notice",
            columns={"text": "''", "calendar": "''", "asks": "'[]'::jsonb"},
            since="CASE WHEN t.state <> 'waiting' THEN"
            " (coalesce(t.sent_at, t.made_at) AT TIME ZONE 'Europe/Oslo')::date END",
            months=12,
        ),
    ]
