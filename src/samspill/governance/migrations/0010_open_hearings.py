"""Published answers to hearings among what everybody can find, and whom everybody asks for access.

As of every other open thing, a hearing leaves the table in the transaction that closes it.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from samspill.directory.public import COMMUNITY, isolate
from samspill.governance.identity_guard import guarded

# A wording that was kept beside the one that stands is nobody's answer, so it is not read outside.
OF_A_PUBLISHED = (
    "question_id IN (SELECT id FROM governance_consultationquestion WHERE consultation_id IN "
    "(SELECT id FROM governance_consultation WHERE state = 'published'))"
)
OWN = f"community_id = {COMMUNITY}"
TEXT_READ = "ALTER POLICY governance_jointtext_read ON governance_jointtext"
# `governance_shut_thing` is of 0004.
SHUT = """
CREATE TRIGGER governance_consultation_shut AFTER UPDATE OF state ON governance_consultation FOR EACH ROW
    WHEN (NEW.state <> 'published') EXECUTE FUNCTION governance_shut_thing('consultation');
"""
NOT_BESIDE = migrations.RunSQL(
    f"{TEXT_READ} USING ({OWN} OR (NOT beside AND {OF_A_PUBLISHED}))",
    f"{TEXT_READ} USING ({OWN} OR ({OF_A_PUBLISHED}))",
)
OPEN_AGAIN = "DROP TRIGGER governance_consultation_shut ON governance_consultation;"


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_body_kinds'),
        ('governance', '0009_erasure'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254)),
            ],
            options={
                'verbose_name_plural': 'access addresses',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AccessAddressEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('email', models.EmailField(blank=True, max_length=254)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AlterField(
            model_name='openentry',
            name='kind',
            field=models.CharField(choices=[('decision', 'Decision'), ('case', 'Case'), ('meeting', 'Meeting'), ('minutes', 'Minutes'), ('paper', 'Paper'), ('consultation', 'Answer to a hearing')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='openentry',
            index=models.Index(fields=['-changed', '-id'], name='open_entry_changed'),
        ),
        migrations.AddField(
            model_name='accessaddress',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community'),
        ),
        migrations.AddField(
            model_name='accessaddressevent',
            name='community',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community'),
        ),
        migrations.AddField(
            model_name='accessaddressevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='accessaddressevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='governance.accessaddress'),
        ),
        migrations.AddConstraint(
            model_name='accessaddress',
            constraint=models.UniqueConstraint(fields=('community',), name='access_address_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessaddress',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_accessaddressevent" ("community_id", "email", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."community_id", NEW."email", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='461356376dbd392bb200ad4fb0a9dd93bd62b6cc', operation='INSERT', pgid='pgtrigger_insert_insert_34e3f', table='governance_accessaddress', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessaddress',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "governance_accessaddressevent" ("community_id", "email", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."community_id", NEW."email", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='c998580e4876ebbff51621b47e96141c23969732', operation='UPDATE', pgid='pgtrigger_update_update_94876', table='governance_accessaddress', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessaddress',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_accessaddressevent" ("community_id", "email", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."community_id", OLD."email", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='8d099acee508178903b757c22cf83f0593c19c37', operation='DELETE', pgid='pgtrigger_delete_delete_549e9', table='governance_accessaddress', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessaddressevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='759f98b5f0f6cf0a2242f6063cfec88d9dd3a4e7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f7081', table='governance_accessaddressevent', when='BEFORE')),
        ),
        isolate("governance_accessaddress", seen="true"),
        guarded("governance_accessaddress"),
        migrations.RunSQL(SHUT, OPEN_AGAIN),
        NOT_BESIDE,
    ]
