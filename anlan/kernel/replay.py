"""Replay: fold the journal and compare it with the records. What was touched, in either, is named.

One pass over the entries of a kind in the order of their chains, beside one pass over its rows. The
chain alone would prove only itself; folding before and after of every column proves the records.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db import models

from anlan.kernel import canonical, plainly
from anlan.kernel.journal import GENESIS, Journaled, JournalEntry, covered
from anlan.kernel.words import Reason

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree, and where."""

    reason: Reason
    kind: str = ""
    subject: int | None = None


def journaled_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if issubclass(m, Journaled)]


def _belongs(model: Any) -> bool:
    """Whether rows of a model are only ever written as children of an act."""
    parent = getattr(model, "parent", None)
    return bool(isinstance(parent, str) and parent) or bool(getattr(model, "journaled_with", ()))


def _children_of(models_: list[type[models.Model]]) -> set[str]:
    """Labels of models whose rows are only ever written as children of an act."""
    return {m._meta.label_lower for m in apps.get_models() if _belongs(m)}


class Replay:
    """One replay of everything. `findings()` yields what is wrong; the counters tell how much was read."""

    def __init__(self, progress: Progress | None = None):
        self.progress = progress or (lambda what, n: None)
        self.entries = self.subjects = self.records = 0
        #: label → key → (kind, subject, mark of what the chain says it is)
        self._children: dict[str, dict[int, tuple[str, int, bytes]]] = {}
        self._marked: dict[str, Callable[[dict[str, Any]], bytes]] = {}

    def findings(self) -> Iterator[Finding]:
        kinds = {m._meta.model_name: m for m in journaled_models()}
        for kind, model in sorted(kinds.items()):
            yield from self._kind(kind or "", model)
        strangers = JournalEntry.objects.exclude(kind__in=kinds).values_list("kind", flat=True).distinct()
        for kind in strangers:
            yield Finding(Reason("日志中有未知的记录种类“%(kind)s”", {"kind": kind}), kind)
        yield from self._compare_children()

    # -- one kind --------------------------------------------------------------------------------

    def _kind(self, kind: str, model: type[models.Model]) -> Iterator[Finding]:
        names = covered(model)
        columns = plainly.Columns(model, ("pk", "seq", "head", *names))
        rows = columns.rows(model._base_manager.order_by("pk"))
        chains = self._chains(kind, plainly.defaults(model, names))
        expected = _picked(names)
        row: Any = next(rows, None)
        chain: Any = next(chains, None)
        while row is not None or chain is not None:
            self.subjects += 1
            if self.subjects % 1000 == 0:
                self.progress(kind, self.subjects)
            if chain is None or (row is not None and row[0] < chain.subject):
                yield Finding(
                    Reason(
                        "%(kind)s %(pk)s没有任何日志:这一行不是通过系统登记的", {"kind": kind, "pk": row[0]}
                    ),
                    kind,
                    row[0],
                )
                row = next(rows, None)
            elif row is None or chain.subject < row[0]:
                yield from chain.findings
                yield Finding(
                    Reason("%(kind)s %(pk)s的记录已被删除,日志仍在", {"kind": kind, "pk": chain.subject}),
                    kind,
                    chain.subject,
                )
                chain = next(chains, None)
            else:
                yield from chain.findings
                yield from self._compare(kind, row, names, expected, chain)
                row, chain = next(rows, None), next(chains, None)

    def _chains(self, kind: str, defaults: dict[str, Any]) -> Iterator["_Chain"]:
        columns = plainly.Columns(
            JournalEntry, ("subject", "seq", "id", "act", "person", "happened", "body", "digest")
        )
        entries = columns.rows(JournalEntry.objects.filter(kind=kind).order_by("subject", "seq"))
        chain: _Chain | None = None
        for subject, *entry in entries:
            if chain is None or chain.subject != subject:
                if chain is not None:
                    self._keep_children(chain)
                    yield chain
                chain = _Chain(kind, subject, defaults)
            self.entries += 1
            chain.add(*entry)
        if chain is not None:
            self._keep_children(chain)
            yield chain

    def _keep_children(self, chain: "_Chain") -> None:
        """Of each child a mark of its last state: the children themselves are read in an order of their own."""
        for (label, pk), folded in chain.children.items():
            mark = self._marks(label)(folded)
            self._children.setdefault(label, {})[pk] = (chain.kind, chain.subject, mark)

    def _marks(self, label: str) -> Callable[[dict[str, Any]], bytes]:
        if label not in self._marked:
            model = apps.get_model(label)
            names = covered(model)
            defaults, picked = plainly.defaults(model, names), _picked(names)
            self._marked[label] = lambda folded: _mark(picked({**defaults, **folded}))
        return self._marked[label]

    def _compare(
        self, kind: str, row: list[Any], names: tuple[str, ...], expected: "_Picker", chain: "_Chain"
    ) -> Iterator[Finding]:
        pk, seq, head = row[0], row[1], row[2]
        if seq > chain.seq:
            yield Finding(
                Reason(
                    "%(kind)s %(pk)s的日志少了末尾%(n)s条(记录到第%(seq)s步,日志到第%(last)s步)",
                    {"kind": kind, "pk": pk, "n": seq - chain.seq, "seq": seq, "last": chain.seq},
                ),
                kind,
                pk,
            )
            return
        if seq < chain.seq or head != chain.head:
            yield Finding(Reason("%(kind)s %(pk)s的链首与日志不符", {"kind": kind, "pk": pk}), kind, pk)
        if chain.broken:
            return
        said = expected(chain.state)
        if said == tuple(row[3:]):
            return
        for name, was, now in zip(names, said, row[3:], strict=True):
            if was != now:
                yield Finding(
                    Reason(
                        "%(kind)s %(pk)s的“%(column)s”被直接改动:日志为%(was)s,现为%(now)s",
                        {"kind": kind, "pk": pk, "column": name, "was": was, "now": now},
                    ),
                    kind,
                    pk,
                )

    # -- children --------------------------------------------------------------------------------

    def _compare_children(self) -> Iterator[Finding]:
        for label in sorted(self._children.keys() | _children_of([])):
            folded = dict(self._children.get(label, {}))
            model = apps.get_model(label)
            if issubclass(model, Journaled):
                continue
            names = covered(model)
            columns = plainly.Columns(model, ("pk", *names))
            for pk, *values in columns.rows(model._base_manager.order_by("pk")):
                self.records += 1
                known = folded.pop(pk, None)
                if known is None:
                    yield Finding(
                        Reason(
                            "%(label)s %(pk)s没有日志:这一行不是通过系统登记的", {"label": label, "pk": pk}
                        ),
                        label,
                        pk,
                    )
                    continue
                if _mark(tuple(values)) != known[2]:
                    yield Finding(
                        Reason(
                            "%(label)s %(pk)s(属于%(kind)s %(subject)s)被直接改动",
                            {"label": label, "pk": pk, "kind": known[0], "subject": known[1]},
                        ),
                        label,
                        pk,
                    )
            for pk, (kind, subject, _) in sorted(folded.items()):
                yield Finding(
                    Reason(
                        "%(label)s %(pk)s(属于%(kind)s %(subject)s)已被删除,日志仍在",
                        {"label": label, "pk": pk, "kind": kind, "subject": subject},
                    ),
                    label,
                    pk,
                )


