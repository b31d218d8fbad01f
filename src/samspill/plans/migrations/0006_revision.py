"""What becomes of a plan when the next one comes: its place among plans, and the fate of each measure."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from samspill.directory.public import isolate


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_isolation"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("plans", "0005_project"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MeasureFate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fate', models.CharField(choices=[('carried_forward', 'Carried forward'), ('changed', 'Changed'), ('completed', 'Completed'), ('ended', 'Ended')], max_length=16)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='MeasureFateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('fate', models.CharField(choices=[('carried_forward', 'Carried forward'), ('changed', 'Changed'), ('completed', 'Completed'), ('ended', 'Ended')], max_length=16)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='plan',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='plan',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='plan',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='plan',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='plans.plan'),
        ),
        migrations.AddField(
            model_name='plan',
            name='replaces',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='plans.plan'),
        ),
        migrations.AddField(
            model_name='plan',
            name='review_months',
            field=models.PositiveSmallIntegerField(default=24),
        ),
        migrations.AddField(
            model_name='planevent',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.plan'),
        ),
        migrations.AddField(
            model_name='planevent',
            name='replaces',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.plan'),
        ),
        migrations.AddField(
            model_name='planevent',
            name='review_months',
            field=models.PositiveSmallIntegerField(default=24),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='stays_at_home', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."parent_id" IS NOT NULL OR NEW."replaces_id" IS NOT NULL)', func="\n    IF EXISTS (\n        SELECT FROM unnest(ARRAY[NEW.parent_id, NEW.replaces_id]) AS kin(id)\n        WHERE kin.id IS NOT NULL AND NOT EXISTS (\n            SELECT FROM plans_plan WHERE plans_plan.id = kin.id AND community_id = NEW.community_id\n        )\n    ) THEN\n        RAISE EXCEPTION 'A plan stands under and replaces plans of its own community only.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='562ac09ec7e195153ba4c07a0a66c5d31ae3e007', operation='INSERT OR UPDATE', pgid='pgtrigger_stays_at_home_37169', table='plans_plan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_planevent" ("adopted_by", "adopted_on", "community_id", "id", "is_published", "kind", "language", "parent_id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "replaces_id", "review_months", "slogan", "title") VALUES (NEW."adopted_by", NEW."adopted_on", NEW."community_id", NEW."id", NEW."is_published", NEW."kind", NEW."language", NEW."parent_id", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."read_at", NEW."read_by_id", NEW."replaces_id", NEW."review_months", NEW."slogan", NEW."title"); RETURN NULL;', hash='c12bfa2781f7f7af25bef3fd339fd8506f6debef', operation='INSERT', pgid='pgtrigger_insert_insert_8b340', table='plans_plan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_planevent" ("adopted_by", "adopted_on", "community_id", "id", "is_published", "kind", "language", "parent_id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "replaces_id", "review_months", "slogan", "title") VALUES (NEW."adopted_by", NEW."adopted_on", NEW."community_id", NEW."id", NEW."is_published", NEW."kind", NEW."language", NEW."parent_id", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."read_at", NEW."read_by_id", NEW."replaces_id", NEW."review_months", NEW."slogan", NEW."title"); RETURN NULL;', hash='e96451f85a9f539600d6a76e12c1eee1e00ed3a6', operation='UPDATE', pgid='pgtrigger_update_update_ee9c7', table='plans_plan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plan',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_planevent" ("adopted_by", "adopted_on", "community_id", "id", "is_published", "kind", "language", "parent_id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "replaces_id", "review_months", "slogan", "title") VALUES (OLD."adopted_by", OLD."adopted_on", OLD."community_id", OLD."id", OLD."is_published", OLD."kind", OLD."language", OLD."parent_id", OLD."period_end", OLD."period_start", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."read_at", OLD."read_by_id", OLD."replaces_id", OLD."review_months", OLD."slogan", OLD."title"); RETURN NULL;', hash='e9d31b03dca5e767f93065a36bd21f7aa1096dde', operation='DELETE', pgid='pgtrigger_delete_delete_3e165', table='plans_plan', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('replaces',), name='plan_revised_once'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('parent', models.F('id')), _negated=True), models.Q(('replaces', models.F('id')), _negated=True)), name='plan_not_its_own'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('review_months__gte', 1), ('review_months__lte', 120)), name='plan_review_in_reach'),
        ),
        migrations.AddField(
            model_name='measurefate',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community'),
        ),
        migrations.AddField(
            model_name='measurefate',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='measurefate',
            name='new',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='former', to='plans.measure'),
        ),
        migrations.AddField(
            model_name='measurefate',
            name='old',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fates', to='plans.measure'),
        ),
        migrations.AddField(
            model_name='measurefate',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='plans.plan'),
        ),
        migrations.AddField(
            model_name='measurefateevent',
            name='community',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community'),
        ),
        migrations.AddField(
            model_name='measurefateevent',
            name='decided_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='measurefateevent',
            name='new',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.measure'),
        ),
        migrations.AddField(
            model_name='measurefateevent',
            name='old',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.measure'),
        ),
        migrations.AddField(
            model_name='measurefateevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='measurefateevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.measurefate'),
        ),
        migrations.AddField(
            model_name='measurefateevent',
            name='plan',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.plan'),
        ),
        migrations.AddConstraint(
            model_name='measurefate',
            constraint=models.UniqueConstraint(fields=('old',), name='fate_once'),
        ),
        migrations.AddConstraint(
            model_name='measurefate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fate__in', ['carried_forward', 'changed']), ('new__isnull', False)), models.Q(models.Q(('fate__in', ['carried_forward', 'changed']), _negated=True), ('new__isnull', True)), _connector='OR'), name='fate_goes_on_in_a_measure'),
        ),
        migrations.AddConstraint(
            model_name='measurefate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fate', 'ended'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='fate_ended_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurefate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_measurefateevent" ("community_id", "decided_at", "decided_by_id", "fate", "id", "new_id", "old_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reason") VALUES (NEW."community_id", NEW."decided_at", NEW."decided_by_id", NEW."fate", NEW."id", NEW."new_id", NEW."old_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."reason"); RETURN NULL;', hash='2fafad97bdaf9af29a43f5da65d57778513659f1', operation='INSERT', pgid='pgtrigger_insert_insert_c95ae', table='plans_measurefate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurefate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_measurefateevent" ("community_id", "decided_at", "decided_by_id", "fate", "id", "new_id", "old_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reason") VALUES (NEW."community_id", NEW."decided_at", NEW."decided_by_id", NEW."fate", NEW."id", NEW."new_id", NEW."old_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."reason"); RETURN NULL;', hash='bac8b68651429227eb3c6c247bf358f26470adc8', operation='UPDATE', pgid='pgtrigger_update_update_eea09', table='plans_measurefate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurefate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_measurefateevent" ("community_id", "decided_at", "decided_by_id", "fate", "id", "new_id", "old_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reason") VALUES (OLD."community_id", OLD."decided_at", OLD."decided_by_id", OLD."fate", OLD."id", OLD."new_id", OLD."old_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."reason"); RETURN NULL;', hash='3ed35603225592035809fdeec39492805f3a9785', operation='DELETE', pgid='pgtrigger_delete_delete_eeaae', table='plans_measurefate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurefateevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d9c2b77d17e6081e671652b2872e7d7c29d94246', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4f682', table='plans_measurefateevent', when='BEFORE')),
        ),
        isolate(
            "plans_measurefate", seen="plan_id IN (SELECT id FROM plans_plan WHERE is_published)"
        ),
    ]
