"""Photos drawn by rule, for the demonstration city and for tests: the same number gives the same bytes.

A photo here looks like the record of a site visit, not like a photograph: a room, a fault in it, a
caption. Its tags (time, place, device) are real tags, so that nothing downstream is spared.
"""

import io
import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import Image, ImageDraw, TiffImagePlugin

from anlan.evidence import exif
from anlan.evidence.images import face

WALLS = ("#d9d4c7", "#c8d0d3", "#dcd3d9", "#cfd8c9", "#d6cdb8", "#c4ccd8")
FLOORS = ("#8d8778", "#777f84", "#8a7f72", "#6f7a70", "#93897a")
SUBJECTS = ("EXTINGUISHER", "WIRES", "EXIT", "BOXES", "RAILING", "CYLINDERS")
CAPTIONS = {
    "EXTINGUISHER": "灭火器压力不足", "WIRES": "电线私拉乱接", "EXIT": "安全出口堵塞", "BOXES": "物料违规堆放",
    "RAILING": "临边防护缺失", "CYLINDERS": "气瓶未固定",
}  # fmt: skip
DONE = {
    "EXTINGUISHER": "灭火器已更换", "WIRES": "线路已规范敷设", "EXIT": "安全出口已畅通", "BOXES": "物料已清理归位",
    "RAILING": "防护栏杆已恢复", "CYLINDERS": "气瓶已加装固定",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """A photo's bytes and what was drawn."""

    data: bytes
    name: str
    subject: str
    caption: str


def photo(
    n: int,
    *,
    taken_at: datetime | None = None,
    gps: tuple[float, float] | None = None,
    size: tuple[int, int] = (1600, 1200),
    subject: str = "",
    put_right: bool = False,
    caption: str = "",
    orientation: int = 1,
    device: tuple[str, str] = ("HUAWEI", "BRA-AL00"),
) -> Sample:
    """Photo number `n`. `gps` is (longitude, latitude), WGS84. `put_right` draws the same room afterwards.

    Without `taken_at` and `gps` the photo has no tags at all, as after a messenger.
    """
    chance = random.Random(n)  # noqa: S311  a drawing, no secret
    subject = subject or chance.choice(SUBJECTS)
    caption = caption or (DONE if put_right else CAPTIONS)[subject]
    image = _room(chance, size)
    _objects(ImageDraw.Draw(image), random.Random(f"{n}{put_right}"), size, subject, put_right)  # noqa: S311
    letters = face(max(14, size[1] // 24))
    ImageDraw.Draw(image).text(
        (size[0] // 40, size[1] // 40), f"{caption} {n:04d}", font=letters, fill="#303030"
    )
    out = io.BytesIO()
    tags = _tags(taken_at, gps, orientation, device)
    image.save(out, "JPEG", quality=85, **({"exif": tags} if tags else {}))
    return Sample(out.getvalue(), f"IMG_{n:04d}{'_after' if put_right else ''}.jpg", subject, caption)


def _room(chance: random.Random, size: tuple[int, int]) -> Any:
    """A wall, a floor, light from one side, a door, some grain."""
    width, height = size
    horizon = int(height * chance.uniform(0.55, 0.7))
    image = Image.new("RGB", size, chance.choice(WALLS))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, horizon, width, height), fill=chance.choice(FLOORS))
    for k in range(1, 9):
        x = int(width * k / 8 + chance.randint(-width // 40, width // 40))
        draw.line((width // 2, horizon, x * 2 - width // 2, height), fill="#00000022", width=2)
    left = int(width * chance.uniform(0.05, 0.7))
    tall = int(horizon * chance.uniform(0.55, 0.8))
    draw.rectangle(
        (left, horizon - tall, left + tall // 2, horizon), fill="#7b5b3e", outline="#4a3626", width=4
    )
    light = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(size)
    image = Image.composite(image, image.point(lambda v: int(v * 0.62)), light)
    speckle = Image.frombytes("L", (128, 96), chance.randbytes(128 * 96)).resize(size)
    return Image.blend(image, Image.merge("RGB", (speckle,) * 3), 0.05)


def _objects(draw: Any, chance: random.Random, size: tuple[int, int], subject: str, put_right: bool) -> None:
    width, height = size
    unit = height // 12
    x, y = int(width * chance.uniform(0.3, 0.6)), int(height * chance.uniform(0.5, 0.62))
    match subject:
        case "EXTINGUISHER":
            draw.rounded_rectangle((x, y, x + unit, y + 3 * unit), unit // 3, fill="#c0282d")
            draw.ellipse(
                (x + unit // 4, y - unit // 2, x + 3 * unit // 4, y),
                fill="#2f9e44" if put_right else "#e8590c",
            )
        case "WIRES":
            for k in range(2 if put_right else 9):
                points = [(x + k * unit // 3, 0)]
                for step in range(1, 7):
                    sway = 0 if put_right else chance.randint(-2 * unit, 2 * unit)
                    points.append((points[0][0] + sway, step * height // 8))
                draw.line(
                    points, fill=chance.choice(("#222222", "#a61e4d", "#1864ab")), width=max(3, unit // 10)
                )
        case "BOXES" | "EXIT":
            for k in range(0 if put_right and subject == "EXIT" else 3 if put_right else 8):
                left = x + (k % 3 if put_right else chance.randint(-3, 3)) * unit * 2
                top = y + unit - (0 if put_right else k // 3) * unit
                draw.rectangle(
                    (left, top, left + 2 * unit, top + 2 * unit), fill="#b08d57", outline="#6b5330", width=3
                )
            if subject == "EXIT":
                draw.rectangle((x, unit, x + 3 * unit, 2 * unit), fill="#2b8a3e")
        case "RAILING":
            for k in range(9):
                if put_right or not 3 <= k <= 6:
                    draw.line(
                        (k * width // 8, y, k * width // 8, y + 3 * unit),
                        fill="#f08c00",
                        width=max(4, unit // 6),
                    )
            for level in (y, y + 3 * unit // 2):
                draw.line(
                    (0, level, width if put_right else 3 * width // 8, level),
                    fill="#f08c00",
                    width=max(4, unit // 6),
                )
        case _:
            for k in range(4):
                lean = 0 if put_right else chance.randint(-unit // 2, unit // 2)
                left = x + k * unit * 5 // 4
                draw.polygon(
                    (
                        (left + lean, y - unit), (left + unit + lean, y - unit), (left + unit, y + 3 * unit),
                        (left, y + 3 * unit),
                    ),
                    fill="#2c7be5" if k % 2 else "#adb5bd",
                )  # fmt: skip
            if put_right:
                draw.line(
                    (x - unit, y + unit, x + 6 * unit, y + unit), fill="#495057", width=max(4, unit // 6)
                )


def _tags(
    taken_at: datetime | None, gps: tuple[float, float] | None, orientation: int, device: tuple[str, str]
) -> bytes:
    if taken_at is None and gps is None and orientation == 1:
        return b""
    tags = Image.Exif()
    tags[exif.MAKE], tags[exif.MODEL] = device
    tags[exif.ORIENTATION] = orientation
    if taken_at is not None:
        local = f"{taken_at.astimezone(exif.CHINA):%Y:%m:%d %H:%M:%S}"
        tags[exif.DATE_TIME] = local
        tags.get_ifd(exif.EXIF_IFD)[exif.TAKEN] = local
    if gps is not None:
        lng, lat = gps
        place = tags.get_ifd(exif.GPS_IFD)
        place[exif.LAT_REF], place[exif.LAT] = ("N" if lat >= 0 else "S"), _sexagesimal(lat)
        place[exif.LNG_REF], place[exif.LNG] = ("E" if lng >= 0 else "W"), _sexagesimal(lng)
    return tags.tobytes()


def _sexagesimal(degrees: float) -> tuple[Any, Any, Any]:
    ten_thousandths = round(abs(degrees) * 3600 * 10_000)
    minutes, rest = divmod(ten_thousandths, 600_000)
    rational = TiffImagePlugin.IFDRational
    return rational(minutes // 60), rational(minutes % 60), rational(rest, 10_000)
