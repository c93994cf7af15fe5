"""Photos, scans and documents: what they are, who brought them, what they prove.

The bytes lie in files named by their hash; a row here only describes them. The columns of an
attachment repeat the hash, the time and the place of its item, because the journal covers attachments
and not items: that is how swapping a file together with its row still shows.
"""

import uuid
from functools import cache
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.hashed import Hash
from anlan.kernel.scope import Access, Coordinates, Level, ScopedManager, ScopedModel, ScopeNotSet, acting
from anlan.kernel.words import Reason

SUBJECTS = 50  # of how many records the same picture is asked, when it is not seen by place
USED = Reason("这张照片已经用在别处,请重新拍照上传")
# PostgreSQL names the constraint, SQLite the column
CONSTRAINTS["evidence_upload_used_once"] = USED
CONSTRAINTS["evidence_attachment.upload"] = USED


class Kind(models.TextChoices):
    PHOTO = "PHOTO", _("照片")
    SCAN = "SCAN", _("扫描件")
    SIGNATURE = "SIGNATURE", _("签名")
    DOCUMENT = "DOCUMENT", _("文件")


class Role(models.TextChoices):
    ORIGINAL = "ORIGINAL", _("原件")
    WATERMARKED = "WATERMARKED", _("水印照片")
    THUMBNAIL = "THUMBNAIL", _("缩略图")


class Label(models.TextChoices):
    BEFORE = "BEFORE", _("整改前")
    DURING = "DURING", _("过程")
    AFTER = "AFTER", _("整改后")
    DOCUMENT = "DOCUMENT", _("材料")
    SIGNATURE = "SIGNATURE", _("签名")


class ItemQuerySet(models.QuerySet):
    def update(self, **values: Any) -> int:
        raise TypeError("what an item says of its bytes never changes")


