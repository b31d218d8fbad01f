"""The few words of a case stand apart, so that the database can close them for who is disqualified.

Everybody in a helsefellesskap may read that there is a case, who is disqualified in it too, and row-level security
opens a row whole or not at all (see 0008_closed). What is asked and what it is about move to a table of their own,
with their history, and are read there as the brief is.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


from samspill.directory.public import isolate
from samspill.governance.identity_guard import guarded

OPEN_CASE = "case_id IN (SELECT id FROM governance_case WHERE is_open AND access = 'public')"
NOT_SHUT = "case_id <> ALL ((SELECT governance_shut_cases())::bigint[])"
LEFT = {"governance_casegist": f"{NOT_SHUT} OR {OPEN_CASE}", "governance_casegistevent": NOT_SHUT}
NOT_SHUT_OUT = migrations.RunSQL(
    [
        f"CREATE POLICY {table}_not_shut_out ON {table} AS RESTRICTIVE FOR SELECT USING ({left})"
        for table, left in LEFT.items()
    ],
    [f"DROP POLICY {table}_not_shut_out ON {table}" for table in LEFT],
)

# The policies let nobody move rows of a helsefellesskap from outside it, so each is gone into in turn.
IN_EACH = """DO $$ DECLARE here bigint; BEGIN
    FOR here IN SELECT id FROM directory_community LOOP
        PERFORM set_config('samspill.community', here::text, true);
        {moved}
    END LOOP;
    PERFORM set_config('samspill.community', '', true);
END $$"""
AT_ONCE, LATER = "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"
MOVED = """
INSERT INTO governance_casegist (community_id, case_id, question, summary)
SELECT c.community_id, c.id, c.question, c.summary FROM governance_case c
WHERE c.community_id = here AND (c.question <> '' OR c.summary <> '' OR EXISTS (
    SELECT 1 FROM governance_caseevent e
    WHERE e.pgh_obj_id = c.id AND e.community_id = here AND (e.question <> '' OR e.summary <> '')));
INSERT INTO governance_casegistevent
    (pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id, id, community_id, case_id, question, summary)
SELECT e.pgh_created_at, CASE WHEN e.before IS NULL THEN 'insert' ELSE 'update' END, g.id, e.pgh_context_id,
    g.id, e.community_id, g.case_id, e.question, e.summary
