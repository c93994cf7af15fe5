"""Bytes from a stranger in; a watermarked picture, a thumbnail and what the file says of itself out.

Pure: Pillow and nothing of ours but words, clock and fonts. It runs in a child process with limits
(`worker`), never in the process that answers people. What comes out is always drawn anew, so that no
script, place or trailer of the original can travel with it; the original itself is kept elsewhere,
byte by byte, as evidence.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw, ImageFont, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

from anlan.evidence import exif, fonts
from anlan.kernel.words import Reason, Refused

MAX_PIXELS = 50_000_000
MIN_SIDE = 32
VIEW_SIDE = 2000  # half of the usual 4000: the JPEG decoder halves for nothing
THUMB_SIDE = 320
JPEG = "image/jpeg"
PDF = "application/pdf"
FORMATS = {"JPEG": JPEG, "MPO": JPEG, "PNG": "image/png", "WEBP": "image/webp"}
try:  # only where the operator has added the decoder
    from pillow_heif import register_heif_opener  # type: ignore[import-not-found]

    register_heif_opener()
    FORMATS["HEIF"] = "image/heic"
except ImportError:
    pass

# whitespace or a bracket after the name: four bytes alone occur by chance in megabytes of noise
ACTIVE = re.compile(
    rb"<(?:script[\s>/]|html[\s>]|!doctype\s+html|\?php\s|\?xml-stylesheet\s|iframe[\s>]|object[\s>]|embed[\s>]"
    rb"|svg\s+[a-z:]+\s*=|body[\s>]|meta\s+http-equiv)",
    re.IGNORECASE,
)
ACTIVE_PDF = re.compile(rb"/(?:JavaScript|EmbeddedFiles?|RichMedia|Launch[\s/<(]|XFA\s)")

NOT_A_PHOTO = Reason("“%(name)s”不是照片,或文件已损坏。请用手机或相机重新拍摄,以JPG、PNG格式上传")
BROKEN = Reason("“%(name)s”不完整或已损坏,可能传输中断。请重新上传原文件")
EMPTY = Reason("“%(name)s”是空文件,请重新选择照片")
SCRIPTED = Reason("“%(name)s”中夹带脚本或网页内容,不能作为证据保存。请重新拍摄后上传")
BUNDLED = Reason("“%(name)s”中夹带其他文件(压缩包或文档),不能作为证据保存。请重新拍摄后上传")
ANIMATED = Reason("“%(name)s”是动图,请上传单张照片")
TOO_MANY_PIXELS = Reason(
    "“%(name)s”的尺寸为%(width)s×%(height)s,超过5000万像素。请在手机相机设置中调低分辨率后重新拍摄"
)
TOO_SMALL = Reason("“%(name)s”只有%(width)s×%(height)s像素,看不清内容。请上传原照片")
HEIC = Reason("“%(name)s”是HEIC格式,暂不能识别。请在手机相机设置中选择“兼容性最佳”后重拍,或另存为JPG后上传")
NO_DOCUMENT_HERE = Reason("“%(name)s”是PDF文件,这里须上传照片。请拍照后以JPG、PNG格式上传")
GIF = Reason("“%(name)s”是GIF动图,不能作为证据。请上传JPG、PNG格式的照片")
ARCHIVE = Reason("“%(name)s”是压缩包或办公文档,不能直接上传。照片请用JPG、PNG格式,文件请另存为PDF")
PROGRAM = Reason("“%(name)s”是程序文件,不能上传。请选择照片")
OTHER_PICTURE = Reason("“%(name)s”的图片格式不能识别。请另存为JPG或PNG后上传")
SCRIPTED_PDF = Reason("“%(name)s”这份PDF带有脚本或附件,不能保存。请另存为不含脚本和附件的PDF后上传")

SIGNS = (
    (b"GIF8", GIF),
    (b"PK\x03\x04", ARCHIVE),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"\xd0\xcf\x11\xe0", ARCHIVE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"BM", OTHER_PICTURE),
    (b"II*\x00", OTHER_PICTURE),
    (b"MM\x00*", OTHER_PICTURE),
)
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif"}


@dataclass(frozen=True, slots=True)
class Copy:
    """A picture that was drawn anew."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Processed:
    """All that is known of a file. `view` is None for a document."""

    media_type: str
    width: int = 0
    height: int = 0
    said: exif.Said = field(default_factory=exif.Said)
    phash: str = ""
    view: Copy | None = None
    thumb: Copy | None = None


