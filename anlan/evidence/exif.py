"""What a photo says of itself: when, where, with which device, which way up.

Pure, and distrustful: every value was written by a stranger. What cannot be read is told as missing,
never raised, because a garbled tag is no reason to refuse a photo.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from anlan.kernel.clock import CHINA

MAKE, MODEL, ORIENTATION, DATE_TIME = 0x010F, 0x0110, 0x0112, 0x0132
EXIF_IFD, GPS_IFD = 0x8769, 0x8825
TAKEN, DIGITISED, OFFSET_TAKEN, OFFSET_DIGITISED = 0x9003, 0x9004, 0x9011, 0x9012
LAT_REF, LAT, LNG_REF, LNG = 1, 2, 3, 4
SIX_PLACES = Decimal("0.000001")
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """What the tags say. `lng`, `lat` in WGS84 degrees; `garbled` where tags were there but unreadable."""

    taken_at: datetime | None = None
    lng: Decimal | None = None
    lat: Decimal | None = None
    device: str = ""
    orientation: int = 1
    garbled: bool = False


def read(tags: Any) -> Said:
    """From a mapping of tags with `get_ifd` (Pillow's Exif). Never raises."""
    faults: list[str] = []
    main = _folder(tags, None, faults)
    detail = _folder(tags, EXIF_IFD, faults)
    place = _folder(tags, GPS_IFD, faults)
    taken = (
        _time(detail.get(TAKEN), detail.get(OFFSET_TAKEN))
        or _time(detail.get(DIGITISED), detail.get(OFFSET_DIGITISED))
        or _time(main.get(DATE_TIME), None)
    )
    if taken is None and detail.get(TAKEN):
        faults.append("time")
    lat = _degrees(place.get(LAT), place.get(LAT_REF), negative="S", limit=90)
    lng = _degrees(place.get(LNG), place.get(LNG_REF), negative="W", limit=180)
    if lat is None or lng is None or (lat == 0 and lng == 0):
        lat = lng = None
    turned = main.get(ORIENTATION)
    return Said(
        taken_at=taken,
        lng=lng,
        lat=lat,
        device=_device(main.get(MAKE), main.get(MODEL)),
        orientation=turned if isinstance(turned, int) and 1 <= turned <= 8 else 1,
        garbled=bool(faults),
    )


def _folder(tags: Any, key: int | None, faults: list[str]) -> Mapping[int, Any]:
    """One folder of tags. A stranger's tag can raise anything at all while it is decoded."""
    try:
        folder = tags if key is None else tags.get_ifd(key)
        out = {}
        for tag in list(folder):
            try:
                out[int(tag)] = folder[tag]
            except Exception:
                faults.append(f"tag {tag}")
        return out
    except Exception:
        faults.append(f"folder {key}")
        return {}


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    return "".join(c for c in value if c.isprintable() and c != "\ufffd").strip()


def _time(value: Any, offset: Any) -> datetime | None:
    """EXIF writes local time without a zone; an offset tag goes before the zone of the city."""
    try:
        naive = datetime.strptime(_text(value)[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        instant = naive.replace(tzinfo=_zone(_text(offset))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return instant if instant >= EARLIEST else None


def _zone(offset: str) -> Any:
    try:
        sign = {"+": 1, "-": -1}[offset[0]]
        hours, minutes = offset[1:].split(":")
        return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
    except (IndexError, KeyError, ValueError):
        return CHINA


def _degrees(value: Any, reference: Any, *, negative: str, limit: int) -> Decimal | None:
    try:
        d, m, s = (float(part) for part in value)
        degrees = d + m / 60 + s / 3600
        if not math.isfinite(degrees) or not 0 <= degrees <= limit:
            return None
        if _text(reference).upper().startswith(negative):
            degrees = -degrees
        return Decimal(degrees).quantize(SIX_PLACES)
    except (TypeError, ValueError, ArithmeticError):
        return None


def _device(make: Any, model: Any) -> str:
    make, model = _text(make), _text(model)
    both = model if make and model.lower().startswith(make.lower()) else f"{make} {model}"
    return both.strip()[:60]
