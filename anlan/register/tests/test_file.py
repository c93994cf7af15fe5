"""The enterprise file: who may make it, what it may say, who sees it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from anlan.kernel import personal
from anlan.kernel.command import new_id
from anlan.kernel.journal import JournalEntry, Personal
from anlan.kernel.replay import Replay
from anlan.kernel.scope import ScopeNotSet, acting_as
from anlan.kernel.words import Refused
from anlan.register import commands, queries
from anlan.register.models import Enterprise, Premises, ResponsiblePerson
from anlan.register.states import State
from anlan.register.tests.scenes import (
    JINSHUI,
    NOW,
    TODAY,
    ZHONGMU,
    applied,
    enterprise,
    facts,
    officer,
    person,
    principal_of,
)

pytestmark = pytest.mark.django_db
OFFICER, NEIGHBOUR, CITY = officer(), officer(ZHONGMU), officer("")


def test_a_wrong_check_character_is_refused_in_words():
    good = facts()["uscc"]
    wrong = good[:-1] + ("2" if good[-1] != "2" else "3")
    with pytest.raises(Refused, match="最后一位校验不符"):
        enterprise(uscc=wrong)
    assert not Enterprise.everything.exists()


def test_a_missing_code_is_for_sole_traders_only():
    with pytest.raises(Refused, match="请填写统一社会信用代码"):
        enterprise(uscc="")
    assert enterprise(uscc="", scale="SOLE").uscc == ""


def test_the_same_code_is_not_entered_twice():
    first = enterprise()
    with pytest.raises(Refused, match="已经登记"):
        enterprise(uscc=first.uscc)
    assert Enterprise.everything.count() == 1


def test_two_firms_without_a_code_do_not_clash():
    enterprise(uscc="", scale="SOLE")
    enterprise(uscc="", scale="SOLE")
    assert Enterprise.everything.count() == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "全称"),
        ({"county": "410107", "town": ""}, "不是管理单位"),
        ({"town": "410122001"}, "不归所选"),
        ({"town": "410105560"}, "不归所选"),
        ({"sector": "RESUME"}, "不在使用"),
        ({"industry": "B26"}, "属于门类C"),
        ({"lng": Decimal("34.7"), "lat": Decimal("113.6")}, "填反"),
        ({"lng": Decimal("113.6")}, "同时填写"),
        ({"headcount": -1}, "从业人数"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_in_words(given, said):
    with pytest.raises(Refused, match=said):
        enterprise(by=CITY, **given)


def test_a_county_enters_no_firm_of_another_county():
    with pytest.raises(Refused, match="本辖区"):
        enterprise(ZHONGMU, by=OFFICER)


def test_a_department_enters_no_firm_of_another_sector():
    with pytest.raises(Refused, match="本行业"):
        enterprise(by=officer(sectors=frozenset({"BUILD"})))


def test_a_firm_cannot_enter_itself_or_change_its_identity():
    mine = enterprise()
    with pytest.raises(Refused, match="您的职务不能"):
        commands.enter(by=principal_of(mine), at=NOW, **facts())
    with pytest.raises(Refused, match="您的职务不能"):
        commands.update(mine.pk, by=principal_of(mine), at=NOW, name="改名有限公司")
    with pytest.raises(TypeError):
        commands.declare(mine.pk, by=principal_of(mine), at=NOW, county=ZHONGMU)


def test_a_firm_of_another_county_is_not_found():
    theirs = enterprise(ZHONGMU)
    with acting_as(OFFICER):
        assert queries.enterprise(theirs.pk) is None
        assert queries.by_uscc(theirs.uscc) is None
        assert list(queries.enterprises()) == []
    with pytest.raises(Enterprise.DoesNotExist):
        commands.close(theirs.pk, by=OFFICER, at=NOW, opinion="搬走")


def test_nobody_reads_the_register_without_acting():
    with pytest.raises(ScopeNotSet):
        queries.enterprises()


def test_an_applicant_sees_nothing():
    enterprise()
    with acting_as(commands.APPLICANT):
        assert list(queries.enterprises()) == []


def test_a_refusal_needs_its_reason_and_lets_the_firm_apply_again():
    first = applied()
    with pytest.raises(Refused, match="理由"):
        commands.refuse(first.pk, by=OFFICER, at=NOW, opinion=" ")
    with pytest.raises(Refused, match="已经登记"):
        applied(uscc=first.uscc)
    commands.refuse(first.pk, by=OFFICER, at=NOW, opinion="营业执照不清")
    assert applied(uscc=first.uscc).state == State.PENDING


def test_no_approval_before_a_town_answers_for_the_firm():
    waiting = applied(town="")
    with pytest.raises(Refused, match="属地乡镇"):
        commands.approve(waiting.pk, by=OFFICER, at=NOW)


def test_the_principal_is_replaced_and_never_missing():
    mine = enterprise()
    holder = ResponsiblePerson.everything.get(enterprise=mine)
    with pytest.raises(Refused, match="不能空缺"):
        commands.end_person(mine.pk, by=OFFICER, at=NOW, person=holder.pk)


def test_a_post_stands_in_premises_of_the_same_firm():
    mine, other = enterprise(), enterprise()
    commands.add_premises(other.pk, by=OFFICER, at=NOW, name="二车间", kind="WORKSHOP")
    with pytest.raises(Refused, match="不属于本企业"):
        commands.add_workpost(mine.pk, by=OFFICER, at=NOW, name="焊工", premises=Premises.everything.get().pk)


# -- what works ------------------------------------------------------------------------------------


def test_the_file_has_the_key_of_its_organisation():
    mine = enterprise()
    assert mine.pk == mine.organisation_id
    with acting_as(principal_of(mine)):
        assert queries.enterprise(mine.pk) == mine


def test_a_sign_up_waits_for_its_place_and_then_stands():
    waiting = applied()
    with acting_as(OFFICER):
        assert list(queries.pending()) == [waiting]
    with acting_as(NEIGHBOUR):
        assert list(queries.pending()) == []
    approved = commands.approve(waiting.pk, by=OFFICER, at=NOW)
    assert (approved.state, approved.registered_on) == (State.ACTIVE, TODAY)


def test_the_same_act_twice_is_one_firm():
    id, inputs = new_id(), facts()
    first = commands.enter(by=OFFICER, at=NOW, id=id, **inputs)
    again = commands.enter(by=OFFICER, at=NOW, id=id, **inputs)
    assert again.pk == first.pk
    organisations = type(first.organisation)._base_manager.filter(name=inputs["name"])
    assert organisations.count() == 1


def test_a_firm_in_a_street_of_zhengdong_is_managed_there_and_counted_in_jinshui():
    there = enterprise("4101Z1", town="410105560")
    assert (there.county, there.region) == ("4101Z1", JINSHUI)
    with acting_as(OFFICER):
        assert queries.enterprise(there.pk) is None


def test_a_new_principal_follows_and_the_old_one_stays_in_history():
    mine = enterprise()
    new = person("李新民", "13900000000")
    commands.set_person(mine.pk, by=OFFICER, at=NOW.replace(month=10), role="PRINCIPAL", **new)
    rows = ResponsiblePerson.everything.filter(enterprise=mine, role="PRINCIPAL")
    current, past = rows.get(until=None), rows.exclude(until=None).get()
    assert personal.reveal([current.name])[current.name] == "李新民"
    assert personal.reveal([past.name])[past.name] == "王建国"
    assert (past.since, past.until, current.since) == (TODAY, date(2019, 10, 1), date(2019, 10, 2))


def test_a_name_of_a_person_stands_in_no_journal():
    enterprise(principal=person("独一无二"))
    assert "独一无二" not in "".join(JournalEntry.objects.values_list("body", flat=True))


def test_the_firm_declares_its_headcount_and_its_premises():
    mine = enterprise()
    boss = principal_of(mine)
    assert commands.declare(mine.pk, by=boss, at=NOW, headcount=120).headcount == 120
    commands.add_premises(mine.pk, by=boss, at=NOW, name="一号仓库", kind="STORE")
    store = Premises.everything.get()
    commands.add_workpost(mine.pk, by=boss, at=NOW, name="仓库保管员", premises=store.pk, people_no=3)
    commands.end_premises(mine.pk, by=boss, at=NOW, premises=store.pk)
    store.refresh_from_db()
    assert store.until == TODAY


def test_a_further_sector_is_added_once_and_removed():
    mine = enterprise()
    commands.add_sector(mine.pk, by=OFFICER, at=NOW, sector="SPECIAL")
    with pytest.raises(Refused, match="已经列入"):
        commands.add_sector(mine.pk, by=OFFICER, at=NOW, sector="SPECIAL")
    commands.remove_sector(mine.pk, by=OFFICER, at=NOW, sector="SPECIAL")
    commands.add_sector(mine.pk, by=OFFICER, at=NOW, sector="SPECIAL")


def test_a_firm_handed_on_leaves_one_county_and_enters_another():
    mine = enterprise()
    commands.update(mine.pk, by=OFFICER, at=NOW, county=ZHONGMU, town="410122001")
    with acting_as(OFFICER):
        assert queries.enterprise(mine.pk) is None
    with acting_as(NEIGHBOUR):
        assert queries.enterprise(mine.pk).region == ZHONGMU


def test_a_closed_firm_can_come_back():
    mine = enterprise()
    assert commands.close(mine.pk, by=OFFICER, at=NOW, opinion="停业").closed_on == TODAY
    back = commands.reopen(mine.pk, by=OFFICER, at=NOW, opinion="恢复经营")
    assert (back.state, back.closed_on) == (State.ACTIVE, None)


def test_a_name_finds_its_firm_and_its_likeness():
    mine = enterprise(name="郑州中原红星化工有限公司")
    enterprise(name="河南红星建材有限责任公司")
    with acting_as(OFFICER):
        assert queries.named(mine.uscc.lower()) == mine
        assert queries.named("郑州中原红星化工有限公司") == mine
        assert queries.named("红星") is None
        assert queries.alike(name="河南中原红星化工有限责任公司", county=JINSHUI) == [mine]


def test_replay_finds_nothing_touched_and_names_what_was():
    mine = enterprise()
    commands.set_person(mine.pk, by=OFFICER, at=NOW, role="PRINCIPAL", **person("李新民"))
    commands.add_premises(mine.pk, by=OFFICER, at=NOW, name="仓库")

    def ours():
        return [str(f.reason) for f in Replay().findings() if "enterprise" in f.kind or "register" in f.kind]

    assert ours() == []
    Enterprise.everything.filter(pk=mine.pk).update(headcount=1)
    assert len(ours()) == 1


def test_a_firm_comes_with_the_premises_and_posts_that_are_known_from_the_first_day():
    mine = enterprise(
        premises=[{"name": "一号厂区", "kind": "PLANT"}], workposts=[{"name": "焊工", "people_no": 12}]
    )
    with acting_as(OFFICER):
        assert [p.name for p in mine.premises.all()] == ["一号厂区"]
        assert [(w.name, w.people_no) for w in mine.workposts.all()] == [("焊工", 12)]
    with pytest.raises(Refused):
        enterprise(name="郑州无名场所有限公司", premises=[{"name": " "}])


# -- sent twice --------------------------------------------------------------------------------------


def application(**given: Any) -> dict[str, Any]:
    """What the page of the sign-up sends."""
    said = {"act_id": str(new_id()), "principal_name": "王建国", "principal_phone": "13800000000"}
    return facts() | said | {"manager_name": "王建国", "manager_phone": "13800000000"} | given


def test_the_same_sign_up_sent_twice_is_one_application_and_one_set_of_names(client):
    sent = application()
    first, second = (client.post("/register/sign-up/", sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.context["e"].pk == second.context["e"].pk
    assert Enterprise.everything.filter(uscc=sent["uscc"]).count() == 1
    assert sorted(Personal.objects.values_list("value", flat=True)) == ["13800000000", "王建国"]


def test_the_same_id_with_another_name_is_no_repetition(client):
    sent = application()
    client.post("/register/sign-up/", sent)
    other = client.post("/register/sign-up/", sent | {"principal_name": "李建国"})
    assert other.status_code == 422
    assert "已用于另一次提交" in other.content.decode()
    assert not Personal.objects.filter(value="李建国").exists()


def test_a_refused_sign_up_keeps_nobodys_name(client):
    refused = client.post("/register/sign-up/", application(headcount=-1))
    assert refused.status_code == 422
    assert Personal.objects.count() == Enterprise.everything.count() == 0
