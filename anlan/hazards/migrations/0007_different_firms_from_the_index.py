from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hazards', '0006_counted_by_town'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='hazard', name='hazard_counted'),
        migrations.AddIndex(
            model_name='hazard',
            index=models.Index(fields=['found_county', 'found_on', 'state', 'enterprise'], name='hazard_counted'),
        ),
    ]