_Picker = Callable[[dict[str, Any]], tuple[Any, ...]]


def _picked(names: tuple[str, ...]) -> _Picker:
    """These values of a dict, in this order."""
    if len(names) == 1:
        return lambda values: (values[names[0]],)
    return itemgetter(*names)


def _mark(values: tuple[Any, ...]) -> bytes:
    """Short for the values of a record, in canonical form and in the order of its columns."""
    # a truth value is 1 or 0 in one database and True or False in the other
    said = "\x1f".join([repr(int(v)) if v.__class__ is bool else repr(v) for v in values])
    return blake2b(said.encode(), digest_size=16).digest()


class _Chain:
    """The entries of one subject, folded as they come."""

    __slots__ = ("broken", "children", "findings", "head", "kind", "seq", "state", "subject")

    def __init__(self, kind: str, subject: int, defaults: dict[str, Any]):
        self.kind, self.subject = kind, subject
        self.seq, self.head, self.broken = 0, GENESIS, False
        self.state = dict(defaults)
        self.findings: list[Finding] = []
        self.children: dict[tuple[str, int], dict[str, Any]] = {}

    def _found(self, msgid: str, **params: Any) -> None:
        params |= {"kind": self.kind, "pk": self.subject}
        self.findings.append(Finding(Reason(msgid, params), self.kind, self.subject))
        self.broken = True

    def add(self, seq: int, id: str, act: str, person: int, happened: str, body: str, digest: str) -> None:
        if seq != self.seq + 1:
            self._found("%(kind)s %(pk)s的日志缺第%(gap)s条", gap=self.seq + 1)
        if canonical.digest(self.head, body) != digest:
            self._found(
                "%(kind)s %(pk)s的第%(seq)s条日志与其校验值不符:内容被改动、调换,或前面有缺失", seq=seq
            )
        self.seq, self.head = seq, digest
        try:
            said = json.loads(body)
            columns = (
                said["id"],
                said["subject"],
                said["seq"],
                said["act"],
                said["by"]["id"],
                said["happened"],
            )
        except (ValueError, KeyError, TypeError):
            self._found("%(kind)s %(pk)s的第%(seq)s条日志无法读取", seq=seq)
            return
        if columns != (id, self.subject, seq, act, person, happened):
            self._found("%(kind)s %(pk)s的第%(seq)s条日志的检索栏与内容不符", seq=seq)
        before, after = said["before"], said["after"]
        if not self.broken:
            for name, was in before.items():
                if self.state.get(name) != was:
                    self._found(
                        "%(kind)s %(pk)s在第%(seq)s步之前,“%(column)s”被绕过系统改动过", seq=seq, column=name
                    )
        self.state.update(after)
        for label, pk, _was, now in said["children"]:
            self.children.setdefault((label, pk), {}).update(now)
