"""People: each row is an account with its position, opened by an administrator. One-time passwords go out once."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from anlan.exchange.headers import Field, Kind
from anlan.exchange.kinds import base
from anlan.exchange.kinds.base import Bad, Draft, Reader, Vocabulary
from anlan.exchange.reading import Row
from anlan.exchange.report import Refusal
from anlan.kernel.canonical import digest
from anlan.kernel.scope import acting
from anlan.kernel.words import Reason, Refused
from anlan.people import commands as people
from anlan.people import passwords, queries
from anlan.people.models import Organisation, User
from anlan.people.roles import ROLES
from anlan.people.states import Kind as Organ

FIELDS = (
    Field("username", _("用户名"), ("用户名", "账号", "登录名"), must=True),
    Field("name", _("姓名"), ("姓名", "名字"), must=True),
    Field("organisation", _("单位"), ("单位", "所在单位", "工作单位", "单位名称"), "organisations"),
    Field("role", _("角色"), ("角色", "岗位角色"), "roles"),
    Field("title", _("职务"), ("职务", "职位")),
    Field("sectors", _("主管行业领域"), ("主管行业领域", "行业领域", "分管行业")),
    Field("duties", _("分工的县(市、区)"), ("分工的县(市、区)", "分工县区", "分工")),
    Field("since", _("任职日期"), ("任职日期", "任职时间", "开始日期"), is_day=True),
    Field("until", _("结束日期"), ("结束日期", "任期至", "截止日期"), is_day=True),
)
_BETWEEN = str.maketrans("、,;; /|", ",,,,,,,")


def role_words() -> Vocabulary:
    known = {str(r.label): code for code, r in ROLES.items()} | {code: code for code in ROLES}
    also = {
        "企业负责人": "principal",
        "安全员": "safety_manager",
        "督导组员": "supervisor",
        "值班人员": "duty_officer",
    }
    return Vocabulary(
        "roles", "", also | known, [(code, r.label) for code, r in ROLES.items()],
        Reason("请写集中办公室、行业部门经办、乡镇街道、执法人员等,或在导入时选择"), Reason("不认识角色“%(value)s”"),
        Reason("没有写角色"),
    )  # fmt: skip


def organisation_words() -> Vocabulary:
    """Offices, organs and groups by name; those that two have the same are asked about. Firms are looked up."""
    known: dict[str, str] = {}
    rows = list(queries.organisations_near(acting()))
    for o in rows:
        for name in {o.name, o.short} - {""}:
            known[name] = str(o.pk) if known.get(name, str(o.pk)) == str(o.pk) else ""
    return Vocabulary(
        "organisations", "", {name: pk for name, pk in known.items() if pk} | {str(o.pk): str(o.pk) for o in rows},
        [(str(o.pk), o.name) for o in rows],
        Reason("请写已设立的单位或已登记的企业的全称,或在导入时选择"), Reason("没有单位“%(value)s”"), Reason("没有写单位"),
    )  # fmt: skip


class PeopleReader(Reader):
    """A row as an account and a position; an account that is there already gets the position it lacks."""

    def __init__(self, **given: Any):
        super().__init__(**given)
        self.sectors = base.sector_words(self.today)
        self.places = base.place_words()

    @classmethod
    def words(cls, on: date) -> Iterable[Vocabulary]:
        return organisation_words(), role_words()

    def prepare(self, rows: Sequence[Row]) -> list[Draft]:
        names = {self.cell(row, "organisation") for row in rows} - {""}
        firms = queries.organisations(kinds=[Organ.ENTERPRISE]).filter(name__in=names)
        self.firms = {o.name: o for o in firms}
        users = {u.username: u for u in User.objects.filter(username__in=[self._username(r) for r in rows])}
        held = queries.held_by([u.pk for u in users.values()], on=self.today)
        drafts = []
        for row in rows:
            draft = self._read(Draft(row))
            user = users.get(self._username(row))
            draft.inputs["user"] = user
            if user is not None:
                self._known(draft, user, held.get(user.pk, []))
            drafts.append(draft)
        return drafts

    def _username(self, row: Row) -> str:
        return self.cell(row, "username").lower()

    def _read(self, draft: Draft) -> Draft:
        row, bad = draft.row, self.bad(draft)
        for name, why in (("username", Reason("没有写用户名")), ("name", Reason("没有写姓名"))):
            if not self.cell(row, name):
                bad(name, why, Reason("请补上"))
        firm = self.firms.get(self.cell(row, "organisation"))
        code = str(firm.pk) if firm is not None else self.code(row, "organisation", bad)
        role = self.code(row, "role", bad)
        o = firm or (Organisation.objects.filter(pk=int(code)).first() if code else None)
        level, place = queries.level_in(o, role) if o is not None and role else ("", "")
        draft.key = digest(self._username(row), code, role)
        draft.inputs = {
            "organisation": o.pk if o else None, "role": role, "level": level, "code": place,
            "title": self.cell(row, "title")[:40],
            "sectors": self._several(row, "sectors", self.sectors, bad),
            "duties": self._several(row, "duties", self.places, bad),
            "since": self.day(row, "since", bad), "until": self.day(row, "until", bad),
        }  # fmt: skip
        return draft

    def _several(self, row: Row, name: str, words: Vocabulary, bad: Bad) -> list[str]:
        """Several words in one cell."""
        found = []
        for said in self.cell(row, name).translate(_BETWEEN).split(","):
            if not said:
                continue
            code = words.find(said)
            if code is None:
                bad(name, Reason(words.unknown.msgid, {"value": said[:20]}), Reason("几个之间用“、”隔开"))
            else:
                found.append(code)
        return found

    def _known(self, draft: Draft, user: User, held: Sequence[Any]) -> None:
        if user.name != self.cell(draft.row, "name"):
            why = Reason("用户名“%(username)s”是%(name)s的", {"username": user.username, "name": user.name})
            draft.wrong.append(self.refusal(draft.row, "username", why, Reason("请换一个用户名,或核对姓名")))
            return
        where = (draft.inputs["organisation"], draft.inputs["role"])
        draft.present = any((p.organisation_id, p.role) == where for p in held)

    def rehearse(self, drafts: Sequence[Draft]) -> list[Refusal | None]:
        answers: list[Refusal | None] = []
        for d in drafts:
            user, position = d.inputs["user"], self._position(d)
            reasons: list[Reason | None] = []
            if user is None:
                account = {
                    "username": self._username(d.row),
                    "name": self.cell(d.row, "name"),
                    "password": "!",
                }
                reasons += people.open_account.rehearse([account], by=self.by, at=self.at)
            reasons += people.appoint.rehearse(
                [position | {"user": user.pk if user else None}], by=self.by, at=self.at
            )
            reason = next((r for r in reasons if r is not None), None)
            answers.append(None if reason is None else self.refusal(d.row, "username", reason))
        return answers

    def perform(self, drafts: Sequence[Draft]) -> list[Refusal | None]:
        answers: list[Refusal | None] = []
        for d in drafts:
            try:
                self._enrol(d)
            except Refused as refusal:
                answers.append(self.refusal(d.row, "username", refusal.reason))
            else:
                answers.append(None)
        return answers

    def _enrol(self, d: Draft) -> None:
        position, username, name = self._position(d), self._username(d.row), self.cell(d.row, "name")
        user = User.objects.filter(username=username).first()
        if user is not None:
            people.appoint(by=self.by, at=self.at, user=user.pk, **position)
            return
        password = passwords.one_time()
        people.enrol(
            by=self.by, at=self.at.received, username=username, name=name, password=make_password(password),
            position=position,
        )  # fmt: skip
        self.opened.append((username, name, password))

    def _position(self, d: Draft) -> dict[str, Any]:
        return {k: v for k, v in d.inputs.items() if k != "user"}


PEOPLE = Kind(
    name="people",
    label=_("人员名单"),
    may="people.manage",
    fields=FIELDS,
    told_by=frozenset({"username", "name", "role"}),
    reader=PeopleReader,
    at_once=20,
)
