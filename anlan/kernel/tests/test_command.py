"""One act, done once, wholly or not at all; a list of acts is the same acts."""

import contextlib
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from anlan.hazards import commands
from anlan.hazards.models import Hazard, ProgressReport, Round, Urging
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import ERQI, City, later
from anlan.kernel import command, events
from anlan.kernel.clock import Moment
from anlan.kernel.command import COMMANDS, Outcome, new_id, performs
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Access, Actor
from anlan.kernel.tally import TallyLine
from anlan.kernel.words import Conflict, Reason, Refused
from anlan.people import commands as people
from anlan.people.models import User
from anlan.register.tests import scenes as firms
from anlan.site import verify

pytestmark = pytest.mark.django_db
DUE = date(2019, 9, 9)


@pytest.fixture
def city() -> City:
    city = City()
    assert all((city.clerk, city.officer, city.second, city.head, city.principal))
    return city


@pytest.fixture
def h(city) -> Hazard:
    return scenes.register(city.officer, city.firm)


def traces() -> dict[str, int]:
    counted = (JournalEntry, TallyLine, Hazard, Round, Urging, ProgressReport, Access)
    return {m.__name__: m._base_manager.count() for m in counted}


def foreign(county: str = ERQI) -> Hazard:
    """A hazard of another county, found by somebody there."""
    bureau = scenes.organisation("COUNTY_BUREAU", "二七区应急管理局", county=county)
    user = scenes.account("外区")
    scenes.appoint(user, bureau, "department_officer", "COUNTY", code=county, sectors=["HAZCHEM"])
    return scenes.register(scenes.actor(user), firms.enterprise(county))


# -- refused: nothing has changed -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"due_on": date(2019, 9, 1), "requirement": "装门"}, "早于今天"),
        ({"due_on": DUE, "requirement": " "}, "请填写整改要求"),
        ({"due_on": DUE, "requirement": "装门" * 251}, "超过500个字"),
        ({"due_on": DUE, "requirement": "装门", "legal": True}, "两名执法人员"),
    ],
)
def test_an_act_refused_leaves_no_trace(city, h, inputs, said):
    before = traces()
    with pytest.raises(Refused, match=said):
        commands.order(h.pk, by=city.officer, at=later(), **inputs)
    assert traces() == before
    assert (scenes.fresh(h).state, scenes.fresh(h).seq, scenes.fresh(h).due_on) == ("REGISTERED", 1, None)


def test_a_record_that_is_refused_is_never_made(city):
    before = traces()
    with pytest.raises(Refused, match="照片"):
        scenes.register(city.officer, city.firm, no_photo_because=" ")
    assert traces() == before


def test_a_position_that_may_not_is_told_so(city, h):
    with pytest.raises(Refused, match="您的职务不能“责令整改”"):
        commands.order(h.pk, by=city.principal, at=later(), due_on=DUE, requirement="装门")


def test_an_act_out_of_turn_names_the_state_and_who_led_there(city, h):
    with pytest.raises(Refused, match="当前状态为“已登记”,不能“验收销号”:李强已办理“登记”"):
        commands.accept(h.pk, by=city.officer, at=later(), opinion="合格")


def test_a_rule_of_the_database_is_said_in_words(city):
    name = User.objects.get(pk=city.officer.id).username
    with pytest.raises(Refused, match="已经有人使用"), transaction.atomic():
        scenes.account("重名", username=name)


def test_a_text_too_long_for_its_column_is_refused_with_its_beginning(city):
    with pytest.raises(Refused, match=r"“配电箱.*超过1000个字"):
        scenes.register(city.officer, city.firm, description="配电箱" * 400)


def test_an_act_needs_a_person_and_an_instant(h):
    with pytest.raises(TypeError):
        commands.urge(h.pk, words="请尽快")


def test_a_transition_has_one_command():
    with pytest.raises(ValueError, match=r"hazard\.urge has two commands"):
        performs(COMMANDS["hazard.urge"].workflow, "urge", on=Hazard)(lambda h, *, act: None)


