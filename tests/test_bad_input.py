"""Bad input through the page, as a person sends it: a sentence that says what to do, nothing changed, never an error."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anlan.evidence.tests import scenes as files
from anlan.hazards import commands
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.kernel.clock import day_of
from tests import world
from tests.world import World, _django_db_helper  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def said(answer: Any) -> str:
    """What a person reads: the words without tags."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def refusal(answer: Any, before: dict[str, str], words: str, status: int = 422) -> None:
    assert answer.status_code == status
    assert words in said(answer)
    assert world.moved(before) == []


@pytest.fixture
def submitted(w: World) -> Hazard:
    """Ordered by the bureau, put right by the firm, waiting for acceptance."""
    h = commands.order(
        scenes.register(w.actors["officer"], w.firm, at=w.ago(2), description="疏散通道堆放杂物").pk,
        by=w.actors["officer"], at=w.ago(2), due_on=day_of(w.now) + timedelta(days=5), requirement="清理通道",
    )  # fmt: skip
    return commands.submit(
        h.pk, by=w.actors["principal"], at=w.ago(1), measures="已清理", photos=scenes.photos(at=w.ago(1))
    )


def form_of(client: Client, path: str) -> dict[str, str]:
    """The hidden inputs of a form, as the browser sends them back."""
    page = client.get(path).content.decode()
    found = re.findall(r'<input type="hidden" name="(act_id|seen)" value="([^"]*)"', page)
    assert found, path
    return dict(found)


def test_a_stale_page_says_who_was_faster_and_changes_nothing(w: World, submitted: Hazard):
    path = f"/hazards/{submitted.pk}/accept/"
    stale = form_of(w.client("officer"), path)
    w.client("clerk").post(f"/hazards/{submitted.pk}/urge/", {"words": "请尽快"})
    before = world.tables()
    answer = w.client("officer").post(path, stale | {"opinion": "合格"})
    refusal(answer, before, "clerk的人刚刚办理了“催办”。请刷新后再办理", 409)


def test_a_form_sent_twice_is_one_act(w: World, submitted: Hazard):
    path = f"/hazards/{submitted.pk}/accept/"
    form = form_of(w.client("officer"), path) | {"opinion": "合格"}
    assert w.client("officer").post(path, form).status_code == 302
    before = world.tables()
    assert w.client("officer").post(path, form).status_code == 302
    assert world.moved(before) == []
    refusal(w.client("officer").post(path, form | {"opinion": "另一句话"}), before, "", 409)


def test_who_comes_second_is_told_by_whom_it_was_accepted(w: World, submitted: Hazard):
    path = f"/hazards/{submitted.pk}/accept/"
    assert w.client("officer").post(path, {"opinion": "合格"}).status_code == 302
    before = world.tables()
    refusal(w.client("second").post(path, {"opinion": "合格"}), before, "officer的人已办理“验收销号”")


def test_a_deadline_in_the_past_is_refused_by_day(w: World):
    before = world.tables()
    yesterday = day_of(w.now) - timedelta(days=1)
    answer = w.client("officer").post(
        f"/hazards/{w.found.pk}/order/", {"due_on": yesterday.isoformat(), "requirement": "清理"}
    )
    refusal(answer, before, "早于今天")
    answer = w.client("officer").post(
        f"/hazards/{w.found.pk}/order/", {"due_on": "2026-02-30", "requirement": "清理"}
    )
    refusal(answer, before, "日期")


def test_an_act_that_the_state_forbids_is_refused_and_the_page_says_why(w: World):
    before = world.tables()
    page = w.client("officer").get(f"/hazards/{w.hazard.pk}/accept/")
    assert "当前状态为" in said(page)
    refusal(
        w.client("officer").post(f"/hazards/{w.hazard.pk}/accept/", {"opinion": "合格"}),
        before,
        "当前状态为“整改中”",
    )


def test_an_act_that_the_clock_forbids_is_refused_with_the_term(w: World):
    """To ask for more time after the time has run out: too late, and it says so."""
    h = commands.order(
        scenes.register(w.actors["officer"], w.firm, at=w.ago(20), description="应急照明损坏").pk,
        by=w.actors["officer"], at=w.ago(20), due_on=day_of(w.ago(10)), requirement="更换",
    )  # fmt: skip
    before = world.tables()
    later = day_of(w.now) + timedelta(days=9)
    answer = w.client("principal").post(
        f"/hazards/{h.pk}/ask_extension/",
        {"reason": "配件未到", "until": later.isoformat(), "interim": "专人看守"},
    )
    refusal(answer, before, "期限")


