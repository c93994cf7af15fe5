"""The way of a hazard through the loop, as acts to come."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from anlan.demo import photos, texts
from anlan.demo.autumn.course import MAJOR, OWN, Course
from anlan.demo.autumn.kinds import Find, Stop, Visit
from anlan.demo.autumn.steps import Agenda
from anlan.demo.autumn.who import Who
from anlan.demo.majors import FIVE, SIX
from anlan.enforcement import commands as documents
from anlan.hazards import commands as hazards
from anlan.hazards.models import Hazard
from anlan.kernel.kept import kept
from anlan.register.models import Enterprise
from anlan.standards import queries as standards

# the order of steps within a phase
(PROPOSE, CONFIRM, ORDER, PAPER, PLAN, GRANT, STOP, STOPPED, SUBMIT, FAIL, AGAIN, ACCEPT, APPROVE, APPLY, REVIEW,
 LIFT) = range(16)  # fmt: skip


@kept
def _with_firm(pk: Any) -> QuerySet[Hazard]:
    return Hazard.everything.filter(pk=pk).select_related("enterprise")


@dataclass
class Ways:
    """Lays the acts of each hazard on the agenda. `known` is the key of every hazard that is in the ledger."""

    who: Who
    firms: dict[int, Enterprise]
    pictures: photos.Pool
    agenda: Agenda
    known: dict[int, int]

    def photo(self, f: Find, picture: str, label: str) -> list[Any]:
        return [self.pictures[picture, "BEFORE" if f.retaken else label, f.fault % photos.EACH].again()]

    def words(self, v: Visit, f: Find) -> dict[str, Any]:
        """What is said of a hazard when it is entered."""
        firm, n = v.firm, f.fault
        where = texts.LOCATIONS.get(firm.sector, texts.LOCATIONS[""])
        if f.course is not None and f.course.kind == MAJOR:
            m = texts.MAJOR[firm.sector][n % len(texts.MAJOR[firm.sector])]
            return {
                "description": f"{m.where}{m.what}",
                "location": m.where,
                "photos": self.photo(f, m.picture, "BEFORE"),
            }
        fault = fault_of(v, f)
        return {
            "description": f"{where[n // 7 % len(where)]}{fault.what}", "location": where[n // 7 % len(where)],
            "category": fault.category, "accident": fault.accident, "basis": fault.clause,
        }  # fmt: skip

    def follow(self, v: Visit, f: Find, pk: int) -> None:
        """Everything after it was entered."""
        c = f.course
        assert c is not None
        self.known[id(f)] = pk
        if c.kind == OWN:
            self._own(v, f, c, pk)
        elif c.kind == MAJOR:
            self._major(v, f, c, pk)
        else:
            self._ordered(v, f, c, pk)

    def _ordered(self, v: Visit, f: Find, c: Course, pk: int) -> None:
        finder, add = self.who.finder(v), self.agenda.add
        principal, fault = self.who.principals[v.firm.n], fault_of(v, f)
        second = self.who.bureau(v.county, v.firm.sector)[1] if c.legal else None
        add(ORDER, v.day, v.minute + 110, hazards.order, finder, pk, due_on=c.due, requirement=fault.measures,
            legal=c.legal, second=second)  # fmt: skip
        if c.legal:
            self._paper(v, pk, finder, second)
        if c.asked and c.until:
            add(PLAN, c.asked, 600, hazards.ask_extension, principal, pk, until=c.until,
                reason=texts.DELAYS[f.fault % len(texts.DELAYS)])  # fmt: skip
            add(GRANT, c.asked, 840, hazards.grant_extension, finder, pk, opinion="情况属实,同意延期")
        self._handed_in(v, f, c, pk, hazards.submit, hazards.fail, finder)
        if c.accepted:
            seen = v.minute + 118 if c.at_once(v.day) else 600
            add(ACCEPT, c.accepted, seen, hazards.accept, finder, pk, second=second,
                opinion=texts.OPINIONS[f.fault % len(texts.OPINIONS)])  # fmt: skip

    def _paper(self, v: Visit, pk: int, finder: Any, second: Any) -> None:
        """The order on paper, served the same day."""
        self.agenda.add(
            PAPER, v.day, v.minute + 112, documents.record, finder, None, type="RECTIFY_ORDER", second=second,
            hazards=lambda: _with_firm(pk=pk),
            signed_by=self.who.head(v.county, v.firm.sector).name, words=self._remedies(v.county),
        )  # fmt: skip

    def _remedies(self, county: str) -> dict[str, str]:
        """To whom a firm may turn against an order."""
        name = self.who.units[self.who.at[county]].name
        return {"government": f"{name}人民政府", "court": f"{name}人民法院"}

    def _handed_in(
        self, v: Visit, f: Find, c: Course, pk: int, submit: Any, fail: Any, judge: Any, **more: Any
    ) -> None:
        """Handed in, and once more where it was not accepted at first."""
        fault, add = fault_of(v, f), self.agenda.add
        manager = self.who.managers[v.firm.n]
        said = {"measures": fault.measures, "photos": lambda: self.photo(f, fault.picture, "AFTER"),
                "money_spent": f.fault % 9 * 400} | more  # fmt: skip
        if c.submitted:
            handed = v.minute + 113 if c.at_once(v.day) else _late(v, c.submitted, 1210)
            add(SUBMIT, c.submitted, handed, submit, manager, pk, **said)
        if c.failed:
            add(FAIL, c.failed, 570, fail, judge, pk, still_open=texts.STILL_OPEN[f.fault % len(texts.STILL_OPEN)],
                due_on=c.failed + timedelta(days=5))  # fmt: skip
        if c.again:
            add(AGAIN, c.again, 1000, submit, manager, pk, **said)

    def _own(self, v: Visit, f: Find, c: Course, pk: int) -> None:
        """In the firm: one puts it right, another accepts."""
        manager, principal = self.who.managers[v.firm.n], self.who.principals[v.firm.n]
        self.agenda.add(ORDER, v.day, v.minute + 110, hazards.start_own, manager, pk, due_on=c.due, responsible=manager.name,
                        requirement=fault_of(v, f).measures)  # fmt: skip
        self._handed_in(v, f, c, pk, hazards.submit, hazards.fail_own, principal)
        if c.accepted:
            self.agenda.add(
                ACCEPT, c.accepted, 600, hazards.accept_own, principal, pk, opinion="已整改,同意销号"
            )

    def _major(self, v: Visit, f: Find, c: Course, pk: int) -> None:
        add, (one, two) = self.agenda.add, self.who.bureau(v.county, v.firm.sector)
        m = texts.MAJOR[v.firm.sector][f.fault % len(texts.MAJOR[v.firm.sector])]
        clause = clause_of(v.firm.sector, m.part, v.day)
        add(
            PROPOSE,
            v.day,
            v.minute + 50,
            hazards.propose_major,
            one,
            pk,
            clause=clause,
            words="现场检查符合判定标准",
        )
        add(CONFIRM, v.day, v.minute + 80, hazards.confirm_major, one, pk, basis=clause, evacuate=False,
            suspend=False, second=two)  # fmt: skip
        add(ORDER, v.day, v.minute + 110, hazards.order, one, pk, due_on=c.due, requirement=m.measures,
            legal=c.legal, second=two if c.legal else None)  # fmt: skip
        if c.legal:
            self._paper(v, pk, one, two)
        add(PLAN, v.day, _late(v, v.day, 1160), hazards.plan, self.who.principals[v.firm.n], pk, **SIX, **FIVE,
            money_planned=60_000 + f.fault % 40 * 5_000)  # fmt: skip
        self._handed_in(v, f, c, pk, hazards.submit, hazards.fail, one, evaluation="EXPERT",
                        photos=lambda: self.photo(f, m.picture, "AFTER"), measures=m.measures,
                        money_spent=60_000 + f.fault % 40 * 4_700)  # fmt: skip
        if c.accepted:
            add(ACCEPT, c.accepted, 600, hazards.propose_acceptance, one, pk, opinion="现场核查,治理方案已全部落实",
                second=two, photos=lambda: self.photo(f, m.picture, "AFTER"))  # fmt: skip
            add(APPROVE, c.accepted, 930, hazards.approve_acceptance, self.who.head(v.county, v.firm.sector), pk,
                opinion="同意销号")  # fmt: skip

    def stop(self, s: Stop) -> None:
        """Production stops on the ground of what was found, and begins again once that is closed."""
        v, pk = s.visit, self.known[id(s.find)]
        one = self.who.bureau(v.county, v.firm.sector)[0]
        self.agenda.add(
            STOP, s.day, _late(v, s.day, 1180), hazards.propose_suspension, one, None, enterprise=self.firms[v.firm.n],
            hazards=lambda: [Hazard.everything.get(pk=pk)], extent="PART", scope_words="存在隐患的作业区域",
            reason="隐患未消除前无法保证安全", then=lambda row: self._stopped(s, row.pk),
        )  # fmt: skip

    def _stopped(self, s: Stop, pk: int) -> None:
        v, add = s.visit, self.agenda.add
        one, two = self.who.bureau(v.county, v.firm.sector)
        head = self.who.head(v.county, v.firm.sector)
        add(STOPPED, s.day, _late(v, s.day, 1200), hazards.approve_suspension, head, pk)
        if s.lifted:
            principal = self.who.principals[v.firm.n]
            add(
                APPLY,
                s.lifted,
                540,
                hazards.apply_to_resume,
                principal,
                pk,
                words="隐患已整改销号,申请恢复生产",
            )
            add(REVIEW, s.lifted, 870, hazards.review_resumption, one, pk, second=two, passed=True,
                words="现场复查,停产依据的隐患已消除")  # fmt: skip
            add(LIFT, s.lifted, 960, hazards.approve_resumption, head, pk, opinion="同意复产")


def _late(v: Visit, day: date, minute: int) -> int:
    """A minute of the day, after everything of a visit that was held on it."""
    return max(minute, v.minute + minute // 10) if day == v.day else minute


def fault_of(v: Visit, f: Find) -> texts.Found:
    faults = texts.FOUND.get(v.firm.sector, texts.FOUND["TRADE"])
    return faults[f.fault % len(faults)]


def clause_of(sector: str, part: str, on: date) -> str:
    """The criterion in force on the day of which this is a piece; where none is in force, the words themselves."""
    clauses = standards.major_clauses(sector, on=on)
    return next((c for c in clauses if part in c), clauses[0] if clauses else part)
