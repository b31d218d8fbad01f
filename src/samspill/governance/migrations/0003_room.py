"""What is written in the meeting room: its parts, which item is open, and minutes that stand once approved."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from samspill.directory.public import append_only, isolate


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_body_kinds'),
        ('governance', '0002_isolation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='minutetext',
            name='part',
            field=models.CharField(choices=[('minutes', 'What was said'), ('decision', 'Text of the decision'), ('choices', 'Who and when')], default='minutes', max_length=8),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='minutes',
            trigger=pgtrigger.compiler.Trigger(name='approved_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'approved\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='389e3c9a6fcf32997a1567a66c6449b60375b1f6', operation='UPDATE OR DELETE', pgid='pgtrigger_approved_stands_bd6ac', table='governance_minutes', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='itemopening',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='itemopening',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.community'),
        ),
        migrations.AddField(
            model_name='itemopening',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='governance.agendaitem'),
        ),
        migrations.AddField(
            model_name='itemopening',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='governance.meeting'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='itemopening',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1b74782f9868c6b195dc1c9154772884f2e46828', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a5012', table='governance_itemopening', when='BEFORE')),
        ),
        isolate("governance_itemopening", history=False),
        append_only("governance_itemopening"),
    ]
