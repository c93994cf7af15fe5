"""A canary of another county, with an unmistakable word in every table, is seen nowhere (decision 2).

Everything that people of Jinshui can reach is fetched before and after the canary is set free in Zhongmu:
pages by following every link, lists by every queue, files, exports, search, the API. Nothing holds the word,
and no page has changed by a figure.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from anlan.enforcement import commands as documents
from anlan.enforcement import measures
from anlan.evidence.commands import Claimed
from anlan.evidence.tests import scenes as files
from anlan.figures.bulletins.commands import drawn
from anlan.figures.periods import Named, Period
from anlan.hazards import commands
from anlan.hazards.tests import scenes
from anlan.hazards.waiting import QUEUES
from anlan.inspections import commands as visits
from anlan.inspections import jobs as errands
from anlan.inspections.coverage_models import Roll
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS
from anlan.kernel.scope import acting_as
from anlan.notices import webhook_commands, webhooks
from anlan.people import token_commands, tokens
from anlan.people.models import Position
from anlan.register.tests import scenes as firms
from anlan.standards import checklists
from tests.world import World, _django_db_helper  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORD = "金丝雀柒叁"
ZHONGMU = "410122"
#: whose whole reach is looked through: a county, a sector, a town, a group, a firm, another county
WHO = ("county_clerk", "officer", "town", "supervisor", "principal", "far_officer", "far_admin")
#: tables that hold no words of a county: lists of the state, tallies, indexes of what stands elsewhere, sessions
WORDLESS = frozenset({
    "site.jobrun", "kernel.access", "kernel.accesslog", "kernel.seal", "kernel.tallyline", "kernel.tallyday",
    "kernel.tallymonth", "kernel.tallyspan", "places.place", "places.calendarday", "places.calendarchange", "people.delegation",
    "register.responsibleperson", "register.parkfirm", "inspections.cell", "inspections.drawpapers",
    "evidence.item", "evidence.trace", "register.enterpriseindex", "register.enterprisesector",
    "campaigns.groupduty", "campaigns.sortiemember",
    "figures.filedfigure", "figures.frozen", "hazards.hazardindex", "hazards.suspensionground", "enforcement.documentline",
    "enforcement.documentseries", "bulletins.bulletinseries",
    "exchange.habit", "exchange.export", "notices.delivery", "notices.notice",
})  # fmt: skip
#: what differs between two answers to the same question
PASSING = re.compile(
    r'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|csrfmiddlewaretoken" value="\w+"|mark=[\w%.:-]+|cursor=[\w%.:-]+'
    r'|"next":"[^"]*"|\d{2}:\d{2}(:\d{2}(\.\d+)?)?'
)
START = (
    "/inspections/draws/", "/inspections/draws/published/", "/inspections/coverage/", "/inspections/standing-back/",
    "/register/parks/",
    "/campaigns/", "/campaigns/groups/", "/campaigns/four-questions/", "/campaigns/leaders/", "/duty/",
    "/", "/hazards/", "/hazards/suspensions/", "/sheets/", "/register/",
    "/documents/", "/inspections/", "/inspections/rhythm/", "/bulletins/",
    "/sheets/exports/", "/me/webhooks/", "/figures/", "/figures/definitions/", "/figures/reports/", "/figures/rows/?code=found",
    "/notices/", "/me/", "/me/tokens/",
    "/me/delegate/", "/people/", "/people/organisations/", "/people/new/", "/journal/", "/places/", "/standards/",
    "/hazards/register/", "/hazards/on-the-spot/", "/register/new/", "/api/v1/hazards", "/api/v1/me",
    *(f"/hazards/waiting/{q.code}/" for q in QUEUES),
    *(f"/hazards/four-lists/{which}/" for which in ("risks", "assignments", "leaders", "acceptance")),
    *(f"/{page}?text={WORD}" for page in ("hazards/", "register/", "people/", "api/v1/hazards", "documents/", "bulletins/")),
    f"/search/?q={WORD}",
    f"/figures/?place={ZHONGMU}", f"/figures/rows/?code=found&place={ZHONGMU}", f"/hazards/?county={ZHONGMU}",
    f"/register/?county={ZHONGMU}", f"/documents/?county={ZHONGMU}", f"/api/v1/hazards?county={ZHONGMU}",
)  # fmt: skip
LINK = re.compile(r'\b(?:href|src|hx-get|action)="([^"#]+)"')
MOST = 250
SHEET = "隐患描述,企业名称,发现日期,行业领域,属地\n{word},{firm},2026-11-01,危险化学品,中牟县\n"


def words_of(answer: Any) -> str:
    """What an answer says, also inside a .docx or .xlsx."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(packed.read(n).decode("utf-8", "replace") for n in packed.namelist())
    return (
        body.decode("utf-8", "replace")
        if answer["Content-Type"].startswith(("text", "application/json"))
        else ""
    )


