"""Of a published answer everybody reads the wording that was published, and none that it replaced."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from samspill.directory.public import COMMUNITY

OWN = f"governance_jointtext.community_id = {COMMUNITY}"
IS_PUBLISHED = """EXISTS (SELECT FROM governance_consultation the_consultation
    WHERE the_consultation.id = the_question.consultation_id AND the_consultation.state = 'published')"""
# The text is found by the question that points at it: a policy cannot ask its own table for newer rows.
THE_PUBLISHED = f"""EXISTS (SELECT FROM governance_consultationquestion the_question
    WHERE the_question.published_text_id = governance_jointtext.id AND {IS_PUBLISHED})"""
ANY_OF_A_PUBLISHED = f"""EXISTS (SELECT FROM governance_consultationquestion the_question
    WHERE the_question.id = governance_jointtext.question_id AND {IS_PUBLISHED})"""
TEXT_READ = "ALTER POLICY governance_jointtext_read ON governance_jointtext"
ONLY_THE_PUBLISHED = migrations.RunSQL(
    f"{TEXT_READ} USING ({OWN} OR ({THE_PUBLISHED}))",
    f"{TEXT_READ} USING ({OWN} OR (NOT beside AND {ANY_OF_A_PUBLISHED}))",
)
# The policies let nobody change rows of a helsefellesskap from outside it, so each is gone into in turn.
POINT_AT_THEM = migrations.RunSQL(
    f"""DO $$ DECLARE here bigint; BEGIN
    FOR here IN SELECT id FROM directory_community LOOP
        PERFORM set_config('samspill.community', here::text, true);
        UPDATE governance_consultationquestion the_question SET published_text_id = (
            SELECT max(written.id) FROM governance_jointtext written
            WHERE written.question_id = the_question.id AND NOT written.beside
        ) WHERE the_question.community_id = here AND {IS_PUBLISHED};
    END LOOP;
    PERFORM set_config('samspill.community', '', true);
END $$""",
    migrations.RunSQL.noop,
)


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0011_gist'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='consultationquestion',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='consultationquestion',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='consultationquestion',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='consultationquestion',
            name='published_text',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.jointtext'),
        ),
        migrations.AddField(
            model_name='consultationquestionevent',
            name='published_text',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.jointtext'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultationquestion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_consultationquestionevent" ("community_id", "consultation_id", "id", "is_done", "lead_body_id", "lead_party_id", "led_by_secretariat", "number", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_text_id", "text") VALUES (NEW."community_id", NEW."consultation_id", NEW."id", NEW."is_done", NEW."lead_body_id", NEW."lead_party_id", NEW."led_by_secretariat", NEW."number", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_text_id", NEW."text"); RETURN NULL;', hash='e6f0bec3d1d5c17a2edcaa12da536d05ba04e31c', operation='INSERT', pgid='pgtrigger_insert_insert_ff5b4', table='governance_consultationquestion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultationquestion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "governance_consultationquestionevent" ("community_id", "consultation_id", "id", "is_done", "lead_body_id", "lead_party_id", "led_by_secretariat", "number", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_text_id", "text") VALUES (NEW."community_id", NEW."consultation_id", NEW."id", NEW."is_done", NEW."lead_body_id", NEW."lead_party_id", NEW."led_by_secretariat", NEW."number", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_text_id", NEW."text"); RETURN NULL;', hash='43bd994abba52952ba21f957d2a33ae1622991f8', operation='UPDATE', pgid='pgtrigger_update_update_061f3', table='governance_consultationquestion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultationquestion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_consultationquestionevent" ("community_id", "consultation_id", "id", "is_done", "lead_body_id", "lead_party_id", "led_by_secretariat", "number", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_text_id", "text") VALUES (OLD."community_id", OLD."consultation_id", OLD."id", OLD."is_done", OLD."lead_body_id", OLD."lead_party_id", OLD."led_by_secretariat", OLD."number", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_text_id", OLD."text"); RETURN NULL;', hash='4f78952721b9da39fcf03dbf59da779929ce0794', operation='DELETE', pgid='pgtrigger_delete_delete_1c146', table='governance_consultationquestion', when='AFTER')),
        ),
        ONLY_THE_PUBLISHED,
        POINT_AT_THEM,
    ]
