"""What is no evidence is refused with a sentence that says what to do, and leaves nothing behind."""

import io
import json
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anlan.evidence import images, intake, pool, store
from anlan.evidence.models import Item, Upload
from anlan.evidence.pool import POOL, Child, Gone, Pool
from anlan.evidence.tests.scenes import (
    NOW,
    OFFICER,
    PDF,
    archive,
    bomb,
    brought,
    photo,
    picture,
    sent,
    with_comment,
)
from anlan.kernel.words import Refused

pytestmark = pytest.mark.django_db
WHOLE = photo()

STRANGERS = {
    "nothing at all": (b"", "空文件"),
    "plain words": (b"hello, I am no photo" * 50, "不是照片"),
    "noise": (random.Random(1).randbytes(5000), "不是照片"),
    "a page": (b"<!doctype html><html><script>alert(1)</script></html>", "脚本"),
    "a drawing that runs": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>', "脚本"),
    "an animation": (picture("GIF", mode="P"), "GIF"),
    "an animated WebP": (
        picture(
            "WEBP", save_all=True, append_images=[images.Image.new("RGB", (64, 64), "red")], lossless=True
        ),
        "动图",
    ),
    "an archive": (archive(), "压缩包"),
    "a program": (b"MZ\x90\x00" + b"\0" * 500, "程序"),
    "a bitmap": (picture("BMP"), "JPG"),
    "a TIFF": (picture("TIFF"), "JPG"),
    "a document among photos": (PDF, "PDF"),
    "an iPhone's own format": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200, "HEIC"),
    "half a photo": (WHOLE[: len(WHOLE) // 2], "重新上传"),
    "the head of a photo": (WHOLE[:300], "“IMG_0001.jpg”"),
    "a photo with a script in its comment": (with_comment(WHOLE, b"<script>alert(1)</script>"), "脚本"),
    "a photo with a program behind it": (WHOLE + b"<?php system($_GET[0]); ?>", "脚本"),
    "a photo that is an archive too": (WHOLE + archive(), "压缩包"),
    "a photo that is a document too": (with_comment(WHOLE, PDF), "文档"),
    "a picture of 400 million pixels": (bomb(20000, 20000), "5000万像素"),
    "a picture of 4 thousand million pixels": (bomb(65535, 65535), "5000万像素"),
    "a picture that lies about its size": (bomb(6000, 6000), "损坏"),
    "a picture of one pixel": (picture("PNG", (1, 1)), "看不清"),
}


@pytest.mark.parametrize("what", STRANGERS)
def test_a_stranger_is_refused_in_words_and_nothing_is_kept(what):
    data, part = STRANGERS[what]
    with pytest.raises(Refused) as refused:
        intake.bring(sent(data), by=OFFICER, at=NOW)
    assert part in str(refused.value)
    assert not Upload.objects.exists()
    assert not Item.objects.exists()
    assert list(store.files()) == []


def test_a_file_beyond_the_limit_is_refused_with_both_sizes(settings):
    settings.EVIDENCE_MAX_BYTES = 2 * 1024 * 1024
    with pytest.raises(intake.TooBig, match=r"“big.jpg”有3 MB,超过2 MB。请"):
        intake.bring(
            SimpleUploadedFile("big.jpg", b"\xff\xd8" + b"\0" * (3 * 1024 * 1024)), by=OFFICER, at=NOW
        )


def test_a_file_that_understates_its_size_is_not_read_to_its_end(settings):
    settings.EVIDENCE_MAX_BYTES = 1000
    file = sent(b"\xff\xd8" + b"\0" * 5000)
    file.size = 10
    with pytest.raises(Refused):
        intake.bring(file, by=OFFICER, at=NOW)


def test_the_name_of_a_file_is_no_path_and_cannot_break_a_sentence():
    assert intake.clean_name("..\\..\\C:/etc/passwd") == "passwd"
    assert intake.clean_name("a\x00b\n\u202e.jpg") == "ab.jpg"
    assert intake.clean_name("") == "文件"
    assert len(intake.clean_name("长" * 300)) == 38


def test_a_name_with_a_percent_sign_stands_in_the_sentence_as_it_is():
    with pytest.raises(Refused, match=r"“100%\(x\)s.jpg”是空文件"):
        intake.bring(sent(b"", "100%(x)s.jpg"), by=OFFICER, at=NOW)


def test_what_this_system_handed_out_comes_back_as_no_evidence():
    shown = brought().shown
    with pytest.raises(Refused, match="水印照片"):
        brought(store.path_of(shown.sha256).read_bytes())


def test_nobody_fills_the_quarantine(monkeypatch):
    monkeypatch.setattr(intake, "AT_MOST", 2)
    brought(photo(1))
    brought(photo(2))
    with pytest.raises(Refused, match="2个上传的文件还没有使用"):
        brought(photo(3))


def test_a_full_disk_is_told_and_leaves_no_row(monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(Refused, match="存储空间已满"):
        brought()
    assert not Item.objects.exists()


def test_a_folder_that_cannot_be_written_is_told(settings, tmp_path):
    (tmp_path / "blocked").write_text("a file, no folder")
    settings.EVIDENCE_DIR = tmp_path / "blocked" / "evidence"
    with pytest.raises(Refused, match="系统管理员"):
        brought()


def test_bytes_that_were_changed_on_the_disk_are_not_taken_for_the_same():
    upload = brought()
    path = store.path_of(upload.item.sha256)
    path.chmod(0o600)
    path.write_bytes(b"changed")
    with pytest.raises(Refused, match="已被改动"):
        brought()
    assert path.read_bytes() == b"changed"


def test_a_hash_from_outside_never_becomes_a_path():
    for name in ("../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n", ""):
        with pytest.raises(ValueError):
            store.path_of(name)


def test_a_parsing_process_that_ends_is_told_and_replaced(monkeypatch):
    def gone(self, data, request):
        raise Gone

    monkeypatch.setattr(Child, "ask", gone)
    with pytest.raises(Refused, match="时间或内存过多"):
        brought()
    monkeypatch.undo()
    child = Child()
    child.end()
    with pytest.raises(Gone):
        child.ask(b"", {"name": "x"})


def solid(width, height):
    out = io.BytesIO()
    images.Image.new("RGB", (width, height), "navy").save(out, "PNG")
    return out.getvalue()


def asked_of(fresh, data):
    return fresh.process(data, name="a.png", mark="m", words=[], unsaid="-")


def test_a_file_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(pool, "WALL_S", 0)
    fresh = Pool()
    with pytest.raises(Refused, match="时间或内存过多"):
        asked_of(fresh, photo())
    monkeypatch.undo()
    assert asked_of(fresh, photo())[0]["width"] == 640


def test_a_file_that_takes_too_much_memory_is_ended_and_the_next_one_is_not(monkeypatch):
    little = "import anlan.evidence.worker as w; w.MEMORY = 160 * 2**20; w.main()"
    monkeypatch.setattr(pool, "START", f"import sys; sys.path.insert(0, sys.argv[1]); {little}")
    fresh = Pool()
    with pytest.raises(Refused, match="时间或内存过多"):
        asked_of(fresh, solid(7000, 7000))
    assert asked_of(fresh, photo())[0]["width"] == 640


def test_the_parsing_process_writes_no_file_and_sees_no_secret(monkeypatch):
    monkeypatch.setenv("ANLAN_SECRET", "s3cret")
    spy = (
        "import sys, os, json; sys.path.insert(0, sys.argv[1]); from anlan.evidence import worker; worker._confine();"
        "import tempfile; said = 'written';\n"
        "try: tempfile.TemporaryFile(buffering=0).write(b'x')\n"
        "except OSError: said = 'refused'\n"
        "print(json.dumps([said, 'ANLAN_SECRET' in os.environ, 'django' in sys.modules]), flush=True)"
    )
    monkeypatch.setattr(pool, "START", "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); " + spy)
    child = Child()
    assert json.loads(child.process.stdout.readline()) == ["refused", False, False]
    child.end()


def test_a_fault_of_ours_is_no_fault_of_the_page(caplog):
    with pytest.raises(Refused, match="无法识别"):
        POOL.process(photo(), name="x.jpg", unknown_argument=1)
    assert "unknown_argument" in caplog.text
