"""Hashes are kept as bytes, and measures in parts. What was written before the first release is not taken along."""

from typing import Any

from django.db import migrations

from anlan.kernel.hashed import Hash
from anlan.kernel.words import Reason, Refused


def refuse(apps: Any, schema_editor: Any) -> None:
    if apps.get_model("kernel", "JournalEntry").objects.exists():
        raise Refused(
            Reason(
                "这里是旧版本装入的演示数据,散列值和统计的存放方式已改变。请重新装入:anlan demo --fresh"
            )
        )


def emptied(model: str, name: str, **said: Any) -> list[Any]:
    """A column of text gives way to one of bytes; there is nothing in it."""
    return [
        migrations.RemoveField(model_name=model, name=name),
        migrations.AddField(model_name=model, name=name, field=Hash(**said)),
    ]


class Migration(migrations.Migration):
    dependencies = [("kernel", "0006_tally_span")]

    operations = [
        migrations.RunPython(refuse, migrations.RunPython.noop),
        *emptied("journalentry", "inputs_digest"),
        *emptied("journalentry", "digest"),
    ]
