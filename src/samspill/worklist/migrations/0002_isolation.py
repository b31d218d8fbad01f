"""Tasks, the outbox and mail links are walled in by community; their history only grows."""

from django.db import migrations

from samspill.directory.isolation.policies import isolate


class Migration(migrations.Migration):
    dependencies = [("worklist", "0001_initial")]

    operations = [
        isolate("worklist_task"),
        isolate("worklist_notice"),
        isolate("worklist_maillink"),
    ]
