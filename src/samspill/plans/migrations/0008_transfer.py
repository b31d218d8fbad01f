"""Measures taken up from elsewhere: seen by those who took them, those they took them from, and everybody
when the adopting plan is open."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from samspill.directory.public import COMMUNITY, isolate

BY_OWNER_OR_OPEN = (
    f"source_community_id = {COMMUNITY} OR plan_id IN (SELECT id FROM plans_plan WHERE is_published)"
)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_isolation'),
        ('pghistory', '0007_auto_20250421_0444'),
        ("plans", "0007_carrying_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MeasureAdoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField()),
                ('because', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_name', models.CharField(max_length=160)),
                ('dropped_because', models.CharField(blank=True, max_length=500)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('dropped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='adoption', to='plans.measure')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='plans.plan')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='plans.measure')),
                ('source_community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MeasureAdoptionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField()),
                ('because', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_name', models.CharField(max_length=160)),
                ('dropped_because', models.CharField(blank=True, max_length=500)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('dropped_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.measure')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.measureadoption')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.plan')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.measure')),
                ('source_community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='measureadoption',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True)), fields=('community', 'source'), name='adoption_once'),
        ),
        migrations.AddConstraint(
            model_name='measureadoption',
            constraint=models.CheckConstraint(condition=models.Q(('community', models.F('source_community')), _negated=True), name='adoption_from_others'),
        ),
        migrations.AddConstraint(
            model_name='measureadoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dropped_at__isnull', True), ('dropped_because', '')), models.Q(('dropped_at__isnull', False), models.Q(('dropped_because', ''), _negated=True)), _connector='OR'), name='adoption_dropped_for_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureadoption',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_measureadoptionevent" ("at", "because", "by_id", "by_name", "community_id", "dropped_at", "dropped_because", "dropped_by_id", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "source_community_id", "source_id", "text", "title") VALUES (NEW."at", NEW."because", NEW."by_id", NEW."by_name", NEW."community_id", NEW."dropped_at", NEW."dropped_because", NEW."dropped_by_id", NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."source_community_id", NEW."source_id", NEW."text", NEW."title"); RETURN NULL;', hash='3d423348ff3fb784e31e39e77f31ba4dfc1e2d17', operation='INSERT', pgid='pgtrigger_insert_insert_acd19', table='plans_measureadoption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureadoption',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_measureadoptionevent" ("at", "because", "by_id", "by_name", "community_id", "dropped_at", "dropped_because", "dropped_by_id", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "source_community_id", "source_id", "text", "title") VALUES (NEW."at", NEW."because", NEW."by_id", NEW."by_name", NEW."community_id", NEW."dropped_at", NEW."dropped_because", NEW."dropped_by_id", NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."source_community_id", NEW."source_id", NEW."text", NEW."title"); RETURN NULL;', hash='088af7dedf2e0bf890674ca7ccfa1c345f14e9e3', operation='UPDATE', pgid='pgtrigger_update_update_2433d', table='plans_measureadoption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureadoption',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_measureadoptionevent" ("at", "because", "by_id", "by_name", "community_id", "dropped_at", "dropped_because", "dropped_by_id", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "source_community_id", "source_id", "text", "title") VALUES (OLD."at", OLD."because", OLD."by_id", OLD."by_name", OLD."community_id", OLD."dropped_at", OLD."dropped_because", OLD."dropped_by_id", OLD."id", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."source_community_id", OLD."source_id", OLD."text", OLD."title"); RETURN NULL;', hash='1fc8695ff3ddb9e5902a75a38a83bf1243d51622', operation='DELETE', pgid='pgtrigger_delete_delete_9b098', table='plans_measureadoption', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureadoptionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8fc715680fec59a86c0b55674d7434470b625405', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4d3b5', table='plans_measureadoptionevent', when='BEFORE')),
        ),
        isolate("plans_measureadoption", seen=BY_OWNER_OR_OPEN),
    ]
