"""People, records and files to try evidence with."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from anlan.evidence import intake, samples
from anlan.evidence.commands import Claimed, attachments_for
from anlan.evidence.models import Attachment, Upload
from anlan.kernel.scope import Actor, Coordinates, Level

NOW = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
TAKEN = datetime(2026, 10, 1, 7, 20, tzinfo=UTC)
ZHENGZHOU = (113.6253, 34.7466)
CAN = frozenset({"see", "evidence.upload"})


def actor(id: int = 1, **given: Any) -> Actor:
    said = {
        "name": f"检查员{id}", "role": "department_officer", "level": Level.COUNTY, "code": "410105", "can": CAN,
        "organisation": 50, "organisation_name": "金水区应急管理局", "today": date(2026, 10, 1),
    }  # fmt: skip
    return Actor(id=id, **(said | given))


OFFICER = actor()
COLLEAGUE = actor(2)
STRANGER = actor(3, code="410122", organisation=60, organisation_name="中牟县应急管理局")
FIRM = actor(4, level=Level.ENTERPRISE, code="", enterprise=900, organisation=900)


@dataclass
class Record:
    """Stands for a scoped record of a module above."""

    pk: int = 77
    county: str = "410105"
    town: str = "410105001"
    sector: str = "fire"
    enterprise_id: int | None = 900
    coordinates: ClassVar = Coordinates()


def photo(n: int = 1, **given: Any) -> bytes:
    said: dict[str, Any] = {"taken_at": TAKEN, "gps": ZHENGZHOU, "size": (640, 480)}
    return samples.photo(n, **(said | given)).data


def sent(data: bytes, name: str = "IMG_0001.jpg", media_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, media_type)


def brought(data: bytes | None = None, *, by: Actor = OFFICER, at: datetime = NOW, **given: Any) -> Upload:
    return intake.bring(sent(photo() if data is None else data), by=by, at=at, **given)


def attached(
    upload: Upload | Claimed | None = None,
    *,
    record: Record | None = None,
    by: Actor = OFFICER,
    label: str = "BEFORE",
) -> Attachment:
    """What an act would leave behind."""
    [made] = attachments_for(
        [upload or brought(by=by)], subject=record or Record(), kind="matter", by=by, at=NOW, label=label
    )
    made.save()
    return made


def token_of(upload: Upload) -> UUID:
    return upload.token


# -- files that nobody should bring ---------------------------------------------------------------


def picture(fmt: str, size: tuple[int, int] = (64, 64), mode: str = "RGB", **given: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert(mode).save(out, fmt, **given)
    return out.getvalue()


def deep(size: tuple[int, int]) -> bytes:
    """A picture of 16 bits, as scanners make them."""
    out = io.BytesIO()
    Image.frombytes("I;16", size, (bytes(range(256)) * size[0] * size[1])[: 2 * size[0] * size[1]]).save(
        out, "PNG"
    )
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("a.html", "<p>")
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge and is a few hundred bytes long."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 999))
        + chunk(b"IEND", b"")
    )


def with_comment(data: bytes, comment: bytes) -> bytes:
    """A JPEG with a comment of one's choice behind its first marker."""
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + data[2:]


def with_exif(data: bytes, body: bytes) -> bytes:
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 8) + b"Exif\0\0" + body + data[2:]


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
