"""Official documents: who may draft, sign and serve them; numbers without gap; who sees them."""

import json
from datetime import date

import pytest

from anlan.enforcement import commands
from anlan.enforcement.models import Document, DocumentSeries
from anlan.enforcement.tests.scenes import (
    HANDOVER,
    NOW,
    ORDER,
    REMEDIES,
    REVIEW,
    TODAY,
    Bureau,
    later,
    see,
    serve,
    twin_of,
)  # fmt: skip
from anlan.evidence import store
from anlan.hazards import commands as hazards
from anlan.hazards.tests import scenes
from anlan.kernel import tally
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.kernel.words import Refused
from anlan.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Bureau:
    return Bureau()


def fresh(d: Document) -> Document:
    return Document.everything.get(pk=d.pk)


# -- refused -----------------------------------------------------------------------------------------


def test_who_drafted_it_does_not_sign_it(city):
    _ = city.vice
    d = city.handover_drafted()
    with pytest.raises(Refused, match="起草人不能签发自己起草的文书"):
        commands.approve(d.pk, by=city.clerk, at=NOW)
    assert (fresh(d).state, fresh(d).number) == ("DRAFT", "")


def test_an_officer_without_a_credential_drafts_no_order(city):
    h = city.ordered_in_writing()
    _ = city.heads
    bare = city._officer("无证员", "")
    with pytest.raises(Refused, match="无证员没有执法证"):
        commands.draft(by=city.officer, at=NOW, type=ORDER, hazards=[h], words=REMEDIES, second=bare)
    with pytest.raises(Refused, match="须由两名执法人员"):
        commands.draft(by=city.officer, at=NOW, type=ORDER, hazards=[h], words=REMEDIES)
    assert not Document.everything.exists()


def test_a_hazard_ordered_without_paper_gets_no_order_on_paper(city):
    h = scenes.ordered(city)
    _ = city.heads
    with pytest.raises(Refused, match="没有选择下达指令书"):
        commands.draft(by=city.officer, at=NOW, type=ORDER, hazards=[h], words=REMEDIES, second=city.second)


def test_nothing_is_ordered_twice(city):
    h = city.ordered_in_writing()
    d = city.order_approved(h)
    with pytest.raises(Refused, match=f"已有{d.number}"):
        city.order_drafted(h)


def test_there_is_no_review_opinion_without_a_served_order(city):
    h = city.ordered_in_writing()
    city.order_approved(h)
    hazards.submit(h.pk, by=city.principal, at=later(1), measures="已装", photos=scenes.photos(at=later(1)))
    hazards.accept(h.pk, by=city.officer, at=later(2), opinion="属实", second=city.second)
    with pytest.raises(Refused, match="没有已送达的责令限期整改指令书"):
        commands.draft(
            by=city.officer, at=later(2), type=REVIEW, hazards=[scenes.fresh(h)], words={"opinion": "合格"},
            second=city.second,
        )  # fmt: skip


def test_an_agency_in_which_nobody_could_sign_drafts_nothing(city):
    h = city.ordered_in_writing()
    with pytest.raises(Refused, match="没有其他签发人"):
        commands.draft(by=city.officer, at=NOW, type=ORDER, hazards=[h], words=REMEDIES, second=city.second)


def test_a_draft_is_not_served_and_a_served_one_not_signed_again(city):
    d = city.order_drafted()
    with pytest.raises(Refused, match="当前状态为“草稿”"):
        serve(d, by=city.officer)
    served = serve(commands.approve(d.pk, by=city.head, at=NOW), by=city.officer)
    with pytest.raises(Refused, match="当前状态为“已送达”"):
        commands.approve(served.pk, by=city.heads[1], at=NOW)


def test_an_order_whose_deadline_has_passed_is_not_signed(city):
    d = city.order_drafted()
    with pytest.raises(Refused, match="整改期限2019-09-09已过"):
        commands.approve(d.pk, by=city.head, at=later(8))


def test_a_credential_that_ended_before_the_signature_stops_it(city):
    last = (scenes.CREDENTIAL_ENDS - scenes.TODAY).days
    d = city.order_drafted(city.ordered_in_writing(at=later(last - 20), due=60), at=later(last - 20))
    with pytest.raises(Refused, match=f"执法证已于{scenes.CREDENTIAL_ENDS}到期"):
        commands.approve(d.pk, by=city.head, at=later(last + 10))


def test_another_agency_neither_finds_nor_signs_it(city):
    d = city.order_drafted()
    elsewhere = Bureau(county=scenes.ERQI, town="410103001")
    elsewhere.__dict__["bureau"] = scenes.organisation(
        "COUNTY_BUREAU", "二七区应急管理局", county=scenes.ERQI, sectors=["HAZCHEM"], doc_word="二应急"
    )
    stranger = elsewhere._officer("外区长", "", "department_head")
    with pytest.raises(Document.DoesNotExist):
        commands.approve(d.pk, by=stranger, at=NOW)
    assert see(d, stranger) is None