def reach(w: World, who: str) -> dict[str, str]:
    """Everything that somebody comes upon: address → what it says."""
    client, waiting, seen = w.client(who), list(START), {}
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        if path in seen:
            continue
        answer = client.get(path)
        assert answer.status_code < 500, f"{who} {path}"
        said = words_of(answer)
        seen[path] = PASSING.sub("…", said)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            waiting += [one for one in links(path, said) if one not in seen]
        elif answer.status_code == 302 and answer["Location"].startswith("/"):
            waiting.append(answer["Location"])
    return seen


def links(path: str, said: str) -> Iterator[str]:
    for raw in LINK.findall(said):
        to = urlsplit(urljoin(path, unescape(raw)))
        if not to.netloc and not to.path.startswith(
            ("/static/", "/logout", "/i18n/", "/theme", "/me/second")
        ):
            yield to.path + (f"?{to.query}" if to.query else "")


def set_free(w: World) -> dict[str, Any]:
    """The canary: firms, people, a hazard with all that can hang on it, papers, sheets, photos, in Zhongmu."""
    sectors, today = ["HAZCHEM", "TRADE"], day_of(w.now)
    bureau = w.organ(
        "canary_bureau", "COUNTY_BUREAU", f"{WORD}应急管理局", county=ZHONGMU, sectors=sectors, doc_word=WORD
    )
    at_county: dict[str, Any] = {"level": "COUNTY", "code": ZHONGMU, "sectors": sectors, "title": WORD}
    for key, role in (
        ("c_officer", "department_officer"),
        ("c_second", "enforcement_officer"),
        ("c_head", "department_head"),
    ):
        w.person(f"{WORD}{key}", bureau.pk, role, credential=f"{WORD}{key}", **at_county)
    officer, second, head = (w.actors[f"{WORD}{k}"] for k in ("c_officer", "c_second", "c_head"))
    firm = firms.enterprise(ZHONGMU, town=f"{ZHONGMU}001", at=w.ago(30), name=f"{WORD}化工有限公司", address=WORD,
                            principal=firms.person(WORD), by=firms.officer(ZHONGMU))  # fmt: skip
    w.person(f"{WORD}principal", firm.pk, "principal", "ENTERPRISE", title=WORD)
    principal = w.actors[f"{WORD}principal"]
    keeper = firms.officer(ZHONGMU)
    site = {"name": WORD, "kind": "SITE", "address": WORD, "town": f"{ZHONGMU}001"}
    COMMANDS["enterprise.add_premises"](firm.pk, by=keeper, at=w.ago(9), **site)
    COMMANDS["enterprise.add_workpost"](firm.pk, by=keeper, at=w.ago(9), name=WORD)
    photo = [Claimed.of(files.brought(files.photo(11), by=officer, at=w.ago(5)))]
    photo[0] = Claimed(photo[0].token, photo[0].item, photo[0].shown, f"{WORD}.jpg")
    h = scenes.register(w.actors["clerk"], firm, at=w.ago(5), photos=photo, no_photo_because="", description=f"{WORD}配电箱无门",
                        location=WORD, general=False)  # fmt: skip
    commands.assign(h.pk, by=w.actors["clerk"], at=w.ago(5), to=bureau, words=WORD)
    commands.sign(h.pk, by=officer, at=w.ago(5))
    commands.grade_general(h.pk, by=officer, at=w.ago(5), basis=WORD)
    commands.instruct(
        h.pk, by=w.actors["leader"], at=w.ago(4), words=WORD, owner=bureau, due_on=today + timedelta(days=9)
    )
    commands.urge(h.pk, by=w.actors["clerk"], at=w.ago(4), words=WORD)
    h = commands.order(
        h.pk,
        by=officer,
        at=w.ago(4),
        due_on=today + timedelta(days=5),
        requirement=WORD,
        legal=True,
        second=second,
    )
    commands.plan(h.pk, by=principal, at=w.ago(3), **dict.fromkeys(
        ("goals", "methods", "funds_materials", "bodies_persons", "time_requirements", "safety_emergency"), WORD))  # fmt: skip
    commands.progress(h.pk, by=principal, at=w.ago(3), words=WORD, percent=10)
    commands.ask_extension(
        h.pk, by=principal, at=w.ago(2), reason=WORD, until=today + timedelta(days=9), interim=WORD
    )
    w.person(
        f"{WORD}expert", bureau.pk, "expert", "NAMED", until=today + timedelta(days=99), duties=[ZHONGMU]
    )
    expert = w.actors[f"{WORD}expert"]
    found = commands.register(by=expert, at=w.ago(2), enterprise=firm, description=f"{WORD}消防通道堵塞", source="EXPERT_OTHER",
                              no_photo_because=WORD)  # fmt: skip
    commands.opinion(found.pk, by=expert, at=w.ago(2), words=WORD)
    COMMANDS["suspension.propose"](
        by=officer, at=w.ago(1), enterprise=firm, hazards=[h], extent="WHOLE", reason=WORD
    )
    d = documents.draft(by=officer, at=w.ago(2), type="RECTIFY_ORDER", hazards=[h], second=second,
                        words={"government": WORD, "court": WORD})  # fmt: skip
    documents.approve(d.pk, by=head, at=w.ago(1))
    measure: dict[str, Any] = {
        "by": officer,
        "at": w.ago(1),
        "enterprise": firm,
        "day": today - timedelta(days=2),
    }
    measures.interview(reason=WORD, demands=WORD, **measure)
    measures.fine(reason=WORD, basis=WORD, case_number=WORD, yuan=20_000, **measure)
    _command(w, bureau)
    _drawn(w, firm)
    fresh = tokens.new()
    token_commands.make(name=WORD, key=fresh.key, digest=fresh.digest, scopes=["act"], by=officer, at=w.now,
                        until=today + timedelta(days=9))  # fmt: skip
    w.enter()
    sent = w.client(f"{WORD}c_officer").post("/sheets/", {
        "file": SimpleUploadedFile(f"{WORD}.csv", SHEET.format(word=WORD, firm=firm.name).encode())})  # fmt: skip
    assert sent.status_code == 302
    v = visits.begin(by=officer, at=w.ago(1), source="GOV_OPEN", enterprise=firm, party=[second], basis=WORD)
    code = checklists.items_of(v.checklist)[0].code
    shot = [Claimed.of(files.brought(files.photo(13), by=officer, at=w.ago(1)))]
    fault = {"code": code, "result": "NOT_MET", "words": WORD, "before": shot}
    visits.answer(v.pk, by=officer, at=w.ago(1), answers=[fault])
    visits.finish(v.pk, by=officer, at=w.ago(1), conclusion=WORD, signer=WORD)
    told = visits.begin(by=expert, at=w.ago(1), source="EXPERT_OTHER", enterprise=firm, party=[], basis=WORD)
    met = {"code": checklists.items_of(told.checklist)[0].code, "result": "MET"}
    visits.answer(told.pk, by=expert, at=w.ago(1), answers=[met])
    visits.finish(told.pk, by=expert, at=w.ago(1), conclusion=WORD, signer=WORD)
    visits.advise(told.pk, by=expert, at=w.ago(1), words=WORD)
    mine = w.client(f"{WORD}c_officer")
    asked = {"query": f"text={WORD}", "as": "hazards.csv", "table": "hazards", "name": WORD}
    assert mine.post("/views/keep/", asked).status_code == 302
    webhook_commands.subscribe(by=head, at=w.now, name=WORD, url="https://canary.example/", events=["hazard.order"],
                               key=webhooks.new_key())  # fmt: skip
    photo_waiting = files.brought(files.photo(12), by=officer, at=w.now)
    type(photo_waiting).objects.filter(pk=photo_waiting.pk).update(name=f"{WORD}.jpg")
    assert Position.objects.filter(title=WORD).exists()
    return {"hazard": h, "found": found, "firm": firm, "document": d}