def test_an_act_that_the_role_forbids_is_told_so(w: World, submitted: Hazard):
    before = world.tables()
    for who, act, form in (
        ("leader", "accept", {"opinion": "合格"}), ("auditor", "urge", {"words": "快"}),
    ):  # fmt: skip
        refusal(w.client(who).post(f"/hazards/{submitted.pk}/{act}/", form), before, "职务", 403)


def test_the_rectifier_does_not_accept_his_own_work(w: World):
    h = scenes.register(w.actors["manager"], w.firm, at=w.ago(2), description="吸烟区无灭火器")
    due = (day_of(w.now) + timedelta(days=2)).isoformat()
    begun = w.client("manager").post(f"/hazards/{h.pk}/start_own/", {"due_on": due, "responsible": "张三"})
    assert begun.status_code == 302
    commands.submit(
        h.pk, by=w.actors["manager"], at=w.ago(1), measures="已配备", photos=scenes.photos(at=w.ago(1))
    )
    before = world.tables()
    refusal(
        w.client("manager").post(f"/hazards/{h.pk}/accept_own/", {"opinion": "合格"}),
        before,
        "由另一名人员验收",
    )
    assert w.client("principal").post(f"/hazards/{h.pk}/accept_own/", {"opinion": "合格"}).status_code == 302


# -- photos ------------------------------------------------------------------------------------------

NOT_PHOTOS = {
    "a text": (b"hello", "a.jpg", "不是"),
    "a drawing that can carry scripts": (
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "a.svg",
        "",
    ),
    "a page": (b"<!doctype html><script>alert(1)</script>", "a.jpg", ""),
    "nothing at all": (b"", "a.jpg", "空"),
    "a bomb": (files.bomb(60_000, 60_000), "a.png", ""),
    "an archive": (files.archive(), "a.jpg", ""),
}


@pytest.mark.parametrize("kind", NOT_PHOTOS)
def test_a_photo_that_is_none_is_refused_by_its_name(kind: str, w: World):
    data, name, words = NOT_PHOTOS[kind]
    before = world.tables()
    form = {"words": "看现场", "percent": "10", "photos": SimpleUploadedFile(name, data, "image/jpeg")}
    answer = w.client("principal").post(f"/hazards/{w.hazard.pk}/progress/", form)
    refusal(answer, before, f"“{name}”")
    assert words in said(answer)


def test_a_photo_of_two_hundred_megabytes_is_refused_without_being_kept(w: World, settings: Any):
    settings.EVIDENCE_MAX_BYTES = 300_000  # the same way, in less time
    before, held = world.tables(), set(w.folder.rglob("*"))
    big = SimpleUploadedFile("big.jpg", files.photo(31) + b"\0" * 2_000_000, "image/jpeg")
    answer = w.client("principal").post(
        f"/hazards/{w.hazard.pk}/progress/", {"words": "看现场", "percent": "10", "photos": big}
    )
    refusal(answer, before, "“big.jpg”")
    assert set(w.folder.rglob("*")) == held
    answer = w.client("officer").post(
        "/evidence/upload/", {"file": SimpleUploadedFile("big.jpg", b"\xff\xd8" + b"\0" * 2_000_000)}
    )
    assert answer.status_code == 413
    assert world.moved(before) == []


def test_a_photo_that_carries_a_script_is_refused(w: World):
    carrier = files.with_comment(files.photo(41), b"<script>alert(1)</script>")
    before, held = world.tables(), set(w.folder.rglob("*"))
    sent = SimpleUploadedFile("a.jpg", carrier, "image/jpeg")
    answer = w.client("principal").post(
        f"/hazards/{w.hazard.pk}/progress/", {"words": "看现场", "percent": "10", "photos": sent}
    )
    refusal(answer, before, "“a.jpg”")
    assert set(w.folder.rglob("*")) == held


