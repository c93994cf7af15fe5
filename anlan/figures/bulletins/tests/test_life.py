"""The life of a bulletin: who may not, what is frozen, how the numbers run, how a correction shows."""

import json
from datetime import date

import pytest

from anlan.figures import engine
from anlan.figures.bulletins import commands, keeping, restating, verify
from anlan.figures.bulletins.models import Bulletin
from anlan.figures.bulletins.tests.scenes import (
    AFTER,
    EVERYTHING,
    FIRST_DAYS,
    WORDS,
    Office,
    digest_of,
    drafted,
    fresh,
    signed,
)  # fmt: skip
from anlan.figures.periods import Named, Period
from anlan.hazards import commands as hazards
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import JINSHUI, later
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import SYSTEM, Axis, acting_as
from anlan.kernel.words import Conflict, Refused
from anlan.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Office:
    return Office()


# -- refusals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"named": Named("", "", Period(date(2019, 9, 1), date(2019, 9, 30)))}, "才结束"),
        ({"sections": []}, "至少选择一个部分"),
        ({"words": WORDS | {"problems": " "}}, "写明问题"),
        ({"words": WORDS | {"requirements": ""}}, "写明要求"),
        ({"words": WORDS | {"title": "情况"}}, "不少于四个字"),
        ({"words": WORDS | {"main_to": ""}}, "主送"),
        ({"place": "110101"}, "没有代码"),
        ({"place": "410105001", "sections": ["UNITS"]}, "没有下级单位"),
        ({"group": "NOBODY"}, "没有这种检查组"),
        ({"system": "EMERGANCY"}, "EMERGENCY"),
    ],
)
def test_what_cannot_be_sent_out_is_refused_and_leaves_nothing(city, given, said):
    with pytest.raises(Refused, match=said):
        drafted(city, **given)
    assert not Bulletin.everything.exists()


def test_only_an_office_drafts(city):
    with pytest.raises(Refused, match="不能“起草通报”"):
        drafted(city, by=city.officer)
    with pytest.raises(Refused, match="不能“起草通报”"):
        drafted(city, by=city.mayor)


def test_a_county_reports_of_its_own_place_and_sends_to_its_own_towns(city):
    with pytest.raises(Refused, match="不在您的职责范围内"):
        drafted(city, by=city.county_clerk, kind="BRIEF", place=scenes.ERQI)
    with pytest.raises(Refused, match="只能主送本级管辖的地方"):
        drafted(city, by=city.county_clerk, kind="BRIEF", addressed=[scenes.ERQI])


def test_a_notice_needs_the_word_of_its_office_and_a_brief_does_not(city):
    with pytest.raises(Refused, match="机关代字"):
        drafted(city, by=city.county_clerk)
    assert drafted(city, by=city.county_clerk, kind="BRIEF").county == JINSHUI


def test_who_drafts_does_not_sign_and_nobody_signs_for_another_level(city):
    b = drafted(city)
    with pytest.raises(Refused, match="不能“签发”"):
        commands.sign(b.pk, by=city.clerk, at=AFTER, seen_digest=digest_of(b))
    both = city.person("兼职", city.office, "leader", "CITY")
    Bulletin.everything.filter(pk=b.pk).update(drafted_by=both.id)
    with pytest.raises(Refused, match="起草人不能签发"):
        commands.sign(b.pk, by=both, at=AFTER, seen_digest=digest_of(b))
    own = drafted(city, by=city.county_clerk, kind="BRIEF")
    with pytest.raises(Refused, match="本级领导"):
        commands.sign(own.pk, by=city.mayor, at=AFTER, seen_digest=digest_of(own))
    with acting_as(city.county_leader), pytest.raises(Bulletin.DoesNotExist):
        Bulletin.objects.opening(pk=b.pk).get()


