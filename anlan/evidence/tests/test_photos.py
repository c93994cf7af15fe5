"""What a photo says of itself, what is drawn from it, and what is left of it."""

import io
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from PIL import Image

from anlan.evidence import exif, images, intake, queries, samples, store
from anlan.evidence.models import Item, Role, Trace
from anlan.evidence.tests.scenes import (
    NOW,
    OFFICER,
    PDF,
    STRANGER,
    TAKEN,
    ZHENGZHOU,
    attached,
    brought,
    deep,
    photo,
    picture,
    sent,
    with_exif,
)  # fmt: skip
from anlan.kernel.scope import SYSTEM, acting_as


def processed(data, **given):
    said = {"name": "a.jpg", "mark": "m", "words": ["甲", "拍摄 {time}  坐标 {place}"], "unsaid": "未记录"}
    return images.process(data, **(said | given))


def opened(copy):
    return Image.open(io.BytesIO(copy.data))


# -- garbage --------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("seed", range(40))
def test_tags_of_noise_are_no_reason_to_refuse_a_photo(seed):
    chance = random.Random(seed)
    whole = photo(1)
    plain = photo(1, taken_at=None, gps=None)
    if seed % 2:
        body = chance.choice((b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08")) + chance.randbytes(400)
        done = processed(with_exif(plain, body))
    else:
        start = whole.index(b"Exif\0\0") + 6
        torn = bytearray(whole)
        for _ in range(30):
            torn[start + chance.randrange(200)] = chance.randrange(256)
        done = processed(bytes(torn))
    assert done.view.width == 640 or done.view.height == 640
    assert done.said.taken_at is None or done.said.taken_at.tzinfo is not None


class Tags(dict):
    def __init__(self, main=None, detail=None, place=None):
        super().__init__(main or {})
        self.folders = {exif.EXIF_IFD: detail or {}, exif.GPS_IFD: place or {}}

    def get_ifd(self, key):
        return self.folders[key]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "1970:01:01 00:00:00",
        "9999:99:99 99:99:99",
        b"\xff\xfe",
        7,
    ],
)
def test_a_time_that_is_none_is_missing(said):
    assert exif.read(Tags(detail={exif.TAKEN: said})).taken_at is None


@pytest.mark.parametrize(
    "place",
    [
        {exif.LAT: (0, 0, 0), exif.LNG: (0, 0, 0)},
        {exif.LAT: (34, 44, 0)},
        {exif.LAT: (91, 0, 0), exif.LNG: (113, 0, 0)},
        {exif.LAT: (float("nan"), 0, 0), exif.LNG: (113, 0, 0)},
        {exif.LAT: (float("inf"), 0, 0), exif.LNG: (113, 0, 0)},
        {exif.LAT: "34,44,0", exif.LNG: b"\0"},
        {exif.LAT: (34, 44), exif.LNG: (113, 37)},
        {exif.LAT: None, exif.LNG: 5},
    ],
)
def test_a_place_that_is_none_is_missing(place):
    said = exif.read(Tags(place=place))
    assert (said.lng, said.lat) == (None, None)


def test_a_folder_of_tags_that_cannot_be_opened_is_told_as_garbled():
    class Torn(Tags):
        def get_ifd(self, key):
            raise SyntaxError("not a TIFF")

    assert exif.read(Torn()).garbled


def test_a_zero_denominator_is_no_place():
    rational = samples.TiffImagePlugin.IFDRational(1, 0)
    assert exif.read(Tags(place={exif.LAT: (rational,) * 3, exif.LNG: (rational,) * 3})).lat is None


# -- what is read ---------------------------------------------------------------------------------


def test_time_place_and_device_are_read_from_the_photo():
    said = processed(photo()).said
    assert said.taken_at == TAKEN
    assert (said.lng, said.lat) == (Decimal("113.625300"), Decimal("34.746600"))
    assert said.device == "HUAWEI BRA-AL00"