def process(
    data: bytes, *, name: str, mark: str, words: Sequence[str], unsaid: str, documents: bool = False, font: str = ""
) -> Processed:  # fmt: skip
    """Check, read, draw anew. Raises Refused with a sentence that says what to do.

    `mark` is written into the copies' comment: the hash of the original, which also keeps two copies of
    different originals apart. `words` are the lines of the watermark; "{time}" and "{place}" in them
    become what the file says, or `unsaid`.
    """
    if not data:
        raise Refused(Reason(EMPTY.msgid, {"name": name}))
    if data.startswith(b"%PDF-"):
        return _document(data, name=name, mark=mark, allowed=documents, font=font)
    _refuse_strangers(data, name)
    image = _open(data, name)
    said = exif.read(_tags(image))
    shown = _upright(_plain(image, name), said.orientation)
    turned = said.orientation >= 5
    width, height = image_size(image)
    phash = dhash(shown)
    small = shown.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    place = f"{said.lng:.5f}, {said.lat:.5f}" if said.lng is not None and said.lat is not None else unsaid
    filled = [
        line.replace("{time}", local(said.taken_at) if said.taken_at else unsaid).replace("{place}", place)
        for line in words
    ]
    stamp(shown, [line for line in filled if line.strip()], font=font)
    return Processed(
        media_type=FORMATS[image.format or ""],
        width=height if turned else width,
        height=width if turned else height,
        said=said,
        phash=phash,
        view=_jpeg(shown, comment=f"anlan {mark} view", quality=82),
        thumb=_jpeg(small, comment=f"anlan {mark} thumb", quality=78),
    )


def local(instant: datetime) -> str:
    return f"{instant.astimezone(exif.CHINA):%Y-%m-%d %H:%M:%S}"


def image_size(image: Any) -> tuple[int, int]:
    """The size as stored in the file, before the decoder's shortcut."""
    return image.info.get("anlan_size", image.size)


# -- checks ---------------------------------------------------------------------------------------


def _refuse_strangers(data: bytes, name: str) -> None:
    """By content, never by name or by what the browser says."""
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS and "HEIF" not in FORMATS:
        raise Refused(Reason(HEIC.msgid, {"name": name}))
    for sign, reason in SIGNS:
        if data.startswith(sign):
            raise Refused(Reason(reason.msgid, {"name": name}))
    if ACTIVE.search(data):
        raise Refused(Reason(SCRIPTED.msgid, {"name": name}))
    if b"%PDF-" in data[:1024] or _ends_as_archive(data):
        raise Refused(Reason(BUNDLED.msgid, {"name": name}))


def _ends_as_archive(data: bytes) -> bool:
    # the directory of a ZIP lies within its last 64 KiB and is found from the end
    return b"PK\x05\x06" in data[-66_000:] and zipfile.is_zipfile(io.BytesIO(data))


def _open(data: bytes, name: str) -> Any:
    Image.MAX_IMAGE_PIXELS = None  # ours is asked below, before anything is decoded
    try:
        image = Image.open(io.BytesIO(data), formats=[f for f in FORMATS if f != "MPO"])
        width, height = image.size
    except Exception:
        raise Refused(Reason(NOT_A_PHOTO.msgid, {"name": name})) from None
    size = {"name": name, "width": width, "height": height}
    if width * height > MAX_PIXELS:
        raise Refused(Reason(TOO_MANY_PIXELS.msgid, size))
    if min(width, height) < MIN_SIDE:
        raise Refused(Reason(TOO_SMALL.msgid, size))
    # a phone's MPO carries a second view, which is no animation
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise Refused(Reason(ANIMATED.msgid, {"name": name}))
    image.info["anlan_size"] = (width, height)
    return image


def _tags(image: Any) -> Any:
    try:
        return image.getexif()
    except Exception:
        return {}