@pytest.mark.parametrize("bad", ["\x00", "\x1b[31m", "\x7f"])
@pytest.mark.parametrize("field", ["description", "location"])
def test_control_characters_are_refused_at_the_edge(city, client, bad, field):
    client.force_login(User.objects.get(pk=city.officer.id))
    said = {"enterprise": city.firm.name, "description": "配电箱无门", "source": "GOV_OPEN"}
    before = traces()
    page = client.post("/hazards/register/", said | {field: f"配电{bad}箱"})
    assert page.status_code == 400
    assert "控制字符" in page.content.decode()
    assert traces() == before


# -- the same act twice ---------------------------------------------------------------------------


def test_the_same_act_twice_is_one_act_also_where_it_could_be_done_again(city, h):
    act = new_id()
    for _ in range(3):
        commands.urge(h.pk, by=city.officer, at=later(1), id=act, words="请尽快")
    assert Urging.everything.filter(hazard=h).count() == 1
    assert scenes.fresh(h).seq == 2


def test_a_record_registered_twice_under_one_key_is_one_record(city):
    act = new_id()
    first = scenes.register(city.officer, city.firm, id=act)
    before = traces()
    assert scenes.register(city.officer, city.firm, id=act).pk == first.pk
    assert traces() == before


def test_a_repeat_from_a_stale_page_gives_the_first_outcome(city, h):
    act = new_id()
    for _ in range(2):
        done = commands.order(
            h.pk, by=city.officer, at=later(), id=act, seen=1, due_on=DUE, requirement="装门"
        )
        assert (done.state, done.seq) == ("RECTIFYING", 2)


def test_a_different_input_under_the_same_key_is_refused(city, h):
    act = new_id()
    commands.urge(h.pk, by=city.officer, at=later(1), id=act, words="请尽快")
    with pytest.raises(Conflict, match="已用于另一次提交"):
        commands.urge(h.pk, by=city.officer, at=later(1), id=act, words="请马上")
    with pytest.raises(Conflict, match="已用于另一次提交"):
        scenes.register(city.officer, city.firm, id=act)
    assert (Urging.everything.count(), Hazard.everything.count()) == (1, 1)


def test_a_refused_key_may_be_used_again(city, h):
    act = new_id()
    with pytest.raises(Refused):
        commands.urge(h.pk, by=city.officer, at=later(1), id=act, words=" ")
    assert commands.urge(h.pk, by=city.officer, at=later(1), id=act, words="请尽快").seq == 2


def test_a_repeat_gives_the_first_outcome_also_when_the_act_moved_the_row_out_of_scope(city):
    moved = scenes.register(city.clerk, city.firm, general=False)
    inputs = {"by": city.officer, "at": later(1), "id": new_id(), "county": ERQI, "reason": "划转二七区"}
    first = commands.rehome(moved.pk, **inputs)
    assert commands.rehome(moved.pk, **inputs).seq == first.seq == 2


# -- who was faster -------------------------------------------------------------------------------


def test_a_page_that_has_become_old_is_told_who_was_faster_and_with_what(city, h):
    commands.order(h.pk, by=city.officer, at=later(), due_on=DUE, requirement="装门")
    with pytest.raises(Conflict, match="李强刚刚办理了“责令整改”"):
        commands.urge(h.pk, by=city.second, at=later(1), words="请尽快", seen=1)
    assert Urging.everything.count() == 0


def test_a_page_that_is_still_current_is_accepted(city, h):
    assert commands.urge(h.pk, by=city.officer, at=later(1), words="请尽快", seen=1).seq == 2


# -- when it happened -----------------------------------------------------------------------------


def test_a_day_counts_by_when_it_happened_and_the_journal_keeps_both(city):
    h = scenes.ordered(city)
    offline = Moment.reported(happened=later(1), received=later(9), not_before=later())
    done = commands.submit(
        h.pk, by=city.principal, at=offline, measures="已装门", photos=scenes.photos(at=later(1))
    )
    assert (done.rectified_on, done.stopped_at) == (date(2019, 9, 3), later(1))
    assert not Round.everything.get(hazard=h).late
    entry = JournalEntry.objects.get(kind="hazard", subject=h.pk, act="submit")
    assert (entry.happened, entry.received) == (later(1), later(9))
    assert json.loads(entry.body)["clock_was_off"] is False