def test_a_photo_taken_elsewhere_keeps_its_own_zone():
    detail = {exif.TAKEN: "2026:10:01 12:00:00", exif.OFFSET_TAKEN: "-05:00"}
    assert exif.read(Tags(detail=detail)).taken_at == datetime(2026, 10, 1, 17, tzinfo=UTC)
    assert exif.read(Tags(detail=detail | {exif.OFFSET_TAKEN: "nonsense"})).taken_at == datetime(
        2026, 10, 1, 4, tzinfo=UTC
    )


def test_south_and_west_are_negative():
    said = processed(photo(gps=(-70.5, -33.25))).said
    assert (said.lng, said.lat) == (Decimal("-70.500000"), Decimal("-33.250000"))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_stands_upright(orientation):
    done = processed(photo(orientation=orientation))
    turned = orientation >= 5
    assert (done.width, done.height) == ((480, 640) if turned else (640, 480))
    assert opened(done.view).size == (done.width, done.height)


@pytest.mark.parametrize(
    "data",
    [
        picture("PNG", (300, 200), "RGBA"), picture("PNG", (300, 200), "P"), picture("PNG", (300, 200), "1"),
        deep((300, 200)), picture("PNG", (300, 200), "LA"), picture("JPEG", (300, 200), "CMYK"),
        picture("JPEG", (300, 200), "L"), picture("WEBP", (300, 200)), picture("JPEG", (300, 200), progressive=True),
    ],
)  # fmt: skip
def test_every_usual_kind_of_picture_comes_out_as_a_plain_one(data):
    done = processed(data)
    assert opened(done.view).mode == "RGB"
    assert opened(done.view).size == (300, 200)


# -- what is drawn --------------------------------------------------------------------------------


def test_nothing_of_the_original_travels_with_its_copies():
    data = (
        samples.photo(1, taken_at=TAKEN, gps=ZHENGZHOU, device=("SECRET", "DEVICE")).data
        + b"trailer of the phone"
    )
    done = processed(data)
    for copy in (done.view, done.thumb):
        assert not opened(copy).getexif()
        assert set(opened(copy).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "comment"}
        assert b"SECRET" not in copy.data
        assert b"trailer" not in copy.data


def test_the_band_is_written_and_the_picture_above_it_is_left_alone():
    data = picture("PNG", (800, 600))
    plain, marked = processed(data, words=[]), processed(data, words=["隐患 0001号", "{time}"])
    a, b = opened(plain.view).convert("L"), opened(marked.view).convert("L")
    above, band = (0, 0, 800, 400), (0, 570, 800, 600)
    assert sum(map(abs, map(int.__sub__, a.crop(above).tobytes(), b.crop(above).tobytes()))) < 800 * 400 * 4
    assert sum(b.crop(band).tobytes()) < 0.7 * sum(a.crop(band).tobytes())


def test_a_long_line_is_cut_and_many_lines_never_cover_more_than_half():
    image = Image.new("RGB", (400, 300), "white")
    images.stamp(image, ["很长的一行字" * 60] * 40)
    assert image.getpixel((200, 140)) == (255, 255, 255)


def test_the_thumbnail_is_small_and_the_view_is_no_larger_than_a_screen():
    done = processed(photo(size=(4000, 3000)))
    assert max(done.thumb.width, done.thumb.height) == 320
    assert max(done.view.width, done.view.height) == 2000
    assert (done.width, done.height) == (4000, 3000)


def test_the_same_number_draws_the_same_photo():
    assert photo(5) == photo(5)
    assert photo(5) != photo(6)
    assert photo(5) != photo(5, put_right=True)


# -- what is kept ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_original_is_kept_byte_by_byte_beside_two_copies():
    data = photo()
    upload = brought(data, about="隐患 郑应急隐〔2026〕1号", place="农业路1号")
    assert store.path_of(upload.item.sha256).read_bytes() == data
    assert upload.item.taken_at == TAKEN
    assert upload.item.lng == Decimal("113.625300")
    assert {i.role for i in upload.item.copies.all()} == {Role.WATERMARKED, Role.THUMBNAIL}
    assert upload.shown.original == upload.item
    assert upload.expires == NOW + timedelta(hours=24)
    assert {sha for sha, _ in store.files()} == set(Item.objects.values_list("sha256", flat=True))


