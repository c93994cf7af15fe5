"""What is said about a hazard without moving it: opinions, instructions, reports upward, notices. Refusals first."""

from datetime import date

import pytest

from anlan.hazards import commands, waiting
from anlan.hazards.models import Hazard, Instruction
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import TODAY, City, fresh, later, proposed, told
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.kernel.words import Refused
from anlan.notices.commands import read
from anlan.notices.models import Notice
from anlan.site import reminders

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def instruct(city: City, h, owner=None, due=date(2019, 9, 6), words="请应急局牵头整改"):
    said = {"words": words, "owner": owner or city.bureau, "due_on": due}
    return commands.instruct(h.pk, by=city.leader, at=later(1), **said)


def remind(at) -> int:
    with acting_as(SYSTEM):
        return reminders.remind(at=at)


def queue(actor, code: str, on: date = TODAY) -> set[int]:
    with acting_as(actor):
        return {h.pk for q in waiting.queues(actor, on=on) if q.code == code for h in q.rows}


# -- a leader's instruction -------------------------------------------------------------------------


def test_only_a_leader_instructs_and_an_instruction_has_an_owner_and_a_day(city):
    h = scenes.ordered(city)
    with pytest.raises(Refused, match="您的职务不能"):
        commands.instruct(
            h.pk, by=city.clerk, at=later(1), words="请办理", owner=city.bureau, due_on=date(2019, 9, 6)
        )
    with pytest.raises(Refused, match="批示内容"):
        instruct(city, h, words=" ")
    with pytest.raises(Refused, match="早于今天"):
        instruct(city, h, due=date(2019, 9, 1))
    with pytest.raises(Refused, match="由单位督促企业"):
        instruct(city, h, owner=scenes.Organisation.objects.get(pk=city.firm.pk))
    assert not Instruction.everything.exists()


def test_an_instruction_is_an_item_on_its_owner_s_desk_until_it_is_answered(city):
    h, officer, town = scenes.ordered(city), city.officer, city.town_officer
    instruct(city, h)
    assert ("INSTRUCTED", f"领导对{h.number}批示:请应急局牵头整改(2019-09-06前答复)") in told(officer)
    assert (queue(officer, "instructions"), queue(town, "instructions")) == ({h.pk}, set())
    with pytest.raises(Refused, match="不是交给您单位的"):
        commands.answer_instruction(h.pk, by=town, at=later(2), answer="已办理")
    commands.answer_instruction(h.pk, by=officer, at=later(2), answer="已现场督办")
    item = Instruction.everything.get(hazard=h)
    assert (item.owner_name, item.due_on, item.answered_on, item.answer) == (
        "区应急管理局", date(2019, 9, 6), date(2019, 9, 4), "已现场督办",
    )  # fmt: skip
    assert ("DECIDED", f"{h.number}的批示已答复:已现场督办") in told(city.leader)
    assert queue(officer, "instructions") == set()
    with pytest.raises(Refused, match="没有等待答复"):
        commands.answer_instruction(h.pk, by=officer, at=later(2), answer="再答")


def test_two_owners_answer_each_for_himself(city):
    h = scenes.ordered(city)
    instruct(city, h)
    instruct(city, h, owner=city.station, words="请街道跟进")
    commands.answer_instruction(h.pk, by=city.town_officer, at=later(2), answer="已跟进")
    assert (fresh(h).instructed, fresh(h).instructions_open) == ([city.bureau.pk], 1)
    assert queue(city.officer, "instructions") == {h.pk}


def test_a_leader_instructs_on_a_closed_one_too(city):
    h = scenes.submitted(city)
    commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格")
    assert instruct(city, h).instructions_open == 1


# -- experts ----------------------------------------------------------------------------------------


def test_an_expert_sees_what_he_was_asked_about_until_the_day_named(city):
    h, expert = scenes.ordered(city), city.expert
    with pytest.raises(Hazard.DoesNotExist):
        commands.opinion(h.pk, by=expert, at=later(), words="符合")
    said = {"words": "是否构成重大", "until": date(2019, 9, 10)}
    with pytest.raises(Refused, match="不是专家"):
        commands.consult(h.pk, by=city.officer, at=later(), expert=city.leader, **said)
    with pytest.raises(Refused, match="您的职务不能"):
        commands.consult(h.pk, by=city.principal, at=later(), expert=expert, **said)
    commands.consult(h.pk, by=city.officer, at=later(), expert=expert, **said)
    assert told(expert) == [("WAITING", f"请对{h.number}提出意见:是否构成重大(2019-09-10前)")]
    assert queue(expert, "consulted") == {h.pk}
    with pytest.raises(Hazard.DoesNotExist):
        scenes.see(h, scenes.replace(expert, today=date(2019, 9, 11)))


