"""Tables that are brought in row by row."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from samspill.directory.public import isolate


class Migration(migrations.Migration):
    dependencies = [
        ('directory', '0002_isolation'),
        ('pghistory', '0007_auto_20250421_0444'),
        ("plans", "0008_transfer"),
    ]

    operations = [
        migrations.CreateModel(
            name='TableImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=255)),
                ('format', models.CharField(max_length=8)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('checking', 'Being checked'), ('ready', 'Checked, not taken in'), ('refused', 'Could not be read'), ('taking', 'Being taken in'), ('taken', 'Taken in'), ('undoing', 'Being undone'), ('undone', 'Undone')], default='checking', max_length=10)),
                ('header', models.JSONField(default=dict)),
                ('problem', models.JSONField(default=dict)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('moved', models.DateTimeField(auto_now=True)),
                ('received_at', models.DateTimeField(auto_now_add=True)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plandocument')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='table_imports', to='plans.plan')),
                ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='TableImportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('file_name', models.CharField(max_length=255)),
                ('format', models.CharField(max_length=8)),
                ('sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('checking', 'Being checked'), ('ready', 'Checked, not taken in'), ('refused', 'Could not be read'), ('taking', 'Being taken in'), ('taken', 'Taken in'), ('undoing', 'Being undone'), ('undone', 'Undone')], default='checking', max_length=10)),
                ('header', models.JSONField(default=dict)),
                ('problem', models.JSONField(default=dict)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('moved', models.DateTimeField(auto_now=True)),
                ('received_at', models.DateTimeField(auto_now_add=True)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('document', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.plandocument')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.tableimport')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.plan')),
                ('received_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TableRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('cells', models.JSONField(default=list)),
                ('source_key', models.CharField(blank=True, max_length=80)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('verdict', models.CharField(choices=[('refused', 'Must be mended'), ('new', 'New'), ('changed', 'Changed'), ('unchanged', 'As before')], max_length=10)),
                ('outcome', models.CharField(choices=[('waiting', 'Waits'), ('taken', 'Taken in'), ('undone', 'Undone'), ('kept', 'Not undone: it has been changed since')], default='waiting', max_length=8)),
                ('changes', models.JSONField(default=list)),
                ('remarks', models.JSONField(default=list)),
                ('problem', models.JSONField(default=dict)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.measure')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='plans.tableimport')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='TableRowEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('source_key', models.CharField(blank=True, max_length=80)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('verdict', models.CharField(choices=[('refused', 'Must be mended'), ('new', 'New'), ('changed', 'Changed'), ('unchanged', 'As before')], max_length=10)),
                ('outcome', models.CharField(choices=[('waiting', 'Waits'), ('taken', 'Taken in'), ('undone', 'Undone'), ('kept', 'Not undone: it has been changed since')], default='waiting', max_length=8)),
                ('changes', models.JSONField(default=list)),
                ('remarks', models.JSONField(default=list)),
                ('problem', models.JSONField(default=dict)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('measure', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.measure')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.tablerow')),
                ('table', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.tableimport')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='tableimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('problem', {}), _negated=True), _connector='OR'), name='table_refused_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tableimport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_tableimportevent" ("community_id", "document_id", "done", "file_name", "format", "header", "id", "moved", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "problem", "received_at", "received_by_id", "sha256", "state", "taken_at", "taken_by_id", "total", "undone_at", "undone_by_id") VALUES (NEW."community_id", NEW."document_id", NEW."done", NEW."file_name", NEW."format", NEW."header", NEW."id", NEW."moved", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."problem", NEW."received_at", NEW."received_by_id", NEW."sha256", NEW."state", NEW."taken_at", NEW."taken_by_id", NEW."total", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='bc6147f07241395575dd9274a8a2ebbb0c801821', operation='INSERT', pgid='pgtrigger_insert_insert_8d9b8', table='plans_tableimport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tableimport',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."community_id" IS DISTINCT FROM (NEW."community_id") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."done" IS DISTINCT FROM (NEW."done") OR OLD."file_name" IS DISTINCT FROM (NEW."file_name") OR OLD."format" IS DISTINCT FROM (NEW."format") OR OLD."header" IS DISTINCT FROM (NEW."header") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."moved" IS DISTINCT FROM (NEW."moved") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."problem" IS DISTINCT FROM (NEW."problem") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."received_by_id" IS DISTINCT FROM (NEW."received_by_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."taken_at" IS DISTINCT FROM (NEW."taken_at") OR OLD."taken_by_id" IS DISTINCT FROM (NEW."taken_by_id") OR OLD."total" IS DISTINCT FROM (NEW."total") OR OLD."undone_at" IS DISTINCT FROM (NEW."undone_at") OR OLD."undone_by_id" IS DISTINCT FROM (NEW."undone_by_id"))', func='INSERT INTO "plans_tableimportevent" ("community_id", "document_id", "done", "file_name", "format", "header", "id", "moved", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "problem", "received_at", "received_by_id", "sha256", "state", "taken_at", "taken_by_id", "total", "undone_at", "undone_by_id") VALUES (NEW."community_id", NEW."document_id", NEW."done", NEW."file_name", NEW."format", NEW."header", NEW."id", NEW."moved", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."problem", NEW."received_at", NEW."received_by_id", NEW."sha256", NEW."state", NEW."taken_at", NEW."taken_by_id", NEW."total", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='ee462985fbc496f183be4819ebf3fa62383e9dca', operation='UPDATE', pgid='pgtrigger_update_update_c5272', table='plans_tableimport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tableimport',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_tableimportevent" ("community_id", "document_id", "done", "file_name", "format", "header", "id", "moved", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "problem", "received_at", "received_by_id", "sha256", "state", "taken_at", "taken_by_id", "total", "undone_at", "undone_by_id") VALUES (OLD."community_id", OLD."document_id", OLD."done", OLD."file_name", OLD."format", OLD."header", OLD."id", OLD."moved", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."problem", OLD."received_at", OLD."received_by_id", OLD."sha256", OLD."state", OLD."taken_at", OLD."taken_by_id", OLD."total", OLD."undone_at", OLD."undone_by_id"); RETURN NULL;', hash='546591b4355ddb991373713b4323282cc1d73160', operation='DELETE', pgid='pgtrigger_delete_delete_06216', table='plans_tableimport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tableimportevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='24a6808ca2ac13af33adb8fd0fb09a5ccf1b6df9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_903a8', table='plans_tableimportevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='tablerow',
            constraint=models.UniqueConstraint(fields=('table', 'number'), name='table_row_once'),
        ),
        migrations.AddConstraint(
            model_name='tablerow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'refused'), _negated=True), models.Q(('problem', {}), _negated=True), _connector='OR'), name='table_row_refused_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tablerow',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_tablerowevent" ("changes", "community_id", "id", "measure_id", "name", "number", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "remarks", "source_key", "table_id", "verdict") VALUES (NEW."changes", NEW."community_id", NEW."id", NEW."measure_id", NEW."name", NEW."number", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."problem", NEW."remarks", NEW."source_key", NEW."table_id", NEW."verdict"); RETURN NULL;', hash='b2fa6a2861fd0253aed63e989bc8a82563067adc', operation='INSERT', pgid='pgtrigger_insert_insert_689d2', table='plans_tablerow', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tablerow',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."changes" IS DISTINCT FROM (NEW."changes") OR OLD."community_id" IS DISTINCT FROM (NEW."community_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."measure_id" IS DISTINCT FROM (NEW."measure_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."problem" IS DISTINCT FROM (NEW."problem") OR OLD."remarks" IS DISTINCT FROM (NEW."remarks") OR OLD."source_key" IS DISTINCT FROM (NEW."source_key") OR OLD."table_id" IS DISTINCT FROM (NEW."table_id") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict"))', func='INSERT INTO "plans_tablerowevent" ("changes", "community_id", "id", "measure_id", "name", "number", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "remarks", "source_key", "table_id", "verdict") VALUES (NEW."changes", NEW."community_id", NEW."id", NEW."measure_id", NEW."name", NEW."number", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."problem", NEW."remarks", NEW."source_key", NEW."table_id", NEW."verdict"); RETURN NULL;', hash='9d1d7ce4233f6db3b25ed251034d8bad7e94a8d5', operation='UPDATE', pgid='pgtrigger_update_update_4c881', table='plans_tablerow', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tablerow',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_tablerowevent" ("changes", "community_id", "id", "measure_id", "name", "number", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "remarks", "source_key", "table_id", "verdict") VALUES (OLD."changes", OLD."community_id", OLD."id", OLD."measure_id", OLD."name", OLD."number", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."problem", OLD."remarks", OLD."source_key", OLD."table_id", OLD."verdict"); RETURN NULL;', hash='7efdaa7256462742ea30cf3a329ffcb69700e9dc', operation='DELETE', pgid='pgtrigger_delete_delete_44b8d', table='plans_tablerow', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tablerowevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9c92174303a9f5110a696517c128650df1e85cc1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6cca', table='plans_tablerowevent', when='BEFORE')),
        ),
        isolate("plans_tableimport"),
        isolate("plans_tablerow"),
    ]
