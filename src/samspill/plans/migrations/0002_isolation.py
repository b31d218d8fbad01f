"""Plans are kept apart; a published plan and all that belongs to it is open to read."""

from django.db import migrations

from samspill.directory.public import append_only, isolate

OF_A_PUBLISHED_PLAN = "plan_id IN (SELECT id FROM plans_plan WHERE is_published)"


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("directory", "0002_isolation")]

    operations = [
        isolate("plans_plan", seen="is_published"),
        isolate("plans_plandocument", seen=OF_A_PUBLISHED_PLAN),
        isolate("plans_focusarea", seen=OF_A_PUBLISHED_PLAN),
        isolate("plans_goal", seen=OF_A_PUBLISHED_PLAN),
        isolate("plans_measure", seen=OF_A_PUBLISHED_PLAN),
        isolate("plans_measureresponsible", seen=OF_A_PUBLISHED_PLAN),
        isolate("plans_statusreport", seen=OF_A_PUBLISHED_PLAN, history=False),
        append_only("plans_statusreport"),
    ]
