"""Anlan's API, typed. Printed by `make docs` from the OpenAPI document; do not edit by hand.

    from anlan_client import Anlan, Problem

    anlan = Anlan("https://anlan.example.org", token="anlan_…")
    for hazard in anlan.every(anlan.hazards_list, when="overdue"):
        print(hazard["number"], hazard["days_left"])
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, Literal, NotRequired, TypedDict
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4


class Problem(Exception):
    """What was not carried out (RFC 9457). `reason` and `params` are for programs, `detail` for people."""

    def __init__(self, status: int, told: dict[str, Any]):
        self.status, self.told = status, told
        self.detail: str = told.get("detail", "")
        self.reason: str = told.get("reason", "")
        self.params: dict[str, Any] = told.get("params", {})
        self.errors: list[dict[str, str]] = told.get("errors", [])
        super().__init__(f"{status}: {self.detail}")


class Action(TypedDict):
    name: str
    label: str
    allowed: bool
    why_not: NotRequired[str | None]


class Asked(TypedDict):
    name: str
    label: str
    law: str
    allowed: bool
    why_not: str | None
    version: int | None
    inputs: "list[Input]"


class BulkDone(TypedDict):
    items: "list[BulkOutcome]"


class BulkOutcome(TypedDict):
    id: int
    done: bool
    repeated: bool
    why_not: str | None


class BulkPreview(TypedDict):
    can: list[int]
    cannot: "list[Cannot]"
    missing: list[int]
    inputs: "list[Input]"


class CampaignRecord(TypedDict):
    id: int
    code: str
    name: str
    state: Literal["DRAFT", "ACTIVE", "CLOSED", "VOID"]
    basis: str
    slogan: str
    since: str
    until: str
    office: "Named"
    counties: list[str]
    sectors: list[str]
    sources: list[str]
    version: int
    opened_on: str | None
    closed_on: str | None
    summary: str
    problems: str
    report_number: str
    report_sha256: str
    phases: "list[PhaseTold]"
    milestones: "list[MilestoneTold]"
    plans: "list[PlanRow]"


class CampaignRow(TypedDict):
    id: int
    code: str
    name: str
    state: Literal["DRAFT", "ACTIVE", "CLOSED", "VOID"]
    basis: str
    slogan: str
    since: str
    until: str
    office: "Named"
    counties: list[str]
    sectors: list[str]
    sources: list[str]
    version: int


class CampaignRows(TypedDict):
    items: "list[CampaignRow]"
    next: str | None
    previous: str | None


class Cannot(TypedDict):
    id: int
    number: str
    why_not: str


class Choice(TypedDict):
    value: str
    label: str


class Chosen(TypedDict):
    id: int
    seen: NotRequired[int | None]


class Counted(TypedDict):
    kind: str
    id: int
    on: str


class CountedRows(TypedDict):
    value: float | None
    items: "list[Counted]"
    next: str | None
    previous: str | None


class CountyLine(TypedDict):
    nodes: int
    seen: int
    unseen: int
    rate: float | None
    visits: int
    seen_self: int
    seen_expert: int
    seen_gov: int
    county: "Labelled"


class DrawRow(TypedDict):
    id: int
    kind: Literal["COVERT", "RANDOM"]
    state: Literal["COMMITTED", "DRAWN", "PUBLISHED"]
    purpose: str
    day: str
    until: str
    organisation_name: str
    nth: int
    reason: str
    groups_no: int
    firms_no: int
    candidates_no: int
    drawn_no: int
    commitment: str
    papers_digest: str
    committed_at: str
    drawn_at: str | None
    revealed: str
    published_on: str | None
    version: int


class DrawRows(TypedDict):
    items: "list[DrawRow]"
    next: str | None
    previous: str | None


class ExportRow(TypedDict):
    id: int
    name: str
    table: str
    form: str
    stage: Literal["WAITING", "RUNNING", "DONE", "CANCELLED", "FAILED", "EXPIRED"]
    done: int
    total: int | None
    failed: str
    at: str
    expires: str


class ExportRows(TypedDict):
    items: "list[ExportRow]"
    next: str | None
    previous: str | None


class Extension(TypedDict):
    reason: str
    interim: str
    old_due_on: str
    until: str
    decided_on: str | None
    decided_by_name: str
    granted: bool | None
    opinion: str


class FirmFile(TypedDict):
    id: int
    name: str
    uscc: str
    state: Literal["PENDING", "ACTIVE", "REFUSED", "CLOSED"]
    county: "Labelled"
    town: "Labelled | None"
    sector: "Labelled"
    scale: str
    is_key: bool
    version: int
    actions: "list[Action]"
    address: str
    industry: str
    headcount: int | None
    lng: float | None
    lat: float | None
    registered_on: str | None
    closed_on: str | None
    further_sectors: "list[Labelled]"
    persons: "list[ResponsiblePerson]"
    premises: "list[Premises]"
    workposts: "list[Workpost]"


class FirmRow(TypedDict):
    id: int
    name: str
    uscc: str
    state: Literal["PENDING", "ACTIVE", "REFUSED", "CLOSED"]
    county: "Labelled"
    town: "Labelled | None"
    sector: "Labelled"
    scale: str
    is_key: bool
    version: int
    actions: "list[Action]"


class FirmRows(TypedDict):
    items: "list[FirmRow]"
    next: str | None
    previous: str | None


class FourList(TypedDict):
    title: str
    columns: list[str]
    rows: list[list[str]]
    cut: bool


class HazardFile(TypedDict):
    id: int
    number: str
    state: Literal["REGISTERED", "GRADING", "ASSIGNED", "RECTIFYING", "REVIEW", "CLOSED", "VOID", "MERGED"]
    state_label: str
    grade: Literal["UNGRADED", "GENERAL", "MAJOR"]
    grade_label: str
    track: Literal["OWN", "FOUND"]
    source: "Labelled"
    description: str
    location: str
    enterprise: "Named | None"
    county: "Labelled"
    town: "Labelled | None"
    sector: "Labelled"
    found_on: str
    found_by: str
    organ: "Named | None"
    due_on: str | None
    days_left: int | None
    rectified_on: str | None
    closed_on: str | None
    version: int
    actions: "list[Action]"
    category: str
    basis: str
    clause: str
    no_photo_because: str
    requirement: str
    legal_order: bool
    measures: str
    money_spent: int
    close_basis: str
    responsible: str | None
    relapse_of: int | None
    merged_into: int | None
    assignments: "list[Link]"
    rounds: "list[Round]"
    extensions: "list[Extension]"
    timeline: "list[Line]"
    evidence: "list[Photo]"


class HazardRow(TypedDict):
    id: int
    number: str
    state: Literal["REGISTERED", "GRADING", "ASSIGNED", "RECTIFYING", "REVIEW", "CLOSED", "VOID", "MERGED"]
    state_label: str
    grade: Literal["UNGRADED", "GENERAL", "MAJOR"]
    grade_label: str
    track: Literal["OWN", "FOUND"]
    source: "Labelled"
    description: str
    location: str
    enterprise: "Named | None"
    county: "Labelled"
    town: "Labelled | None"
    sector: "Labelled"
    found_on: str
    found_by: str
    organ: "Named | None"
    due_on: str | None
    days_left: int | None
    rectified_on: str | None
    closed_on: str | None
    version: int
    actions: "list[Action]"


class HazardRows(TypedDict):
    items: "list[HazardRow]"
    next: str | None
    previous: str | None


class ImportFile(TypedDict):
    id: int
    name: str
    kind: str
    step: Literal["MAPPING", "WAITING", "RUNNING", "DONE", "CANCELLED", "FAILED"]
    at: str
    sha256: str
    done: int
    total: int
    rows: int
    accepted: int
    new: int
    already_present: int
    refused: int
    left: int
    failed: str | None
    mapping: dict[str, Any]
    questions: "list[Unknown]"
    refusals: "list[Refusal]"
    notes: list[str]


class ImportRow(TypedDict):
    id: int
    name: str
    kind: str
    step: Literal["MAPPING", "WAITING", "RUNNING", "DONE", "CANCELLED", "FAILED"]
    at: str
    sha256: str
    done: int
    total: int


class ImportRows(TypedDict):
    items: "list[ImportRow]"
    next: str | None
    previous: str | None


class IndicatorItem(TypedDict):
    code: str
    label: str
    unit: str
    definition: str
    counted_by: str


class Input(TypedDict):
    name: str
    label: str
    required: bool
    help: NotRequired[str]
    initial: NotRequired[str | None]
    choices: NotRequired[list[Choice] | None]


class Inspector(TypedDict):
    name: str
    title: str
    organisation_name: str
    credential: str
    head: bool


class Labelled(TypedDict):
    code: str
    label: str


class Line(TypedDict):
    seq: int
    at: str
    who: str
    act: str
    note: str
    digest: str


class Link(TypedDict):
    kind: str
    from_name: str
    to_name: str
    words: str
    given_on: str
    reply_due: str | None
    signed_on: str | None
    signed_by_name: str
    returned_on: str | None
    return_reason: str
    passed_on: str | None
    replied_on: str | None
    reply: str


class Me(TypedDict):
    id: int
    name: str
    position: int | None
    on_behalf_of: str
    capabilities: list[str]
    positions: "list[PositionInfo]"
    token: "TokenInfo | None"


class MilestoneTold(TypedDict):
    day: str
    what: str
    document: str
    reached_on: str | None


class Named(TypedDict):
    id: int
    name: str


class NodeRow(TypedDict):
    id: int
    tier: Literal["DOMAIN", "PARK", "ENTERPRISE", "PREMISES", "WORKPOST"]
    name: str
    county: "Labelled"
    sector: "Labelled | None"
    enterprise: int | None
    risk: int


class NodeRows(TypedDict):
    items: "list[NodeRow]"
    next: str | None
    previous: str | None


class NoticeItem(TypedDict):
    id: int
    kind: Literal["ASSIGNED", "DUE", "OVERDUE", "RETURNED", "DECIDED", "WAITING", "URGED", "INSTRUCTED"]
    words: str
    about: str
    subject: int
    at: str
    read_at: str | None


class Notices(TypedDict):
    items: "list[NoticeItem]"
    next: str | None
    previous: str | None


class PaperRow(TypedDict):
    id: int
    type: Literal["HANDOVER", "RECTIFY_ORDER", "REVIEW_OPINION"]
    type_label: str
    state: Literal["DRAFT", "APPROVED", "SERVED", "VOID"]
    number: str
    agency: "Named"
    addressee: str
    drafted_on: str
    approved_on: str | None
    served_on: str | None
    hazards: list[int]
    pdf_sha256: str
    version: int
    actions: "list[Action]"


class PaperRows(TypedDict):
    items: "list[PaperRow]"
    next: str | None
    previous: str | None


class PhaseTold(TypedDict):
    name: str
    since: str
    until: str
    aim: str


class Photo(TypedDict):
    label: str
    kind: str
    sha256: str
    href: str
    thumbnail: str
    taken_at: str | None
    at: str
    by_name: str


class Place(TypedDict):
    code: str
    label: str
    county: str
    region: str


class PlanRecord(TypedDict):
    id: int
    title: str
    number: str
    kind: str
    state: str
    issuer_name: str
    issued_on: str | None
    sign_due_on: str
    file_due_on: str
    campaign: "Named"
    basis: str
    text: str
    receipts: "list[ReceiptRow]"


class PlanRow(TypedDict):
    id: int
    title: str
    number: str
    kind: str
    state: str
    issuer_name: str
    issued_on: str | None
    sign_due_on: str
    file_due_on: str


class PositionInfo(TypedDict):
    id: int
    title: str
    role: "Labelled"
    organisation: "Named"
    level: str
    code: str
    sectors: list[str]
    until: str | None
    current: bool


class Premises(TypedDict):
    id: int
    name: str
    kind: str
    address: str


class ReceiptRecord(TypedDict):
    id: int
    plan: "Named"
    organisation: "Named"
    state: Literal["SENT", "SIGNED", "FILED", "RETURNED", "ACCEPTED"]
    sent_on: str
    sign_due_on: str
    signed_on: str | None
    file_due_on: str
    filed_on: str | None
    returned_no: int
    return_reason: str
    accepted_on: str | None
    urged_no: int
    late: str
    version: int
    actions: "list[Action]"
    own_title: str
    own_number: str
    own_text: str
    sub_actions: "list[SubActionTold]"


class ReceiptRow(TypedDict):
    id: int
    plan: "Named"
    organisation: "Named"
    state: Literal["SENT", "SIGNED", "FILED", "RETURNED", "ACCEPTED"]
    sent_on: str
    sign_due_on: str
    signed_on: str | None
    file_due_on: str
    filed_on: str | None
    returned_no: int
    return_reason: str
    accepted_on: str | None
    urged_no: int
    late: str
    version: int
    actions: "list[Action]"


class ReceiptRows(TypedDict):
    items: "list[ReceiptRow]"


class Refusal(TypedDict):
    row: int
    column: str
    value: str
    reason: str
    remedy: str


class ResponsiblePerson(TypedDict):
    role: str
    name: str | None
    phone: str | None
    certificate: str
    since: str
    until: str | None


class RollCallRow(TypedDict):
    id: int
    day: str
    round: int
    state: Literal["WAITING", "NORMAL", "LATE", "UNANSWERED", "ABSENT", "VOID"]
    caller: "Named"
    organisation: "Named"
    county: "Labelled | None"
    phone: str
    called_at: str | None
    rings: int | None
    answered_by: str
    post: str
    leader_present: bool | None
    again_at: str | None
    remark: str
    reason: str
    version: int
    actions: "list[Action]"


class RollCallRows(TypedDict):
    items: "list[RollCallRow]"


class RollRecord(TypedDict):
    id: int
    name: str
    state: Literal["WAITING", "RUNNING", "CLOSED", "DROPPED"]
    since: str
    until: str
    frozen_on: str
    campaign: int | None
    digest: str
    version: int
    tiers: "list[TierLine]"
    counties: "list[CountyLine]"


class RollRow(TypedDict):
    id: int
    name: str
    state: Literal["WAITING", "RUNNING", "CLOSED", "DROPPED"]
    since: str
    until: str
    frozen_on: str
    campaign: int | None
    digest: str
    version: int


class RollRows(TypedDict):
    items: "list[RollRow]"
    next: str | None
    previous: str | None


class Round(TypedDict):
    no: int
    due_on: str
    submitted_on: str | None
    submitted_by_name: str
    measures: str
    late: bool
    decided_on: str | None
    decided_by_name: str
    passed: bool | None
    still_open: str


class SubActionTold(TypedDict):
    id: int
    kind: str
    name: str
    sector: "Labelled | None"
    county: "Labelled | None"
    since: str
    until: str
    target: int | None
    owner: str
    measures: str


class SuspensionRow(TypedDict):
    id: int
    state: Literal["PROPOSED", "IN_FORCE", "REVIEW", "LIFTED", "REJECTED"]
    enterprise: "Named"
    extent: Literal["WHOLE", "PART"]
    scope_words: str
    reason: str
    proposed_on: str
    began_on: str | None
    asked_on: str | None
    lifted_on: str | None
    hazards: list[int]
    version: int
    actions: "list[Action]"


class SuspensionRows(TypedDict):
    items: "list[SuspensionRow]"
    next: str | None
    previous: str | None


class Table(TypedDict):
    place: "Labelled"
    since: str
    until: str
    values: "list[Value]"


class Term(TypedDict):
    code: str
    days: int
    count: str
    rolls: bool
    law: str


class TierLine(TypedDict):
    nodes: int
    seen: int
    unseen: int
    rate: float | None
    visits: int
    seen_self: int
    seen_expert: int
    seen_gov: int
    tier: Literal["DOMAIN", "PARK", "ENTERPRISE", "PREMISES", "WORKPOST"]
    label: str


class TokenInfo(TypedDict):
    name: str
    scopes: list[str]
    until: str


class Unknown(TypedDict):
    vocabulary: str
    said: str
    times: int
    chosen: str


class Upload(TypedDict):
    token: str
    sha256: str
    name: str
    taken_at: str | None
    lng: float | None
    lat: float | None
    expires: str
    warnings: list[str]


class Value(TypedDict):
    code: str
    place: str
    split: str
    value: float | None


class VisitAdvice(TypedDict):
    id: int
    words: str
    by_name: str
    adopted: bool | None
    why: str


class VisitAnswer(TypedDict):
    code: str
    words: str
    result: Literal["MET", "NOT_MET", "NA"] | None
    said: str
    on_spot: bool


class VisitFinding(TypedDict):
    description: str
    location: str
    basis: str
    on_spot: bool
    hazard: int | None


class VisitLine(TypedDict):
    seq: int
    at: str
    who: str
    act: str
    note: str
    digest: str


class VisitRecord(TypedDict):
    id: int
    number: str
    state: Literal["PLANNED", "UNDERWAY", "FINISHED", "FILED", "VOID"]
    state_label: str
    mode: Literal["SELF", "EXPERT", "GOV"]
    source: "Labelled"
    covert: bool
    enterprise: "Named | None"
    spot: str
    county: "Labelled"
    town: "Labelled | None"
    sector: "Labelled"
    organ: str
    day: str
    held_on: str | None
    found_no: int
    found_nothing: bool
    version: int
    actions: "list[Action]"
    basis: str
    planned_on: str | None
    planned_until: str | None
    started_at: str | None
    ended_at: str | None
    checklist: str | None
    conclusion: str
    signer: str
    refused: bool
    witness: str
    filed_on: str | None
    party: "list[Inspector]"
    answers: "list[VisitAnswer]"
    findings: "list[VisitFinding]"
    advices: "list[VisitAdvice]"
    timeline: "list[VisitLine]"


class VisitRow(TypedDict):
    id: int
    number: str
    state: Literal["PLANNED", "UNDERWAY", "FINISHED", "FILED", "VOID"]
    state_label: str
    mode: Literal["SELF", "EXPERT", "GOV"]
    source: "Labelled"
    covert: bool
    enterprise: "Named | None"
    spot: str
    county: "Labelled"
    town: "Labelled | None"
    sector: "Labelled"
    organ: str
    day: str
    held_on: str | None
    found_no: int
    found_nothing: bool
    version: int
    actions: "list[Action]"


class VisitRows(TypedDict):
    items: "list[VisitRow]"
    next: str | None
    previous: str | None


class Workpost(TypedDict):
    id: int
    name: str
    premises: int | None
    people_no: int | None
    certificate_needed: bool


class Anlan:
    """One installation, called with one token. `language` is zh or en."""

    def __init__(self, address: str, *, token: str, language: str = "zh", timeout: float = 30.0):
        self.address, self.token = address.rstrip("/"), token
        self.language, self.timeout = language, timeout

    def every(self, listing: Callable[..., Any], **asked: Any) -> Iterator[Any]:
        """Each item of a list, page after page."""
        cursor: str | None = ""
        while cursor is not None:
            page = listing(**asked, **({"cursor": cursor} if cursor else {}))
            yield from page["items"]
            cursor = page["next"]

    def _call(
        self, method: str, path: str, *, asked: dict[str, Any] | None = None, body: dict[str, Any] | None = None,
        file: tuple[str, bytes] | None = None,
    ) -> Any:
        """One request; an act that broke off on the way is sent once more under the same id."""
        given = {k: v for k, v in (asked or {}).items() if v is not None}
        url = self.address + path + (f"?{urlencode(given)}" if given else "")
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept-Language": self.language,
            "Accept": "application/json",
        }
        data: bytes | None = None
        if file is not None:
            edge = uuid4().hex
            headers["Content-Type"] = f"multipart/form-data; boundary={edge}"
            name = file[0].replace('"', "")
            head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
            data = head.encode() + file[1] + f"\r\n--{edge}--\r\n".encode()
        elif body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps({k: v for k, v in body.items() if v is not None}).encode()
        request = Request(url, data=data, headers=headers, method=method)
        again = method == "GET" or (body is not None and bool(body.get("id")))
        try:
            return self._open(request)
        except (URLError, ConnectionError):
            if not again:
                raise
            return self._open(request)

    def _open(self, request: Request) -> Any:
        try:
            with urlopen(request, timeout=self.timeout) as answer:
                said, kind = answer.read(), answer.headers.get("Content-Type", "")
        except HTTPError as error:
            raise self._problem(error) from None
        if not kind.startswith("application/json"):
            return said or None
        return json.loads(said) if said else None

    def _problem(self, error: HTTPError) -> Problem:
        try:
            return Problem(error.code, json.loads(error.read()))
        except ValueError:
            return Problem(error.code, {"detail": str(error.reason)})

    def me(self) -> Me:
        """Who I am, in which position."""
        told: Me = self._call(
            "GET",
            "/api/v1/me",
        )
        return told

    def hazards_list(
        self,
        *,
        size: int | None = None,
        cursor: str | None = None,
        state: Literal["REGISTERED", "GRADING", "ASSIGNED", "RECTIFYING", "REVIEW", "CLOSED", "VOID", "MERGED"] | None = None,
        grade: Literal["UNGRADED", "GENERAL", "MAJOR"] | None = None,
        sector: str | None = None,
        county: str | None = None,
        town: str | None = None,
        source: str | None = None,
        track: Literal["OWN", "FOUND"] | None = None,
        enterprise: int | None = None,
        when: Literal["open", "overdue", "soon"] | None = None,
        text: str | None = None,
        since: str | None = None,
        until: str | None = None,
        axis: Literal["place", "handed", "mine"] | None = None,
    ) -> HazardRows:
        """Hazard ledger."""
        told: HazardRows = self._call(
            "GET",
            "/api/v1/hazards",
            asked={"size": size, "cursor": cursor, "state": state, "grade": grade, "sector": sector, "county": county, "town": town, "source": source, "track": track, "enterprise": enterprise, "when": when, "text": text, "since": since, "until": until, "axis": axis},
        )
        return told

    def hazard_register(
        self,
        *,
        description: str,
        source: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        enterprise: str | None = None,
        location: str | None = None,
        where: str | None = None,
        sector: str | None = None,
        category: str | None = None,
        basis: str | None = None,
        clause: str | None = None,
        general: bool | None = None,
        photos: list[str] | None = None,
        no_photo_because: str | None = None,
        anyway: bool | None = None,
    ) -> HazardFile:
        """Register."""
        told: HazardFile = self._call(
            "POST",
            "/api/v1/hazards",
            body={"description": description, "source": source, "id": id or str(uuid4()), "seen": seen, "happened": happened, "enterprise": enterprise, "location": location, "where": where, "sector": sector, "category": category, "basis": basis, "clause": clause, "general": general, "photos": photos, "no_photo_because": no_photo_because, "anyway": anyway},
        )
        return told

    def hazards_get(self, pk: int) -> HazardFile:
        """The whole record of a hazard."""
        told: HazardFile = self._call(
            "GET",
            f"/api/v1/hazards/{pk}",
        )
        return told

    def hazard_fix_on_spot(
        self,
        *,
        description: str,
        source: str,
        measures: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        enterprise: str | None = None,
        location: str | None = None,
        where: str | None = None,
        sector: str | None = None,
        category: str | None = None,
        basis: str | None = None,
        clause: str | None = None,
        before: list[str] | None = None,
        after: list[str] | None = None,
        signer: str | None = None,
        refused: bool | None = None,
        witness: str | None = None,
        confirmed_by: str | None = None,
    ) -> HazardFile:
        """Put right on the spot."""
        told: HazardFile = self._call(
            "POST",
            "/api/v1/hazards/on-the-spot",
            body={"description": description, "source": source, "measures": measures, "id": id or str(uuid4()), "seen": seen, "happened": happened, "enterprise": enterprise, "location": location, "where": where, "sector": sector, "category": category, "basis": basis, "clause": clause, "before": before, "after": after, "signer": signer, "refused": refused, "witness": witness, "confirmed_by": confirmed_by},
        )
        return told

    def hazard_grade_general(
        self,
        pk: int,
        *,
        basis: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Grade as general."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/grade_general",
            body={"basis": basis, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_propose_major(
        self,
        pk: int,
        *,
        clause: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        words: str | None = None,
        photos: list[str] | None = None,
    ) -> HazardFile:
        """Propose as major."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/propose_major",
            body={"clause": clause, "id": id or str(uuid4()), "seen": seen, "happened": happened, "words": words, "photos": photos},
        )
        return told

    def hazard_confirm_major(
        self,
        pk: int,
        *,
        basis: str,
        evacuate: Literal["yes", "no"],
        suspend: Literal["yes", "no"],
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        second: str | None = None,
        expert: str | None = None,
    ) -> HazardFile:
        """Determine as major."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/confirm_major",
            body={"basis": basis, "evacuate": evacuate, "suspend": suspend, "id": id or str(uuid4()), "seen": seen, "happened": happened, "second": second, "expert": expert},
        )
        return told

    def hazard_not_major(
        self,
        pk: int,
        *,
        reasons: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        second: str | None = None,
        expert: str | None = None,
    ) -> HazardFile:
        """Determine as not major."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/not_major",
            body={"reasons": reasons, "id": id or str(uuid4()), "seen": seen, "happened": happened, "second": second, "expert": expert},
        )
        return told

    def hazard_regrade(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Ask for a new determination."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/regrade",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_assign(
        self,
        pk: int,
        *,
        to: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        reply_due: str | None = None,
        words: str | None = None,
    ) -> HazardFile:
        """Hand over."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/assign",
            body={"to": to, "id": id or str(uuid4()), "seen": seen, "happened": happened, "reply_due": reply_due, "words": words},
        )
        return told

    def hazard_sign(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Sign for."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/sign",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_return(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        proposed: str | None = None,
    ) -> HazardFile:
        """Return."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/return",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened, "proposed": proposed},
        )
        return told

    def hazard_pass_on(
        self,
        pk: int,
        *,
        to: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        reply_due: str | None = None,
        words: str | None = None,
    ) -> HazardFile:
        """Pass on."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/pass_on",
            body={"to": to, "id": id or str(uuid4()), "seen": seen, "happened": happened, "reply_due": reply_due, "words": words},
        )
        return told

    def hazard_transfer(
        self,
        pk: int,
        *,
        to: str,
        words: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Transfer."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/transfer",
            body={"to": to, "words": words, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_accept_transfer(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Accept the transfer."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/accept_transfer",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_reply(
        self,
        pk: int,
        *,
        words: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Report back."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/reply",
            body={"words": words, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_urge(
        self,
        pk: int,
        *,
        words: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Urge."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/urge",
            body={"words": words, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_order(
        self,
        pk: int,
        *,
        due_on: str,
        requirement: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        enterprise: str | None = None,
        legal: bool | None = None,
        second: str | None = None,
        responsible: str | None = None,
    ) -> HazardFile:
        """Order to rectify."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/order",
            body={"due_on": due_on, "requirement": requirement, "id": id or str(uuid4()), "seen": seen, "happened": happened, "enterprise": enterprise, "legal": legal, "second": second, "responsible": responsible},
        )
        return told

    def hazard_start_own(
        self,
        pk: int,
        *,
        due_on: str,
        responsible: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        requirement: str | None = None,
    ) -> HazardFile:
        """Rectify ourselves."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/start_own",
            body={"due_on": due_on, "responsible": responsible, "id": id or str(uuid4()), "seen": seen, "happened": happened, "requirement": requirement},
        )
        return told

    def hazard_take_over(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Take over."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/take_over",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_plan(
        self,
        pk: int,
        *,
        goals: str,
        methods: str,
        funds_materials: str,
        bodies_persons: str,
        time_requirements: str,
        safety_emergency: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        money_planned: int | None = None,
        responsibility_fulfilled: bool | None = None,
        measures_fulfilled: bool | None = None,
        funds_fulfilled: bool | None = None,
        time_fulfilled: bool | None = None,
        emergency_fulfilled: bool | None = None,
    ) -> HazardFile:
        """File the treatment plan."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/plan",
            body={"goals": goals, "methods": methods, "funds_materials": funds_materials, "bodies_persons": bodies_persons, "time_requirements": time_requirements, "safety_emergency": safety_emergency, "id": id or str(uuid4()), "seen": seen, "happened": happened, "money_planned": money_planned, "responsibility_fulfilled": responsibility_fulfilled, "measures_fulfilled": measures_fulfilled, "funds_fulfilled": funds_fulfilled, "time_fulfilled": time_fulfilled, "emergency_fulfilled": emergency_fulfilled},
        )
        return told

    def hazard_progress(
        self,
        pk: int,
        *,
        words: str,
        percent: int,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        photos: list[str] | None = None,
    ) -> HazardFile:
        """Report progress."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/progress",
            body={"words": words, "percent": percent, "id": id or str(uuid4()), "seen": seen, "happened": happened, "photos": photos},
        )
        return told

    def hazard_ask_extension(
        self,
        pk: int,
        *,
        reason: str,
        until: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        interim: str | None = None,
    ) -> HazardFile:
        """Ask for an extension."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/ask_extension",
            body={"reason": reason, "until": until, "id": id or str(uuid4()), "seen": seen, "happened": happened, "interim": interim},
        )
        return told

    def hazard_grant_extension(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        opinion: str | None = None,
    ) -> HazardFile:
        """Grant the extension."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/grant_extension",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened, "opinion": opinion},
        )
        return told

    def hazard_refuse_extension(
        self,
        pk: int,
        *,
        opinion: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Refuse the extension."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/refuse_extension",
            body={"opinion": opinion, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_submit(
        self,
        pk: int,
        *,
        measures: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        photos: list[str] | None = None,
        money_spent: int | None = None,
        evaluation: Literal["SELF", "EXPERT", "AGENCY"] | None = None,
    ) -> HazardFile:
        """Submit rectification."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/submit",
            body={"measures": measures, "id": id or str(uuid4()), "seen": seen, "happened": happened, "photos": photos, "money_spent": money_spent, "evaluation": evaluation},
        )
        return told

    def hazard_accept(
        self,
        pk: int,
        *,
        opinion: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        second: str | None = None,
        photos: list[str] | None = None,
    ) -> HazardFile:
        """Accept and write off."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/accept",
            body={"opinion": opinion, "id": id or str(uuid4()), "seen": seen, "happened": happened, "second": second, "photos": photos},
        )
        return told

    def hazard_accept_own(
        self,
        pk: int,
        *,
        opinion: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Accept in-house."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/accept_own",
            body={"opinion": opinion, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_propose_acceptance(
        self,
        pk: int,
        *,
        opinion: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        second: str | None = None,
        photos: list[str] | None = None,
    ) -> HazardFile:
        """Propose acceptance."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/propose_acceptance",
            body={"opinion": opinion, "id": id or str(uuid4()), "seen": seen, "happened": happened, "second": second, "photos": photos},
        )
        return told

    def hazard_approve_acceptance(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        opinion: str | None = None,
    ) -> HazardFile:
        """Approve the write-off."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/approve_acceptance",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened, "opinion": opinion},
        )
        return told

    def hazard_fail(
        self,
        pk: int,
        *,
        still_open: str,
        due_on: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        photos: list[str] | None = None,
    ) -> HazardFile:
        """Not accepted."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/fail",
            body={"still_open": still_open, "due_on": due_on, "id": id or str(uuid4()), "seen": seen, "happened": happened, "photos": photos},
        )
        return told

    def hazard_fail_own(
        self,
        pk: int,
        *,
        still_open: str,
        due_on: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Not accepted in-house."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/fail_own",
            body={"still_open": still_open, "due_on": due_on, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_refuse_acceptance(
        self,
        pk: int,
        *,
        still_open: str,
        due_on: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Do not approve write-off."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/refuse_acceptance",
            body={"still_open": still_open, "due_on": due_on, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_keep(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Keep it."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/keep",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_consult(
        self,
        pk: int,
        *,
        expert: str,
        words: str,
        until: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Ask an expert."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/consult",
            body={"expert": expert, "words": words, "until": until, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_ask_void(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Ask to void."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/ask_void",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_void(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Confirm the void."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/void",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_ask_merge(
        self,
        pk: int,
        *,
        into: str,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Ask to merge."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/ask_merge",
            body={"into": into, "reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_merge(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Confirm the merge."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/merge",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_relapse(
        self,
        pk: int,
        *,
        description: str,
        source: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        photos: list[str] | None = None,
        no_photo_because: str | None = None,
    ) -> HazardFile:
        """Register relapse."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/relapse",
            body={"description": description, "source": source, "id": id or str(uuid4()), "seen": seen, "happened": happened, "photos": photos, "no_photo_because": no_photo_because},
        )
        return told

    def hazard_correct(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        description: str | None = None,
        location: str | None = None,
        found_sector: str | None = None,
        source: str | None = None,
        basis: str | None = None,
        clause: str | None = None,
    ) -> HazardFile:
        """Correct."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/correct",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened, "description": description, "location": location, "found_sector": found_sector, "source": source, "basis": basis, "clause": clause},
        )
        return told

    def hazard_opinion(
        self,
        pk: int,
        *,
        words: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        thinks_major: bool | None = None,
    ) -> HazardFile:
        """Expert opinions."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/opinion",
            body={"words": words, "id": id or str(uuid4()), "seen": seen, "happened": happened, "thinks_major": thinks_major},
        )
        return told

    def hazard_instruct(
        self,
        pk: int,
        *,
        words: str,
        owner: str,
        due_on: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Instruction."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/instruct",
            body={"words": words, "owner": owner, "due_on": due_on, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_answer_instruction(
        self,
        pk: int,
        *,
        answer: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Answer the instruction."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/answer_instruction",
            body={"answer": answer, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_report_major(
        self,
        pk: int,
        *,
        words: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> HazardFile:
        """Report past one's superiors."""
        told: HazardFile = self._call(
            "POST",
            f"/api/v1/hazards/{pk}/acts/report_major",
            body={"words": words, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def hazard_form(
        self,
        pk: int,
        name: Literal["grade_general", "propose_major", "confirm_major", "not_major", "regrade", "assign", "sign", "return", "pass_on", "transfer", "accept_transfer", "reply", "urge", "order", "start_own", "take_over", "plan", "progress", "ask_extension", "grant_extension", "refuse_extension", "submit", "accept", "accept_own", "propose_acceptance", "approve_acceptance", "fail", "fail_own", "refuse_acceptance", "keep", "consult", "ask_void", "void", "ask_merge", "merge", "relapse", "correct", "opinion", "instruct", "answer_instruction", "report_major"],
    ) -> Asked:
        """What an act asks for, and what may be chosen."""
        told: Asked = self._call(
            "GET",
            f"/api/v1/hazards/{pk}/acts/{name}/form",
        )
        return told

    def hazards_bulk_preview(
        self,
        *,
        act: Literal["sign", "accept_transfer", "assign", "pass_on", "grade_general", "order", "urge", "return"],
        rows: list[Chosen],
    ) -> BulkPreview:
        """Preview of an act upon many: which rows can and which cannot."""
        told: BulkPreview = self._call(
            "POST",
            "/api/v1/hazards/bulk/preview",
            body={"act": act, "rows": rows},
        )
        return told

    def hazards_bulk(
        self,
        *,
        act: Literal["sign", "accept_transfer", "assign", "pass_on", "grade_general", "order", "urge", "return"],
        rows: list[Chosen],
        id: str | None = None,
        inputs: dict[str, Any] | None = None,
    ) -> BulkDone:
        """One act upon many."""
        told: BulkDone = self._call(
            "POST",
            "/api/v1/hazards/bulk",
            body={"act": act, "rows": rows, "id": id or str(uuid4()), "inputs": inputs},
        )
        return told

    def four_lists(
        self,
        which: Literal["risks", "assignments", "leaders", "acceptance"],
        *,
        size: int | None = None,
        cursor: str | None = None,
        state: Literal["REGISTERED", "GRADING", "ASSIGNED", "RECTIFYING", "REVIEW", "CLOSED", "VOID", "MERGED"] | None = None,
        grade: Literal["UNGRADED", "GENERAL", "MAJOR"] | None = None,
        sector: str | None = None,
        county: str | None = None,
        town: str | None = None,
        source: str | None = None,
        track: Literal["OWN", "FOUND"] | None = None,
        enterprise: int | None = None,
        when: Literal["open", "overdue", "soon"] | None = None,
        text: str | None = None,
        since: str | None = None,
        until: str | None = None,
        axis: Literal["place", "handed", "mine"] | None = None,
    ) -> FourList:
        """One of the four lists."""
        told: FourList = self._call(
            "GET",
            f"/api/v1/four-lists/{which}",
            asked={"size": size, "cursor": cursor, "state": state, "grade": grade, "sector": sector, "county": county, "town": town, "source": source, "track": track, "enterprise": enterprise, "when": when, "text": text, "since": since, "until": until, "axis": axis},
        )
        return told

    def suspensions_list(
        self,
        *,
        size: int | None = None,
        cursor: str | None = None,
        state: Literal["PROPOSED", "IN_FORCE", "REVIEW", "LIFTED", "REJECTED"] | None = None,
    ) -> SuspensionRows:
        """Suspensions."""
        told: SuspensionRows = self._call(
            "GET",
            "/api/v1/suspensions",
            asked={"size": size, "cursor": cursor, "state": state},
        )
        return told

    def suspension_propose(
        self,
        *,
        enterprise: int,
        hazards: list[str],
        extent: Literal["WHOLE", "PART"],
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        scope_words: str | None = None,
    ) -> SuspensionRow:
        """Propose suspension."""
        told: SuspensionRow = self._call(
            "POST",
            "/api/v1/suspensions",
            body={"enterprise": enterprise, "hazards": hazards, "extent": extent, "reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened, "scope_words": scope_words},
        )
        return told

    def suspensions_get(self, pk: int) -> SuspensionRow:
        """One suspension."""
        told: SuspensionRow = self._call(
            "GET",
            f"/api/v1/suspensions/{pk}",
        )
        return told

    def suspension_approve(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> SuspensionRow:
        """Approve the suspension."""
        told: SuspensionRow = self._call(
            "POST",
            f"/api/v1/suspensions/{pk}/acts/approve",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def suspension_reject(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> SuspensionRow:
        """Reject the suspension."""
        told: SuspensionRow = self._call(
            "POST",
            f"/api/v1/suspensions/{pk}/acts/reject",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def suspension_apply(
        self,
        pk: int,
        *,
        words: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> SuspensionRow:
        """Apply to resume."""
        told: SuspensionRow = self._call(
            "POST",
            f"/api/v1/suspensions/{pk}/acts/apply",
            body={"words": words, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def suspension_review(
        self,
        pk: int,
        *,
        passed: Literal["yes", "no"],
        words: str,
        second: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> SuspensionRow:
        """Review on site."""
        told: SuspensionRow = self._call(
            "POST",
            f"/api/v1/suspensions/{pk}/acts/review",
            body={"passed": passed, "words": words, "second": second, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def suspension_lift(
        self,
        pk: int,
        *,
        opinion: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> SuspensionRow:
        """Approve resumption."""
        told: SuspensionRow = self._call(
            "POST",
            f"/api/v1/suspensions/{pk}/acts/lift",
            body={"opinion": opinion, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def suspension_refuse(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> SuspensionRow:
        """Refuse resumption."""
        told: SuspensionRow = self._call(
            "POST",
            f"/api/v1/suspensions/{pk}/acts/refuse",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def suspension_form(
        self,
        pk: int,
        name: Literal["approve", "reject", "apply", "review", "lift", "refuse"],
    ) -> Asked:
        """What an act asks for, and what may be chosen."""
        told: Asked = self._call(
            "GET",
            f"/api/v1/suspensions/{pk}/acts/{name}/form",
        )
        return told

    def visits_list(
        self,
        *,
        size: int | None = None,
        cursor: str | None = None,
        state: Literal["PLANNED", "UNDERWAY", "FINISHED", "FILED", "VOID"] | None = None,
        mode: Literal["SELF", "EXPERT", "GOV"] | None = None,
        sector: str | None = None,
        county: str | None = None,
        town: str | None = None,
        enterprise: int | None = None,
        what: Literal["clean", "found", "led", "covert", "joint", "unplanned", "advice"] | None = None,
        text: str | None = None,
        since: str | None = None,
        until: str | None = None,
        axis: Literal["place", "handed", "mine"] | None = None,
    ) -> VisitRows:
        """Visits."""
        told: VisitRows = self._call(
            "GET",
            "/api/v1/visits",
            asked={"size": size, "cursor": cursor, "state": state, "mode": mode, "sector": sector, "county": county, "town": town, "enterprise": enterprise, "what": what, "text": text, "since": since, "until": until, "axis": axis},
        )
        return told

    def visit_plan(
        self,
        *,
        source: str,
        planned_on: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        enterprise: str | None = None,
        premises: str | None = None,
        workpost: str | None = None,
        theme: str | None = None,
        spot: str | None = None,
        county: str | None = None,
        sector: str | None = None,
        covert: bool | None = None,
        basis: str | None = None,
        led_by: str | None = None,
        led_post: str | None = None,
        party: list[str] | None = None,
        planned_until: str | None = None,
    ) -> VisitRecord:
        """Plan a visit."""
        told: VisitRecord = self._call(
            "POST",
            "/api/v1/visits",
            body={"source": source, "planned_on": planned_on, "id": id or str(uuid4()), "seen": seen, "happened": happened, "enterprise": enterprise, "premises": premises, "workpost": workpost, "theme": theme, "spot": spot, "county": county, "sector": sector, "covert": covert, "basis": basis, "led_by": led_by, "led_post": led_post, "party": party, "planned_until": planned_until},
        )
        return told

    def visits_get(self, pk: int) -> VisitRecord:
        """The whole record of a visit."""
        told: VisitRecord = self._call(
            "GET",
            f"/api/v1/visits/{pk}",
        )
        return told

    def visit_begin(
        self,
        *,
        source: str,
        places: Literal["CROWDED", "EXPLOSIVE", "IMPORTANT", "OTHER"],
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        enterprise: str | None = None,
        premises: str | None = None,
        workpost: str | None = None,
        theme: str | None = None,
        spot: str | None = None,
        county: str | None = None,
        sector: str | None = None,
        covert: bool | None = None,
        basis: str | None = None,
        led_by: str | None = None,
        led_post: str | None = None,
        party: list[str] | None = None,
        where: str | None = None,
    ) -> VisitRecord:
        """Begin a visit."""
        told: VisitRecord = self._call(
            "POST",
            "/api/v1/visits/begun",
            body={"source": source, "places": places, "id": id or str(uuid4()), "seen": seen, "happened": happened, "enterprise": enterprise, "premises": premises, "workpost": workpost, "theme": theme, "spot": spot, "county": county, "sector": sector, "covert": covert, "basis": basis, "led_by": led_by, "led_post": led_post, "party": party, "where": where},
        )
        return told

    def visit_authorise(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        opinion: str | None = None,
    ) -> VisitRecord:
        """Approve the plan."""
        told: VisitRecord = self._call(
            "POST",
            f"/api/v1/visits/{pk}/acts/authorise",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened, "opinion": opinion},
        )
        return told

    def visit_start(
        self,
        pk: int,
        *,
        places: Literal["CROWDED", "EXPLOSIVE", "IMPORTANT", "OTHER"],
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        where: str | None = None,
    ) -> VisitRecord:
        """Arrive and begin."""
        told: VisitRecord = self._call(
            "POST",
            f"/api/v1/visits/{pk}/acts/start",
            body={"places": places, "id": id or str(uuid4()), "seen": seen, "happened": happened, "where": where},
        )
        return told

    def visit_finish(
        self,
        pk: int,
        *,
        conclusion: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        where: str | None = None,
        signer: str | None = None,
        signer_post: str | None = None,
        firm_opinion: str | None = None,
        refused: bool | None = None,
        witness: str | None = None,
        confirmed_by: str | None = None,
    ) -> VisitRecord:
        """Finish the visit."""
        told: VisitRecord = self._call(
            "POST",
            f"/api/v1/visits/{pk}/acts/finish",
            body={"conclusion": conclusion, "id": id or str(uuid4()), "seen": seen, "happened": happened, "where": where, "signer": signer, "signer_post": signer_post, "firm_opinion": firm_opinion, "refused": refused, "witness": witness, "confirmed_by": confirmed_by},
        )
        return told

    def visit_file(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        scans: list[str] | None = None,
    ) -> VisitRecord:
        """File."""
        told: VisitRecord = self._call(
            "POST",
            f"/api/v1/visits/{pk}/acts/file",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened, "scans": scans},
        )
        return told

    def visit_void(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> VisitRecord:
        """Void."""
        told: VisitRecord = self._call(
            "POST",
            f"/api/v1/visits/{pk}/acts/void",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def visit_advise(
        self,
        pk: int,
        *,
        words: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> VisitRecord:
        """Advise."""
        told: VisitRecord = self._call(
            "POST",
            f"/api/v1/visits/{pk}/acts/advise",
            body={"words": words, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def visit_decide_advice(
        self,
        pk: int,
        *,
        item: str,
        adopted: Literal["1", "0"],
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        why: str | None = None,
    ) -> VisitRecord:
        """Answer the advice."""
        told: VisitRecord = self._call(
            "POST",
            f"/api/v1/visits/{pk}/acts/decide_advice",
            body={"item": item, "adopted": adopted, "id": id or str(uuid4()), "seen": seen, "happened": happened, "why": why},
        )
        return told

    def visit_form(
        self,
        pk: int,
        name: Literal["authorise", "start", "finish", "file", "void", "advise", "decide_advice"],
    ) -> Asked:
        """What an act asks for, and what may be chosen."""
        told: Asked = self._call(
            "GET",
            f"/api/v1/visits/{pk}/acts/{name}/form",
        )
        return told

    def visit_answer(
        self,
        pk: int,
        code: str,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        result: Literal["MET", "NOT_MET", "NA"] | None = None,
        number: int | None = None,
        limit: int | None = None,
        words: str | None = None,
        location: str | None = None,
        before: list[str] | None = None,
        no_photo: str | None = None,
        on_spot: bool | None = None,
        measures: str | None = None,
        after: list[str] | None = None,
    ) -> VisitRecord:
        """Fill in one item of the checklist."""
        told: VisitRecord = self._call(
            "POST",
            f"/api/v1/visits/{pk}/answers/{code}",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened, "result": result, "number": number, "limit": limit, "words": words, "location": location, "before": before, "no_photo": no_photo, "on_spot": on_spot, "measures": measures, "after": after},
        )
        return told

    def coverage_list(self, *, size: int | None = None, cursor: str | None = None) -> RollRows:
        """Rolls of coverage."""
        told: RollRows = self._call(
            "GET",
            "/api/v1/coverage",
            asked={"size": size, "cursor": cursor},
        )
        return told

    def coverage_get(
        self,
        pk: int,
        *,
        county: str | None = None,
        sector: str | None = None,
    ) -> RollRecord:
        """The five ones of a roll."""
        told: RollRecord = self._call(
            "GET",
            f"/api/v1/coverage/{pk}",
            asked={"county": county, "sector": sector},
        )
        return told

    def coverage_unseen(
        self,
        pk: int,
        *,
        size: int | None = None,
        cursor: str | None = None,
        tier: Literal["DOMAIN", "PARK", "ENTERPRISE", "PREMISES", "WORKPOST"] | None = None,
        county: str | None = None,
        sector: str | None = None,
    ) -> NodeRows:
        """What nobody has looked at yet, the riskiest first."""
        told: NodeRows = self._call(
            "GET",
            f"/api/v1/coverage/{pk}/unseen",
            asked={"size": size, "cursor": cursor, "tier": tier, "county": county, "sector": sector},
        )
        return told

    def draws_list(self, *, size: int | None = None, cursor: str | None = None) -> DrawRows:
        """Draws, repeated ones among them."""
        told: DrawRows = self._call(
            "GET",
            "/api/v1/draws",
            asked={"size": size, "cursor": cursor},
        )
        return told

    def draws_get(self, pk: int) -> DrawRow:
        """One draw."""
        told: DrawRow = self._call(
            "GET",
            f"/api/v1/draws/{pk}",
        )
        return told

    def campaigns_list(
        self,
        *,
        size: int | None = None,
        cursor: str | None = None,
        state: Literal["DRAFT", "ACTIVE", "CLOSED", "VOID"] | None = None,
    ) -> CampaignRows:
        """Campaigns."""
        told: CampaignRows = self._call(
            "GET",
            "/api/v1/campaigns",
            asked={"size": size, "cursor": cursor, "state": state},
        )
        return told

    def campaigns_get(self, pk: int) -> CampaignRecord:
        """One campaign."""
        told: CampaignRecord = self._call(
            "GET",
            f"/api/v1/campaigns/{pk}",
        )
        return told

    def plans_get(self, pk: int) -> PlanRecord:
        """An action plan and how far each organisation is."""
        told: PlanRecord = self._call(
            "GET",
            f"/api/v1/plans/{pk}",
        )
        return told

    def receipts_list(self) -> ReceiptRows:
        """Plans that wait for us."""
        told: ReceiptRows = self._call(
            "GET",
            "/api/v1/receipts",
        )
        return told

    def receipts_get(self, pk: int) -> ReceiptRecord:
        """An action plan at one organisation."""
        told: ReceiptRecord = self._call(
            "GET",
            f"/api/v1/receipts/{pk}",
        )
        return told

    def receipt_sign(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> ReceiptRecord:
        """Sign for."""
        told: ReceiptRecord = self._call(
            "POST",
            f"/api/v1/receipts/{pk}/acts/sign",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def receipt_refine(
        self,
        pk: int,
        *,
        kind: Literal["CONCENTRATED", "SECTOR"],
        name: str,
        since: str,
        until: str,
        owner: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        item: int | None = None,
        sector: str | None = None,
        county: str | None = None,
        target: int | None = None,
        measures: str | None = None,
    ) -> ReceiptRecord:
        """Add sub-action."""
        told: ReceiptRecord = self._call(
            "POST",
            f"/api/v1/receipts/{pk}/acts/refine",
            body={"kind": kind, "name": name, "since": since, "until": until, "owner": owner, "id": id or str(uuid4()), "seen": seen, "happened": happened, "item": item, "sector": sector, "county": county, "target": target, "measures": measures},
        )
        return told

    def receipt_drop(
        self,
        pk: int,
        *,
        item: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> ReceiptRecord:
        """Remove sub-action."""
        told: ReceiptRecord = self._call(
            "POST",
            f"/api/v1/receipts/{pk}/acts/drop",
            body={"item": item, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def receipt_file(
        self,
        pk: int,
        *,
        title: str,
        text: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        number: str | None = None,
    ) -> ReceiptRecord:
        """File own plan."""
        told: ReceiptRecord = self._call(
            "POST",
            f"/api/v1/receipts/{pk}/acts/file",
            body={"title": title, "text": text, "id": id or str(uuid4()), "seen": seen, "happened": happened, "number": number},
        )
        return told

    def receipt_return(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> ReceiptRecord:
        """Send back."""
        told: ReceiptRecord = self._call(
            "POST",
            f"/api/v1/receipts/{pk}/acts/return",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def receipt_accept(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        opinion: str | None = None,
    ) -> ReceiptRecord:
        """Put on record."""
        told: ReceiptRecord = self._call(
            "POST",
            f"/api/v1/receipts/{pk}/acts/accept",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened, "opinion": opinion},
        )
        return told

    def receipt_urge(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        words: str | None = None,
    ) -> ReceiptRecord:
        """Urge."""
        told: ReceiptRecord = self._call(
            "POST",
            f"/api/v1/receipts/{pk}/acts/urge",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened, "words": words},
        )
        return told

    def receipt_form(
        self,
        pk: int,
        name: Literal["sign", "refine", "drop", "file", "return", "accept", "urge"],
    ) -> Asked:
        """What an act asks for, and what may be chosen."""
        told: Asked = self._call(
            "GET",
            f"/api/v1/receipts/{pk}/acts/{name}/form",
        )
        return told

    def roll_calls_list(self, *, day: str | None = None) -> RollCallRows:
        """The roll calls of a day."""
        told: RollCallRows = self._call(
            "GET",
            "/api/v1/roll-calls",
            asked={"day": day},
        )
        return told

    def roll_calls_get(self, pk: int) -> RollCallRow:
        """One roll call."""
        told: RollCallRow = self._call(
            "GET",
            f"/api/v1/roll-calls/{pk}",
        )
        return told

    def rollcall_result(
        self,
        pk: int,
        *,
        result: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        answered_by: str | None = None,
        post: str | None = None,
        leader_present: bool | None = None,
        remark: str | None = None,
        rings: int | None = None,
    ) -> RollCallRow:
        """Record the result."""
        told: RollCallRow = self._call(
            "POST",
            f"/api/v1/roll-calls/{pk}/acts/result",
            body={"result": result, "id": id or str(uuid4()), "seen": seen, "happened": happened, "answered_by": answered_by, "post": post, "leader_present": leader_present, "remark": remark, "rings": rings},
        )
        return told

    def rollcall_again(
        self,
        pk: int,
        *,
        result: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        answered_by: str | None = None,
        post: str | None = None,
        leader_present: bool | None = None,
        remark: str | None = None,
    ) -> RollCallRow:
        """Record the second call."""
        told: RollCallRow = self._call(
            "POST",
            f"/api/v1/roll-calls/{pk}/acts/again",
            body={"result": result, "id": id or str(uuid4()), "seen": seen, "happened": happened, "answered_by": answered_by, "post": post, "leader_present": leader_present, "remark": remark},
        )
        return told

    def rollcall_correct(
        self,
        pk: int,
        *,
        result: str,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        answered_by: str | None = None,
        post: str | None = None,
        leader_present: bool | None = None,
        remark: str | None = None,
    ) -> RollCallRow:
        """Correct the result."""
        told: RollCallRow = self._call(
            "POST",
            f"/api/v1/roll-calls/{pk}/acts/correct",
            body={"result": result, "reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened, "answered_by": answered_by, "post": post, "leader_present": leader_present, "remark": remark},
        )
        return told

    def rollcall_void(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> RollCallRow:
        """Void."""
        told: RollCallRow = self._call(
            "POST",
            f"/api/v1/roll-calls/{pk}/acts/void",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def rollcall_form(self, pk: int, name: Literal["result", "again", "correct", "void"]) -> Asked:
        """What an act asks for, and what may be chosen."""
        told: Asked = self._call(
            "GET",
            f"/api/v1/roll-calls/{pk}/acts/{name}/form",
        )
        return told

    def documents_list(
        self,
        *,
        size: int | None = None,
        cursor: str | None = None,
        type: Literal["HANDOVER", "RECTIFY_ORDER", "REVIEW_OPINION"] | None = None,
        state: Literal["DRAFT", "APPROVED", "SERVED", "VOID"] | None = None,
        county: str | None = None,
        enterprise: int | None = None,
        text: str | None = None,
        axis: Literal["place", "handed"] | None = None,
    ) -> PaperRows:
        """Documents."""
        told: PaperRows = self._call(
            "GET",
            "/api/v1/documents",
            asked={"size": size, "cursor": cursor, "type": type, "state": state, "county": county, "enterprise": enterprise, "text": text, "axis": axis},
        )
        return told

    def document_draft(
        self,
        *,
        type: Literal["HANDOVER", "RECTIFY_ORDER", "REVIEW_OPINION"],
        hazard: int,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        second: str | None = None,
        subject: str | None = None,
        basis: str | None = None,
        requirement: str | None = None,
        contact: str | None = None,
        copied_to: str | None = None,
        government: str | None = None,
        court: str | None = None,
        opinion: str | None = None,
        hazards: list[str] | None = None,
    ) -> PaperRow:
        """Draft document."""
        told: PaperRow = self._call(
            "POST",
            "/api/v1/documents",
            body={"type": type, "hazard": hazard, "id": id or str(uuid4()), "seen": seen, "happened": happened, "second": second, "subject": subject, "basis": basis, "requirement": requirement, "contact": contact, "copied_to": copied_to, "government": government, "court": court, "opinion": opinion, "hazards": hazards},
        )
        return told

    def documents_get(self, pk: int) -> PaperRow:
        """One document."""
        told: PaperRow = self._call(
            "GET",
            f"/api/v1/documents/{pk}",
        )
        return told

    def document_approve(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> PaperRow:
        """Sign."""
        told: PaperRow = self._call(
            "POST",
            f"/api/v1/documents/{pk}/acts/approve",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def document_send_back(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> PaperRow:
        """Send back."""
        told: PaperRow = self._call(
            "POST",
            f"/api/v1/documents/{pk}/acts/send_back",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def document_revise(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        second: str | None = None,
        subject: str | None = None,
        basis: str | None = None,
        requirement: str | None = None,
        contact: str | None = None,
        copied_to: str | None = None,
        government: str | None = None,
        court: str | None = None,
        opinion: str | None = None,
    ) -> PaperRow:
        """Revise draft."""
        told: PaperRow = self._call(
            "POST",
            f"/api/v1/documents/{pk}/acts/revise",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened, "second": second, "subject": subject, "basis": basis, "requirement": requirement, "contact": contact, "copied_to": copied_to, "government": government, "court": court, "opinion": opinion},
        )
        return told

    def document_discard(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> PaperRow:
        """Withdraw draft."""
        told: PaperRow = self._call(
            "POST",
            f"/api/v1/documents/{pk}/acts/discard",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def document_serve(
        self,
        pk: int,
        *,
        how: str,
        receipt: Literal["SIGNED", "REFUSED", "ABSENT"],
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        on: str | None = None,
        receiver: str | None = None,
        witness: str | None = None,
        consented: bool | None = None,
    ) -> PaperRow:
        """Record service."""
        told: PaperRow = self._call(
            "POST",
            f"/api/v1/documents/{pk}/acts/serve",
            body={"how": how, "receipt": receipt, "id": id or str(uuid4()), "seen": seen, "happened": happened, "on": on, "receiver": receiver, "witness": witness, "consented": consented},
        )
        return told

    def document_void(
        self,
        pk: int,
        *,
        reason: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> PaperRow:
        """Void."""
        told: PaperRow = self._call(
            "POST",
            f"/api/v1/documents/{pk}/acts/void",
            body={"reason": reason, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def document_form(
        self,
        pk: int,
        name: Literal["approve", "send_back", "revise", "discard", "serve", "void"],
    ) -> Asked:
        """What an act asks for, and what may be chosen."""
        told: Asked = self._call(
            "GET",
            f"/api/v1/documents/{pk}/acts/{name}/form",
        )
        return told

    def enterprises_list(
        self,
        *,
        size: int | None = None,
        cursor: str | None = None,
        state: Literal["PENDING", "ACTIVE", "REFUSED", "CLOSED"] | None = None,
        county: str | None = None,
        town: str | None = None,
        sector: str | None = None,
        scale: Literal["LARGE", "MEDIUM", "SMALL", "MICRO", "SOLE", "OTHER"] | None = None,
        text: str | None = None,
    ) -> FirmRows:
        """Enterprise register."""
        told: FirmRows = self._call(
            "GET",
            "/api/v1/enterprises",
            asked={"size": size, "cursor": cursor, "state": state, "county": county, "town": town, "sector": sector, "scale": scale, "text": text},
        )
        return told

    def enterprise_enter(
        self,
        *,
        name: str,
        sector: str,
        county: str,
        principal_name: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        uscc: str | None = None,
        town: str | None = None,
        address: str | None = None,
        scale: Literal["LARGE", "MEDIUM", "SMALL", "MICRO", "SOLE", "OTHER"] | None = None,
        headcount: int | None = None,
        industry: str | None = None,
        lng: int | None = None,
        lat: int | None = None,
        principal_phone: str | None = None,
        manager_name: str | None = None,
        manager_phone: str | None = None,
    ) -> FirmFile:
        """Register enterprise."""
        told: FirmFile = self._call(
            "POST",
            "/api/v1/enterprises",
            body={"name": name, "sector": sector, "county": county, "principal_name": principal_name, "id": id or str(uuid4()), "seen": seen, "happened": happened, "uscc": uscc, "town": town, "address": address, "scale": scale, "headcount": headcount, "industry": industry, "lng": lng, "lat": lat, "principal_phone": principal_phone, "manager_name": manager_name, "manager_phone": manager_phone},
        )
        return told

    def enterprises_get(self, pk: int) -> FirmFile:
        """A firm's file."""
        told: FirmFile = self._call(
            "GET",
            f"/api/v1/enterprises/{pk}",
        )
        return told

    def enterprise_approve(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        opinion: str | None = None,
    ) -> FirmFile:
        """Approve."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/approve",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened, "opinion": opinion},
        )
        return told

    def enterprise_refuse(
        self,
        pk: int,
        *,
        opinion: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> FirmFile:
        """Refuse the sign-up."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/refuse",
            body={"opinion": opinion, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def enterprise_update(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        name: str | None = None,
        uscc: str | None = None,
        sector: str | None = None,
        county: str | None = None,
        town: str | None = None,
        address: str | None = None,
        scale: Literal["LARGE", "MEDIUM", "SMALL", "MICRO", "SOLE", "OTHER"] | None = None,
        headcount: int | None = None,
        industry: str | None = None,
        lng: int | None = None,
        lat: int | None = None,
        is_key: bool | None = None,
    ) -> FirmFile:
        """Change the file."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/update",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened, "name": name, "uscc": uscc, "sector": sector, "county": county, "town": town, "address": address, "scale": scale, "headcount": headcount, "industry": industry, "lng": lng, "lat": lat, "is_key": is_key},
        )
        return told

    def enterprise_declare(
        self,
        pk: int,
        *,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        name: str | None = None,
        uscc: str | None = None,
        sector: str | None = None,
        county: str | None = None,
        town: str | None = None,
        address: str | None = None,
        scale: Literal["LARGE", "MEDIUM", "SMALL", "MICRO", "SOLE", "OTHER"] | None = None,
        headcount: int | None = None,
        industry: str | None = None,
        lng: int | None = None,
        lat: int | None = None,
    ) -> FirmFile:
        """Declare."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/declare",
            body={"id": id or str(uuid4()), "seen": seen, "happened": happened, "name": name, "uscc": uscc, "sector": sector, "county": county, "town": town, "address": address, "scale": scale, "headcount": headcount, "industry": industry, "lng": lng, "lat": lat},
        )
        return told

    def enterprise_set_person(
        self,
        pk: int,
        *,
        role: Literal["PRINCIPAL", "SAFETY_MANAGER", "CONTROLLER", "SUPERVISOR", "CONTACT"],
        name: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        phone: str | None = None,
        certificate: str | None = None,
        since: str | None = None,
    ) -> FirmFile:
        """Name a responsible person."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/set_person",
            body={"role": role, "name": name, "id": id or str(uuid4()), "seen": seen, "happened": happened, "phone": phone, "certificate": certificate, "since": since},
        )
        return told

    def enterprise_end_person(
        self,
        pk: int,
        *,
        person: int,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> FirmFile:
        """End the responsibility."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/end_person",
            body={"person": person, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def enterprise_add_premises(
        self,
        pk: int,
        *,
        name: str,
        kind: Literal["PLANT", "WORKSHOP", "STORE", "SITE", "MINE", "VENUE", "OTHER"],
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        address: str | None = None,
    ) -> FirmFile:
        """Add premises."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/add_premises",
            body={"name": name, "kind": kind, "id": id or str(uuid4()), "seen": seen, "happened": happened, "address": address},
        )
        return told

    def enterprise_end_premises(
        self,
        pk: int,
        *,
        premises: int,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> FirmFile:
        """End premises."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/end_premises",
            body={"premises": premises, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def enterprise_add_workpost(
        self,
        pk: int,
        *,
        name: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
        premises: str | None = None,
        people_no: int | None = None,
        certificate_needed: bool | None = None,
    ) -> FirmFile:
        """Add workpost."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/add_workpost",
            body={"name": name, "id": id or str(uuid4()), "seen": seen, "happened": happened, "premises": premises, "people_no": people_no, "certificate_needed": certificate_needed},
        )
        return told

    def enterprise_end_workpost(
        self,
        pk: int,
        *,
        workpost: int,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> FirmFile:
        """End workpost."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/end_workpost",
            body={"workpost": workpost, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def enterprise_add_sector(
        self,
        pk: int,
        *,
        sector: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> FirmFile:
        """Add sector."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/add_sector",
            body={"sector": sector, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def enterprise_remove_sector(
        self,
        pk: int,
        *,
        sector: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> FirmFile:
        """Remove sector."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/remove_sector",
            body={"sector": sector, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def enterprise_close(
        self,
        pk: int,
        *,
        opinion: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> FirmFile:
        """Take off the register."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/close",
            body={"opinion": opinion, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def enterprise_reopen(
        self,
        pk: int,
        *,
        opinion: str,
        id: str | None = None,
        seen: int | None = None,
        happened: str | None = None,
    ) -> FirmFile:
        """Put back on the register."""
        told: FirmFile = self._call(
            "POST",
            f"/api/v1/enterprises/{pk}/acts/reopen",
            body={"opinion": opinion, "id": id or str(uuid4()), "seen": seen, "happened": happened},
        )
        return told

    def enterprise_form(
        self,
        pk: int,
        name: Literal["approve", "refuse", "update", "declare", "set_person", "end_person", "add_premises", "end_premises", "add_workpost", "end_workpost", "add_sector", "remove_sector", "close", "reopen"],
    ) -> Asked:
        """What an act asks for, and what may be chosen."""
        told: Asked = self._call(
            "GET",
            f"/api/v1/enterprises/{pk}/acts/{name}/form",
        )
        return told

    def evidence_upload(self, file: bytes, name: str = "photo.jpg") -> Upload:
        """Upload a photo."""
        told: Upload = self._call(
            "POST",
            "/api/v1/evidence",
            file=(name, file),
        )
        return told

    def imports_list(self, *, size: int | None = None, cursor: str | None = None) -> ImportRows:
        """The sheets I sent."""
        told: ImportRows = self._call(
            "GET",
            "/api/v1/imports",
            asked={"size": size, "cursor": cursor},
        )
        return told

    def import_send(self, file: bytes, name: str = "photo.jpg") -> ImportFile:
        """Send a sheet: it is read and nothing is registered yet."""
        told: ImportFile = self._call(
            "POST",
            "/api/v1/imports",
            file=(name, file),
        )
        return told

    def imports_get(self, pk: int) -> ImportFile:
        """What became of a sheet."""
        told: ImportFile = self._call(
            "GET",
            f"/api/v1/imports/{pk}",
        )
        return told

    def import_mapping(
        self,
        pk: int,
        *,
        columns: dict[str, Any] | None = None,
        places: dict[str, Any] | None = None,
        sectors: dict[str, Any] | None = None,
        sources: dict[str, Any] | None = None,
        firms: dict[str, Any] | None = None,
        rectified: dict[str, Any] | None = None,
        year: int | None = None,
        day: int | None = None,
    ) -> ImportFile:
        """Say what columns and words mean, and have the sheet read again."""
        told: ImportFile = self._call(
            "POST",
            f"/api/v1/imports/{pk}/mapping",
            body={"columns": columns, "places": places, "sectors": sectors, "sources": sources, "firms": firms, "rectified": rectified, "year": year, "day": day},
        )
        return told

    def import_go(self, pk: int) -> ImportFile:
        """Take in the rows that can be accepted."""
        told: ImportFile = self._call(
            "POST",
            f"/api/v1/imports/{pk}/go",
        )
        return told

    def import_cancel(self, pk: int) -> ImportFile:
        """Stop an import; what was taken in stays."""
        told: ImportFile = self._call(
            "POST",
            f"/api/v1/imports/{pk}/cancel",
        )
        return told

    def import_refused(self, pk: int) -> bytes:
        """The rows not accepted, each with the reason, to be mended and sent again."""
        told: bytes = self._call(
            "GET",
            f"/api/v1/imports/{pk}/refused",
        )
        return told

    def exports_list(self, *, size: int | None = None, cursor: str | None = None) -> ExportRows:
        """My exports."""
        told: ExportRows = self._call(
            "GET",
            "/api/v1/exports",
            asked={"size": size, "cursor": cursor},
        )
        return told

    def export_ask(
        self,
        *,
        table: str,
        form: Literal["csv", "xlsx"] | None = None,
        asked: dict[str, Any] | None = None,
        columns: list[str] | None = None,
    ) -> ExportRow:
        """Export a list."""
        told: ExportRow = self._call(
            "POST",
            "/api/v1/exports",
            body={"table": table, "form": form, "asked": asked, "columns": columns},
        )
        return told

    def exports_get(self, pk: int) -> ExportRow:
        """How far an export is."""
        told: ExportRow = self._call(
            "GET",
            f"/api/v1/exports/{pk}",
        )
        return told

    def export_cancel(self, pk: int) -> ExportRow:
        """Cancel export."""
        told: ExportRow = self._call(
            "POST",
            f"/api/v1/exports/{pk}/cancel",
        )
        return told

    def export_file(self, pk: int) -> bytes:
        """Take the file away."""
        told: bytes = self._call(
            "GET",
            f"/api/v1/exports/{pk}/file",
        )
        return told

    def indicators(self) -> list[IndicatorItem]:
        """Definitions."""
        told: list[IndicatorItem] = self._call(
            "GET",
            "/api/v1/figures/indicators",
        )
        return told

    def figures(
        self,
        *,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
        codes: str | None = None,
        split: Literal["sector", "source", "grade", "system"] | None = None,
    ) -> Table:
        """Every figure of a place and a period."""
        told: Table = self._call(
            "GET",
            "/api/v1/figures",
            asked={"place": place, "since": since, "until": until, "codes": codes, "split": split},
        )
        return told

    def figures_rows(
        self,
        code: Literal["found", "found_general", "found_major", "found_ungraded", "cohort", "cohort_imported", "open", "firms_with_hazards", "relapsed", "cohort_unrectified", "rectified", "rectified_general", "rectified_major", "rectified_here", "closed", "closed_imported", "on_spot", "overdue", "money", "cohort_rectified", "cohort_closed", "rectification_rate", "closure_rate", "window_rate", "cohort_general", "cohort_rectified_general", "cohort_imported_general", "general_rate", "submissions", "submissions_late", "late_rate", "acceptances", "acceptances_failed", "failure_rate", "extensions_asked", "extensions_granted", "extensions_refused", "open_major", "cohort_major", "cohort_closed_major", "cohort_imported_major", "major_rate", "overdue_major", "closed_major", "majors_proposed", "plans_made", "majors_planned", "majors_five", "majors_goals", "majors_funds", "majors_bodies", "majors_time", "majors_emergency", "handed_over", "passed_on", "transferred", "signed_for", "handed_back", "replied", "urged", "instructed", "instructions_answered", "instructions_due", "ordered", "suspended", "suspended_now", "firms_suspended", "orders_issued", "reviews_issued", "handovers_issued", "documents_served", "documents_unserved", "documents_voided", "firms_ordered", "interviews", "interviews_held", "fines", "fines_decided", "visits", "visits_self", "visits_expert", "visits_gov", "visits_clean", "visits_led", "inspectors", "firms_checked", "firms_self_checked", "visits_covert", "visits_joint", "visits_refused", "items_unmet", "firms_checked_gov", "groups_checking", "firms_listed", "firms_key", "firms_large", "firms_registered", "firms_closed", "coverage_rate", "self_report_rate", "key_unit_share", "firms_reached", "firms_unreached", "firms_reported", "firms_silent", "sorties", "groups_out", "sortie_people", "sortie_persons", "leader_trips", "leader_trips_principal", "leaders_out", "roll_calls", "roll_calls_normal", "roll_calls_late", "roll_calls_unanswered", "roll_calls_absent", "roll_call_rate", "roll_calls_leader", "roll_calls_waiting", "units_called", "listed", "listed_province", "listed_city", "warnings", "confiscations", "licences_revoked", "closures", "detained", "prosecuted", "coercions", "illegal_unlicensed", "illegal_reopened", "illegal_unaccepted", "illegal_concealed", "illegal_defied", "illegal_unqualified", "illegal_rule_breaking", "illegal_unfit", "illegal_no_system", "illegal_foundations", "illegal_no_rescue", "illegal_untested", "illegal_other", "violations", "acted_unlicensed", "acted_reopened", "acted_small_mines", "acted_border", "acted_three_at_once", "acted_false", "acted_hidden_major", "acted_untrained", "acted_defied", "acted_other", "actions"],
        *,
        size: int | None = None,
        cursor: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> CountedRows:
        """Exactly the records that a figure counted."""
        told: CountedRows = self._call(
            "GET",
            f"/api/v1/figures/{code}/rows",
            asked={"size": size, "cursor": cursor, "place": place, "since": since, "until": until},
        )
        return told

    def notices_list(self, *, size: int | None = None, cursor: str | None = None) -> Notices:
        """My notices."""
        told: Notices = self._call(
            "GET",
            "/api/v1/notices",
            asked={"size": size, "cursor": cursor},
        )
        return told

    def notices_read(self, pk: int) -> None:
        """Mark as read."""
        self._call(
            "POST",
            f"/api/v1/notices/{pk}/read",
        )

    def counties(self, *, on: str | None = None) -> list[Place]:
        """County or district."""
        told: list[Place] = self._call(
            "GET",
            "/api/v1/places/counties",
            asked={"on": on},
        )
        return told

    def towns(self, *, on: str | None = None, county: str | None = None) -> list[Place]:
        """Town or street."""
        told: list[Place] = self._call(
            "GET",
            "/api/v1/places/towns",
            asked={"on": on, "county": county},
        )
        return told

    def sectors(self, *, on: str | None = None) -> list[Labelled]:
        """Sector."""
        told: list[Labelled] = self._call(
            "GET",
            "/api/v1/standards/sectors",
            asked={"on": on},
        )
        return told

    def sources(self, *, on: str | None = None) -> list[Labelled]:
        """Sources of hazards."""
        told: list[Labelled] = self._call(
            "GET",
            "/api/v1/standards/sources",
            asked={"on": on},
        )
        return told

    def terms(self, *, on: str | None = None) -> list[Term]:
        """Legal terms."""
        told: list[Term] = self._call(
            "GET",
            "/api/v1/standards/terms",
            asked={"on": on},
        )
        return told

    def major_rules(self, *, on: str | None = None, sector: str) -> list[str]:
        """Criteria of major hazards."""
        told: list[str] = self._call(
            "GET",
            "/api/v1/standards/major-rules",
            asked={"on": on, "sector": sector},
        )
        return told