def test_what_was_sent_back_is_revised_before_it_is_signed(city):
    b = drafted(city)
    with pytest.raises(Refused, match="理由"):
        commands.send_back(b.pk, by=city.mayor, at=AFTER, reason="")
    commands.send_back(b.pk, by=city.mayor, at=AFTER, reason="请补充夜间检查情况")
    with pytest.raises(Refused, match="退回修改"):
        commands.sign(b.pk, by=city.mayor, at=AFTER, seen_digest=digest_of(b))
    assert ("RETURNED", b.pk) in {(n.kind, n.subject) for n in Notice.objects.filter(person=city.clerk.id)}
    commands.revise(
        b.pk, by=city.clerk, at=AFTER, place="", named=FIRST_DAYS, sections=EVERYTHING,
        words=WORDS | {"problems": "夜间检查只有一次。"},
    )  # fmt: skip
    assert signed(city, fresh(b)).number == "郑安委办〔2019〕1号"


def test_a_figure_that_moved_after_it_was_read_is_read_again_and_takes_no_number(city):
    b = drafted(city)
    read = digest_of(b)
    scenes.ordered(city)
    with pytest.raises(Conflict, match="重新阅读"):
        commands.sign(b.pk, by=city.mayor, at=AFTER, seen_digest=read)
    assert fresh(b).state == "DRAFT"
    assert signed(city, fresh(b)).no == 1


def test_what_is_signed_is_not_signed_revised_or_withdrawn_again(city):
    b = signed(city)
    for act, given in (
        (commands.sign, {"by": city.mayor, "seen_digest": b.digest}),
        (commands.withdraw, {"by": city.clerk, "reason": "不再需要了"}),
        (commands.send_back, {"by": city.mayor, "reason": "数字有误,请核"}),
    ):
        with pytest.raises(Refused, match="已签发"):
            act(b.pk, at=AFTER, **given)


# -- signing ---------------------------------------------------------------------------------------


def test_numbers_run_without_gap_per_office_kind_and_year(city):
    first, second = signed(city), signed(city)
    commands.withdraw(drafted(city).pk, by=city.clerk, at=AFTER, reason="改发简报了")
    third = signed(city)
    brief = signed(city, drafted(city, kind="BRIEF"))
    county = signed(city, drafted(city, by=city.county_clerk, kind="BRIEF"), by=city.county_leader)
    assert [b.number for b in (first, second, third)] == [f"郑安委办〔2019〕{n}号" for n in (1, 2, 3)]
    assert brief.number == county.number == "2019年第1期"
    assert brief.called == "简报2019年第1期"
    later_year = signed(city, drafted(city, at=later(days=130)), at=later(days=130))
    assert later_year.number == "郑安委办〔2020〕1号"


def test_signing_freezes_every_figure_with_its_code_value_and_count_of_rows(city):
    scenes.ordered(city)
    b = signed(city)
    figures = {(f["code"], f["place"], f["sector"]): f for f in b.frozen["figures"]}
    found = figures["found_general", "4101", ""]
    assert (found["value"], found["rows"]) == (1, 1)
    assert figures["found_general", JINSHUI, ""]["value"] == 1
    assert figures["found_general", "4101", "HAZCHEM"]["value"] == 1
    for f in b.frozen["figures"]:
        assert isinstance(f["rows"], int)
    assert b.version
    assert len(b.digest) == 64
    kept = keeping.of(b.kept_sha256)
    assert kept is not None
    assert len(kept["found_general"][1]) == 1


def test_the_leader_is_asked_and_the_readers_are_told(city):
    _ = city.mayor, city.county_clerk
    b = drafted(city, addressed=[JINSHUI])
    assert Notice.objects.filter(person=city.mayor.id, kind="WAITING", subject=b.pk).exists()
    assert not Notice.objects.filter(person=city.county_clerk.id).exists()
    signed(city, b)
    assert Notice.objects.filter(person=city.county_clerk.id, subject=b.pk).exists()


