"""Every address of the system, tried by everybody: nobody, wrong place, wrong sector, wrong enterprise, wrong role, right role.

The list of addresses is read from the resolver. A new one without an entry in DOORS fails the first test,
which says what to add.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from anlan.campaigns import workflow as flows
from anlan.campaigns.forms import BY_KIND as COMMANDED
from anlan.duty.forms import BY_ACT as CALL_ACTS
from anlan.duty.workflow import ROLL_CALL
from anlan.enforcement.forms import BY_ACT as PAPER_ACTS
from anlan.enforcement.workflow import DOCUMENT
from anlan.figures.bulletins.forms import BY_ACT as BULLETIN_ACTS
from anlan.figures.bulletins.workflow import BULLETIN
from anlan.hazards.forms import BY_ACT as HAZARD_ACTS
from anlan.hazards.suspension import SUSPENSION
from anlan.hazards.suspensions import FORMS as SUSPENSION_ACTS
from anlan.hazards.workflow import HAZARD
from anlan.inspections.forms import BY_ACT as VISIT_ACTS
from anlan.inspections.workflow import VISIT
from anlan.kernel.scope import Actor
from anlan.people import middleware as door
from anlan.register.forms import BY_ACT as FIRM_ACTS
from anlan.register.workflow import ENTERPRISE
from tests import world
from tests.world import World, _django_db_helper  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ALL = "*"  # everybody who is signed in
PUBLIC = "+"  # and who is not
NONE = ""

#: who has the world's hazard and its firm (HAZCHEM, in a street of Jinshui) within his scope
SEES = "clerk county_clerk officer second head town grid leader duty auditor principal manager"
ADOPTS = "clerk county_clerk officer town far_officer other_sector other_town"
ON_SPOT = f"{ADOPTS} second supervisor principal manager other_principal"
FINDS = f"{ON_SPOT} grid expert worker"
UPLOADS = f"{FINDS} head far_head"
FIGURES = f"{ADOPTS} second head leader duty auditor far_head far_auditor"
REPORTS = (
    "clerk county_clerk officer second head leader duty auditor far_officer far_head far_auditor other_sector"
)
#: a county's bulletin: its own offices and organs, and the city
BULLETIN_SEEN = "clerk leader duty auditor county_clerk officer second head other_sector"
FILLS = "clerk county_clerk officer far_officer other_sector"
SEE = f"{SEES} far_officer far_head far_auditor other_sector other_town other_principal"
OFFICIALS = SEES.replace(" principal manager", "")
DRAFTS = "clerk county_clerk officer second town"
BULK = f"{ADOPTS} grid second head supervisor principal manager far_head other_principal"
SENDS = f"{ADOPTS} admin far_admin"
SUBSCRIBES = "clerk county_clerk head far_head principal other_principal"
EDITORS = "clerk county_clerk head far_head"
PLANS = f"{ADOPTS} second supervisor"
VISITS = f"{PLANS} expert principal manager other_principal grid"
HOLDS = "clerk county_clerk officer second town grid"  # a firm sees a visit once it is over
DRAWS = "clerk county_clerk officer far_officer other_sector"
CITY = "clerk leader duty auditor"
STANDS_BACK = f"{PLANS} expert grid"
PLACES = f"{OFFICIALS} far_officer far_head far_auditor other_sector other_town"
OFFICES = "clerk county_clerk"
COVERED = f"{OFFICIALS} other_sector other_town"  # each his own part of the county's
KEEPERS, AUDITORS = "admin far_admin", "auditor far_auditor"
ENROL = "clerk county_clerk officer town"
#: campaigns: all officials look, offices run, organs keep groups of their own
COMMAND = ("clerk county_clerk officer second head town leader duty auditor supervisor expert far_officer far_head "
           "far_auditor other_sector other_town")  # fmt: skip
OFFICES = "clerk county_clerk"
KEEP_GROUPS = "clerk county_clerk officer head far_officer far_head other_sector"
TAGS = "clerk county_clerk officer town"
TRIPS = f"{KEEP_GROUPS} town other_town"
RAISES = "clerk county_clerk officer head other_sector"
IN_CITY = "clerk leader duty auditor"
IN_COUNTY = "county_clerk officer second head other_sector"
DUTY = "clerk county_clerk officer head town leader duty auditor far_officer far_head far_auditor other_sector other_town"
CALLS = "clerk county_clerk duty"
ORIGINALS = "clerk county_clerk officer second head town auditor principal manager"
#: for whom neither opens: nobody, another place, sector, firm, those admitted by name, those without
STRANGERS = (
    "nobody", "far_officer", "other_sector", "other_town", "other_principal", "worker", "supervisor", "expert",
    "admin", "jobless",
)  # fmt: skip


@dataclass(frozen=True)
class Door:
    """One address. `get` and `post`: who may; "" where the address has no such method.

    Everybody else finds nothing (404) or is told that his position cannot (403), and moves nothing.
    `args` are what the address names; `query` what is asked.
    """

    get: str = NONE
    post: str = NONE
    args: Callable[[World], tuple[Any, ...]] = lambda w: ()
    query: str = ""


def of(*names: str) -> Callable[[World], tuple[Any, ...]]:
    """The world's rows by name: `of("hazard")` is the key of its hazard; other words are taken as they are."""

    def found(w: World) -> tuple[Any, ...]:
        rows = [getattr(w, n) if hasattr(w, n) else n for n in names]
        return tuple(getattr(r, "pk", r) for r in rows)

    return found


