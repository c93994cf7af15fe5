"""Which firm a row means: by credit code, else by name; where names are alike, a person decides.

The firms of the register that the sender may see are read once for a sheet, not once for a row.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from anlan.exchange.kinds.base import Question
from anlan.kernel.codes import check_uscc
from anlan.kernel.words import Reason
from anlan.register import queries as register
from anlan.register.models import Enterprise

NEW = "new"
#: how many like names are shown
SHOWN = 3
#: a shorter core says too little to be looked for in a longer name
LEAST = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A firm as the sheet needs it to be told from another."""

    pk: int
    name: str
    uscc: str
    county: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`firm` where it is known; `wrong` where it cannot be told, with the field at fault; neither: a new one."""

    firm: Known | None = None
    wrong: tuple[str, Reason, Reason] | None = None
    alike: tuple[Known, ...] = ()


class Firms:
    """The register by code, by name and by what is left of a name without place and legal form."""

    def __init__(self, chosen: dict[str, str]):
        self.chosen = chosen
        self.by_code: dict[str, Known] = {}
        self.by_name: dict[str, list[Known]] = {}
        self.by_key: dict[int, Known] = {}
        self._answers: dict[tuple[str, str, str], Answer] = {}
        self._asked: dict[str, list[tuple[str, str, str]]] = {}
        self._rows: dict[int, Enterprise] = {}
        for pk, name, uscc, county in register.told_apart():
            self.add(Known(pk, name, uscc, county))
        self._stood = list(self.by_key.values())
        self._text = "\n".join(k.name for k in self._stood)
        self._by_core: dict[str, list[Known]] = {}
        for firm in self._stood:
            self._by_core.setdefault(register.core_of(firm.name), []).append(firm)

    def add(self, firm: Known) -> None:
        self.by_key[firm.pk] = firm
        if firm.uscc:
            self.by_code[firm.uscc] = firm
        self.by_name.setdefault(firm.name, []).append(firm)

    def answer(self, name: str, uscc: str, county: str) -> Answer:
        """Which firm is meant; `county` tells apart those of one name."""
        key = (name, uscc, county)
        if key not in self._answers:
            self._answers[key] = self._found(name, uscc, county)
            self._asked.setdefault(name, []).append(key)
        return self._answers[key]

    def questions(self) -> list[Question]:
        """The names about which a person decides, with the firms that they may mean."""
        found: dict[str, Question] = {}
        for (name, _uscc, _county), answer in self._answers.items():
            if name and (answer.alike or name in self.chosen):
                among = tuple((k.uscc or f"#{k.pk}", f"{k.name} {k.uscc}".strip()) for k in answer.alike)
                found[name] = Question("firms", name, 0, self.chosen.get(name, ""), among)
        return list(found.values())

    def _found(self, name: str, uscc: str, county: str) -> Answer:
        if uscc and (firm := self.by_code.get(uscc)) is not None:
            return Answer(firm)
        if uscc and (wrong := check_uscc(uscc)) is not None:
            return Answer(wrong=("uscc", wrong, Reason("请照营业执照改正,不知道的可以留空")))
        chosen = self.chosen.get(name, "")
        if chosen == NEW:
            return Answer(alike=self._alike(name))
        if chosen:
            firm = self.by_key.get(int(chosen[1:])) if chosen[:1] == "#" and chosen[1:].isdecimal() else None
            firm = firm or self.by_code.get(chosen.upper()) or self._one(self.by_name.get(chosen, []), county)
            if firm is None:
                reason = Reason("为“%(name)s”选择的企业“%(firm)s”没有找到", {"name": name, "firm": chosen})
                return Answer(wrong=("firm", reason, Reason("请重新选择")), alike=self._alike(name))
            return Answer(firm, alike=self._alike(name) or (firm,))
        return self._by_name(name, uscc, county)

    def _by_name(self, name: str, uscc: str, county: str) -> Answer:
        same = self.by_name.get(name, [])
        firm = self._one(same, county)
        if firm is not None and uscc and firm.uscc and firm.uscc != uscc:
            reason = Reason(
                "“%(name)s”登记的信用代码是%(code)s,与表中不同", {"name": name, "code": firm.uscc}
            )
            return Answer(
                wrong=("uscc", reason, Reason("请核对信用代码;确是另一家的,在导入时选择“作为新企业”")),
                alike=(firm,),
            )
        if firm is not None:
            return Answer(firm)
        alike = tuple(same) or self._alike(name)
        if not alike:
            return Answer()
        names = "、".join(k.name for k in alike[:SHOWN])
        return Answer(
            wrong=(
                "firm",
                Reason("没有名称完全相同的企业,相近的有“%(names)s”", {"names": names}),
                Reason("请写全称或统一社会信用代码;确是另一家的,在导入时选择“作为新企业”"),
            ),
            alike=alike,
        )

    def _one(self, same: list[Known], county: str) -> Known | None:
        if len(same) > 1:
            same = [k for k in same if k.county == county]
        return same[0] if len(same) == 1 else None

    def _alike(self, name: str) -> tuple[Known, ...]:
        """Of those that stood before this sheet: the core of one name is contained in the other."""
        core = register.core_of(name)
        if len(core) < 2:
            return ()
        found = [k for k in self._stood if core in k.name] if core in self._text else []
        parts = {core[i:j] for i in range(len(core)) for j in range(i + LEAST, len(core) + 1)}
        found += [k for part in parts for k in self._by_core.get(part, ()) if k not in found]
        return tuple(sorted(found, key=lambda k: (k.name, k.pk))[:10])

    def rows(self, keys: Iterable[int]) -> dict[int, Enterprise]:
        """The files of these firms, read once."""
        missing = [key for key in set(keys) if key not in self._rows]
        for start in range(0, len(missing), 500):
            part = missing[start : start + 500]
            self._rows |= {e.pk: e for e in register.files(part)}
        return {key: self._rows[key] for key in keys if key in self._rows}

    def entered(self, row: Enterprise) -> Known:
        """A firm that this sheet put on the register."""
        firm = Known(row.pk, row.name, row.uscc, row.county)
        self.add(firm)
        self._rows[row.pk] = row
        for key in self._asked.get(row.name, ()):
            if key[1] in ("", row.uscc):
                self._answers[key] = Answer(firm)
        return firm
