
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='RollCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.IntegerField(default=0, editable=False)),
                ('head', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', editable=False, max_length=64)),
                ('state', models.CharField(choices=[('WAITING', '待点名'), ('NORMAL', '正常'), ('LATE', '迟接'), ('UNANSWERED', '无人接'), ('ABSENT', '脱岗'), ('VOID', '作废')], max_length=10)),
                ('day', models.DateField()),
                ('round', models.SmallIntegerField(default=1)),
                ('caller', models.BigIntegerField()),
                ('caller_name', models.CharField(max_length=100)),
                ('home', models.CharField(blank=True, default='', max_length=12)),
                ('system', models.CharField(blank=True, default='', max_length=20)),
                ('organisation', models.BigIntegerField()),
                ('organisation_name', models.CharField(max_length=100)),
                ('county', models.CharField(blank=True, default='', max_length=12)),
                ('town', models.CharField(blank=True, default='', max_length=12)),
                ('phone', models.CharField(blank=True, default='', max_length=30)),
                ('called_at', models.DateTimeField(null=True)),
                ('rings', models.SmallIntegerField(null=True)),
                ('answered_by', models.CharField(blank=True, default='', max_length=60)),
                ('post', models.CharField(blank=True, default='', max_length=60)),
                ('leader_present', models.BooleanField(null=True)),
                ('again_at', models.DateTimeField(null=True)),
                ('remark', models.CharField(blank=True, default='', max_length=300)),
                ('reason', models.CharField(blank=True, default='', max_length=300)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'everything',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['day', 'home'], name='roll_call_day'), models.Index(fields=['county', 'day'], name='roll_call_county'), models.Index(fields=['town', 'day'], name='roll_call_town'), models.Index(fields=['organisation', 'day'], name='roll_call_unit')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'VOID'), _negated=True), fields=('caller', 'day', 'round', 'organisation'), name='roll_call_once_a_round'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('NORMAL', 'LATE', 'UNANSWERED', 'ABSENT')), _negated=True), ('called_at__isnull', False), _connector='OR'), name='roll_call_result_has_time'), models.CheckConstraint(condition=models.Q(('round__gt', 0)), name='roll_call_round_counts_up'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'VOID'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='roll_call_void_has_reason')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
    ]
