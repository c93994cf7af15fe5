"""What sheets about firms share: which firm a row means, where that is, what is entered on the register for it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from anlan.exchange import values
from anlan.exchange.firms import Firms, Known
from anlan.exchange.kinds import base
from anlan.exchange.kinds.base import Bad, Draft, Question, Reader
from anlan.exchange.reading import Row
from anlan.exchange.report import Refusal
from anlan.kernel.words import Reason
from anlan.register import commands as register


class OfFirms(Reader):
    """Rows with a firm, or with a place; their inputs have enterprise, county, town and sector."""

    def __init__(self, **given: Any):
        super().__init__(**given)
        self.firms = Firms(self.mapping.firms)
        self._belongs: dict[str, tuple[str, str]] = {}
        self._would_enter: set[tuple[str, str]] = set()

    def whose(self, row: Row, draft: Draft) -> tuple[Known | None, str]:
        """The firm and the place; a row of a known firm needs no place of its own."""
        name, uscc = self.cell(row, "firm"), self.cell(row, "uscc").upper()
        unsaid: list[Refusal] = []
        place = self.code(row, "place", lambda *why: unsaid.append(self.refusal(row, *why)), asks=False)
        if not name and not uscc:
            self._needs_a_place(row, draft, unsaid)
            return None, place
        answer = self.firms.answer(name, uscc, self.belongs(place)[0])
        if answer.wrong is not None:
            draft.wrong.append(self.refusal(row, *answer.wrong))
        elif answer.firm is None:
            self._needs_a_place(row, draft, unsaid)
            if not name:
                draft.wrong.append(
                    self.refusal(
                        row,
                        "firm",
                        Reason("没有这个信用代码的企业,又没有写企业名称"),
                        Reason("请填写企业全称"),
                    )
                )
            elif not self.by.may("register.enter"):
                draft.wrong.append(
                    self.refusal(
                        row,
                        "firm",
                        Reason("企业“%(name)s”尚未登记", {"name": name}),
                        Reason("请先登记企业,再导入"),
                    )
                )
        return answer.firm, place

    def _needs_a_place(self, row: Row, draft: Draft, unsaid: list[Refusal]) -> None:
        if unsaid:
            draft.wrong += unsaid
            self.strangers["places"][self.cell(row, "place")] += 1

    def questions(self) -> list[Question]:
        return [*super().questions(), *self.firms.questions()]

    def belongs(self, code: str) -> tuple[str, str]:
        if code not in self._belongs:
            self._belongs[code] = base.belongs(code)
        return self._belongs[code]

    def rectified(self, row: Row, bad: Bad, found: date | None) -> tuple[bool, date | None]:
        said = self.cell(row, "rectified")
        meant = self.code(row, "rectified", bad)
        closed = self.day(row, "closed_on", bad)
        if meant != "yes":
            return False, closed
        if closed is None and said in values.AT_ONCE:
            closed = found
        if closed is None and not self.cell(row, "closed_on"):
            bad("closed_on", Reason("已整改的没有写完成时间"), Reason("请填写实际整改完成时间"))
        return True, closed

    def with_files(self, read: Sequence[tuple[Draft, Known | None]]) -> None:
        """Give each draft the file of its firm, all of them read at once."""
        files = self.firms.rows({firm.pk for _draft, firm in read if firm is not None})
        for draft, firm in read:
            if firm is not None:
                draft.inputs["enterprise"] = files.get(firm.pk)

    def would_enter(self, drafts: Sequence[Draft]) -> None:
        self._would_enter |= self._unknown(drafts).keys()
        self.new_firms = len(self._would_enter)

    def enter_firms(self, drafts: Sequence[Draft]) -> dict[int, Refusal]:
        """Put the firms that nobody knows on the register. Returns the drafts without one, by id(), with why."""
        refused = self._enter(self._unknown(drafts))
        answers: dict[int, Refusal] = {}
        for draft in drafts:
            if draft.inputs["enterprise"] is not None or not (name := self.cell(draft.row, "firm")):
                continue
            answer = self.firms.answer(*self._firm_of(draft))
            if answer.firm is not None:
                draft.inputs["enterprise"] = self.firms.rows([answer.firm.pk]).get(answer.firm.pk)
            if draft.inputs["enterprise"] is None:
                reason = refused.get(name) or Reason("企业“%(name)s”没有登记成", {"name": name})
                answers[id(draft)] = self.refusal(
                    draft.row, "firm", reason, Reason("请改正后再导入,或先登记企业")
                )
        return answers

    def _firm_of(self, draft: Draft) -> tuple[str, str, str]:
        return self.cell(draft.row, "firm"), self.cell(draft.row, "uscc").upper(), draft.inputs["county"]

    def _unknown(self, drafts: Sequence[Draft]) -> dict[tuple[str, str], Draft]:
        """The firms that nobody knows yet, each with the row that names it first."""
        found: dict[tuple[str, str], Draft] = {}
        for draft in drafts:
            name, uscc, _county = self._firm_of(draft)
            if name and draft.inputs["enterprise"] is None:
                found.setdefault((name, uscc), draft)
        return found

    def _enter(self, unknown: dict[tuple[str, str], Draft]) -> dict[str, Reason]:
        """Put them on the register as the sheet has them. Returns why not, by name."""
        requests = [
            {
                "name": name, "uscc": uscc, "county": d.inputs["county"], "town": d.inputs["town"],
                "sector": d.inputs["sector"], "address": self.cell(d.row, "address")[:200], "scale": "OTHER",
            }
            for (name, uscc), d in unknown.items()
        ]  # fmt: skip
        refused: dict[str, Reason] = {}
        for request, outcome in zip(
            requests, register.enter.many(requests, by=self.by, at=self.at), strict=True
        ):
            if outcome.reason is not None:
                refused[str(request["name"])] = outcome.reason
            else:
                self.firms.entered(outcome.row)
                self.new_firms += 1
        return refused
