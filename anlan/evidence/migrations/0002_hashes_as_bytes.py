"""Hashes of pictures are kept as bytes; of what was there before the first release, nothing is taken along."""

from django.db import migrations

from anlan.kernel.hashed import Hash


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("kernel", "0007_hashes_as_bytes_measures_in_parts")]

    operations = [
        migrations.RemoveField(model_name="item", name="sha256"),
        migrations.AddField(model_name="item", name="sha256", field=Hash(unique=True)),
        migrations.RemoveField(model_name="attachment", name="sha256"),
        migrations.AddField(model_name="attachment", name="sha256", field=Hash()),
        migrations.RemoveField(model_name="attachment", name="shown_sha256"),
        migrations.AddField(model_name="attachment", name="shown_sha256", field=Hash(blank=True, default=b"")),
    ]