def test_an_opinion_decides_nothing_and_stands_in_the_file(city):
    h = proposed(city, by=city.expert)
    with pytest.raises(Refused, match="专家意见"):
        commands.opinion(h.pk, by=city.expert, at=later(), words=" ")
    said = commands.opinion(h.pk, by=city.expert, at=later(), words="符合第四条", thinks_major=True)
    assert (said.state, said.grade, said.opinions_given) == ("GRADING", "UNGRADED", 1)
    assert queue(city.expert, "consulted") == set()


def test_who_is_no_expert_gives_no_expert_s_opinion(city):
    h = scenes.ordered(city)
    for who in (city.officer, city.clerk, city.leader, city.principal, city.grid_officer):
        with pytest.raises(Refused, match="您的职务不能"):
            commands.opinion(h.pk, by=who, at=later(), words="符合")


# -- the safety manager's report upward (安全生产法 art. 46) -------------------------------------------


def test_the_safety_manager_reports_a_major_one_by_himself(city):
    officer = city.officer
    general = scenes.own(city)
    with pytest.raises(Refused, match="只有重大隐患可以直接报告"):
        commands.report_major(general.pk, by=city.manager, at=later(), words="负责人不处理")
    h = proposed(city, by=city.manager)
    with pytest.raises(Refused, match="报告内容"):
        commands.report_major(h.pk, by=city.manager, at=later(), words="")
    with pytest.raises(Refused, match="您的职务不能"):
        commands.report_major(h.pk, by=city.principal, at=later(), words="已安排")
    commands.report_major(h.pk, by=city.manager, at=later(), words="已报告两日,未见安排")
    assert ("WAITING", f"{h.number}由企业安全管理人员直接报告") in told(officer)


# -- notices ----------------------------------------------------------------------------------------


def test_assigned_due_returned_and_decided_are_told_once_each(city):
    principal, officer = city.principal, city.officer
    h = scenes.ordered(city, due=5)
    for _twice in range(2):
        remind(at=later(2))
    commands.ask_extension(h.pk, by=principal, at=later(2), reason="配件未到", until=date(2019, 9, 20))
    commands.refuse_extension(h.pk, by=officer, at=later(2), opinion="可按期完成")
    commands.submit(h.pk, by=city.manager, at=later(3), measures="已装门", photos=scenes.photos())
    commands.fail(h.pk, by=officer, at=later(4), still_open="未锁", due_on=date(2019, 9, 9))
    assert told(principal) == [
        ("ASSIGNED", f"{h.number}请于2019-09-07前完成整改"),
        ("DUE", f"{h.number}将于2019-09-07到期,请抓紧整改"),
        ("DECIDED", f"{h.number}的延期申请已有决定,期限为2019-09-07"),
        ("RETURNED", f"{h.number}验收不合格,请于2019-09-09前继续整改"),
    ]


def test_a_deadline_is_told_once_though_the_job_missed_a_day(city):
    principal = city.principal
    h = scenes.ordered(city, due=5)
    for days in (3, 4, 5):
        remind(at=later(days))
    assert [k for k, _ in told(principal)] == ["ASSIGNED", "DUE"]
    for days in (7, 8):
        remind(at=later(days))
    assert [k for k, _ in told(principal)] == ["ASSIGNED", "DUE", "OVERDUE"]
    assert ("OVERDUE", f"{h.number}已逾期,期限为2019-09-07") in told(city.officer)


def test_what_is_handed_in_is_not_reminded_of(city):
    scenes.submitted(city)
    assert remind(at=later(3)) == 0


def test_an_instruction_and_a_report_back_are_reminded_of_too(city):
    officer = city.officer
    h = scenes.handed(city)  # to be reported on by 9 September
    instruct(city, h, due=date(2019, 9, 12))
    remind(at=later(5))
    assert ("DUE", f"{h.number}须于2019-09-09前办结反馈") in told(officer)
    remind(at=later(8))
    assert ("DUE", f"领导对{h.number}的批示须于2019-09-12前答复") in told(officer)


def test_nobody_is_told_of_what_he_did_himself_and_reading_is_one_s_own(city):
    officer = city.officer
    h = scenes.ordered(city)
    assert told(officer) == []
    commands.urge(h.pk, by=city.clerk, at=later(1), words="请抓紧")
    assert read(person=city.clerk.id, at=later(2), pk=Notice.objects.get(person=officer.id).pk) == 0
    assert read(person=officer.id, at=later(2)) == 1
    assert Notice.objects.get(person=officer.id).read_at == later(2)


def test_who_keeps_the_accounts_or_audits_learns_nothing_of_hazards_by_a_notice(city):
    user = scenes.account("管理员")
    scenes.appoint(user, city.office, "administrator", "CITY")
    keeper, auditor, clerk = scenes.actor(user), city.auditor, city.clerk
    proposed(city, by=city.manager)
    assert told(clerk)
    assert (told(keeper), told(auditor)) == ([], [])
