import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_programme'),
        ('audit', '0003_no_replacing'),
        ('plan', '0002_reading'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(default=1)),
                ('live', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField()),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_link', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('before', 'Sắp đến hạn'), ('late', 'Vừa quá hạn'), ('digest', 'Việc trong tuần'), ('escalated', 'Báo Sở Tư pháp')], max_length=10)),
                ('day', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='plan.task')),
            ],
            options={
                'indexes': [models.Index(fields=['made_at'], name='plan_remind_made_at_ef147a_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('task__isnull', False)), fields=('task', 'agency', 'kind', 'day'), name='one_reminder_a_task_and_day'), models.UniqueConstraint(condition=models.Q(('task__isnull', True)), fields=('agency', 'kind', 'day'), name='one_digest_a_week')],
            },
        ),
        migrations.CreateModel(
            name='TaskEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.auditentry')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='plan.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('task', 'entry'), name='an_entry_is_told_once')],
            },
        ),
    ]
