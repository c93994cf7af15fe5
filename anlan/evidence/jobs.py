"""What runs by the clock: emptying the quarantine."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from anlan.evidence import store
from anlan.evidence.models import Attachment, Item, Role, Upload
from anlan.kernel.scope import SYSTEM, acting_as

CHUNK = 200
GRACE = timedelta(hours=1)  # an act that claimed in the last minute may still be running


def sweep(*, at: datetime) -> int:
    """Forget expired uploads, and remove the files that nothing refers to any more. Returns how many files."""
    removed = 0
    with acting_as(SYSTEM):
        while expired := list(
            Upload.objects.filter(expires__lte=at - GRACE)
            .order_by("expires")
            .values_list("token", "item")[:CHUNK]
        ):
            with store.held(alone=True):
                with transaction.atomic():
                    Upload.objects.filter(token__in=[token for token, _ in expired]).delete()
                    gone = _unused({item for _, item in expired})
                    shas = list(gone.values_list("sha256", flat=True))
                    Item.objects.filter(sha256__in=shas).delete()
                for sha in shas:
                    store.remove(sha)
            removed += len(shas)
    return removed


def _unused(originals: set[int]) -> QuerySet[Item]:
    """Originals that nothing refers to, with their copies; and watermarked copies that nothing shows."""
    family = Item.objects.filter(pk__in=originals) | Item.objects.filter(original__in=originals)
    used: set[int] = set()
    for model in (Attachment, Upload):
        for item, shown in model.objects.filter(item__in=originals).values_list("item", "shown"):
            used |= {item, shown}
    thumbs = family.filter(role=Role.THUMBNAIL, original__in=used).values_list("pk", flat=True)
    return family.exclude(pk__in=[pk for pk in (*used, *thumbs) if pk is not None])
