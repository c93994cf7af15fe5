from django.db import migrations, models
from django.db.models import OuterRef, Subquery

KINDS = [("HANDOVER", "交办单"), ("RECTIFY_ORDER", "责令限期整改指令书"), ("REVIEW_OPINION", "整改复查意见书")]


def of_their_documents(apps, schema_editor):
    """Lines made before know their kind and standing from their document."""
    Document = apps.get_model("enforcement", "Document")
    lines = apps.get_model("enforcement", "DocumentLine").everything
    kind = Document.everything.filter(pk=OuterRef("document")).values("type")[:1]
    lines.update(type=Subquery(kind))
    lines.filter(document__state__in=["APPROVED", "SERVED"]).update(stands=True)


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0002_lines_of_documents")]

    operations = [
        migrations.AddField("documentline", "type", models.CharField(choices=KINDS, default="", max_length=20), preserve_default=False),
        migrations.AddField("documentline", "stands", models.BooleanField(default=False)),
        migrations.RunPython(of_their_documents, migrations.RunPython.noop),
        migrations.AddConstraint(
            "documentline",
            models.UniqueConstraint(
                condition=models.Q(("stands", True)),
                fields=("type", "hazard", "drawn_from"),
                name="document_stands_once",
            ),
        ),
    ]