def test_what_was_sent_back_is_not_signed_until_it_was_mended(city):
    d = city.order_drafted()
    commands.send_back(d.pk, by=city.head, at=NOW, reason="法院写错了")
    with pytest.raises(Refused, match="退回修改"):
        commands.approve(d.pk, by=city.head, at=NOW)
    with pytest.raises(Refused, match="由起草人李强修改"):
        commands.revise(d.pk, by=city.second, at=NOW, words=REMEDIES, second=city.officer)
    commands.revise(
        d.pk, by=city.officer, at=NOW, words=REMEDIES | {"court": "郑州铁路运输法院"}, second=city.second
    )
    signed = commands.approve(d.pk, by=city.head, at=NOW)
    assert signed.words()["court"] == "郑州铁路运输法院"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"receiver": ""}, "请填写签收人"),
        ({"receipt": "REFUSED", "receiver": ""}, "拒绝签收的须留置送达"),
        ({"receipt": "REFUSED", "receiver": "", "how": "LEFT"}, "留置送达须有见证人"),
        ({"receipt": "ABSENT", "receiver": ""}, "无人签收不能算直接送达"),
        ({"how": "LEFT"}, "已签收的不是留置送达"),
        ({"how": "INTERNAL"}, "公文交换只用于单位之间"),
        ({"how": "ELECTRONIC"}, "须经受送达人同意"),
        ({"on": date(2019, 9, 1)}, "不能早于签发日期"),
        ({"on": date(2019, 9, 3)}, "不能晚于今天"),
    ],
)
def test_service_that_would_not_stand_is_refused(city, given, why):
    d = city.order_approved()
    with pytest.raises(Refused, match=why):
        serve(d, by=city.officer, **given)
    assert fresh(d).state == "APPROVED"
    assert see(d, city.principal) is None


# -- numbers -----------------------------------------------------------------------------------------


def test_numbers_follow_each_other_per_agency_type_and_year(city):
    first, second = (city.order_approved() for _ in range(2))
    assert (first.number, second.number) == ("金应急责改〔2019〕1号", "金应急责改〔2019〕2号")
    assert second.approved_on == TODAY
    other = commands.approve(city.handover_drafted(city.handed_over()).pk, by=city.vice, at=NOW)
    assert other.no == 1
    next_year = city.order_approved(at=later(200))
    assert next_year.number == "金应急责改〔2020〕1号"


def test_an_approval_that_fails_leaves_no_gap(city, settings, tmp_path):
    d = city.order_drafted()
    (tmp_path / "full").write_text("no folder")
    settings.EVIDENCE_DIR = tmp_path / "full"
    with pytest.raises(Refused, match="服务器无法保存文件"):
        commands.approve(d.pk, by=city.head, at=NOW)
    assert not DocumentSeries.objects.exists()
    assert (fresh(d).state, fresh(d).no) == ("DRAFT", None)
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    assert commands.approve(d.pk, by=city.head, at=NOW).no == 1


def test_in_a_bulk_approval_the_refused_one_leaves_no_gap(city):
    first = city.order_drafted()
    with acting_as(SYSTEM):
        twin = twin_of(city, first)
    drafts = [city.order_approved(), first, twin, city.order_drafted()]
    done = commands.approve.many([{"pk": d.pk} for d in drafts[1:]], by=city.head, at=NOW)
    assert [o.reason is None for o in done] == [True, False, True]
    assert [fresh(d).no for d in drafts] == [1, 2, None, 3]
    assert DocumentSeries.objects.get().last == 3


def test_a_character_that_no_font_can_show_is_refused_when_it_is_drafted(city):
    h = city.ordered_in_writing(description="配电箱\U00010fff无门")
    with pytest.raises(Refused, match="字库中没有"):
        city.order_drafted(h)


def test_a_void_document_keeps_its_number_and_the_next_one_has_another(city):
    h = city.ordered_in_writing()
    d = city.order_served(h)
    commands.void(d.pk, by=city.head, at=later(1), reason="受送达人名称有误")
    assert (fresh(d).state, fresh(d).number) == ("VOID", "金应急责改〔2019〕1号")
    again = city.order_approved(h, at=later(1))
    assert again.number == "金应急责改〔2019〕2号"


def test_a_draft_that_is_given_up_uses_no_number(city):
    d = city.order_drafted()
    commands.discard(d.pk, by=city.officer, at=NOW, reason="重复")
    assert (fresh(d).state, fresh(d).number) == ("VOID", "")
    assert city.order_approved().no == 1


# -- what it says ------------------------------------------------------------------------------------


def test_the_order_says_what_the_record_says(city):
    h = city.ordered_in_writing(location="二车间", basis="GB 50054", clause="第4.2条")
    d = city.order_approved(h)
    said = d.words()
    assert said["addressee"] == city.firm.name
    assert said["lines"][0] == {
        "no": 1, "description": h.description, "place": "二车间", "clause": "GB 50054 第4.2条",
        "requirement": "加装箱门,整理线路", "deadline": "2019-09-09", "opinion": "",
    }  # fmt: skip
    assert [o["credential"] for o in said["officers"]] == ["16010001", "16010002"]
    assert said["date"] == "2019-09-02"