def _drawn(w: World, firm: Any) -> None:
    """A park of Zhongmu, a draw of its bureau, somebody who stands back."""
    officer, said = w.actors[f"{WORD}c_officer"], {"at": w.ago(1)}
    p = COMMANDS["park.found"](by=firms.officer(ZHONGMU), name=f"{WORD}园区", county=ZHONGMU, **said)
    COMMANDS["park.admit"](p.pk, by=firms.officer(ZHONGMU), enterprise=firm, **said)
    COMMANDS["recusal.declare"](by=officer, enterprise=firm, why=WORD, **said)
    other = firms.enterprise(ZHONGMU, at=w.ago(30), name=f"{WORD}机械有限公司", by=firms.officer(ZHONGMU))
    d = COMMANDS["draw.commit"](
        by=officer, kind="RANDOM", purpose=f"{WORD}双随机", day=day_of(w.now), firms_no=1, **said
    )
    assert other.pk != firm.pk
    assert d.candidates_no >= 1


def _command(w: World, bureau: Any) -> None:
    """A campaign of Zhongmu with everything in it, and the city's group that comes to it."""
    from anlan.campaigns.commands import campaign, group, plan, sheet, trip
    from anlan.campaigns.models import Receipt
    from anlan.duty import commands as calls

    today, until = day_of(w.now), day_of(w.now) + timedelta(days=60)
    office = w.organ("canary_office", "COUNTY_OFFICE", f"{WORD}集中办公室", county=ZHONGMU)
    w.person(f"{WORD}clerk", office.pk, "office", "COUNTY", code=ZHONGMU, title=WORD)
    clerk, officer = w.actors[f"{WORD}clerk"], w.actors[f"{WORD}c_officer"]
    said: dict[str, Any] = {"by": clerk, "at": w.ago(2)}
    c = campaign.draft(name=f"{WORD}行动", basis=WORD, since=today, until=until, **said)
    c = campaign.open_(c.pk, **said)
    campaign.put_phase(c.pk, name=WORD, since=today, until=until, **said)
    campaign.put_milestone(c.pk, day=today, what=WORD, **said)
    campaign.seat(c.pk, body="OFFICE", name=WORD, title=WORD, **said)
    campaign.put_rule(c.pk, kind="UNIFIED", title=WORD, text=WORD, **said)
    campaign.tag(
        campaign=c, kind="hazard", subject=1, label=WORD, why=WORD, county=ZHONGMU, sector="HAZCHEM", **said
    )
    p = plan.draft(campaign=c, kind="PLACE", title=f"{WORD}方案", basis=WORD, text=f"{WORD}全面排查治理", sign_due_on=today,
                   file_due_on=until, **said)  # fmt: skip
    plan.issue(p.pk, addressees=[bureau], **said)
    r = plan.sign(Receipt.everything.get(plan=p).pk, by=officer, at=w.ago(1))
    plan.refine(
        r.pk, by=officer, at=w.ago(1), kind="CONCENTRATED", name=WORD, since=today, until=until, owner=WORD
    )
    g = group.found(kind="TASK", name=f"{WORD}专班", since=today, until=until, **said)
    group.join(g.pk, user=officer.id, title=WORD, **said)
    group.assign(g.pk, county=ZHONGMU, **said)
    words = {
        "title": f"{WORD}一周情况",
        "problems": WORD,
        "requirements": WORD,
        "main_to": WORD,
        "copied_to": WORD,
    }
    week = Named("", "", Period(today - timedelta(days=9), today - timedelta(days=1)))
    b = COMMANDS["bulletin.draft"](
        by=clerk, at=w.ago(1), kind="BRIEF", place="", named=week,
        sections=["STATISTICS", "PROBLEMS", "REQUIREMENTS"], words=words,
    )  # fmt: skip
    w.person(f"{WORD}leader", office.pk, "leader", "COUNTY", code=ZHONGMU)
    with acting_as(w.actors[f"{WORD}leader"]):
        read = drawn(b).digest
    COMMANDS["bulletin.sign"](b.pk, by=w.actors[f"{WORD}leader"], at=w.ago(1), seen_digest=read)
    COMMANDS["report.begin"](by=clerk, at=w.ago(1), form="T1", day=today - timedelta(days=40))
    errands.ask_share(Roll._base_manager.get(campaign=c.pk), tier=3, number=9, groups=[g.pk], since=today, until=until,
                      basis=WORD, **said)  # fmt: skip
    calls.begin(unit=bureau, phone=WORD, by=clerk, at=w.ago(1))
    s = group.roster(group=g, day=today, county=ZHONGMU, party=[officer.id], task=WORD, **said)
    assert s.name == f"{WORD}专班"
    ws = sheet.start(to=bureau, due_on=until, title=WORD, **said)
    sheet.raise_(sheet=ws, block="GAPS", words=f"{WORD}夜间", owner=bureau, due_on=until, **said)
    trip.record(by=officer, at=w.ago(1), leader=WORD, post="县长", day=today - timedelta(days=1), what=WORD, county=ZHONGMU,
                stops=[{"where": WORD}])  # fmt: skip