class Item(models.Model):
    """A blob by its hash. The original as it came, its watermarked copies and its thumbnail are items.

    `taken_at`, `lng`, `lat` (WGS84) and `device` are what the file says of itself; a person can write
    anything there. `phash` is 16 hex digits that stay nearly the same when a picture is re-saved.
    """

    sha256 = Hash(unique=True)
    bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PHOTO)
    role = models.CharField(max_length=12, choices=Role, default=Role.ORIGINAL)
    original = models.ForeignKey("self", models.CASCADE, null=True, related_name="copies")
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    lng = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    lat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    device = models.CharField(max_length=60, default="", blank=True)
    phash = models.CharField(max_length=16, default="", blank=True, db_index=True)
    kept_at = models.DateTimeField()

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_copy_has_an_original",
                condition=Q(role=Role.ORIGINAL, original__isnull=True)
                | Q(role__in=[Role.WATERMARKED, Role.THUMBNAIL], original__isnull=False),
            ),
            models.CheckConstraint(
                name="evidence_place_has_both_halves",
                condition=Q(lng__isnull=True, lat__isnull=True) | Q(lng__isnull=False, lat__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.sha256[:12]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("what an item says of its bytes never changes")
        super().save(*args, **kwargs)


class Trace(models.Model):
    """A quarter of a picture's perceptual hash, for finding pictures that look the same.

    Two hashes that differ in up to three of 64 bits share at least one quarter. `bits` is the number
    of the quarter and its 16 bits. Plain pictures (sky, wall) have no traces: they resemble too much.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="traces")
    bits = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["bits", "item"], name="evidence_trace_bits")]

    def __str__(self) -> str:
        return f"{self.bits:05x}"


class Upload(models.Model):
    """Quarantine: what somebody brought and no act has attached yet. Seen by him alone.

    The row stays when an act uses it (`Attachment.upload` is unique), so that the same act sent twice
    finds it again; the sweep removes it when it expires.
    """

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    shown = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    person = models.BigIntegerField()
    name = models.CharField(max_length=120, default="", blank=True)
    warnings = models.JSONField(default=list)
    at = models.DateTimeField()
    expires = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "at"], name="evidence_upload_person"),
            models.Index(fields=["expires"], name="evidence_upload_expires"),
        ]

    def __str__(self) -> str:
        return str(self.token)


class AttachmentManager(ScopedManager):
    """Beside the lists by place: what hangs on a record that the acting person may open."""

    def get_queryset(self) -> models.QuerySet:
        rows = super().get_queryset()
        actor = acting()
        # no enterprise is not the enterprise of records that have none
        nobody = actor is not None and actor.is_enterprise and actor.enterprise is None
        return rows.none() if nobody else rows

    def on(self, *, kind: str, subject: int, in_hand: bool = False) -> models.QuerySet:
        """Attachments of one record, or none where it does not open. `in_hand`: the caller has opened it."""
        rows = super(ScopedManager, self).get_queryset().filter(kind=kind, subject=subject)
        return rows if in_hand or opens(kind=kind, subject=subject) else rows.none()

    def used(self) -> models.Exists:
        """Whether an upload (the outer row) has been used by an act, wherever."""
        rows = super(ScopedManager, self).get_queryset()
        return models.Exists(rows.filter(upload=models.OuterRef("token")))

    def showing(self, item: Item) -> "Attachment | None":
        """An attachment through which the acting person may see this item: by place, or by its record.

        A copy is seen only through the attachment it was made for: it carries that one's words.
        """
        this = Q(shown=item) if item.role == Role.WATERMARKED else Q(item=item)
        found = self.get_queryset().filter(this).order_by("pk").first()
        if found is not None:
            return found
        rows: Any = super(ScopedManager, self).get_queryset().filter(this).order_by("pk")[:SUBJECTS]
        return next((a for a in rows if opens(kind=a.kind, subject=a.subject)), None)


def opens(*, kind: str, subject: int) -> bool:
    """Whether the acting person may open a record: asked of the record itself, else of `Access`."""
    actor = acting()
    if actor is None:
        raise ScopeNotSet("attachments are seen by somebody")
    model = _scoped(kind)
    if model is not None:
        return model.objects.opening(pk=subject).exists()
    if actor.level is Level.SYSTEM:
        return True
    who = Q(person=actor.id)
    if actor.organisation is not None:
        who |= Q(organisation=actor.organisation)
    in_force = Q(until__isnull=True)
    if actor.today is not None:
        in_force |= Q(until__gte=actor.today)
    return Access.objects.filter(who, in_force, kind=kind, subject=subject).exists()


@cache
def _scoped(kind: str) -> Any:
    """The scoped model of this name. Modules above are known here by name alone."""
    return next(
        (m for m in apps.get_models() if issubclass(m, ScopedModel) and m._meta.model_name == kind), None
    )


class Attachment(ScopedModel):
    """An item brought to bear on a record by an act. Carries the coordinates of that record.

    Written only as a child of the act, never changed but by an act that moves the record.
    """

    everything: ClassVar = models.Manager()
    objects: ClassVar = AttachmentManager()
    coordinates: ClassVar = Coordinates(enterprise="enterprise_id")
    #: the columns that name the record in whose chain this is journaled
    journaled_with: ClassVar = ("kind", "subject")

    upload = models.UUIDField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    shown = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    sha256 = Hash()
    shown_sha256 = Hash(default=b"", blank=True)
    taken_at = models.DateTimeField(null=True)
    lng = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    lat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    kind = models.CharField(max_length=30)
    subject = models.BigIntegerField()
    label = models.CharField(max_length=10, choices=Label)
    name = models.CharField(max_length=120, default="", blank=True)
    county = models.CharField(max_length=12, default="", blank=True)
    town = models.CharField(max_length=12, default="", blank=True)
    sector = models.CharField(max_length=20, default="", blank=True)
    enterprise_id = models.BigIntegerField(null=True)
    by = models.BigIntegerField()
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["upload"], name="evidence_upload_used_once")]
        indexes = [
            models.Index(fields=["kind", "subject", "label"], name="evidence_attachment_subject"),
            models.Index(fields=["county", "at", "id"], name="evidence_attachment_county"),
            models.Index(fields=["town", "at", "id"], name="evidence_attachment_town"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject} {self.label} {self.sha256[:12]}"