@pytest.mark.django_db
def test_the_same_photo_of_two_people_is_one_original_with_two_watermarks():
    first, second = brought(photo()), brought(photo(), at=NOW + timedelta(minutes=1))
    assert first.item == second.item
    assert first.shown != second.shown
    assert Item.objects.filter(role=Role.THUMBNAIL).count() == 1


@pytest.mark.django_db
def test_what_an_item_says_never_changes():
    item = brought().item
    item.taken_at = NOW
    with pytest.raises(TypeError):
        item.save()
    with pytest.raises(TypeError):
        Item.objects.filter(pk=item.pk).update(taken_at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("taken", "part"),
    [
        (None, "没有记录拍摄时间"),
        (NOW + timedelta(hours=2), "晚于现在"),
        (NOW - timedelta(days=30), "已过去30天"),
    ],
)
def test_a_doubtful_time_is_told_but_the_photo_is_taken(taken, part):
    [warning] = brought(photo(taken_at=taken)).warnings
    assert part in warning[0] % warning[1]


@pytest.mark.django_db
def test_a_signature_is_drawn_anew_but_nothing_is_written_over_it():
    data = picture("PNG", (400, 160), "RGBA")
    signed = intake.bring(sent(data, "sign.png"), by=OFFICER, at=NOW, kind="SIGNATURE")
    assert signed.item.kind == "SIGNATURE"
    assert (
        store.path_of(signed.shown.sha256).read_bytes()
        == processed(data, mark=signed.item.sha256, words=[]).view.data
    )


@pytest.mark.django_db
def test_a_document_comes_in_where_documents_may_and_is_never_drawn():
    upload = intake.bring(sent(PDF, "方案.pdf"), by=OFFICER, at=NOW, documents=True)
    assert upload.item.kind == "DOCUMENT"
    assert upload.shown is None
    assert [i.role for i in upload.item.copies.all()] == [Role.THUMBNAIL]
    assert upload.name == "方案.pdf"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", [b"/JavaScript (app.alert(1))", b"/EmbeddedFile", b"/Launch /Win", b"<script>x</script>"]
)
def test_a_document_that_runs_is_refused(body):
    with pytest.raises(intake.Refused, match="另存为"):
        intake.bring(sent(PDF.replace(b"endobj", body + b"endobj")), by=OFFICER, at=NOW, documents=True)


# -- the same photo twice -------------------------------------------------------------------------


def resaved(data, *, quality=60, scale=0.5):
    image = Image.open(io.BytesIO(data)).convert("RGB")
    image = image.resize((int(image.width * scale), int(image.height * scale)))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


@pytest.mark.django_db
def test_a_photo_used_before_is_told_to_who_brings_it_again():
    once = photo(1, size=(1600, 1200), subject="WIRES")
    attached(brought(once))
    assert any("以前用过" in w[0] for w in brought(once).warnings)
    assert any("以前用过" in w[0] for w in brought(resaved(once)).warnings)
    assert not any("以前用过" in w[0] for w in brought(photo(2, subject="EXIT")).warnings)


@pytest.mark.django_db
def test_a_photo_that_was_only_uploaded_has_not_been_used():
    once = photo(1, subject="WIRES")
    brought(once)
    assert not any("以前用过" in w[0] for w in brought(once).warnings)


@pytest.mark.django_db
def test_seen_before_finds_re_saved_pictures_within_what_one_may_see():
    once = photo(1, size=(1600, 1200), subject="WIRES")
    used = attached(brought(once))
    again = brought(resaved(once, quality=40, scale=0.3)).item
    assert again.phash != ""
    with acting_as(SYSTEM):
        assert list(queries.seen_before(again)) == [used]
    with acting_as(OFFICER):
        assert list(queries.seen_before(again)) == [used]
    with acting_as(STRANGER):
        assert list(queries.seen_before(again)) == []


@pytest.mark.django_db
def test_a_bare_wall_resembles_nothing():
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "#cccccc").save(out, "JPEG")
    assert brought(out.getvalue()).item.traces.count() == 0
    assert Trace.objects.count() == 0
