"""What everybody can find in one table, which loses a thing the moment it is closed; no history of subscribers."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.migrations
from django.db import migrations, models

from samspill.directory.public import isolate

# What is closed leaves the table in the same transaction, whoever closes it and from wherever. A decision in a
# case that is closed afterwards is closed with it: `is_open` says that the case is not screened.
SHUT = """
CREATE FUNCTION governance_shut_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM governance_openentry WHERE case_id = NEW.id;
    IF NEW.access <> 'public' THEN
        UPDATE governance_decision SET is_open = false WHERE case_id = NEW.id AND is_open;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER governance_case_shut AFTER UPDATE OF is_open, access ON governance_case FOR EACH ROW
    WHEN (NOT NEW.is_open OR NEW.access <> 'public') EXECUTE FUNCTION governance_shut_case();

CREATE FUNCTION governance_shut_thing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM governance_openentry WHERE kind = TG_ARGV[0] AND thing_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER governance_paper_shut AFTER UPDATE OF is_open, access, is_removed ON governance_paper FOR EACH ROW
    WHEN (NOT NEW.is_open OR NEW.access <> 'public' OR NEW.is_removed) EXECUTE FUNCTION governance_shut_thing('paper');
CREATE TRIGGER governance_decision_shut AFTER UPDATE OF is_open ON governance_decision FOR EACH ROW
    WHEN (NOT NEW.is_open) EXECUTE FUNCTION governance_shut_thing('decision');
"""
OPEN_AGAIN = """
DROP TRIGGER governance_decision_shut ON governance_decision;
DROP TRIGGER governance_paper_shut ON governance_paper;
DROP TRIGGER governance_case_shut ON governance_case;
DROP FUNCTION governance_shut_thing();
DROP FUNCTION governance_shut_case();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_body_kinds'),
        ('governance', '0003_room'),
    ]

    operations = [
        migrations.CreateModel(
            name='OpenEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('decision', 'Decision'), ('case', 'Case'), ('meeting', 'Meeting'), ('minutes', 'Minutes'), ('paper', 'Paper')], max_length=12)),
                ('thing_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('title', models.CharField(max_length=300)),
                ('plain', models.CharField(blank=True, max_length=500)),
                ('text', models.TextField(blank=True)),
                ('language', models.CharField(choices=[('nb', 'Bokmål'), ('nn', 'Nynorsk'), ('en', 'English')], default='nb', max_length=2)),
                ('parties', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('carried', models.CharField(blank=True, choices=[('late', 'Late'), ('not_begun', 'Not begun'), ('under_way', 'Under way'), ('done', 'Carried out'), ('nothing', 'Needs no follow-up')], max_length=12)),
                ('due', models.DateField(blank=True, null=True)),
                ('released', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed', models.DateTimeField(default=django.utils.timezone.now)),
                ('vector', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.F('title'), config='norwegian', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.F('plain'), config='norwegian', weight='B'), django.contrib.postgres.search.SearchConfig('norwegian')), '||', django.contrib.postgres.search.SearchVector(models.F('text'), config='norwegian', weight='C'), django.contrib.postgres.search.SearchConfig('norwegian')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'verbose_name_plural': 'open entries',
                'ordering': ['-day', '-pk'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='subscription',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='subscription',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='subscription',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='subscription',
            name='made',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AlterField(
            model_name='subscription',
            name='query',
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name='openentry',
            name='body',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.body'),
        ),
        migrations.AddField(
            model_name='openentry',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='governance.case'),
        ),
        migrations.AddField(
            model_name='openentry',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community'),
        ),
        migrations.AddField(
            model_name='openentry',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='governance.meeting'),
        ),
        migrations.DeleteModel(
            name='SubscriptionEvent',
        ),
        migrations.AddIndex(
            model_name='openentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='open_entry_words'),
        ),
        migrations.AddIndex(
            model_name='openentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['parties'], name='open_entry_parties'),
        ),
        migrations.AddIndex(
            model_name='openentry',
            index=models.Index(fields=['-day', '-id'], name='open_entry_newest'),
        ),
        migrations.AddIndex(
            model_name='openentry',
            index=models.Index(fields=['kind', '-day', '-id'], name='open_entry_newest_of_kind'),
        ),
        migrations.AddIndex(
            model_name='openentry',
            index=models.Index(fields=['community', '-day'], name='open_entry_of_community'),
        ),
        migrations.AddIndex(
            model_name='openentry',
            index=models.Index(fields=['body', '-day'], name='open_entry_of_body'),
        ),
        migrations.AddIndex(
            model_name='openentry',
            index=models.Index(fields=['-released'], name='open_entry_released'),
        ),
        migrations.AddConstraint(
            model_name='openentry',
            constraint=models.UniqueConstraint(fields=('kind', 'thing_id'), name='open_entry_once'),
        ),
        isolate("governance_openentry", seen="true", history=False),
        migrations.RunSQL(SHUT, OPEN_AGAIN),
    ]
