"""The journal's texts are kept packed. Entries written before the first release are not taken along."""

from typing import Any

from django.db import migrations

from anlan.kernel.packed import PackedText
from anlan.kernel.words import Reason, Refused


def refuse(apps: Any, schema_editor: Any) -> None:
    if apps.get_model("kernel", "JournalEntry").objects.exists():
        raise Refused(
            Reason("这里是旧版本装入的演示数据,日志的存放方式已改变。请重新装入:anlan demo --fresh")
        )


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_tally_day_measure")]

    operations = [
        migrations.RunPython(refuse, migrations.RunPython.noop),
        migrations.AlterField(model_name="journalentry", name="body", field=PackedText()),
    ]