def silent_tables() -> list[str]:
    """Tables of ours in which the word stands nowhere."""
    ours = [
        m for m in apps.get_models() if m.__module__.startswith("anlan.") and "standards" not in m.__module__
    ]
    return sorted(
        m._meta.label_lower
        for m in ours
        if m._meta.label_lower not in WORDLESS and WORD not in repr(list(m._base_manager.values_list()))
    )


def test_the_canary_is_seen_nowhere_and_changes_no_figure(w: World):
    before = {who: reach(w, who) for who in WHO}
    assert min(len(seen) for seen in before.values()) > len(START)
    set_free(w)
    for who in WHO:
        now = reach(w, who)
        # a page that was asked for the word repeats the question
        heard = [path for path, said in now.items() if WORD in said and WORD not in unquote(path)]
        assert not heard, f"{who}: {heard}"
        changed = [path for path in now if path in before[who] and now[path] != before[who][path]]
        assert not changed, f"{who}: {changed[:5]}"


def test_the_canary_sings_in_every_table(w: World):
    set_free(w)
    silent = silent_tables()
    assert not silent, (
        f"let it sing in these too (set_free), or say in WORDLESS why they have no words: {silent}"
    )


def test_who_asks_for_the_canary_by_name_finds_nothing(w: World):
    made = set_free(w)
    for who in WHO:
        client = w.client(who)
        for path in (
            f"/hazards/{made['hazard'].pk}/", f"/register/{made['firm'].pk}/", f"/documents/{made['document'].pk}/",
            f"/documents/{made['document'].pk}.docx", f"/api/v1/hazards/{made['hazard'].pk}",
            f"/hazards/suspensions/propose/{made['firm'].pk}/",
        ):  # fmt: skip
            assert client.get(path).status_code in (403, 404), f"{who} {path}"
        for path in (f"/hazards/?text={WORD}", f"/register/?text={WORD}", f"/api/v1/hazards?text={WORD}"):
            said = words_of(client.get(path)).replace(f'value="{WORD}"', "")
            assert f"{WORD}化工" not in said, f"{who} {path}"
            assert f"{WORD}配电" not in said, f"{who} {path}"
        alike = client.get(
            "/hazards/alike/", {"enterprise": made["firm"].pk, "description": f"{WORD}配电箱无门"}
        )
        assert WORD not in words_of(alike), who
        assert f"/hazards/{made['hazard'].pk}/" not in words_of(alike), who


def test_the_city_hears_it(w: World):
    """The crawl would hear a canary if there were one: the city's office, whose place it is, does."""
    set_free(w)
    assert any(WORD in said for said in reach(w, "clerk").values())