# -- many -----------------------------------------------------------------------------------------


def state_of_every_table(mark: int) -> dict[str, list[str]]:
    """Every row of every table of ours; keys made by the run are left out, PostgreSQL never gives them twice."""
    state = {}
    for model in apps.get_models():
        if not model.__module__.startswith("anlan."):
            continue
        out = {"digest", "head", "no", "at"} | ({"id"} if model is not JournalEntry else set())
        columns = [f.attname for f in model._meta.concrete_fields if f.attname not in out]
        rows = [dict(zip(columns, row, strict=True)) for row in model._base_manager.values_list(*columns)]
        for row in rows:
            if model is JournalEntry:
                body = json.loads(row["body"])
                body["children"] = [[label, was, now] for label, _pk, was, now in body["children"]]
                row["body"] = json.dumps(body, sort_keys=True)
        state[model._meta.label] = sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)
    return state


class Undone(Exception):
    pass


def after(run: Any) -> dict[str, list[str]]:
    """What every table holds after a run that is then undone."""
    state: dict[str, list[str]] = {}
    with contextlib.suppress(Undone), transaction.atomic():
        run()
        state = state_of_every_table(0)
        raise Undone
    return state


@pytest.mark.parametrize("chunk", [500, 2])
def test_a_list_of_acts_leaves_in_every_table_what_the_acts_one_by_one_leave(city, monkeypatch, chunk):
    monkeypatch.setattr(command, "CHUNK", chunk)
    rows = [scenes.register(city.officer, city.firm) for _ in range(5)]
    ids = [new_id() for _ in rows]
    wanted = [
        {"pk": h.pk, "id": i, "due_on": DUE + timedelta(days=n), "requirement": f"装门{n}"}
        for n, (h, i) in enumerate(zip(rows, ids, strict=True))
    ]

    def singly() -> None:
        for one in wanted:
            said = dict(one)
            commands.order(said.pop("pk"), by=city.officer, at=later(), **said)

    def together() -> None:
        assert all(o.reason is None for o in commands.order.many(wanted, by=city.officer, at=later()))

    assert after(together) == after(singly)
    assert Round.everything.count() == 0
    together()
    assert Round.everything.count() == 5
    assert verify.run().holds


def test_each_row_of_a_list_has_its_own_outcome_in_its_order(city, h):
    done = scenes.ordered(city)
    outcomes = commands.order.many(
        [
            {"pk": h.pk, "due_on": DUE, "requirement": "装门"},
            {"pk": done.pk, "due_on": DUE, "requirement": "装门"},
            {"pk": foreign().pk, "due_on": DUE, "requirement": "装门"},
            {"pk": h.pk + 10**6, "due_on": DUE, "requirement": "装门"},
        ],
        by=city.officer,
        at=later(),
    )
    assert [o.reason is None for o in outcomes] == [True, False, False, False]
    assert [o.key for o in outcomes][:2] == [h.pk, done.pk]
    assert "整改中" in str(outcomes[1].reason)
    assert "不在您的职责范围内" in str(outcomes[2].reason)
    assert str(outcomes[3].reason) == str(outcomes[2].reason)
    assert scenes.fresh(h).state == "RECTIFYING"


def test_a_list_sent_again_adds_nothing(city, h):
    asked = [{"pk": h.pk, "id": new_id(), "words": "请尽快"}]
    asked.append({"pk": scenes.register(city.officer, city.firm).pk, "id": new_id(), "words": "请尽快"})
    commands.urge.many(asked, by=city.officer, at=later(1))
    before = traces()
    again = commands.urge.many(asked, by=city.officer, at=later(1))
    assert all(o.repeated and o.reason is None for o in again)
    assert traces() == before


