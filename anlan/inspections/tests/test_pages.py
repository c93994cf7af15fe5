"""The pages of visits: not yours is not found, refusals are told with what was typed still there."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from anlan.hazards.tests.scenes import NOW, City, account, actor, appoint, organisation
from anlan.inspections import commands
from anlan.inspections.models import Answer, Visit
from anlan.inspections.tests.scenes import answered, begun, fault, finished, fresh, met
from anlan.kernel.scope import Actor
from anlan.people.models import User
from anlan.standards import checklists

pytestmark = pytest.mark.django_db
#: pages show pictures, and the photos of scenes are none
UNSHOWN = {"before": (), "no_photo": "防爆区禁止拍照"}


@pytest.fixture
def city():
    return City()


def at_desk(who: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=who.id), backend="anlan.people.accounts.Accounts")
    return client


@pytest.fixture(autouse=True)
def _that_day(monkeypatch):
    """Pages read the clock; the scene is the second of September 2019."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def test_a_covert_visit_is_not_found_by_anybody_else(city):
    v = commands.begin(by=city.supervisor, at=NOW, source="GOV_COVERT", enterprise=city.firm)
    for who in (city.officer, city.principal, city.clerk):
        desk = at_desk(who)
        assert desk.get(v.get_absolute_url()).status_code == 404
        assert desk.get(reverse("inspections:paper", args=[v.pk])).status_code == 404
        assert v.number not in desk.get(reverse("inspections:list")).content.decode()
    assert at_desk(city.supervisor).get(v.get_absolute_url()).status_code == 200


def test_a_firm_sees_no_list_of_who_has_not_checked_himself(city):
    assert at_desk(city.principal).get(reverse("inspections:rhythm")).status_code == 404
    assert at_desk(city.officer).get(reverse("inspections:rhythm")).status_code == 200


def test_an_expert_without_a_place_is_told_that_he_goes_along_with_others(city):
    pool = organisation("EXPERT_POOL", "市专家库", system="EXPERT")
    user = account("于专家")
    appoint(user, pool, "expert", "NAMED", since=date(2019, 8, 1), until=date(2020, 8, 1))
    desk = at_desk(actor(user))
    assert reverse("inspections:begin") not in desk.get(reverse("inspections:list")).content.decode()
    page = desk.get(reverse("inspections:begin")).content.decode()
    assert "由检查单位安排检查时选您参加" in page
    assert desk.post(reverse("inspections:begin"), {"enterprise": city.firm.name}).status_code == 422
    assert not Visit.everything.exists()


def test_a_refused_beginning_keeps_what_was_typed(city):
    said = {"enterprise": city.firm.name, "source": "GOV_OPEN", "places": "OTHER", "basis": "群众反映"}
    answer = at_desk(city.officer).post(reverse("inspections:begin"), said)
    assert answer.status_code == 422
    assert "两名执法人员" in answer.content.decode()
    assert "群众反映" in answer.content.decode()
    assert not Visit.everything.exists()


def test_one_item_is_saved_and_the_sheet_goes_on_with_the_next(city):
    v = begun(city)
    desk = at_desk(city.officer)
    answer = desk.post(reverse("inspections:item", args=[v.pk, "HC01"]), {"result": "MET"})
    assert answer.status_code == 302
    assert answer["Location"].endswith("#i-HC02")
    assert Answer.everything.get().result == "MET"
    anew = desk.post(
        reverse("inspections:item", args=[v.pk, "HC01"]), {"result": "NA"}, headers={"HX-Request": "true"}
    )
    assert anew.status_code == 200
    assert 'id="i-HC01"' in anew.content.decode()
    assert "hx-swap-oob" in anew.content.decode()


def test_a_fault_beside_the_list_that_says_nothing_is_not_kept(city):
    v = begun(city)
    desk, to = at_desk(city.officer), reverse("inspections:item", args=[v.pk, "x1"])
    answer = desk.post(to, {"result": "NOT_MET", "words": " "})
    assert answer.status_code == 422
    assert "请写明存在的问题" in answer.content.decode()
    assert not Answer.everything.exists()
    assert desk.post(to, {"result": "NOT_MET", "words": "通道堆放杂物"}).status_code == 302
    assert desk.post(to, {"result": "MET", "words": "通道堆放杂物"}).status_code == 302