def _plain(image: Any, name: str) -> Any:
    """Decoded, in RGB, no larger than is shown; transparency lies on white."""
    try:
        if image.format in {"JPEG", "MPO"}:
            most = max(image.size)
            image.draft("RGB", tuple(max(1, side * VIEW_SIDE // most) for side in image.size))
        image.load()
        if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
            image.thumbnail((VIEW_SIDE, VIEW_SIDE), reducing_gap=2.0)
            top = image.convert("RGBA")
            plain = Image.new("RGB", top.size, "white")
            plain.paste(top, mask=top.getchannel("A"))
            return plain
        if image.mode.startswith("I"):
            image = image.convert("I").point(lambda v: v * (1 / 256)).convert("L")
        if image.mode in {"RGB", "L"}:  # smaller first: a copy of 50 million pixels costs 200 MB
            image.thumbnail((VIEW_SIDE, VIEW_SIDE), Image.Resampling.BICUBIC, reducing_gap=2.0)
        plain = image.convert("RGB")
        plain.thumbnail((VIEW_SIDE, VIEW_SIDE), Image.Resampling.BICUBIC, reducing_gap=2.0)
    except MemoryError:
        raise
    except Exception:
        raise Refused(Reason(BROKEN.msgid, {"name": name})) from None
    plain.info.clear()
    return plain


TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _upright(image: Any, orientation: int) -> Any:
    turn = TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


# -- what is drawn --------------------------------------------------------------------------------


def dhash(image: Any) -> str:
    """64 bits, as hex: whether each of 8×8 cells is brighter than its right neighbour."""
    grey = image.resize((9, 8), Image.Resampling.BOX).convert("L").tobytes()
    bits = 0
    for y in range(8):
        for x in range(8):
            bits = bits << 1 | (grey[y * 9 + x] > grey[y * 9 + x + 1])
    return f"{bits:016x}"


def distance(a: str, b: str) -> int:
    """In how many of 64 bits two perceptual hashes differ: up to 6 is the same picture re-saved."""
    return (int(a, 16) ^ int(b, 16)).bit_count()


@lru_cache(maxsize=32)
def face(size: int, path: str = "") -> Any:
    return ImageFont.truetype(path or str(fonts.sans()), size)


def stamp(image: Any, lines: Sequence[str], *, font: str = "") -> None:
    """Write the lines on a dark band along the lower edge, in place."""
    if not lines:
        return
    size = max(14, min(image.size) // 32)
    letters = face(size, font)
    edge = size // 2
    fitted = [_fit(line, letters, image.width - 2 * edge) for line in lines]
    step = int(size * 1.4)
    tall = min(step * len(fitted) + edge, image.height // 2)
    fitted = fitted[: max(1, (tall - edge // 2) // step)]
    top = image.height - tall
    band = image.crop((0, top, image.width, image.height))
    image.paste(Image.blend(band, Image.new("RGB", band.size, "black"), 0.6), (0, top))
    draw = ImageDraw.Draw(image)
    for n, line in enumerate(fitted):
        draw.text((edge, top + edge // 2 + n * step), line, font=letters, fill="white")


def _fit(line: str, letters: Any, width: int) -> str:
    if letters.getlength(line) <= width:
        return line
    while line and letters.getlength(line + "…") > width:
        line = line[: max(0, int(len(line) * 0.95) - 1)]
    return line + "…"


def _jpeg(image: Any, *, comment: str, quality: int) -> Copy:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, comment=comment.encode())
    return Copy(out.getvalue(), *image.size)


# -- documents ------------------------------------------------------------------------------------


def _document(data: bytes, *, name: str, mark: str, allowed: bool, font: str) -> Processed:
    """A PDF is kept as it came and only ever handed out as a download."""
    if not allowed:
        raise Refused(Reason(NO_DOCUMENT_HERE.msgid, {"name": name}))
    if b"%%EOF" not in data[-2048:]:
        raise Refused(Reason(BROKEN.msgid, {"name": name}))
    if ACTIVE_PDF.search(data) or ACTIVE.search(data) or _ends_as_archive(data):
        raise Refused(Reason(SCRIPTED_PDF.msgid, {"name": name}))
    sheet = Image.new("RGB", (240, THUMB_SIDE), "#f4f6f8")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((24, 24, 216, THUMB_SIDE - 24), fill="white", outline="#9aa5b1", width=2)
    draw.text((120, THUMB_SIDE // 2), "PDF", font=face(56, font), fill="#52606d", anchor="mm")
    return Processed(media_type=PDF, thumb=_jpeg(sheet, comment=f"anlan {mark} thumb", quality=78))
