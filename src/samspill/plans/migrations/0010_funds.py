"""Joint money: schemes, calls, applications, consents, reviews, awards, payments and reports."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from samspill.directory.public import append_only, isolate

OF_AN_OPEN_SCHEME = "state <> 'draft' AND scheme_id IN (SELECT id FROM plans_fundscheme WHERE is_published)"
OF_AN_OPEN_CALL = f"call_id IN (SELECT id FROM plans_call WHERE {OF_AN_OPEN_SCHEME})"
# What was refused is nobody else's business, and half an answer is none: awards open when all are decided.
OPEN_AWARD = f"kind <> 'refused' AND call_id IN (SELECT id FROM plans_call WHERE state = 'decided' AND {OF_AN_OPEN_SCHEME})"


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_isolation'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('plans', '0009_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('contact_name', models.CharField(blank=True, max_length=160)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('need', models.TextField(blank=True)),
                ('work', models.TextField(blank=True)),
                ('patient_groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('effect', models.TextField(blank=True)),
                ('transfer_value', models.TextField(blank=True)),
                ('starts', models.DateField(blank=True, null=True)),
                ('ends', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('endorsed', 'Both sides have said yes'), ('submitted', 'Sent'), ('formal_check', 'Formal check'), ('incomplete', 'Something is missing'), ('review', 'Under review'), ('recommended', 'Recommendation given'), ('awarded', 'Awarded'), ('partly_awarded', 'Awarded in part'), ('refused', 'Refused'), ('accepted', 'Award accepted'), ('running', 'Running'), ('interim_report', 'Interim report sent'), ('final_report', 'Final report sent'), ('approved', 'Final report approved'), ('gains_followed_up', 'Gains followed up')], default='draft', max_length=20)),
                ('submitted_on', models.DateField(blank=True, null=True)),
                ('correct_by', models.DateField(blank=True, help_text='when what is missing must be there', null=True)),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('whole', 'The whole amount'), ('part', 'A part of it'), ('refused', 'Refused')], max_length=8)),
                ('nok', models.BigIntegerField()),
                ('left_out', models.TextField(blank=True)),
                ('words', models.TextField(blank=True)),
                ('decided_on', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('accepted_name', models.CharField(blank=True, max_length=160)),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='award', to='plans.application')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.body')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('source', models.CharField(choices=[('cost', 'Cost'), ('grant', 'Joint funds'), ('party', 'Own share'), ('other', 'Others')], max_length=6)),
                ('label', models.CharField(blank=True, max_length=160)),
                ('nok', models.BigIntegerField()),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget', to='plans.application')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
            ],
            options={
                'ordering': ['order', 'year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BudgetLineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('source', models.CharField(choices=[('cost', 'Cost'), ('grant', 'Joint funds'), ('party', 'Own share'), ('other', 'Others')], max_length=6)),
                ('label', models.CharField(blank=True, max_length=160)),
                ('nok', models.BigIntegerField()),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.application')),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('party', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.party')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.budgetline')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('frame_nok', models.BigIntegerField()),
                ('opens', models.DateField()),
                ('closes', models.DateField()),
                ('decides_by', models.DateField()),
                ('closed_on', models.DateField(blank=True, help_text='closed before its last day', null=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('announced', 'Announced'), ('open', 'Open'), ('closed', 'Closed'), ('decided', 'Decided')], default='draft', max_length=10)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
            ],
            options={
                'ordering': ['-closes', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AwardEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('whole', 'The whole amount'), ('part', 'A part of it'), ('refused', 'Refused')], max_length=8)),
                ('nok', models.BigIntegerField()),
                ('left_out', models.TextField(blank=True)),
                ('words', models.TextField(blank=True)),
                ('decided_on', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('accepted_name', models.CharField(blank=True, max_length=160)),
                ('applicant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.party')),
                ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.application')),
                ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('decided_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.body')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.award')),
                ('call', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.call')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='award',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='plans.call'),
        ),
        migrations.CreateModel(
            name='ApplicationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('contact_name', models.CharField(blank=True, max_length=160)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('need', models.TextField(blank=True)),
                ('work', models.TextField(blank=True)),
                ('patient_groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('effect', models.TextField(blank=True)),
                ('transfer_value', models.TextField(blank=True)),
                ('starts', models.DateField(blank=True, null=True)),
                ('ends', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('endorsed', 'Both sides have said yes'), ('submitted', 'Sent'), ('formal_check', 'Formal check'), ('incomplete', 'Something is missing'), ('review', 'Under review'), ('recommended', 'Recommendation given'), ('awarded', 'Awarded'), ('partly_awarded', 'Awarded in part'), ('refused', 'Refused'), ('accepted', 'Award accepted'), ('running', 'Running'), ('interim_report', 'Interim report sent'), ('final_report', 'Final report sent'), ('approved', 'Final report approved'), ('gains_followed_up', 'Gains followed up')], default='draft', max_length=20)),
                ('submitted_on', models.DateField(blank=True, null=True)),
                ('correct_by', models.DateField(blank=True, help_text='when what is missing must be there', null=True)),
                ('applicant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.party')),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.application')),
                ('call', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.call')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='application',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='plans.call'),
        ),
        migrations.CreateModel(
            name='ConflictOfInterest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('own_organisation', 'own organisation takes part in the application'), ('party', 'takes part in the project'), ('family', 'close family takes part'), ('leader', 'leads or works closely with those who apply'), ('other', 'other circumstances that may weaken trust')], max_length=20)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('is_automatic', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='plans.application')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
            ],
            options={
                'verbose_name_plural': 'conflicts of interest',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ConflictOfInterestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('ground', models.CharField(choices=[('own_organisation', 'own organisation takes part in the application'), ('party', 'takes part in the project'), ('family', 'close family takes part'), ('leader', 'leads or works closely with those who apply'), ('other', 'other circumstances that may weaken trust')], max_length=20)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('is_automatic', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('account', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.application')),
                ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.conflictofinterest')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('formal', 'met or not'), ('scored', 'given points')], max_length=8)),
                ('name', models.CharField(max_length=160)),
                ('explanation', models.CharField(blank=True, max_length=500)),
                ('points', models.PositiveSmallIntegerField(default=0)),
                ('weight', models.PositiveSmallIntegerField(default=0)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='plans.call')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
            ],
            options={
                'verbose_name_plural': 'criteria',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CriterionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('formal', 'met or not'), ('scored', 'given points')], max_length=8)),
                ('name', models.CharField(max_length=160)),
                ('explanation', models.CharField(blank=True, max_length=500)),
                ('points', models.PositiveSmallIntegerField(default=0)),
                ('weight', models.PositiveSmallIntegerField(default=0)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('call', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.call')),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.criterion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Endorsement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.JSONField(default=dict)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('remark', 'Yes, with a remark'), ('no', 'No')], max_length=6)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('by_name', models.CharField(blank=True, max_length=160)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endorsements', to='plans.application')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='EndorsementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('share', models.JSONField(default=dict)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('remark', 'Yes, with a remark'), ('no', 'No')], max_length=6)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('by_name', models.CharField(blank=True, max_length=160)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.application')),
                ('asked_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.party')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.endorsement')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FormalCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(default=list)),
                ('missing', models.TextField(blank=True)),
                ('correct_by', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_name', models.CharField(max_length=160)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='formal_checks', to='plans.application')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FundReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('interim', 'Interim report'), ('final', 'Final report'), ('gains', 'Gains a year after')], max_length=8)),
                ('due', models.DateField()),
                ('state', models.CharField(choices=[('due', 'To be written'), ('sent', 'Sent'), ('returned', 'Sent back'), ('approved', 'Approved')], default='due', max_length=8)),
                ('done', models.TextField(blank=True)),
                ('results', models.TextField(blank=True)),
                ('spent', models.JSONField(default=list)),
                ('for_others', models.TextField(blank=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('by_name', models.CharField(blank=True, max_length=160)),
                ('returned_because', models.CharField(blank=True, max_length=500)),
                ('approved_on', models.DateField(blank=True, null=True)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='plans.award')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FundReportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('interim', 'Interim report'), ('final', 'Final report'), ('gains', 'Gains a year after')], max_length=8)),
                ('due', models.DateField()),
                ('state', models.CharField(choices=[('due', 'To be written'), ('sent', 'Sent'), ('returned', 'Sent back'), ('approved', 'Approved')], default='due', max_length=8)),
                ('done', models.TextField(blank=True)),
                ('results', models.TextField(blank=True)),
                ('spent', models.JSONField(default=list)),
                ('for_others', models.TextField(blank=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('by_name', models.CharField(blank=True, max_length=160)),
                ('returned_because', models.CharField(blank=True, max_length=500)),
                ('approved_on', models.DateField(blank=True, null=True)),
                ('award', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.award')),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.fundreport')),
                ('sent_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FundScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('purpose', models.TextField()),
                ('municipalities_needed', models.PositiveSmallIntegerField(default=1)),
                ('criteria', models.JSONField(default=list)),
                ('is_published', models.BooleanField(default=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.body')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='CallEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('frame_nok', models.BigIntegerField()),
                ('opens', models.DateField()),
                ('closes', models.DateField()),
                ('decides_by', models.DateField()),
                ('closed_on', models.DateField(blank=True, help_text='closed before its last day', null=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('announced', 'Announced'), ('open', 'Open'), ('closed', 'Closed'), ('decided', 'Decided')], default='draft', max_length=10)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.call')),
                ('scheme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.fundscheme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='call',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='plans.fundscheme'),
        ),
        migrations.CreateModel(
            name='FundSchemeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=160)),
                ('purpose', models.TextField()),
                ('municipalities_needed', models.PositiveSmallIntegerField(default=1)),
                ('criteria', models.JSONField(default=list)),
                ('is_published', models.BooleanField(default=False)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('decided_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.body')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.fundscheme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.DateField()),
                ('nok', models.BigIntegerField()),
                ('condition', models.CharField(blank=True, max_length=200)),
                ('paid_on', models.DateField(blank=True, null=True)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='payments', to='plans.award')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
            ],
            options={
                'ordering': ['due', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaymentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('due', models.DateField()),
                ('nok', models.BigIntegerField()),
                ('condition', models.CharField(blank=True, max_length=200)),
                ('paid_on', models.DateField(blank=True, null=True)),
                ('award', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.award')),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.payment')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('whole', 'The whole amount'), ('part', 'A part of it'), ('refused', 'Refused')], max_length=8)),
                ('nok', models.BigIntegerField()),
                ('words', models.TextField()),
                ('left_out', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_name', models.CharField(max_length=160)),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='recommendation', to='plans.application')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
            ],
        ),
        migrations.CreateModel(
            name='RecommendationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('whole', 'The whole amount'), ('part', 'A part of it'), ('refused', 'Refused')], max_length=8)),
                ('nok', models.BigIntegerField()),
                ('words', models.TextField()),
                ('left_out', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_name', models.CharField(max_length=160)),
                ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.application')),
                ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.recommendation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reviewer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviewers', to='plans.call')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_name', models.CharField(max_length=160)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='plans.application')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='plans.reviewer')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('account', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('call', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.call')),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.reviewer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReviewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_name', models.CharField(max_length=160)),
                ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.application')),
                ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.review')),
                ('reviewer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.reviewer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.PositiveSmallIntegerField()),
                ('words', models.TextField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.criterion')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='plans.review')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ScoreEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('points', models.PositiveSmallIntegerField()),
                ('words', models.TextField()),
                ('community', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.community')),
                ('criterion', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.criterion')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.score')),
                ('review', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.review')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.UniqueConstraint(fields=('application', 'year', 'source', 'party', 'label'), name='budget_line_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('nok__gte', 0)), name='budget_line_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('label', ''), ('party__isnull', False), ('source', 'party')), models.Q(('label', ''), ('party__isnull', True), ('source', 'grant')), models.Q(('party__isnull', True), ('source__in', ['cost', 'other']), models.Q(('label', ''), _negated=True)), _connector='OR'), name='budget_line_is_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_budgetlineevent" ("application_id", "community_id", "id", "label", "nok", "order", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (NEW."application_id", NEW."community_id", NEW."id", NEW."label", NEW."nok", NEW."order", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."year"); RETURN NULL;', hash='70995315d3b149f8d35ff026b92b464677c056e3', operation='INSERT', pgid='pgtrigger_insert_insert_13983', table='plans_budgetline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_budgetlineevent" ("application_id", "community_id", "id", "label", "nok", "order", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (NEW."application_id", NEW."community_id", NEW."id", NEW."label", NEW."nok", NEW."order", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."year"); RETURN NULL;', hash='4dd04bcbfc3f153cff2dbb28f8292b2bc2d9cc92', operation='UPDATE', pgid='pgtrigger_update_update_e2de5', table='plans_budgetline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_budgetlineevent" ("application_id", "community_id", "id", "label", "nok", "order", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (OLD."application_id", OLD."community_id", OLD."id", OLD."label", OLD."nok", OLD."order", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."year"); RETURN NULL;', hash='06f1f08e62dc9afe605aaa6c3d9298ee303c3af5', operation='DELETE', pgid='pgtrigger_delete_delete_d11b1', table='plans_budgetline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetlineevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5bd881534081273a24232224b5dfc540e2a81def', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a87da', table='plans_budgetlineevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='awardevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='75932a0199a2ba6be9dfcc4653c34973d914b2bf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ade14', table='plans_awardevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'refused'), ('nok', 0), models.Q(('words', ''), _negated=True)), models.Q(('kind', 'part'), ('nok__gt', 0), models.Q(('left_out', ''), _negated=True)), models.Q(('kind', 'whole'), ('nok__gt', 0)), _connector='OR'), name='award_has_its_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='award',
            trigger=pgtrigger.compiler.Trigger(name='both_sides', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.kind <> 'refused' AND (\n        SELECT count(DISTINCT p.kind) FROM plans_endorsement e JOIN directory_party p ON p.id = e.party_id\n        WHERE e.application_id = NEW.application_id AND e.answer IN ('yes', 'remark')\n        AND e.withdrawn_because = '' AND p.kind IN ('municipality', 'health_trust')\n    ) < 2 THEN\n        RAISE EXCEPTION 'No award without consent from a municipality and the hospital'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='78869420ad3fa891fa6c96e3fadff415a5cf17eb', operation='INSERT', pgid='pgtrigger_both_sides_8ecf5', table='plans_award', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='award',
            trigger=pgtrigger.compiler.Trigger(name='decision_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."nok" IS DISTINCT FROM (NEW."nok") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on") OR OLD."application_id" IS DISTINCT FROM (NEW."application_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c490de994e44a4d0a6297e2621df74dd2c26bc82', operation='UPDATE', pgid='pgtrigger_decision_stays_2b6a0', table='plans_award', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='award',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_awardevent" ("accepted_name", "accepted_on", "applicant_id", "application_id", "at", "by_id", "call_id", "community_id", "decided_by_id", "decided_on", "id", "kind", "left_out", "nok", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "words") VALUES (NEW."accepted_name", NEW."accepted_on", NEW."applicant_id", NEW."application_id", NEW."at", NEW."by_id", NEW."call_id", NEW."community_id", NEW."decided_by_id", NEW."decided_on", NEW."id", NEW."kind", NEW."left_out", NEW."nok", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."words"); RETURN NULL;', hash='ff592a2273bafe9b95588921eba5940fdc6224f9', operation='INSERT', pgid='pgtrigger_insert_insert_5cf2b', table='plans_award', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='award',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_awardevent" ("accepted_name", "accepted_on", "applicant_id", "application_id", "at", "by_id", "call_id", "community_id", "decided_by_id", "decided_on", "id", "kind", "left_out", "nok", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "words") VALUES (NEW."accepted_name", NEW."accepted_on", NEW."applicant_id", NEW."application_id", NEW."at", NEW."by_id", NEW."call_id", NEW."community_id", NEW."decided_by_id", NEW."decided_on", NEW."id", NEW."kind", NEW."left_out", NEW."nok", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."words"); RETURN NULL;', hash='b0aabe19e0436920e60f97fee96e2cfea43db4c3', operation='UPDATE', pgid='pgtrigger_update_update_636ed', table='plans_award', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='award',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_awardevent" ("accepted_name", "accepted_on", "applicant_id", "application_id", "at", "by_id", "call_id", "community_id", "decided_by_id", "decided_on", "id", "kind", "left_out", "nok", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "words") VALUES (OLD."accepted_name", OLD."accepted_on", OLD."applicant_id", OLD."application_id", OLD."at", OLD."by_id", OLD."call_id", OLD."community_id", OLD."decided_by_id", OLD."decided_on", OLD."id", OLD."kind", OLD."left_out", OLD."nok", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."words"); RETURN NULL;', hash='8827adf37c60f38dc7022ba4275f89af47e30f0d', operation='DELETE', pgid='pgtrigger_delete_delete_dbb4e', table='plans_award', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8f1f5831cde12d50c10ec6470286b2bc6acc6e8d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c789d', table='plans_applicationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('starts__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='application_ends_after_start'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='application_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:endorsed,endorsed:draft,endorsed:submitted,submitted:formal_check,formal_check:incomplete,formal_check:review,incomplete:submitted,review:recommended,recommended:awarded,recommended:partly_awarded,recommended:refused,awarded:accepted,partly_awarded:accepted,accepted:running,running:final_report,running:interim_report,interim_report:final_report,final_report:approved,approved:gains_followed_up}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='35fb4f5513e1174a581508c35bf59ad700534618', operation='UPDATE', pgid='pgtrigger_application_transitions_5c2aa', table='plans_application', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_applicationevent" ("applicant_id", "call_id", "community_id", "contact_email", "contact_name", "correct_by", "effect", "ends", "id", "need", "patient_groups", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "state", "submitted_on", "title", "transfer_value", "version", "work") VALUES (NEW."applicant_id", NEW."call_id", NEW."community_id", NEW."contact_email", NEW."contact_name", NEW."correct_by", NEW."effect", NEW."ends", NEW."id", NEW."need", NEW."patient_groups", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts", NEW."state", NEW."submitted_on", NEW."title", NEW."transfer_value", NEW."version", NEW."work"); RETURN NULL;', hash='f21ffcbbe450651563776eb19f8cf8ef921fb6d1', operation='INSERT', pgid='pgtrigger_insert_insert_33242', table='plans_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_applicationevent" ("applicant_id", "call_id", "community_id", "contact_email", "contact_name", "correct_by", "effect", "ends", "id", "need", "patient_groups", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "state", "submitted_on", "title", "transfer_value", "version", "work") VALUES (NEW."applicant_id", NEW."call_id", NEW."community_id", NEW."contact_email", NEW."contact_name", NEW."correct_by", NEW."effect", NEW."ends", NEW."id", NEW."need", NEW."patient_groups", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts", NEW."state", NEW."submitted_on", NEW."title", NEW."transfer_value", NEW."version", NEW."work"); RETURN NULL;', hash='83dc8429410cdfb94605f35ef3f9805effa56bd9', operation='UPDATE', pgid='pgtrigger_update_update_81357', table='plans_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_applicationevent" ("applicant_id", "call_id", "community_id", "contact_email", "contact_name", "correct_by", "effect", "ends", "id", "need", "patient_groups", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "state", "submitted_on", "title", "transfer_value", "version", "work") VALUES (OLD."applicant_id", OLD."call_id", OLD."community_id", OLD."contact_email", OLD."contact_name", OLD."correct_by", OLD."effect", OLD."ends", OLD."id", OLD."need", OLD."patient_groups", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts", OLD."state", OLD."submitted_on", OLD."title", OLD."transfer_value", OLD."version", OLD."work"); RETURN NULL;', hash='5fc9700d4274cbd3762d7a38af067815e8a4823e', operation='DELETE', pgid='pgtrigger_delete_delete_c914b', table='plans_application', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='conflictofinterest',
            constraint=models.UniqueConstraint(fields=('application', 'account'), name='conflict_once'),
        ),
        migrations.AddConstraint(
            model_name='conflictofinterest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', 'other'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='conflict_other_has_words'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='conflictofinterest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_conflictofinterestevent" ("account_id", "application_id", "at", "by_id", "community_id", "ground", "id", "is_automatic", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (NEW."account_id", NEW."application_id", NEW."at", NEW."by_id", NEW."community_id", NEW."ground", NEW."id", NEW."is_automatic", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."words"); RETURN NULL;', hash='2cec1b9be191f55a5405a7fc1c1f7492982db011', operation='INSERT', pgid='pgtrigger_insert_insert_3dbe0', table='plans_conflictofinterest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='conflictofinterest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_conflictofinterestevent" ("account_id", "application_id", "at", "by_id", "community_id", "ground", "id", "is_automatic", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (NEW."account_id", NEW."application_id", NEW."at", NEW."by_id", NEW."community_id", NEW."ground", NEW."id", NEW."is_automatic", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."words"); RETURN NULL;', hash='729881fb084caf7d5b5238544c457e44fa52e4a6', operation='UPDATE', pgid='pgtrigger_update_update_4ff19', table='plans_conflictofinterest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='conflictofinterest',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_conflictofinterestevent" ("account_id", "application_id", "at", "by_id", "community_id", "ground", "id", "is_automatic", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (OLD."account_id", OLD."application_id", OLD."at", OLD."by_id", OLD."community_id", OLD."ground", OLD."id", OLD."is_automatic", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."words"); RETURN NULL;', hash='3eb107f880c2ef681d92ff7505d7c6e5178bf357', operation='DELETE', pgid='pgtrigger_delete_delete_184b3', table='plans_conflictofinterest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='conflictofinterestevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d9a94bff025c96b800ffa35cb092aef16b993ada', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_073bd', table='plans_conflictofinterestevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(fields=('call', 'name'), name='criterion_name_once'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'formal'), ('points', 0), ('weight', 0)), models.Q(('kind', 'scored'), ('points__gte', 1), ('weight__gte', 1)), _connector='OR'), name='criterion_scored_has_points'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criterion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_criterionevent" ("call_id", "community_id", "explanation", "id", "kind", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "weight") VALUES (NEW."call_id", NEW."community_id", NEW."explanation", NEW."id", NEW."kind", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."points", NEW."weight"); RETURN NULL;', hash='54f6ab2d2fdfc37829d3c38d4f087f63aac8a9eb', operation='INSERT', pgid='pgtrigger_insert_insert_66a8c', table='plans_criterion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criterion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_criterionevent" ("call_id", "community_id", "explanation", "id", "kind", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "weight") VALUES (NEW."call_id", NEW."community_id", NEW."explanation", NEW."id", NEW."kind", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."points", NEW."weight"); RETURN NULL;', hash='cd623510f09c18606a96f795f78a7638312484ad', operation='UPDATE', pgid='pgtrigger_update_update_256cc', table='plans_criterion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criterion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_criterionevent" ("call_id", "community_id", "explanation", "id", "kind", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "weight") VALUES (OLD."call_id", OLD."community_id", OLD."explanation", OLD."id", OLD."kind", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."points", OLD."weight"); RETURN NULL;', hash='7899320a6f82b7cb882b4c42f38181369fa75293', operation='DELETE', pgid='pgtrigger_delete_delete_1e8dc', table='plans_criterion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criterionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='969ceb921b385b012786ba9226850fad99e4e8f0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_94dff', table='plans_criterionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_because', '')), fields=('application', 'party'), name='endorsement_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ['no', 'remark']), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='endorsement_has_words'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='endorsement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_endorsementevent" ("answer", "answered_at", "answered_by_id", "application_id", "asked_at", "asked_by_id", "by_name", "community_id", "id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "withdrawn_because", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."application_id", NEW."asked_at", NEW."asked_by_id", NEW."by_name", NEW."community_id", NEW."id", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."share", NEW."withdrawn_because", NEW."words"); RETURN NULL;', hash='0241860bb8b715afd921ffaaf1743a81756a436c', operation='INSERT', pgid='pgtrigger_insert_insert_3846a', table='plans_endorsement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='endorsement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_endorsementevent" ("answer", "answered_at", "answered_by_id", "application_id", "asked_at", "asked_by_id", "by_name", "community_id", "id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "withdrawn_because", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."application_id", NEW."asked_at", NEW."asked_by_id", NEW."by_name", NEW."community_id", NEW."id", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."share", NEW."withdrawn_because", NEW."words"); RETURN NULL;', hash='19f71673369c2cc9a66ca4702adc2239c02ae3ea', operation='UPDATE', pgid='pgtrigger_update_update_6df03', table='plans_endorsement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='endorsement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_endorsementevent" ("answer", "answered_at", "answered_by_id", "application_id", "asked_at", "asked_by_id", "by_name", "community_id", "id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "withdrawn_because", "words") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."application_id", OLD."asked_at", OLD."asked_by_id", OLD."by_name", OLD."community_id", OLD."id", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."share", OLD."withdrawn_because", OLD."words"); RETURN NULL;', hash='1fbbcfaa22079eb13da2aab59186729945540c4b', operation='DELETE', pgid='pgtrigger_delete_delete_4c256', table='plans_endorsement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='endorsementevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e35f28ac0bcfd2f656129dec532fa3e827a1b5b5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b8bb6', table='plans_endorsementevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='formalcheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('correct_by__isnull', True), ('missing', '')), models.Q(models.Q(('missing', ''), _negated=True), ('correct_by__isnull', False)), _connector='OR'), name='formal_check_missing_has_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formalcheck',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0ea26aff6d42745b00883e0ca85493c41ebe73e3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_89acd', table='plans_formalcheck', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='fundreport',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'final')), fields=('award',), name='fund_report_one_final'),
        ),
        migrations.AddConstraint(
            model_name='fundreport',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'gains')), fields=('award',), name='fund_report_one_gains'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundreport',
            trigger=pgtrigger.compiler.Trigger(name='report_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{due:sent,sent:approved,sent:returned,returned:sent}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='53b2f75d814a3c6161bd5deb52a7caaaaf6e3787', operation='UPDATE', pgid='pgtrigger_report_transitions_7222f', table='plans_fundreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundreport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_fundreportevent" ("approved_on", "award_id", "by_name", "community_id", "done", "due", "for_others", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "results", "returned_because", "sent_at", "sent_by_id", "spent", "state") VALUES (NEW."approved_on", NEW."award_id", NEW."by_name", NEW."community_id", NEW."done", NEW."due", NEW."for_others", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."results", NEW."returned_because", NEW."sent_at", NEW."sent_by_id", NEW."spent", NEW."state"); RETURN NULL;', hash='b4c7aec5764453993409abb2b58f32a9c13e40b5', operation='INSERT', pgid='pgtrigger_insert_insert_f91b3', table='plans_fundreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundreport',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_fundreportevent" ("approved_on", "award_id", "by_name", "community_id", "done", "due", "for_others", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "results", "returned_because", "sent_at", "sent_by_id", "spent", "state") VALUES (NEW."approved_on", NEW."award_id", NEW."by_name", NEW."community_id", NEW."done", NEW."due", NEW."for_others", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."results", NEW."returned_because", NEW."sent_at", NEW."sent_by_id", NEW."spent", NEW."state"); RETURN NULL;', hash='0222bd350d53befa0acb6e2ff0a08282ffbad2c8', operation='UPDATE', pgid='pgtrigger_update_update_15d26', table='plans_fundreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundreport',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_fundreportevent" ("approved_on", "award_id", "by_name", "community_id", "done", "due", "for_others", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "results", "returned_because", "sent_at", "sent_by_id", "spent", "state") VALUES (OLD."approved_on", OLD."award_id", OLD."by_name", OLD."community_id", OLD."done", OLD."due", OLD."for_others", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."results", OLD."returned_because", OLD."sent_at", OLD."sent_by_id", OLD."spent", OLD."state"); RETURN NULL;', hash='7767cd5cf0e792fe81de5a6e1e82d5fe5beb2735', operation='DELETE', pgid='pgtrigger_delete_delete_61214', table='plans_fundreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundreportevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='081637229f69f5f46cc431290b29a50f21056aad', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9de4a', table='plans_fundreportevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='fundscheme',
            constraint=models.UniqueConstraint(fields=('community', 'name'), name='fund_scheme_name_once'),
        ),
        migrations.AddConstraint(
            model_name='fundscheme',
            constraint=models.CheckConstraint(condition=models.Q(('municipalities_needed__gte', 1)), name='fund_scheme_needs_a_municipality'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundscheme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_fundschemeevent" ("community_id", "criteria", "decided_by_id", "id", "is_published", "municipalities_needed", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose") VALUES (NEW."community_id", NEW."criteria", NEW."decided_by_id", NEW."id", NEW."is_published", NEW."municipalities_needed", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose"); RETURN NULL;', hash='8a5a8c3f0ac78098f46db18f8288d67cc7a5ca93', operation='INSERT', pgid='pgtrigger_insert_insert_de2a5', table='plans_fundscheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundscheme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_fundschemeevent" ("community_id", "criteria", "decided_by_id", "id", "is_published", "municipalities_needed", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose") VALUES (NEW."community_id", NEW."criteria", NEW."decided_by_id", NEW."id", NEW."is_published", NEW."municipalities_needed", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose"); RETURN NULL;', hash='021a6d36912494ae192ef13483f480ffa0fbc1d8', operation='UPDATE', pgid='pgtrigger_update_update_65554', table='plans_fundscheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundscheme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_fundschemeevent" ("community_id", "criteria", "decided_by_id", "id", "is_published", "municipalities_needed", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose") VALUES (OLD."community_id", OLD."criteria", OLD."decided_by_id", OLD."id", OLD."is_published", OLD."municipalities_needed", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose"); RETURN NULL;', hash='5e26f557652bedb552f6e45b6a3f81ba170a7223', operation='DELETE', pgid='pgtrigger_delete_delete_45e07', table='plans_fundscheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='105997d94045645b837f80145fdd038b346d7971', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c4838', table='plans_callevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('frame_nok__gt', 0)), name='call_has_a_frame'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('closes__gte', models.F('opens')), ('decides_by__gte', models.F('closes'))), name='call_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'announced', 'decided'])), name='call_state_stored'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='call_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:announced,announced:decided}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='d21f28a73a46df8c6ddf153a35ab45605719b714', operation='UPDATE', pgid='pgtrigger_call_transitions_8a0e9', table='plans_call', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_callevent" ("closed_on", "closes", "community_id", "decides_by", "frame_nok", "id", "opens", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "state", "text", "title") VALUES (NEW."closed_on", NEW."closes", NEW."community_id", NEW."decides_by", NEW."frame_nok", NEW."id", NEW."opens", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scheme_id", NEW."state", NEW."text", NEW."title"); RETURN NULL;', hash='cbefc1e9870a6b2a5bd73ab1870df20b08160970', operation='INSERT', pgid='pgtrigger_insert_insert_eace5', table='plans_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_callevent" ("closed_on", "closes", "community_id", "decides_by", "frame_nok", "id", "opens", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "state", "text", "title") VALUES (NEW."closed_on", NEW."closes", NEW."community_id", NEW."decides_by", NEW."frame_nok", NEW."id", NEW."opens", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scheme_id", NEW."state", NEW."text", NEW."title"); RETURN NULL;', hash='7dfa376f41ea6627a826c14eaa226fa043b8f1fd', operation='UPDATE', pgid='pgtrigger_update_update_9784c', table='plans_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_callevent" ("closed_on", "closes", "community_id", "decides_by", "frame_nok", "id", "opens", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id", "state", "text", "title") VALUES (OLD."closed_on", OLD."closes", OLD."community_id", OLD."decides_by", OLD."frame_nok", OLD."id", OLD."opens", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scheme_id", OLD."state", OLD."text", OLD."title"); RETURN NULL;', hash='c43ab0478251a0c1e329154858dffcfaf16a0d3e', operation='DELETE', pgid='pgtrigger_delete_delete_032fe', table='plans_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundschemeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6f229f7a00e28378a67f8206c895d78c58954247', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e1f7e', table='plans_fundschemeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('nok__gt', 0)), name='payment_is_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_paymentevent" ("award_id", "community_id", "condition", "due", "id", "nok", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."award_id", NEW."community_id", NEW."condition", NEW."due", NEW."id", NEW."nok", NEW."paid_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='7e8385789bfbf860e0f7c3553dae709d926ff9ef', operation='INSERT', pgid='pgtrigger_insert_insert_b4a55', table='plans_payment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_paymentevent" ("award_id", "community_id", "condition", "due", "id", "nok", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."award_id", NEW."community_id", NEW."condition", NEW."due", NEW."id", NEW."nok", NEW."paid_on", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='09bac45a511a351b5453afffbcc475782b42610d', operation='UPDATE', pgid='pgtrigger_update_update_8d79c', table='plans_payment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_paymentevent" ("award_id", "community_id", "condition", "due", "id", "nok", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."award_id", OLD."community_id", OLD."condition", OLD."due", OLD."id", OLD."nok", OLD."paid_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='73b8c984a7cb421cbb10c99b744103eaaa804bf9', operation='DELETE', pgid='pgtrigger_delete_delete_37f3a', table='plans_payment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eb517eb3dab04940936f0b707611ccf055ab4edd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_130d8', table='plans_paymentevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'refused'), ('nok', 0)), models.Q(models.Q(('kind', 'refused'), _negated=True), ('nok__gt', 0)), _connector='OR'), name='recommendation_amount'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_recommendationevent" ("application_id", "at", "by_id", "by_name", "community_id", "id", "kind", "left_out", "nok", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (NEW."application_id", NEW."at", NEW."by_id", NEW."by_name", NEW."community_id", NEW."id", NEW."kind", NEW."left_out", NEW."nok", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."words"); RETURN NULL;', hash='c98a239915a42c662f7055a90091049c665ff7ef', operation='INSERT', pgid='pgtrigger_insert_insert_37839', table='plans_recommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_recommendationevent" ("application_id", "at", "by_id", "by_name", "community_id", "id", "kind", "left_out", "nok", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (NEW."application_id", NEW."at", NEW."by_id", NEW."by_name", NEW."community_id", NEW."id", NEW."kind", NEW."left_out", NEW."nok", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."words"); RETURN NULL;', hash='d1ea318c5dd60248ed549c3adf2ba4b441c4fd95', operation='UPDATE', pgid='pgtrigger_update_update_c2840', table='plans_recommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_recommendationevent" ("application_id", "at", "by_id", "by_name", "community_id", "id", "kind", "left_out", "nok", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (OLD."application_id", OLD."at", OLD."by_id", OLD."by_name", OLD."community_id", OLD."id", OLD."kind", OLD."left_out", OLD."nok", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."words"); RETURN NULL;', hash='867cf8bbe6150500a1c1c3bcfba2e7b7467d87d5', operation='DELETE', pgid='pgtrigger_delete_delete_354e3', table='plans_recommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='74f21a6dee30777e08d52ecdc4c67790f68bd25e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_717f0', table='plans_recommendationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.UniqueConstraint(fields=('call', 'account'), name='reviewer_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_reviewerevent" ("account_id", "call_id", "community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."account_id", NEW."call_id", NEW."community_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='e1114daecdb92f513adc884e011f137bbef506bf', operation='INSERT', pgid='pgtrigger_insert_insert_6eb15', table='plans_reviewer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_reviewerevent" ("account_id", "call_id", "community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."account_id", NEW."call_id", NEW."community_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='d24598500545c29f67344917006c1be1f22fcd39', operation='UPDATE', pgid='pgtrigger_update_update_9ce92', table='plans_reviewer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_reviewerevent" ("account_id", "call_id", "community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."account_id", OLD."call_id", OLD."community_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='57db162355ef61995db440c43cd19087fbba39c6', operation='DELETE', pgid='pgtrigger_delete_delete_ac9f3', table='plans_reviewer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('application', 'reviewer'), name='review_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_reviewevent" ("application_id", "at", "by_id", "by_name", "community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewer_id") VALUES (NEW."application_id", NEW."at", NEW."by_id", NEW."by_name", NEW."community_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reviewer_id"); RETURN NULL;', hash='ba5e4773f2ef6c4957a33016139cae8963a5f6b3', operation='INSERT', pgid='pgtrigger_insert_insert_04f81', table='plans_review', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_reviewevent" ("application_id", "at", "by_id", "by_name", "community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewer_id") VALUES (NEW."application_id", NEW."at", NEW."by_id", NEW."by_name", NEW."community_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reviewer_id"); RETURN NULL;', hash='909bf39c3f4fa13b8e97cd00da7c32cf0f70fa8d', operation='UPDATE', pgid='pgtrigger_update_update_cc5e6', table='plans_review', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_reviewevent" ("application_id", "at", "by_id", "by_name", "community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewer_id") VALUES (OLD."application_id", OLD."at", OLD."by_id", OLD."by_name", OLD."community_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reviewer_id"); RETURN NULL;', hash='a5372f99a3fbbd58f21bfbab6b1a6b64b970aee5', operation='DELETE', pgid='pgtrigger_delete_delete_185c4', table='plans_review', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewerevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ea884915c415f6e552258e89e4f7fcab13b44164', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_167f2', table='plans_reviewerevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='40baf7939e99b1565ee5a9affe8c5ff9cee6c919', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d262a', table='plans_reviewevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('review', 'criterion'), name='score_once'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='score_has_its_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='score',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_scoreevent" ("community_id", "criterion_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "review_id", "words") VALUES (NEW."community_id", NEW."criterion_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."points", NEW."review_id", NEW."words"); RETURN NULL;', hash='3ccaaea7f34510e0f0470b0235d0dc054d1e310a', operation='INSERT', pgid='pgtrigger_insert_insert_620c9', table='plans_score', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='score',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_scoreevent" ("community_id", "criterion_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "review_id", "words") VALUES (NEW."community_id", NEW."criterion_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."points", NEW."review_id", NEW."words"); RETURN NULL;', hash='212dfe06da7d3b4826f2f44c6d68c04e3d889753', operation='UPDATE', pgid='pgtrigger_update_update_644dc', table='plans_score', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='score',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_scoreevent" ("community_id", "criterion_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "review_id", "words") VALUES (OLD."community_id", OLD."criterion_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."points", OLD."review_id", OLD."words"); RETURN NULL;', hash='d14789c36448bf9a789942b3ff57da7421928d4a', operation='DELETE', pgid='pgtrigger_delete_delete_bf0a5', table='plans_score', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoreevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='039344ffd10f0edcf1f9ef4dc97fd769d370c6dd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f0aba', table='plans_scoreevent', when='BEFORE')),
        ),
        isolate("plans_fundscheme", seen="is_published"),
        isolate("plans_call", seen=OF_AN_OPEN_SCHEME),
        isolate("plans_criterion", seen=OF_AN_OPEN_CALL),
        isolate("plans_award", seen=OPEN_AWARD),
        isolate("plans_application"),
        isolate("plans_budgetline"),
        isolate("plans_endorsement"),
        isolate("plans_conflictofinterest"),
        isolate("plans_reviewer"),
        isolate("plans_review"),
        isolate("plans_score"),
        isolate("plans_recommendation"),
        isolate("plans_payment"),
        isolate("plans_fundreport"),
        isolate("plans_formalcheck", history=False),
        append_only("plans_formalcheck"),
    ]