def test_the_approved_figure_of_the_last_visit_is_offered_as_people_write_it(city):
    v = begun(city)
    answered(city, v, {"code": "HC15", "number": Decimal(80), "limit": Decimal("100.5")})
    finished(city, v)
    commands.file(v.pk, by=city.officer, at=NOW)
    page = at_desk(city.officer).get(reverse("inspections:sheet", args=[begun(city).pk])).content.decode()
    assert 'name="limit" value="100.5"' in page


def test_an_item_that_is_not_of_the_version_is_told_and_not_kept(city):
    v = begun(city)
    answer = at_desk(city.officer).post(reverse("inspections:item", args=[v.pk, "HC77"]), {"result": "MET"})
    assert answer.status_code == 422
    assert "不是本次检查所用检查表" in answer.content.decode()
    assert not Answer.everything.exists()


def test_the_end_shows_what_will_be_registered_before_it_is(city):
    v = begun(city)
    answered(city, v, *met("HC01"), fault("HC09", "罐区未设报警器", **UNSHOWN))
    page = at_desk(city.officer).get(reverse("inspections:finish", args=[v.pk])).content.decode()
    assert "将登记 1 处隐患" in page
    assert "拟定重大" in page
    assert "罐区未设报警器" in page
    assert fresh(v).state == "UNDERWAY"


def test_an_end_that_is_refused_for_one_item_leads_to_it(city):
    v = begun(city)
    answered(city, v, fault("HC09", "罐区未设报警器", before=()))
    answer = at_desk(city.officer).post(
        reverse("inspections:finish", args=[v.pk]), {"conclusion": "完毕", "signer": "陈"}
    )
    assert answer.status_code == 422
    assert f"{reverse('inspections:sheet', args=[v.pk])}#i-HC09" in answer.content.decode()
    assert fresh(v).state == "UNDERWAY"


def test_an_end_from_an_old_page_is_a_conflict(city):
    v = begun(city)
    answered(city, v, *met("HC01"))
    said = {"conclusion": "完毕", "signer": "陈", "seen": "1"}
    answer = at_desk(city.officer).post(reverse("inspections:finish", args=[v.pk]), said)
    assert answer.status_code == 409
    assert fresh(v).state == "UNDERWAY"


def test_the_record_on_paper_names_officers_credentials_and_faults(city):
    v = begun(city)
    answered(city, v, fault("HC13", "租用院落储存溶剂", location="东院", **UNSHOWN))
    finished(city, v, signer="", refused=True, witness="社区网格员")
    paper = at_desk(city.officer).get(reverse("inspections:paper", args=[v.pk])).content.decode()
    for words in ("现场检查记录", "李强", "16010001", "16010002", "租用院落储存溶剂", "东院", "社区网格员"):
        assert words in paper


def test_the_figure_opens_into_the_visits_it_counted(city):
    v = begun(city)
    answered(city, v, *met("HC01"))
    finished(city, v)
    page = at_desk(city.clerk).get("/figures/rows/?code=visits&from=2019-09-01&to=2019-09-30")
    assert v.number in page.content.decode()


def test_only_those_who_keep_checklists_see_a_draft(city):
    c = checklists.in_force("HAZCHEM", on=NOW.date())
    office = at_desk(city.clerk)
    answer = office.post(reverse("standards:draft", args=[c.pk]))
    draft = checklists.draft_of("HAZCHEM")
    assert answer["Location"] == draft.get_absolute_url()
    assert at_desk(city.officer).get(draft.get_absolute_url()).status_code == 404
    assert at_desk(city.officer).post(reverse("standards:draft", args=[c.pk])).status_code == 404
    assert office.post(reverse("standards:draft", args=[c.pk])).status_code == 422
    assert office.get(reverse("standards:compare", args=[draft.pk])).status_code == 200
    assert office.get(reverse("standards:publish", args=[draft.pk])).status_code == 200
    assert (
        office.post(reverse("standards:publish", args=[draft.pk]), {"since": "2019-09-01"}).status_code == 422
    )