def test_a_county_reads_the_citys_bulletin_that_was_sent_to_it_once_it_is_signed(city):
    _ = city.county_clerk, city.far_clerk
    b = drafted(city, addressed=[JINSHUI])
    with acting_as(city.county_clerk):
        assert not Bulletin.objects.opening(pk=b.pk).exists()
    signed(city, b)
    with acting_as(city.county_clerk):
        assert Bulletin.objects.opening(pk=b.pk).exists()
        assert list(Bulletin.objects.along(Axis.HANDED)) == [fresh(b)]
        assert not Bulletin.objects.exists()
    with acting_as(city.far_clerk):
        assert not Bulletin.objects.opening(pk=b.pk).exists()
    with acting_as(city.principal):
        assert not Bulletin.objects.opening(pk=b.pk).exists()


def test_a_countys_bulletin_belongs_to_the_county(city):
    b = drafted(city, by=city.county_clerk, kind="BRIEF")
    with acting_as(city.far_clerk):
        assert not Bulletin.objects.opening(pk=b.pk).exists()
    with acting_as(city.clerk):
        assert Bulletin.objects.opening(pk=b.pk).exists()
    with pytest.raises(Refused, match="由起草单位"):
        commands.withdraw(b.pk, by=city.clerk, at=AFTER, reason="不再需要了")


def test_every_act_stands_in_the_journal(city):
    b = signed(city)
    acts = JournalEntry.objects.filter(kind="bulletin", subject=b.pk).order_by("seq")
    assert list(acts.values_list("act", flat=True)) == ["draft", "sign"]


# -- restating -------------------------------------------------------------------------------------


def test_a_signed_bulletin_that_nothing_happened_to_says_so(city):
    scenes.ordered(city)
    assert restating.changes(signed(city)) == []


def test_a_correction_shows_figure_by_figure_and_the_frozen_figure_stays(city):
    h, other = scenes.ordered(city), scenes.ordered(city)
    b = signed(city)
    before = b.content
    hazards.ask_void(h.pk, by=city.officer, at=later(days=11), reason="重复登记,现场不存在")
    hazards.void(h.pk, by=city.head, at=later(days=11))
    b = fresh(b)
    assert b.content == before
    assert '"code":"found_general"' in b.content
    changed = {(c.code, c.place, c.sector): c for c in restating.changes(b)}
    found = changed["found_general", "4101", ""]
    assert (found.frozen, found.now) == (2, 1)
    assert found.moved is not None
    assert (found.moved.gone, found.moved.come) == ((h.pk,), ())
    assert (changed["found_general", JINSHUI, ""].frozen, changed["found_general", JINSHUI, ""].now) == (2, 1)
    assert changed["found_general", "4101", "HAZCHEM"].now == 1
    assert ("visits", "4101", "") not in changed
    with acting_as(city.clerk):
        assert restating.named(found.moved, found.moved.gone) == [(h.number, h.get_absolute_url())]
    live = engine.read(engine.Ask(("found_general",), ("4101",), FIRST_DAYS.period))
    assert live["found_general", "4101"] == 1
    assert other.pk


def test_what_arrives_late_comes_into_the_figure(city):
    b = signed(city)
    late = hazards.adopt(
        by=city.clerk, at=later(days=11), description="迟到的一处", source="GOV_OPEN", found_on=date(2019, 9, 5),
        county=JINSHUI, town=scenes.STREET, sector="TRADE", enterprise=None, import_file="e" * 64, import_row=1,
        import_key="late",
    )  # fmt: skip
    changed = {(c.code, c.place): c for c in restating.changes(b) if not c.sector}
    came = next(c for c in changed.values() if c.moved and c.moved.come)
    assert came.moved is not None
    assert came.moved.come == (late.pk,)


def test_a_corrected_sector_names_the_record_in_the_figures_of_both_sectors_and_in_no_other(city):
    h, other = scenes.ordered(city), scenes.ordered(city)
    b = signed(city)
    hazards.correct(
        h.pk, by=city.head, at=later(days=11), reason="登记时行业领域选错", changes={"found_sector": "TRADE"}
    )
    found = {
        (c.place, c.sector): c
        for c in restating.changes(b)
        if c.code == "found_general" and c.moved is not None
    }
    assert set(found) == {("4101", "HAZCHEM"), ("4101", "TRADE")}
    left, came = found["4101", "HAZCHEM"], found["4101", "TRADE"]
    assert (left.frozen, left.now, left.moved) == (2, 1, restating.Moved("hazards.hazard", (h.pk,), ()))
    assert (came.now, came.moved) == (1, restating.Moved("hazards.hazard", (), (h.pk,)))
    assert other.pk


