"""What is closed is kept closed by the database, also inside its own helsefellesskap.

Habilitet: who is, or may be, disqualified in a case reads of its papers, briefs and statements what everybody
reads, and nothing of the brief that is being written (`queries.access`). A restrictive policy says so on each
table. Which cases are shut for whoever's transaction it is, is worked out once in a statement and not once in
a row: `(SELECT f())` is an InitPlan. For nearly everybody it is an empty array, and the rest is not looked at.

Titles: everybody may read that a body meets, and row-level security opens a row whole or not at all. So what
may not be read yet does not stand in such a row. A meeting's title waits in a table of its own until the
notice; an item has only the title everybody may read, as its case has the other; and an item is open when it
has the number the notice gave it. Moving one short text was the smallest of what would hold: a view would have
needed every query to remember it, and to close the row would have hidden that the body meets.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from samspill.governance.identity_guard import guarded
from samspill.directory.public import ACCOUNT, COMMUNITY, isolate

OPEN_CASES = "SELECT id FROM governance_case WHERE is_open AND access = 'public'"
OF_AN_OPEN_CASE = f"case_id IN ({OPEN_CASES})"
OPEN_PAPER = f"is_open AND access = 'public' AND {OF_AN_OPEN_CASE}"
NOT_SHUT = "case_id <> ALL ((SELECT governance_shut_cases())::bigint[])"
NONE_SHUT = "(SELECT cardinality(governance_shut_cases()) = 0)"

SHUT_CASES = f"""
CREATE FUNCTION governance_shut_cases() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT conflict.case_id), '{{}}')
    FROM directory_account account
    JOIN governance_tenure tenure ON tenure.person_id = account.person_id
    JOIN governance_conflictassessment conflict ON conflict.tenure_id = tenure.id
    WHERE account.id = {ACCOUNT} AND conflict.conclusion <> 'qualified'
$$
"""
# What is left to read of a table, for one who is shut out of some case.
LEFT = {
    "governance_casetext": NOT_SHUT,
    "governance_casebrief": f"{NOT_SHUT} OR (access = 'public' AND {OF_AN_OPEN_CASE})",
    "governance_statement": f"{NOT_SHUT} OR {OF_AN_OPEN_CASE}",
    "governance_paper": f"case_id IS NULL OR {NOT_SHUT} OR ({OPEN_PAPER})",
    "governance_paperevent": f"case_id IS NULL OR {NOT_SHUT}",
    # A version is read by those who read its paper.
    "governance_paperversion": f"{NONE_SHUT} OR paper_id IN (SELECT id FROM governance_paper)",
    "governance_paperversionevent": f"{NONE_SHUT} OR paper_id IN (SELECT id FROM governance_paper)",
}
NOT_SHUT_OUT = migrations.RunSQL(
    [SHUT_CASES]
    + [
        f"CREATE POLICY {table}_not_shut_out ON {table} AS RESTRICTIVE FOR SELECT USING ({left})"
        for table, left in LEFT.items()
    ],
    [f"DROP POLICY {table}_not_shut_out ON {table}" for table in LEFT]
    + ["DROP FUNCTION governance_shut_cases()"],
)

OWN = f"community_id = {COMMUNITY}"
CALLED = "state IN ('called', 'under_way', 'held', 'minutes_out', 'minutes_approved')"
OF_A_CALLED_MEETING = f"meeting_id IN (SELECT id FROM governance_meeting WHERE {CALLED})"
ITEM_READ = "ALTER POLICY governance_agendaitem_read ON governance_agendaitem"
ITEMS_WITH_NUMBER = migrations.RunSQL(
    f"{ITEM_READ} USING ({OWN} OR (NOT is_removed AND number IS NOT NULL AND {OF_A_CALLED_MEETING}))",
    f"{ITEM_READ} USING ({OWN} OR (NOT is_removed AND {OF_A_CALLED_MEETING}))",
)

# The policies let nobody move rows of a helsefellesskap from outside it, so each is gone into in turn.
IN_EACH = """DO $$ DECLARE here bigint; BEGIN
    FOR here IN SELECT id FROM directory_community LOOP
        PERFORM set_config('samspill.community', here::text, true);
        {moved}
    END LOOP;
    PERFORM set_config('samspill.community', '', true);