@pytest.mark.parametrize(
    ("days", "article"),
    [(0, "《中华人民共和国安全生产法》第六十二条"), (800, "《中华人民共和国安全生产法》第六十五条")],
)
def test_it_rests_on_the_law_of_the_day(city, days, article):
    assert city.order_drafted(at=later(days)).words()["legal_basis"] == article


def test_several_hazards_of_one_firm_stand_on_one_order_and_of_two_firms_never(city):
    both = [city.ordered_in_writing(), city.ordered_in_writing(description="灭火器过期", due=10)]
    d = city.order_approved(*both)
    assert [line["deadline"] for line in d.words()["lines"]] == ["2019-09-09", "2019-09-12"]
    assert d.words()["deadline"] == "2019-09-12"
    assert d.lines.count() == 2
    other = Bureau()
    other.__dict__.update({k: v for k, v in city.__dict__.items() if k != "firm"})
    mixed = [city.ordered_in_writing(), other.ordered_in_writing()]
    with pytest.raises(Refused, match="一份文书只能针对一家企业"):
        city.order_drafted(*mixed)


def test_the_review_opinion_answers_the_order_line_by_line(city):
    good, bad = city.ordered_in_writing(), city.ordered_in_writing(description="灭火器过期")
    order = city.order_served(good, bad)
    for h in (good, bad):
        hazards.submit(
            h.pk, by=city.principal, at=later(1), measures="已办", photos=scenes.photos(at=later(1))
        )
    hazards.accept(good.pk, by=city.officer, at=later(2), opinion="箱门已装", second=city.second)
    hazards.fail(bad.pk, by=city.officer, at=later(2), still_open="仍有一具过期", due_on=date(2019, 9, 12))
    found = [scenes.fresh(good), scenes.fresh(bad)]
    from anlan.enforcement import drafting

    with acting_as(city.officer):
        words = drafting.suggested(REVIEW, found, city.officer)
    d = commands.draft(
        by=city.officer, at=later(2), type=REVIEW, hazards=found, words=words, second=city.second
    )
    said = d.words()
    assert d.answers_id == order.pk
    assert said["decision_number"] == order.number
    assert [line["opinion"] for line in said["lines"]] == ["箱门已装", "未整改到位：仍有一具过期"]
    assert "第1项已按要求整改完毕" in said["opinion"]
    assert "第2项未按要求整改完毕，责令于2019年9月12日前" in said["opinion"]


# -- who sees it -------------------------------------------------------------------------------------


def test_the_firm_sees_an_order_when_it_is_served_and_hears_of_it(city):
    d = city.order_approved()
    assert see(d, city.principal) is None
    serve(d, by=city.officer)
    assert see(d, city.principal) is not None
    assert see(d, city.worker) is None
    assert Notice.objects.filter(person=city.principal.id, subject_kind="document", subject=d.pk).exists()


def test_who_refuses_has_it_left_before_a_witness(city):
    d = serve(
        city.order_approved(),
        by=city.officer,
        how="LEFT",
        receipt="REFUSED",
        receiver="",
        witness="社区网格员",
    )
    assert (d.state, d.receipt) == ("SERVED", "REFUSED")
    assert "社区网格员" not in json.dumps(d.words(), ensure_ascii=False)


def test_the_organ_opens_a_hand_over_sheet_once_it_was_served(city):
    stranger_organ = scenes.organisation("DEPARTMENT", "市应急管理局", sectors=["TRADE"], doc_word="郑应急")
    user = scenes.account("科长")
    scenes.appoint(user, stranger_organ, "department_officer", "CITY", sectors=["TRADE"])
    receiver = scenes.actor(user)
    h = scenes.register(city.clerk, city.firm, general=False)
    hazards.assign(h.pk, by=city.clerk, at=NOW, to=stranger_organ, reply_due=date(2019, 9, 12))
    d = commands.approve(city.handover_drafted(scenes.fresh(h)).pk, by=city.vice, at=NOW)
    assert see(d, receiver) is None
    serve(d, by=city.clerk, how="INTERNAL")
    assert see(d, receiver) is not None
    assert d.words()["reply_due"] == "2019-09-12"


def test_the_signer_hears_of_a_draft_and_the_drafter_of_the_signature(city):
    d = city.order_drafted()
    about = Notice.objects.filter(subject_kind="document", subject=d.pk)
    assert set(about.values_list("person", flat=True)) == {h.id for h in city.heads}
    commands.approve(d.pk, by=city.head, at=NOW)
    assert about.filter(person=city.officer.id).exists()


def test_no_figure_moves_because_of_a_paper(city):
    h = city.ordered_in_writing()

    def figures():
        tally.fold()
        return sorted(tally.TallyDay.objects.values_list("measure", "day", "county", "n"))

    before = figures()
    commands.void(city.order_served(h).pk, by=city.head, at=NOW, reason="有误")
    assert figures() == before


# -- files -------------------------------------------------------------------------------------------


def test_what_was_signed_lies_in_the_store_under_its_hash(city):
    d = city.order_approved()
    assert store.path_of(d.pdf_sha256).read_bytes().startswith(b"%PDF")
    assert store.holds(d.docx_sha256)
    assert d.approved_by_name == "赵局"
    assert d.type != HANDOVER