# -- words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b[31m", "\x7f", "\x0b"])
def test_control_characters_are_refused_wherever_they_stand(bad: str, w: World):
    before = world.tables()
    for path, form in (
        (f"/hazards/{w.hazard.pk}/urge/", {"words": f"请{bad}尽快"}),
        (f"/register/{w.firm.pk}/add_workpost/", {"name": f"电{bad}焊"}),
        ("/me/delegate/", {"user": f"1{bad}"}),
        ("/login/", {"username": f"u{bad}", "password": "x"}),
    ):
        refusal(w.client("officer").post(path, form), before, "控制字符", 400)
    refusal(w.client("officer").get("/hazards/", {"text": bad}), before, "控制字符", 400)
    answer = w.client("officer").post(
        f"/api/v1/hazards/{w.hazard.pk}/acts/urge", '{"words": "\\u0007"}', content_type="application/json"
    )
    assert answer.status_code == 400
    assert world.moved(before) == []


def test_words_too_long_and_numbers_too_large_are_refused_beside_their_field(w: World):
    before = world.tables()
    refusal(w.client("officer").post(f"/hazards/{w.hazard.pk}/urge/", {"words": "快" * 301}), before, "300")
    for percent in ("101", "-1", "1e3", "九十", "9" * 400):
        answer = w.client("principal").post(
            f"/hazards/{w.hazard.pk}/progress/", {"words": "看现场", "percent": percent}
        )
        refusal(answer, before, "没有提交")
    for money in ("-1", "10000000000001", "NaN"):
        answer = w.client("principal").post(
            f"/hazards/{w.hazard.pk}/submit/", {"measures": "已整改", "money_spent": money}
        )
        refusal(answer, before, "没有提交")


def test_what_was_typed_is_still_there_after_a_refusal(w: World):
    answer = w.client("principal").post(
        f"/hazards/{w.hazard.pk}/progress/", {"words": "正在采购配件", "percent": "101"}
    )
    assert answer.status_code == 422
    assert "正在采购配件" in said(answer)


def test_a_key_of_another_county_guessed_in_the_address_is_not_found(w: World):
    far = scenes.register(w.actors["far_officer"], w.far_firm, at=w.ago(1), description="外区的隐患")
    before = world.tables()
    for path in (
        f"/hazards/{far.pk}/", f"/hazards/{far.pk}/accept/", f"/register/{w.far_firm.pk}/", f"/hazards/{far.pk + 10**6}/",
        f"/documents/draft/RECTIFY_ORDER/{far.pk}/", f"/hazards/suspensions/propose/{w.far_firm.pk}/",
        f"/people/firms/{w.far_firm.pk}/new/", f"/api/v1/hazards/{far.pk}", f"/api/v1/hazards/{far.pk}/acts/accept",
    ):  # fmt: skip
        for method in ("get", "post"):
            answer = getattr(w.client("officer"), method)(path)
            assert answer.status_code in (404, 405, 415), f"{method} {path}"
            assert "外区" not in answer.content.decode()
    assert world.moved(before) == []


def test_too_many_fields_and_too_large_a_form_are_told(w: World):
    before = world.tables()
    many = {f"x{n}": "1" for n in range(500)}
    refusal(w.client("officer").post(f"/hazards/{w.hazard.pk}/urge/", many), before, "请分几次提交", 400)
    large = w.client("officer").post(
        f"/hazards/{w.hazard.pk}/urge/",
        "words=" + "x" * 6_000_000,
        content_type="application/x-www-form-urlencoded",
    )
    refusal(large, before, "太大", 413)
    broken = w.client("officer").generic(
        "POST", f"/hazards/{w.hazard.pk}/urge/", b"--x\r\nfoo", content_type="multipart/form-data; boundary="
    )
    assert broken.status_code == 400
    assert world.moved(before) == []


def test_a_form_that_is_no_text_is_refused(w: World):
    before = world.tables()
    form = "application/x-www-form-urlencoded"
    for data, kind in (
        (b"\xff\xfe\xfa", form), (b"words=%ff%fe", form), (b"{", "application/json"), (b"<x/>", "text/xml")
    ):  # fmt: skip
        answer = w.client("officer").generic(
            "POST", f"/hazards/{w.hazard.pk}/accept/", data, content_type=kind
        )
        assert answer.status_code in (400, 415, 422)
    assert world.moved(before) == []
