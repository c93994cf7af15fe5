"""Photos, scans and documents: what they are, who brought them, what they prove.

The bytes lie in files named by their hash; a row here only describes them. The columns of an
attachment repeat the hash, the time and the place of its item, because the journal covers attachments
and not items: that is how swapping a file together with its row still shows.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.scope import Coordinates, ScopedModel
from anlan.kernel.words import Reason

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

    sha256 = models.CharField(max_length=64, unique=True)
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


class Attachment(ScopedModel):
    """An item brought to bear on a record by an act. Carries the coordinates of that record.

    Written only as a child of the act, never changed but by an act that moves the record.
    """

    coordinates: ClassVar = Coordinates(enterprise="enterprise_id")
    #: the columns that name the record in whose chain this is journaled
    journaled_with: ClassVar = ("kind", "subject")

    upload = models.UUIDField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    shown = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    shown_sha256 = models.CharField(max_length=64, default="", blank=True)
    taken_at = models.DateTimeField(null=True)
    lng = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    lat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    kind = models.CharField(max_length=30)
    subject = models.BigIntegerField()
    label = models.CharField(max_length=10, choices=Label)
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