def account(name: str) -> Callable[[World], tuple[Any, ...]]:
    return lambda w: (w.users[name].pk,)


DOORS: dict[str, Door] = {
    "site:home": Door(get=PUBLIC),
    "site:about": Door(get=PUBLIC),
    "site:theme": Door(post=PUBLIC),
    "site:search": Door(get=ALL),
    "site:view_keep": Door(post=ALL),
    "site:view_drop": Door(post="clerk", args=of("view")),
    "site:health": Door(get=PUBLIC),
    "site:robots": Door(get=PUBLIC),
    "set_language": Door(get=PUBLIC, post=PUBLIC),
    "site:journal": Door(get=AUDITORS),
    "site:looks": Door(get="auditor"),
    "site:journal_export": Door(get=AUDITORS),
    "site:journal_entry": Door(get="auditor", args=lambda w: (world.entry_of(w.hazard),)),
    "people:login": Door(get=PUBLIC, post=PUBLIC),
    "people:second": Door(get=PUBLIC, post=PUBLIC),
    "people:logout": Door(post=ALL),
    "people:me": Door(get=ALL),
    "people:password": Door(get=ALL, post=ALL),
    "people:enrol_second": Door(get=ALL, post=ALL),
    "people:switch": Door(post=NONE),  # a position that is not one's own is not found
    "people:delegate": Door(get=ALL, post=ALL),
    "people:take_back": Door(post="officer", args=of("delegation")),
    "people:list": Door(get=KEEPERS),
    "people:open": Door(get=KEEPERS, post=KEEPERS),
    "people:account": Door(get="admin", args=account("officer")),
    "people:appoint": Door(get="admin", post="admin", args=account("officer")),
    "people:issue": Door(get="admin", post="admin", args=account("officer")),
    "people:organisations": Door(get=KEEPERS),
    "people:found": Door(get=KEEPERS, post=KEEPERS),
    "people:enrol_firm": Door(get=ENROL, post=ENROL, args=of("firm")),
    "people:act": Door(get="admin", post="admin", args=lambda w: ("account", w.users["officer"].pk, "rename")),
    "people:tokens": Door(get=ALL, post=ALL),
    "people:revoke_token": Door(post="officer", args=of("token")),
    "site:openapi": Door(get=PUBLIC),
    "site:api_docs": Door(get=PUBLIC),
    "enforcement:list": Door(get=SEE),
    "enforcement:draft": Door(get=DRAFTS, post=DRAFTS, args=of("HANDOVER", "hazard")),
    "enforcement:detail": Door(get=OFFICIALS, args=of("document")),  # a firm sees it once it is served
    "enforcement:download": Door(get=OFFICIALS, args=of("document", "docx")),
    "places:tree": Door(get=ALL),
    "places:calendar": Door(get=ALL),
    "places:enter_days": Door(post=KEEPERS),
    "places:complete_year": Door(post=KEEPERS, args=of("2031")),
    "places:withdraw": Door(post=KEEPERS, args=of("day")),
    "standards:index": Door(get=ALL),
    "standards:checklists": Door(get=ALL),
    "standards:checklist": Door(get=EDITORS, args=of("draft")),
    "standards:compare": Door(get=EDITORS, args=of("draft")),
    "standards:draft": Door(post=EDITORS, args=of("checklist")),
    "standards:new_item": Door(get=EDITORS, post=EDITORS, args=of("draft")),
    "standards:item": Door(get=EDITORS, post=EDITORS, args=of("draft", "code")),
    "standards:publish": Door(get=EDITORS, post=EDITORS, args=of("draft")),
    "standards:discard": Door(get=EDITORS, post=EDITORS, args=of("draft")),
    "inspections:list": Door(get=ALL),
    "inspections:rhythm": Door(get=f"{OFFICIALS} far_officer far_head far_auditor other_sector other_town"),
    "inspections:plan": Door(get=PLANS, post=PLANS),
    "inspections:begin": Door(get=VISITS, post=VISITS),
    "inspections:visit": Door(get=OFFICIALS, args=of("visit")),
    "inspections:paper": Door(get=OFFICIALS, args=of("visit")),
    "inspections:sheet": Door(get=HOLDS, args=of("visit")),
    "inspections:item": Door(post=HOLDS, args=of("visit", "x1")),
    "inspections:finish": Door(get=HOLDS, post=HOLDS, args=of("visit")),
    "inspections:draws": Door(get=f"{OFFICIALS} far_officer far_head far_auditor other_sector other_town"),
    "inspections:draw_seal": Door(get=DRAWS, post=DRAWS, args=of("covert")),
    "inspections:draw": Door(get=CITY, args=of("lot")),
    "inspections:draw_papers": Door(get=CITY, args=of("lot")),
    "inspections:draw_act": Door(post="clerk", args=of("lot", "draw")),
    "inspections:published": Door(get=PUBLIC),
    "inspections:published_one": Door(args=of("lot")),  # it is not published
    "inspections:published_papers": Door(args=of("lot")),  # nor are its papers
    "inspections:recusals": Door(get=STANDS_BACK, post=STANDS_BACK),
    "inspections:recusal_withdraw": Door(args=lambda w: (0,)),  # nobody stands back
    "inspections:rolls": Door(get=PLACES),
    "inspections:roll_new": Door(get=OFFICES, post=OFFICES),
    "inspections:coverage": Door(get=COVERED, args=of("roll")),
    "inspections:unseen": Door(get=COVERED, args=of("roll")),
    "inspections:share": Door(get=OFFICES, post=OFFICES, args=of("roll")),
    "inspections:roll_close": Door(post=OFFICES, args=of("roll")),
    "inspections:roll_drop": Door(post=OFFICES, args=of("roll")),
    "inspections:errand": Door(get="county_clerk", post="county_clerk", args=of("roll", "errand")),
    "register:parks": Door(get=PLACES),
    "register:park_new": Door(get=ADOPTS, post=ADOPTS),
    "register:park": Door(get=f"{OFFICIALS} other_sector", args=of("park")),
    "register:park_act": Door(post=f"{ENROL} other_sector", args=of("park", "admit")),
    "register:list": Door(get=SEE),
    "register:enter": Door(get=ADOPTS, post=ADOPTS),
    "register:sign_up": Door(get=PUBLIC, post=PUBLIC),
    "register:detail": Door(get=SEES, args=of("firm")),
    "evidence:upload": Door(get=UPLOADS, post=UPLOADS),
    "evidence:thumb": Door(get=SEES, args=of("sha")),
    "evidence:view": Door(get=SEES, args=of("sha")),
    "evidence:original": Door(get=ORIGINALS, args=of("sha")),
    "webhooks:list": Door(get=SUBSCRIBES, post=SUBSCRIBES),
    "webhooks:detail": Door(get="clerk", args=of("subscription")),
    "webhooks:act": Door(post="clerk", args=of("subscription", "pause")),
    "webhooks:resend": Door(args=lambda w: (w.subscription.pk, UUID(int=0))),  # nothing was delivered yet
    "notices:list": Door(get=ALL),
    "notices:read_all": Door(post=ALL),
    "notices:open": Door(post=ALL, args=of("notice")),  # somebody else's leads to one's own list
    "hazards:list": Door(get=ALL),
    "hazards:register": Door(get=FINDS, post=FINDS),
    "hazards:fix_on_spot": Door(get=ON_SPOT, post=ON_SPOT),
    "hazards:bulk": Door(post=BULK),
    "hazards:alike": Door(get=ALL),
    "hazards:queue": Door(get="clerk county_clerk", args=of("to_assign")),
    "hazards:four_lists": Door(get=ALL, args=of("risks")),
    "hazards:suspensions": Door(get=SEE),
    "hazards:propose_suspension": Door(get="officer second", post="officer second", args=of("firm")),
    "hazards:suspension": Door(get=SEES, args=of("suspension")),
    "hazards:record": Door(get=SEES, args=of("hazard")),
    "exchange:index": Door(get=SENDS, post=SENDS),
    "exchange:template": Door(get=ADOPTS),
    "exchange:template_of": Door(get=ADOPTS, args=of("hazards")),
    "exchange:export": Door(post=ALL),
    "exchange:exports": Door(get=ALL),
    "exchange:firm_file": Door(post=SEES, args=of("firm")),
    "exchange:export_cancel": Door(post="clerk", args=of("export")),
    "exchange:download": Door(get="clerk", args=of("export")),
    "exchange:sheet": Door(get="clerk", post="clerk", args=of("sheet")),
    "exchange:cancel": Door(post="clerk", args=of("sheet")),
    "exchange:passwords": Door(args=of("sheet")),  # no account was opened
    "exchange:refused": Door(args=of("sheet")),  # nothing was refused yet
    "campaigns:list": Door(get=COMMAND),
    "campaigns:new": Door(get=OFFICES, post=OFFICES),
    "campaigns:campaign": Door(get=COMMAND, args=of("campaign")),
    "site:campaign_report": Door(get=COMMAND, args=of("campaign")),
    "site:campaign_report_file": Door(get=COMMAND, args=of("campaign", "docx")),
    "site:campaign_rows": Door(get=COMMAND.replace(" supervisor expert", ""), args=lambda w: (w.campaign.pk, "visits")),
    "site:tag": Door(get=TAGS, post=TAGS, args=lambda w: ("hazard", w.hazard.pk)),
    "campaigns:plan_new": Door(get=OFFICES, post=OFFICES, args=of("campaign")),
    "campaigns:plan": Door(get=f"{IN_CITY} officer second head", args=of("plan")),
    "campaigns:receipt": Door(get=f"{IN_CITY} {IN_COUNTY}", args=of("receipt")),
    "campaigns:groups": Door(get=COMMAND),
    "campaigns:group_new": Door(get=KEEP_GROUPS, post=KEEP_GROUPS),
    "campaigns:group": Door(get=IN_CITY, args=of("team")),
    "campaigns:roster": Door(get="clerk", post="clerk", args=of("team")),
    "campaigns:sortie_new": Door(get=KEEP_GROUPS, post=KEEP_GROUPS),
    "campaigns:sortie": Door(get=IN_CITY, args=of("sortie")),
    "campaigns:sheets": Door(get=COMMAND),
    "campaigns:sheet_new": Door(get=OFFICES, post=OFFICES),
    "campaigns:sheet": Door(get=f"{IN_CITY} {IN_COUNTY}", args=of("worksheet")),
    "campaigns:item_new": Door(get=RAISES, post=RAISES, args=of("worksheet")),
    "campaigns:leaders": Door(get=COMMAND),
    "campaigns:trip_new": Door(get=TRIPS, post=TRIPS),
    "campaigns:trip": Door(get=f"{IN_CITY} {IN_COUNTY}", args=of("trip")),
    "duty:today": Door(get=DUTY),
    "duty:begin": Door(post=CALLS),
    "duty:record": Door(get=CALLS, post=CALLS),
    "duty:call": Door(get=f"{IN_CITY} county_clerk officer head other_sector", args=of("roll_call")),
    "figures:index": Door(get=FIGURES),
    "figures:rows": Door(get=FIGURES, query="?code=found"),
    "figures:definitions": Door(get=ALL),
    "figures:explore": Door(get=FIGURES),
    "figures:explore_file": Door(get=FIGURES, args=of("csv")),
    "screen:show": Door(get=FIGURES),
    "screen:data": Door(get=FIGURES),
    "screen:boundaries": Door(get=FIGURES),
    "bulletins:list": Door(get=FIGURES),
    "bulletins:draft": Door(get=OFFICES, post=OFFICES),
    "bulletins:preview": Door(post=OFFICES),
    "bulletins:detail": Door(get=BULLETIN_SEEN, args=of("bulletin")),
    "bulletins:download": Door(get=BULLETIN_SEEN, args=of("bulletin", "txt")),
    "figures:template": Door(get=FIGURES, post=FIGURES),
    "figures:reports": Door(get=REPORTS),
    "figures:report_begin": Door(get=FILLS, post=FILLS),
    "figures:report": Door(get="county_clerk clerk leader duty auditor", args=of("report")),
    "figures:report_file": Door(get="county_clerk clerk leader duty auditor", args=of("report")),
    "figures:report_act": Door(post="county_clerk clerk", args=of("report", "freeze")),
}  # fmt: skip


