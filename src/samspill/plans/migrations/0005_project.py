"""Projects: work with a beginning and an end that carries out measures."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from samspill.directory.public import isolate


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_isolation'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('plans', '0004_judgement'),
    ]

    operations = [
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('purpose', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('running', 'Running'), ('completed', 'Completed'), ('stopped', 'Stopped')], default='planned', max_length=12)),
                ('stopped_because', models.CharField(blank=True, max_length=500)),
                ('starts', models.DateField(blank=True, null=True)),
                ('ends', models.DateField(blank=True, null=True)),
                ('transfer_value', models.TextField(blank=True)),
                ('is_published', models.BooleanField(default=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('steered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.body')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ProjectEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('purpose', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('running', 'Running'), ('completed', 'Completed'), ('stopped', 'Stopped')], default='planned', max_length=12)),
                ('stopped_because', models.CharField(blank=True, max_length=500)),
                ('starts', models.DateField(blank=True, null=True)),
                ('ends', models.DateField(blank=True, null=True)),
                ('transfer_value', models.TextField(blank=True)),
                ('is_published', models.BooleanField(default=False)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.project')),
                ('steered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.body')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProjectParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('takes_part', models.CharField(choices=[('leads', 'leads the project'), ('pilots', 'tries it out first'), ('partner', 'takes part')], default='partner', max_length=8)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='plans.project')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ProjectPartyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('takes_part', models.CharField(choices=[('leads', 'leads the project'), ('pilots', 'tries it out first'), ('partner', 'takes part')], default='partner', max_length=8)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.party')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.projectparty')),
                ('project', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.project')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.UniqueConstraint(fields=('community', 'name'), name='project_name_once'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('starts__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='project_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'stopped'), _negated=True), models.Q(('stopped_because', ''), _negated=True), _connector='OR'), name='project_stopped_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='project',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_projectevent" ("community_id", "ends", "id", "is_published", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "starts", "state", "steered_by_id", "stopped_because", "transfer_value") VALUES (NEW."community_id", NEW."ends", NEW."id", NEW."is_published", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."starts", NEW."state", NEW."steered_by_id", NEW."stopped_because", NEW."transfer_value"); RETURN NULL;', hash='a5ad6fbbf904c4e93ff3eb67c3f338064f6474f3', operation='INSERT', pgid='pgtrigger_insert_insert_a9766', table='plans_project', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='project',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_projectevent" ("community_id", "ends", "id", "is_published", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "starts", "state", "steered_by_id", "stopped_because", "transfer_value") VALUES (NEW."community_id", NEW."ends", NEW."id", NEW."is_published", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."starts", NEW."state", NEW."steered_by_id", NEW."stopped_because", NEW."transfer_value"); RETURN NULL;', hash='7e611a302bec41417a305eb2d4d1347b6c5ae888', operation='UPDATE', pgid='pgtrigger_update_update_3b161', table='plans_project', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='project',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_projectevent" ("community_id", "ends", "id", "is_published", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "starts", "state", "steered_by_id", "stopped_because", "transfer_value") VALUES (OLD."community_id", OLD."ends", OLD."id", OLD."is_published", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."starts", OLD."state", OLD."steered_by_id", OLD."stopped_because", OLD."transfer_value"); RETURN NULL;', hash='1c8ecc4901b3806ce4d56357ff5b579332379e11', operation='DELETE', pgid='pgtrigger_delete_delete_f793c', table='plans_project', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='307c81e49fb165d252a239510f3ba987bb65d9c3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_64c03', table='plans_projectevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='projectparty',
            constraint=models.UniqueConstraint(fields=('project', 'party'), name='project_party_once'),
        ),
        migrations.AddConstraint(
            model_name='projectparty',
            constraint=models.UniqueConstraint(condition=models.Q(('takes_part', 'leads')), fields=('project',), name='project_one_leader'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectparty',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_projectpartyevent" ("community_id", "id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "takes_part") VALUES (NEW."community_id", NEW."id", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."takes_part"); RETURN NULL;', hash='5b6db21807c06cef81a7f288482c162ad3eccf5f', operation='INSERT', pgid='pgtrigger_insert_insert_30650', table='plans_projectparty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectparty',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_projectpartyevent" ("community_id", "id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "takes_part") VALUES (NEW."community_id", NEW."id", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."takes_part"); RETURN NULL;', hash='ff61aaa56356ce6a0c05d5193fc4fb07f09dd7af', operation='UPDATE', pgid='pgtrigger_update_update_72212', table='plans_projectparty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectparty',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_projectpartyevent" ("community_id", "id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "takes_part") VALUES (OLD."community_id", OLD."id", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."takes_part"); RETURN NULL;', hash='eb2f6a3e0c9663715b70c0b9f55917b7fdcd5261', operation='DELETE', pgid='pgtrigger_delete_delete_5347e', table='plans_projectparty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectpartyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cad16ca0ceae584ee878ac0392bbc02aab858883', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fee8c', table='plans_projectpartyevent', when='BEFORE')),
        ),
        isolate("plans_project", seen="is_published"),
        isolate(
            "plans_projectparty", seen="project_id IN (SELECT id FROM plans_project WHERE is_published)"
        ),
    ]
