"""How measures are carried out: which parties they concern, how far each has come, and milestones."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from samspill.directory.public import isolate

OF_A_PUBLISHED_PLAN = "plan_id IN (SELECT id FROM plans_plan WHERE is_published)"


class Migration(migrations.Migration):
    dependencies = [
        ('directory', '0002_isolation'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('plans', '0006_revision'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MeasureParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_concerned', models.BooleanField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='concerns', to='plans.measure')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='plans.plan')),
            ],
        ),
        migrations.CreateModel(
            name='MeasurePartyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('is_concerned', models.BooleanField()),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.measure')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.party')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.measureparty')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.plan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('due', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('done_by_name', models.CharField(blank=True, max_length=160)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='plans.measure')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='plans.plan')),
            ],
            options={
                'ordering': ['due', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MilestoneEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('due', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('done_by_name', models.CharField(blank=True, max_length=160)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('done_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.measure')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.milestone')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.plan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartyImplementation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('not_started', 'Not started'), ('planned', 'Planned'), ('in_progress', 'In progress'), ('introduced', 'Introduced'), ('evaluated', 'Evaluated'), ('not_relevant', 'Not relevant')], max_length=16)),
                ('day', models.DateField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_name', models.CharField(max_length=160)),
                ('is_on_behalf', models.BooleanField(default=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='implementations', to='plans.measure')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='plans.plan')),
                ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PartyImplementationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('not_started', 'Not started'), ('planned', 'Planned'), ('in_progress', 'In progress'), ('introduced', 'Introduced'), ('evaluated', 'Evaluated'), ('not_relevant', 'Not relevant')], max_length=16)),
                ('day', models.DateField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_name', models.CharField(max_length=160)),
                ('is_on_behalf', models.BooleanField(default=False)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.measure')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.party')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.partyimplementation')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.plan')),
                ('told_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='measureparty',
            constraint=models.UniqueConstraint(fields=('measure', 'party'), name='measure_party_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureparty',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_measurepartyevent" ("community_id", "id", "is_concerned", "measure_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (NEW."community_id", NEW."id", NEW."is_concerned", NEW."measure_id", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id"); RETURN NULL;', hash='90e2f36c7694c3b68733f0f387416607798266f6', operation='INSERT', pgid='pgtrigger_insert_insert_9317d', table='plans_measureparty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureparty',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_measurepartyevent" ("community_id", "id", "is_concerned", "measure_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (NEW."community_id", NEW."id", NEW."is_concerned", NEW."measure_id", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id"); RETURN NULL;', hash='31299f2386464e07bc9fc21f1d9d956402b66e6e', operation='UPDATE', pgid='pgtrigger_update_update_5fbef', table='plans_measureparty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureparty',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_measurepartyevent" ("community_id", "id", "is_concerned", "measure_id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (OLD."community_id", OLD."id", OLD."is_concerned", OLD."measure_id", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id"); RETURN NULL;', hash='f1b1d778f1caa03ec5593a0218574e2258b5b54e', operation='DELETE', pgid='pgtrigger_delete_delete_5efa2', table='plans_measureparty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurepartyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f887a7f80cd49fdcd03cef0b4607d172928fec51', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eeda6', table='plans_measurepartyevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.UniqueConstraint(fields=('measure', 'title'), name='milestone_title_once'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('done_on__isnull', False), ('done_by_name', ''), _connector='OR'), name='milestone_done_has_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_milestoneevent" ("community_id", "done_by_id", "done_by_name", "done_on", "due", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "title") VALUES (NEW."community_id", NEW."done_by_id", NEW."done_by_name", NEW."done_on", NEW."due", NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."title"); RETURN NULL;', hash='5d27cfe8c6889fbe2380bf70b67e7054ecaea413', operation='INSERT', pgid='pgtrigger_insert_insert_326f0', table='plans_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_milestoneevent" ("community_id", "done_by_id", "done_by_name", "done_on", "due", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "title") VALUES (NEW."community_id", NEW."done_by_id", NEW."done_by_name", NEW."done_on", NEW."due", NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."title"); RETURN NULL;', hash='99367b7ab3c2930aca55c59b27ce56914a83a75d', operation='UPDATE', pgid='pgtrigger_update_update_6f608', table='plans_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_milestoneevent" ("community_id", "done_by_id", "done_by_name", "done_on", "due", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "title") VALUES (OLD."community_id", OLD."done_by_id", OLD."done_by_name", OLD."done_on", OLD."due", OLD."id", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."title"); RETURN NULL;', hash='2b0dc661bc68b76d739785a7a78372201f348044', operation='DELETE', pgid='pgtrigger_delete_delete_536cd', table='plans_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestoneevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='44e627e5c4e275825609c2712cd5171207eb9efa', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c5a24', table='plans_milestoneevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='partyimplementation',
            index=models.Index(fields=['party', 'measure'], name='implementation_by_party'),
        ),
        migrations.AddConstraint(
            model_name='partyimplementation',
            constraint=models.UniqueConstraint(fields=('measure', 'party'), name='implementation_once'),
        ),
        migrations.AddConstraint(
            model_name='partyimplementation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_relevant'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='implementation_not_relevant_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyimplementation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_partyimplementationevent" ("by_name", "community_id", "day", "id", "is_on_behalf", "measure_id", "note", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "state", "told_at", "told_by_id") VALUES (NEW."by_name", NEW."community_id", NEW."day", NEW."id", NEW."is_on_behalf", NEW."measure_id", NEW."note", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."state", NEW."told_at", NEW."told_by_id"); RETURN NULL;', hash='78ef6fe745ed82ca3d3e588ed34889b04d79c398', operation='INSERT', pgid='pgtrigger_insert_insert_71d96', table='plans_partyimplementation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyimplementation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_partyimplementationevent" ("by_name", "community_id", "day", "id", "is_on_behalf", "measure_id", "note", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "state", "told_at", "told_by_id") VALUES (NEW."by_name", NEW."community_id", NEW."day", NEW."id", NEW."is_on_behalf", NEW."measure_id", NEW."note", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."state", NEW."told_at", NEW."told_by_id"); RETURN NULL;', hash='2175aa7d2ec64baf6ffe78261a839008e067ef23', operation='UPDATE', pgid='pgtrigger_update_update_7be38', table='plans_partyimplementation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyimplementation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_partyimplementationevent" ("by_name", "community_id", "day", "id", "is_on_behalf", "measure_id", "note", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "state", "told_at", "told_by_id") VALUES (OLD."by_name", OLD."community_id", OLD."day", OLD."id", OLD."is_on_behalf", OLD."measure_id", OLD."note", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."state", OLD."told_at", OLD."told_by_id"); RETURN NULL;', hash='9f8247ec810289939511d39371525b01ae6c2f55', operation='DELETE', pgid='pgtrigger_delete_delete_18a84', table='plans_partyimplementation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyimplementationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5fbad987dedcda74f4253a3c8062b69109848289', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_89232', table='plans_partyimplementationevent', when='BEFORE')),
        ),
        isolate("plans_measureparty", seen=OF_A_PUBLISHED_PLAN),
        isolate("plans_partyimplementation", seen=OF_A_PUBLISHED_PLAN),
        isolate("plans_milestone", seen=OF_A_PUBLISHED_PLAN),
    ]