@dataclass(frozen=True)
class Acts:
    """An address under which many acts stand: each is for whom the row opens and whose role has the act."""

    row: str
    sees: str
    flow: Any
    forms: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The acts upon a row that is there: those that make one have an address of their own."""
        known = self.flow.transitions
        return [n for n in self.forms if n in known and not known[n].creates]


#: addresses that end in the name of an act
ACTS: dict[str, Acts] = {
    "campaigns:campaign_act": Acts("campaign", COMMAND, flows.CAMPAIGN, tuple(COMMANDED["campaign"])),
    "campaigns:tag_act": Acts(
        "tag", f"{IN_CITY} county_clerk officer second head town", flows.CAMPAIGN_TAG, tuple(COMMANDED["tag"])
    ),
    "campaigns:plan_act": Acts("plan", f"{IN_CITY} officer", flows.PLAN, tuple(COMMANDED["actionplan"])),
    "campaigns:receipt_act": Acts(
        "receipt", f"{IN_CITY} {IN_COUNTY}", flows.RECEIPT, tuple(COMMANDED["receipt"])
    ),
    "campaigns:group_act": Acts("team", IN_CITY, flows.GROUP, tuple(COMMANDED["group"])),
    "campaigns:sortie_act": Acts("sortie", IN_CITY, flows.SORTIE, tuple(COMMANDED["sortie"])),
    "campaigns:sheet_act": Acts(
        "worksheet", f"{IN_CITY} {IN_COUNTY}", flows.SHEET, tuple(COMMANDED["worksheet"])
    ),
    "campaigns:item_act": Acts("item", f"{IN_CITY} {IN_COUNTY}", flows.ITEM, tuple(COMMANDED["sheetitem"])),
    "campaigns:trip_act": Acts("trip", f"{IN_CITY} {IN_COUNTY}", flows.TRIP, tuple(COMMANDED["leadertrip"])),
    "duty:act": Acts(
        "roll_call", f"{IN_CITY} county_clerk officer head other_sector", ROLL_CALL, tuple(CALL_ACTS)
    ),
    "bulletins:act": Acts("bulletin", BULLETIN_SEEN, BULLETIN, tuple(BULLETIN_ACTS)),
    "enforcement:act": Acts("document", OFFICIALS, DOCUMENT, tuple(PAPER_ACTS)),
    "inspections:act": Acts("visit", OFFICIALS, VISIT, tuple(VISIT_ACTS)),
    "hazards:act": Acts("hazard", SEES, HAZARD, tuple(HAZARD_ACTS)),
    "hazards:suspension_act": Acts("suspension", SEES, SUSPENSION, tuple(SUSPENSION_ACTS)),
    "register:act": Acts("firm", SEES, ENTERPRISE, tuple(FIRM_ACTS)),
}


def addresses(resolver: Any = None, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The name of every address, with its namespaces."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, (*spaces, one.namespace) if one.namespace else spaces)
        elif isinstance(one, URLPattern):
            yield ":".join([*spaces, one.name or f"«{one.pattern}»"])


def is_page(name: str) -> bool:
    """Operations of the API have their own table, from its document."""
    return not name.startswith("api")


def test_every_address_has_its_entry():
    known, there = DOORS.keys() | ACTS.keys(), {n for n in addresses() if is_page(n)}
    new, gone = sorted(there - known), sorted(known - there)
    assert not new, "Say who may, one line each in DOORS of tests/test_doors.py, for example:\n" + "\n".join(
        f'    "{n}": Door(get="clerk officer", post=NONE, args=of("hazard")),' for n in new
    )
    assert not gone, f"no such address any more, take it out of DOORS: {gone}"


def test_public_is_what_is_declared_public_and_nothing_else():
    open_to_all = {n for n, d in DOORS.items() if PUBLIC in (d.get, d.post)}
    described = {"site:openapi", "site:api_docs"}  # what the API is, and nothing that is in it
    assert open_to_all - described == {
        n
        for n in addresses()
        if n in door.PUBLIC and n not in ("inspections:published_one", "inspections:published_papers")
    }


def may(who: str, said: str) -> bool:
    if said == PUBLIC:
        return True
    return who != "nobody" if said == ALL else who in said.split()


def verdict(who: str, answer: Any, said: str, has_method: bool) -> str:
    """What is wrong with an answer, "" where it is right."""
    code, to = answer.status_code, answer.headers.get("Location", "")
    to_login = code == 302 and to.startswith("/login/")
    if code >= 500:
        return f"{who}: {code}"
    if not has_method and code == 405:
        return ""
    if who == "nobody" and said != PUBLIC:
        return "" if to_login or code in (401, 404) else f"nobody: {code} {to}"
    if not has_method:
        return "" if code in (403, 404) else f"{who}: {code} for a method that is not there"
    if may(who, said):
        return "" if code in (200, 201, 204, 302, 409, 422) else f"{who}: {code}, but may"
    return "" if code in (403, 404) else f"{who}: {code} {to}, but may not"


def told(wrong: list[str]) -> str:
    return "\n" + "\n".join(wrong)


#: the secret that a new second factor is shown with waits for its first number
LEFT_BY_A_LOOK = {"people:enrol_second": ["otp_totp.totpdevice"]}


@pytest.mark.parametrize("name", sorted(DOORS))
def test_who_may_not_cannot(name: str, w: World):
    entry = DOORS[name]
    path = reverse(name, args=entry.args(w)) + entry.query
    wrong = []
    for who in w.everybody:
        answer = w.client(who).get(path)
        wrong.append("GET " + verdict(who, answer, entry.get, has_method=entry.get != NONE))
    for who in w.everybody:
        if not may(who, entry.post):
            answer = w.client(who).post(path)
            wrong.append("POST " + verdict(who, answer, entry.post, has_method=entry.post != NONE))
    assert world.moved(w.standing) == LEFT_BY_A_LOOK.get(name, [])
    for who in w.everybody:
        if may(who, entry.post):
            with world.undone():
                wrong.append("POST " + verdict(who, w.client(who).post(path), entry.post, has_method=True))
    wrong = [said for said in wrong if said not in ("GET ", "POST ")]
    assert not wrong, told(wrong)


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_is_for_whom_the_row_opens_and_whose_role_has_it(name: str, w: World):
    acts, wrong = ACTS[name], []
    key = getattr(w, acts.row).pk
    for act in acts.names:
        needs, path = acts.flow.transitions[act].needs, reverse(name, args=(key, act))
        for who in (*acts.sees.split(), *STRANGERS):
            actor: Actor | None = w.actors.get(who)
            right = who in acts.sees.split() and actor is not None and actor.may(needs)
            # an empty form may be a whole act: who may is tried with one below
            answer = w.client(who).get(path) if right else w.client(who).post(path)
            said = verdict(who, answer, who if right else NONE, has_method=True)
            wrong += [f"{act} {said}"] if said else []
    assert not wrong, told(wrong)
    assert world.moved(w.standing) == []


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_empty_form_is_refused_or_a_whole_act_but_never_an_error(name: str, w: World):
    acts, wrong = ACTS[name], []
    key = getattr(w, acts.row).pk
    for act in acts.names:
        needs, path = acts.flow.transitions[act].needs, reverse(name, args=(key, act))
        who = next((one for one in acts.sees.split() if w.actors[one].may(needs)), None)
        if who is not None:
            with world.undone():
                code = w.client(who).post(path).status_code
            wrong += [f"{act} {who}: {code}"] if code not in (302, 409, 422) else []
    assert not wrong, told(wrong)


def test_the_auditor_and_the_administrator_perform_no_act_and_the_leader_only_instructs():
    from anlan.people.roles import ROLES

    def acts(role: str) -> set[str]:
        return {
            t.name for flow in (HAZARD, SUSPENSION, ENTERPRISE) for t in flow if t.needs in ROLES[role].can
        }

    assert acts("auditor") == acts("administrator") == acts("duty_officer") == set()
    assert acts("leader") == {"instruct"}


def test_every_figure_opens_into_its_rows(w: World):
    from anlan.figures.indicators import INDICATORS

    for code in INDICATORS:
        for who in ("clerk", "officer", "town"):
            assert w.client(who).get(f"/figures/rows/?code={code}").status_code == 200, f"{who} {code}"