def test_where_one_record_leaves_and_another_enters_the_same_number_is_restated_too(city):
    h = scenes.ordered(city)
    b = signed(city)
    hazards.ask_void(h.pk, by=city.officer, at=later(days=11), reason="重复登记,现场不存在")
    hazards.void(h.pk, by=city.head, at=later(days=11))
    late = hazards.adopt(
        by=city.clerk, at=later(days=11), description="迟到的一处", source="GOV_OPEN", found_on=date(2019, 9, 5),
        county=JINSHUI, town=scenes.STREET, sector="HAZCHEM", enterprise=None, import_file="e" * 64, import_row=1,
        import_key="late",
    )  # fmt: skip
    found = {(c.place, c.sector): c for c in restating.changes(b) if c.code == "found_general"}
    same = found["4101", ""]
    assert same.frozen == same.now == 1
    assert same.moved == restating.Moved("hazards.hazard", (h.pk,), (late.pk,))


# -- correcting ------------------------------------------------------------------------------------


def test_a_corrected_bulletin_names_the_one_it_replaces_and_only_once(city):
    old = signed(city)
    with pytest.raises(Refused, match="理由"):
        drafted(city, replaces=old)
    with pytest.raises(Refused, match="种类要与原件相同"):
        drafted(city, replaces=old, kind="BRIEF", correction="原件漏计一处")
    with pytest.raises(Refused, match="已签发的才需要"):
        drafted(city, replaces=drafted(city), correction="原件漏计一处")
    new = signed(city, drafted(city, replaces=old, correction="原件漏计一处"))
    assert new.replaces_id == old.pk
    assert new.no == 2
    with pytest.raises(Refused, match="已有更正件"):
        drafted(city, replaces=old, correction="再改一次数字")
    with acting_as(city.clerk):
        from anlan.figures.bulletins import queries

        assert queries.corrected_by(old) == new


# -- verifying -------------------------------------------------------------------------------------


def test_verify_names_a_frozen_bulletin_that_was_changed_by_hand(city):
    from anlan.evidence import store

    b = signed(city)
    with acting_as(SYSTEM):
        assert list(verify.check()) == []
        said = json.loads(b.content)
        said["figures"][0]["value"] = 999
        Bulletin.everything.filter(pk=b.pk).update(content=json.dumps(said, ensure_ascii=False))
        assert ["散列值不符" in str(f.reason) for f in verify.check()] == [True]
        Bulletin.everything.filter(pk=b.pk).update(content=b.content)
        path = store.path_of(b.pdf_sha256)
        path.chmod(0o600)
        path.write_bytes(b"other")
        assert ["PDF" in str(f.reason) for f in verify.check()] == [True]
        path.unlink()
        Bulletin.everything.filter(pk=b.pk).update(pdf_sha256=b.docx_sha256, no=7)
        assert {str(f.reason)[-8:] for f in verify.check()} == {"1与序列不符", "7与序列不符"} or len(
            list(verify.check())
        ) == 2


# -- papers ----------------------------------------------------------------------------------------


def test_the_papers_are_those_that_were_signed_and_say_what_an_official_paper_says(city):
    from anlan.evidence import store
    from anlan.figures.bulletins import render

    scenes.ordered(city)
    old = signed(city)
    b = signed(city, drafted(city, replaces=old, correction="原件漏计一处"))
    said = render.context(b, b.frozen)
    text = render.text(said)
    for words in ("郑安委办〔2019〕2号", "签发人", "程市长", "各县（市、区）人民政府", "排查一般隐患1处，重大隐患0处",
                  "更正并替代郑安委办〔2019〕1号", "抄送", "附件1", "位次"):  # fmt: skip
        assert words in text, words
    assert store.sha256(render.pdf(said)) == b.pdf_sha256
    assert store.sha256(render.docx(said)) == b.docx_sha256
