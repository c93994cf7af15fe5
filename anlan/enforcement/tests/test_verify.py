"""What `anlan verify` names of documents: files, numbers, rows."""

import pytest

from anlan.enforcement import commands
from anlan.enforcement.models import Document, DocumentLine, DocumentSeries
from anlan.enforcement.tests.scenes import NOW, Bureau
from anlan.evidence import store
from anlan.site import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed() -> list[Document]:
    city = Bureau()
    made = [city.order_served() for _ in range(3)]
    commands.void(made[1].pk, by=city.head, at=NOW, reason="有误")
    return made


def said() -> str:
    return "\n".join(str(f.reason) for f in verify.run().findings)


def test_a_void_number_is_no_gap_and_nothing_touched_is_nothing_named(signed):
    assert said() == ""


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_changed_and_a_missing_file_are_named(signed, form):
    first, second = (store.path_of(getattr(d, f"{form}_sha256")) for d in signed[:2])
    first.chmod(0o600)
    first.write_bytes(b"forged")
    second.unlink()
    assert "责改〔2019〕1号的" in said()
    assert "文件已被改动" in said()
    assert "责改〔2019〕2号的" in said()
    assert "文件不见了" in said()


def test_a_document_taken_away_leaves_a_gap_that_is_named(signed):
    DocumentLine.everything.filter(document=signed[1]).delete()
    Document.everything.filter(pk=signed[1].pk).delete()
    assert "责令限期整改指令书缺2号:文号不连续" in said()
    assert f"document {signed[1].pk}的记录已被删除" in said()


def test_a_series_turned_back_is_named(signed):
    DocumentSeries.objects.update(last=2)
    assert "3号不是系统赋予的" in said()
    DocumentSeries.objects.all().delete()
    assert "没有编号序列" in said()


def test_words_changed_by_hand_are_named(signed):
    Document.everything.filter(pk=signed[0].pk).update(context="{}")
    assert f"document {signed[0].pk}的“context”被直接改动" in said()


def test_a_line_changed_by_hand_is_named(signed):
    DocumentLine.everything.filter(document=signed[0]).update(no=9)
    assert "enforcement.documentline" in said()