FROM (
    SELECT e.*, lag(row(question, summary)) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS before
    FROM governance_caseevent e WHERE e.community_id = here
) e JOIN governance_casegist g ON g.case_id = e.pgh_obj_id
WHERE e.before IS DISTINCT FROM row(e.question, e.summary)
ORDER BY e.pgh_id;
"""
BACK = """
UPDATE governance_case c SET question = g.question, summary = g.summary FROM governance_casegist g
WHERE g.case_id = c.id AND c.community_id = here;
"""
WORDS = migrations.RunSQL(
    [IN_EACH.format(moved=MOVED), AT_ONCE, LATER], [IN_EACH.format(moved=BACK), AT_ONCE, LATER]
)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_erasure'),
        ('governance', '0010_open_hearings'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseGist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(blank=True, max_length=500)),
                ('summary', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CaseGistEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('question', models.CharField(blank=True, max_length=500)),
                ('summary', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='casegist',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='gist', to='governance.case'),
        ),
        migrations.AddField(
            model_name='casegist',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community'),
        ),
        migrations.AddField(
            model_name='casegistevent',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.case'),
        ),
        migrations.AddField(
            model_name='casegistevent',
            name='community',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community'),
        ),
        migrations.AddField(
            model_name='casegistevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='casegistevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='governance.casegist'),
        ),
        WORDS,
        pgtrigger.migrations.RemoveTrigger(
            model_name='case',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='case',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='case',
            name='delete_delete',
        ),
        migrations.RemoveField(
            model_name='case',
            name='question',
        ),
        migrations.RemoveField(
            model_name='case',
            name='summary',
        ),
        migrations.RemoveField(
            model_name='caseevent',
            name='question',
        ),
        migrations.RemoveField(
            model_name='caseevent',
            name='summary',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_caseevent" ("access", "answer", "asks", "community_id", "concerns", "id", "is_open", "kind", "language", "large_consequence", "law_reference", "needs_anchoring", "number", "patient_groups", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_body_id", "public_title", "reported_at", "reported_by_id", "reporter_name", "reporter_party_id", "screened_until", "state", "themes", "title", "year") VALUES (NEW."access", NEW."answer", NEW."asks", NEW."community_id", NEW."concerns", NEW."id", NEW."is_open", NEW."kind", NEW."language", NEW."large_consequence", NEW."law_reference", NEW."needs_anchoring", NEW."number", NEW."patient_groups", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_body_id", NEW."public_title", NEW."reported_at", NEW."reported_by_id", NEW."reporter_name", NEW."reporter_party_id", NEW."screened_until", NEW."state", NEW."themes", NEW."title", NEW."year"); RETURN NULL;', hash='a7acbd6ca57c77bd8c3dd963e16864668acb932d', operation='INSERT', pgid='pgtrigger_insert_insert_7deb4', table='governance_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "governance_caseevent" ("access", "answer", "asks", "community_id", "concerns", "id", "is_open", "kind", "language", "large_consequence", "law_reference", "needs_anchoring", "number", "patient_groups", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_body_id", "public_title", "reported_at", "reported_by_id", "reporter_name", "reporter_party_id", "screened_until", "state", "themes", "title", "year") VALUES (NEW."access", NEW."answer", NEW."asks", NEW."community_id", NEW."concerns", NEW."id", NEW."is_open", NEW."kind", NEW."language", NEW."large_consequence", NEW."law_reference", NEW."needs_anchoring", NEW."number", NEW."patient_groups", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_body_id", NEW."public_title", NEW."reported_at", NEW."reported_by_id", NEW."reporter_name", NEW."reporter_party_id", NEW."screened_until", NEW."state", NEW."themes", NEW."title", NEW."year"); RETURN NULL;', hash='53dfb0915f74ce2fb740eae662fa825c85113855', operation='UPDATE', pgid='pgtrigger_update_update_4c212', table='governance_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_caseevent" ("access", "answer", "asks", "community_id", "concerns", "id", "is_open", "kind", "language", "large_consequence", "law_reference", "needs_anchoring", "number", "patient_groups", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_body_id", "public_title", "reported_at", "reported_by_id", "reporter_name", "reporter_party_id", "screened_until", "state", "themes", "title", "year") VALUES (OLD."access", OLD."answer", OLD."asks", OLD."community_id", OLD."concerns", OLD."id", OLD."is_open", OLD."kind", OLD."language", OLD."large_consequence", OLD."law_reference", OLD."needs_anchoring", OLD."number", OLD."patient_groups", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_body_id", OLD."public_title", OLD."reported_at", OLD."reported_by_id", OLD."reporter_name", OLD."reporter_party_id", OLD."screened_until", OLD."state", OLD."themes", OLD."title", OLD."year"); RETURN NULL;', hash='2661a322406029861224a6e1be98c382082cb5ea', operation='DELETE', pgid='pgtrigger_delete_delete_70e73', table='governance_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casegist',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_casegistevent" ("case_id", "community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "summary") VALUES (NEW."case_id", NEW."community_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question", NEW."summary"); RETURN NULL;', hash='c3cce86f5f8fdd02837ba0430df95a720df5909e', operation='INSERT', pgid='pgtrigger_insert_insert_6ed8a', table='governance_casegist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casegist',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "governance_casegistevent" ("case_id", "community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "summary") VALUES (NEW."case_id", NEW."community_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question", NEW."summary"); RETURN NULL;', hash='efdced70a6d60fa32e385a59e9d3f1f6135d698a', operation='UPDATE', pgid='pgtrigger_update_update_a2111', table='governance_casegist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casegist',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_casegistevent" ("case_id", "community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "summary") VALUES (OLD."case_id", OLD."community_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."question", OLD."summary"); RETURN NULL;', hash='18f5785c1de3bcc87260916d9ba471407bd3490a', operation='DELETE', pgid='pgtrigger_delete_delete_8d023', table='governance_casegist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casegistevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ed8582c78408e5b7331547d73b9be0790d7b1d34', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_abd00', table='governance_casegistevent', when='BEFORE')),
        ),
        isolate("governance_casegist", seen=OPEN_CASE),
        guarded("governance_casegist"),
        NOT_SHUT_OUT,
    ]