def test_the_same_sheet_row_twice_is_taken_once_and_the_others_pass(city):
    """A constraint names one row of the list; the rest of the list is done."""
    row = {"description": "无护栏", "source": "GOV_OPEN", "enterprise": city.firm, "found_on": date(2019, 8, 20),
           "import_file": "f" * 64}  # fmt: skip
    keys = ["a", "b", "a", "c"]
    asked = [row | {"import_row": n, "import_key": key} for n, key in enumerate(keys)]
    outcomes = commands.adopt.many(asked, by=city.clerk, at=later())
    assert [o.reason is None for o in outcomes] == [True, True, False, True]
    assert Hazard.everything.filter(import_key__isnull=False).count() == 3
    [alone] = commands.adopt.many([row | {"import_row": 9, "import_key": "a"}], by=city.clerk, at=later())
    assert alone.reason is not None
    assert alone.row is None


def test_a_row_that_a_reaction_refuses_leaves_nothing_and_the_others_what_they_leave_alone(city, monkeypatch):
    """What else happens is part of the act: the list is done again row by row, and one row is refused."""
    rows = [scenes.register(city.officer, city.firm) for _ in range(4)]
    bad = rows[1].pk
    asked = [{"pk": h.pk, "id": new_id(), "due_on": DUE, "requirement": "装门"} for h in rows]
    outcomes: list[Outcome] = []

    def not_this_one(event: events.Performed, *, by: Actor, at: Moment) -> None:
        if event.command == "hazard.order" and any(h.pk == bad for h in event.rows):
            raise Refused(Reason("这一处须先会商"))

    def together() -> None:
        outcomes.extend(commands.order.many(asked, by=city.officer, at=later()))

    def singly() -> None:
        for one in asked:
            if one["pk"] != bad:
                said = dict(one)
                commands.order(said.pop("pk"), by=city.officer, at=later(), **said)

    others = events._reactions.get(events.Performed, [])
    monkeypatch.setitem(events._reactions, events.Performed, [*others, not_this_one])
    left = after(together)
    assert [None if o.reason is None else str(o.reason) for o in outcomes] == [
        None,
        "这一处须先会商",
        None,
        None,
    ]
    assert left == after(singly)
    together()
    [alone] = commands.order.many([asked[1]], by=city.officer, at=later())
    assert str(alone.reason) == "这一处须先会商"
    assert scenes.fresh(rows[1]).seq == 1
    assert Round.everything.count() == 3
    assert verify.run().holds


def test_a_list_with_a_stranger_in_it_ends_in_outcomes_also_when_sent_again(city, h):
    other = foreign()
    asked: list[dict[str, Any]] = [
        {"pk": h.pk, "id": new_id(), "words": "请尽快"},
        {"pk": other.pk, "id": new_id(), "words": "请尽快"},
    ]
    first = commands.urge.many(asked, by=city.officer, at=later(1))
    assert [o.reason is None for o in first] == [True, False]
    again = commands.urge.many(asked, by=city.officer, at=later(1))
    assert [(o.reason is None, o.repeated) for o in again] == [(True, True), (False, False)]


def test_two_acts_of_one_list_upon_one_row_are_two_acts_that_the_journal_proves(city, h):
    outcomes = commands.correct.many(
        [
            {"pk": h.pk, "changes": {"source": "GOV_COVERT"}, "reason": "来源有误"},
            {"pk": h.pk, "changes": {"found_town": "410105002"}, "reason": "街道有误"},
        ],
        by=city.head,
        at=later(1),
    )
    assert [o.reason for o in outcomes] == [None, None]
    assert scenes.fresh(h).seq == 3
    report = verify.run()
    assert report.holds, [str(f.reason) for f in report.findings]


def test_accounts_opened_in_a_list_each_have_their_outcome():
    outcomes = people.open_account.many(
        [
            {"username": name, "password": "!", "must_change": False, "name": "某人"}
            for name in ("wang01", "wang01", "li0001")
        ],
        by=people.CONSOLE,
        at=later(),
    )
    assert [o.reason is None for o in outcomes] == [True, False, True]
    assert "已经有人使用" in str(outcomes[1].reason)