END $$"""
WORKING_TITLES = migrations.RunSQL(
    IN_EACH.format(
        moved=f"""INSERT INTO governance_workingtitle (community_id, meeting_id, title)
            SELECT community_id, id, title FROM governance_meeting
            WHERE community_id = here AND title <> '' AND NOT {CALLED};
        UPDATE governance_meeting SET title = '' WHERE community_id = here AND title <> '' AND NOT {CALLED};"""
    ),
    IN_EACH.format(
        moved="""UPDATE governance_meeting m SET title = w.title FROM governance_workingtitle w
            WHERE w.meeting_id = m.id AND m.community_id = here;"""
    ),
)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_body_kinds'),
        ('governance', '0007_held'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkingTitle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WorkingTitleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=160)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agendaitem',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agendaitem',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agendaitem',
            name='delete_delete',
        ),
        migrations.RemoveField(
            model_name='agendaitem',
            name='title',
        ),
        migrations.RemoveField(
            model_name='agendaitemevent',
            name='title',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agendaitem',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_agendaitemevent" ("about_id", "answers_id", "body_id", "community_id", "id", "is_consent", "is_late", "is_removed", "kind", "late_because", "late_yes_by_id", "meeting_id", "minutes_wanted", "number", "order", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presenter", "public_title", "treatment_id", "year") VALUES (NEW."about_id", NEW."answers_id", NEW."body_id", NEW."community_id", NEW."id", NEW."is_consent", NEW."is_late", NEW."is_removed", NEW."kind", NEW."late_because", NEW."late_yes_by_id", NEW."meeting_id", NEW."minutes_wanted", NEW."number", NEW."order", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."presenter", NEW."public_title", NEW."treatment_id", NEW."year"); RETURN NULL;', hash='7474bbbf2b5a044d90532bb15966150733f73cd4', operation='INSERT', pgid='pgtrigger_insert_insert_a8d03', table='governance_agendaitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agendaitem',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "governance_agendaitemevent" ("about_id", "answers_id", "body_id", "community_id", "id", "is_consent", "is_late", "is_removed", "kind", "late_because", "late_yes_by_id", "meeting_id", "minutes_wanted", "number", "order", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presenter", "public_title", "treatment_id", "year") VALUES (NEW."about_id", NEW."answers_id", NEW."body_id", NEW."community_id", NEW."id", NEW."is_consent", NEW."is_late", NEW."is_removed", NEW."kind", NEW."late_because", NEW."late_yes_by_id", NEW."meeting_id", NEW."minutes_wanted", NEW."number", NEW."order", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."presenter", NEW."public_title", NEW."treatment_id", NEW."year"); RETURN NULL;', hash='ccf4eaac8002df6c8b086077af5d46eb9da209b4', operation='UPDATE', pgid='pgtrigger_update_update_dc8b8', table='governance_agendaitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agendaitem',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_agendaitemevent" ("about_id", "answers_id", "body_id", "community_id", "id", "is_consent", "is_late", "is_removed", "kind", "late_because", "late_yes_by_id", "meeting_id", "minutes_wanted", "number", "order", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presenter", "public_title", "treatment_id", "year") VALUES (OLD."about_id", OLD."answers_id", OLD."body_id", OLD."community_id", OLD."id", OLD."is_consent", OLD."is_late", OLD."is_removed", OLD."kind", OLD."late_because", OLD."late_yes_by_id", OLD."meeting_id", OLD."minutes_wanted", OLD."number", OLD."order", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."presenter", OLD."public_title", OLD."treatment_id", OLD."year"); RETURN NULL;', hash='1db82c0132eb08d454f4891f2e47dafa6a152b92', operation='DELETE', pgid='pgtrigger_delete_delete_63eef', table='governance_agendaitem', when='AFTER')),
        ),
        migrations.AddField(
            model_name='workingtitle',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community'),
        ),
        migrations.AddField(
            model_name='workingtitle',
            name='meeting',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='working_title', to='governance.meeting'),
        ),
        migrations.AddField(
            model_name='workingtitleevent',
            name='community',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community'),
        ),
        migrations.AddField(
            model_name='workingtitleevent',
            name='meeting',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.meeting'),
        ),
        migrations.AddField(
            model_name='workingtitleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='workingtitleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='governance.workingtitle'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workingtitle',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_workingtitleevent" ("community_id", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."community_id", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;', hash='0b13165a3b903c365ba4e9bc3cb94a33d0ec843d', operation='INSERT', pgid='pgtrigger_insert_insert_4c13c', table='governance_workingtitle', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workingtitle',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "governance_workingtitleevent" ("community_id", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."community_id", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;', hash='a776c59632cc3a484ab251ec1faeea82934143ee', operation='UPDATE', pgid='pgtrigger_update_update_19a2c', table='governance_workingtitle', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workingtitle',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_workingtitleevent" ("community_id", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."community_id", OLD."id", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title"); RETURN NULL;', hash='e29fcaa482d61ed6f265ce30210551a46bd4bdb6', operation='DELETE', pgid='pgtrigger_delete_delete_b9d1a', table='governance_workingtitle', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workingtitleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='920cfcf5a2f55fefd39e6c7f8d043fdfdaf89068', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_66daf', table='governance_workingtitleevent', when='BEFORE')),
        ),
        isolate("governance_workingtitle"),
        guarded("governance_workingtitle"),
        NOT_SHUT_OUT,
        ITEMS_WITH_NUMBER,
        WORKING_TITLES,
    ]
