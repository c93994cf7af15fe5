"""How a file from outside becomes an upload in quarantine: checked, kept, drawn anew, described.

The only way in. Everything that can be wrong with a file is a Refused with a sentence; nothing has
been kept then.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from anlan.evidence import fonts, images, queries, store
from anlan.evidence.models import Item, Kind, Role, Trace, Upload
from anlan.evidence.pool import POOL
from anlan.kernel.scope import SYSTEM, Actor, acting_as
from anlan.kernel.words import Reason, Refused

WAITS = timedelta(hours=24)
AT_MOST = 200
AHEAD = timedelta(minutes=10)
OLD = timedelta(days=7)
QUARTER = 16

OWN_COPY = Reason("“%(name)s”是从本系统下载的水印照片。请上传手机或相机里的原照片")
TOO_BIG = Reason("“%(name)s”有%(size)s MB,超过%(limit)s MB。请在手机相机设置中调低分辨率,或压缩后再上传")
TOO_MANY = Reason("您有%(n)s个上传的文件还没有使用。请先在登记或整改中使用,或等24小时后自动清理")

NO_TIME = Reason("照片没有记录拍摄时间,以上传时间为准")
AHEAD_OF_TIME = Reason("照片记录的拍摄时间%(time)s晚于现在,请核对手机时间")
LONG_AGO = Reason("照片拍摄于%(time)s,已过去%(days)s天,请确认是这一次的照片")
GARBLED = Reason("照片的部分拍摄信息无法读取,其余已保存")
SEEN = Reason("这张照片以前用过,请确认不是重复使用")


class TooBig(Refused):
    """A file beyond the limit of bytes."""


def bring(
    file: UploadedFile, *, by: Actor, at: datetime, about: str = "", place: str = "", kind: str = Kind.PHOTO,
    documents: bool = False,
) -> Upload:  # fmt: skip
    """Take a file into quarantine for 24 hours.

    `about` and `place` are words for the watermark (which record, where). `documents` also lets PDF
    in, which becomes Kind.DOCUMENT. Raises Refused, TooBig.
    """
    name = clean_name(file.name or "")
    limit = settings.EVIDENCE_MAX_BYTES
    if (file.size or 0) > limit:
        raise TooBig(
            Reason(TOO_BIG.msgid, {"name": name, "size": _mb(file.size or 0), "limit": _mb(limit)}), "photos"
        )
    file.seek(0)
    return bring_bytes(
        file.read(limit + 1),
        name=name,
        by=by,
        at=at,
        about=about,
        place=place,
        kind=kind,
        documents=documents,
    )


def bring_bytes(
    data: bytes, *, name: str, by: Actor, at: datetime, about: str = "", place: str = "", kind: str = Kind.PHOTO,
    documents: bool = False,
) -> Upload:  # fmt: skip
    """The same for bytes in hand."""
    waiting = len(queries.waiting(by=by, at=at).values_list("pk")[:AT_MOST])
    if waiting >= AT_MOST:
        raise Refused(Reason(TOO_MANY.msgid, {"n": waiting}), "photos")
    sha = store.sha256(data)
    if Item.objects.filter(sha256=sha).exclude(role=Role.ORIGINAL).exists():
        raise Refused(Reason(OWN_COPY.msgid, {"name": name}), "photos")
    answer, copies = POOL.process(
        data,
        name=name,
        mark=sha,
        # a band would cover the last lines of a scan, or the signature
        words=watermark(by=by, at=at, sha=sha, about=about, place=place) if kind == Kind.PHOTO else [],
        unsaid="未记录",
        documents=documents,
        font=str(fonts.sans([settings.FONTS_DIR])),
    )
    with store.held():
        for blob in (data, *copies):
            store.keep(blob, sha=store.sha256(blob))
        with transaction.atomic():
            return _describe(data, sha, answer, copies, name=name, by=by, at=at, kind=kind)


def watermark(*, by: Actor, at: datetime, sha: str, about: str = "", place: str = "") -> list[str]:
    """The lines on the picture. Official evidence: never translated."""
    who = " ".join(part for part in (by.organisation_name, by.name) if part)
    return [
        about,
        f"地点 {place}" if place else "",
        "拍摄 {time}  坐标 {place}",
        f"上传 {images.local(at)}  {who}  编号 {sha[:12]}",
    ]


def clean_name(name: str) -> str:
    """What a sentence may say of a file's name."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip()
    return shown[:37] + "…" if len(shown) > 38 else shown or "文件"


def _mb(size: int) -> str:
    return f"{size / 1024 / 1024:.0f}"


def _describe(
    data: bytes, sha: str, answer: dict[str, Any], copies: Sequence[bytes], *, name: str, by: Actor, at: datetime,
    kind: str,
) -> Upload:  # fmt: skip
    said = answer["said"]
    taken = datetime.fromisoformat(said["taken_at"]) if said["taken_at"] else None
    document = not answer["viewable"]
    item, new = Item.objects.get_or_create(
        sha256=sha,
        defaults={
            "bytes": len(data), "media_type": answer["media_type"], "kind": Kind.DOCUMENT if document else kind,
            "width": answer["width"], "height": answer["height"], "taken_at": taken,
            "lng": said["lng"] and Decimal(said["lng"]), "lat": said["lat"] and Decimal(said["lat"]),
            "device": said["device"], "phash": answer["phash"], "kept_at": at,
        },
    )  # fmt: skip
    if new:
        Trace.objects.bulk_create(Trace(item=item, bits=bits) for bits in traces(item.phash))
    roles = [Role.THUMBNAIL] if document else [Role.WATERMARKED, Role.THUMBNAIL]
    made = {}
    for role, blob, (size, width, height) in zip(roles, copies, answer["copies"], strict=True):
        made[role], _ = Item.objects.get_or_create(
            sha256=store.sha256(blob),
            defaults={
                "bytes": size, "media_type": "image/jpeg", "kind": item.kind, "role": role, "original": item,
                "width": width, "height": height, "kept_at": at,
            },
        )  # fmt: skip
    return Upload.objects.create(
        token=uuid.uuid4(), item=item, shown=made.get(Role.WATERMARKED), person=by.id, name=name, at=at,
        expires=at + WAITS, warnings=[] if document else [
            [w.msgid, dict(w.params)] for w in _warnings(item, garbled=said["garbled"], at=at)
        ],
    )  # fmt: skip


def _warnings(item: Item, *, garbled: bool, at: datetime) -> list[Reason]:
    out = []
    if item.taken_at is None:
        out.append(NO_TIME)
    elif item.taken_at > at + AHEAD:
        out.append(Reason(AHEAD_OF_TIME.msgid, {"time": images.local(item.taken_at)}))
    elif item.taken_at < at - OLD:
        days = (at - item.taken_at).days
        out.append(Reason(LONG_AGO.msgid, {"time": images.local(item.taken_at), "days": days}))
    if garbled:
        out.append(GARBLED)
    with acting_as(SYSTEM):  # whether it was used, of the whole city; never where
        if queries.seen_before(item).exists():
            out.append(SEEN)
    return out


def traces(phash: str) -> list[int]:
    """The four quarters of a perceptual hash, numbered. None for a picture without features."""
    if not phash:
        return []
    bits = int(phash, 16)
    if not 12 <= bits.bit_count() <= 52:
        return []
    return [n << QUARTER | (bits >> n * QUARTER) & 0xFFFF for n in range(4)]
