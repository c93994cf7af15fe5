"""`@performs` turns a plain function into the only way to make one transition happen.

The body sets the attributes that are special to this act and returns child records and an event; it
does not touch the database. What every act needs happens here, once: scope, lock, check, save,
journal, tally, event, in one transaction.

`performs.many` (as `accept.many([...])`) is the only bulk path: the same checks and the same traces
for each row, in chunks.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from uuid6 import uuid7

from anlan.kernel import bulk, canonical, events, scope, search, tally
from anlan.kernel.clock import Moment
from anlan.kernel.journal import JournalEntry, changes, covered, snapshot
from anlan.kernel.scope import Access, Actor, acting_as
from anlan.kernel.words import Conflict, Reason, Refused
from anlan.kernel.workflow import Clock, Transition, Workflow

#: so many acts together; so many rows are sooner read one by one than by a list made for them
CHUNK, FEW = 1000, 8
COMMANDS: dict[str, "Command"] = {}
Loader = Callable[[Sequence[Any]], dict[int, Any]]
Keys = Callable[..., Sequence[int]]

NOT_YOURS = Reason("没有找到这条记录,或不在您的职责范围内")

#: constraint name → the sentence for the person whose act broke it
CONSTRAINTS: dict[str, Reason] = {}


def new_id() -> UUID:
    """An id for an act about to be offered: a desk form carries one, which settles the double click."""
    return UUID(bytes=uuid7().bytes)


@dataclass(frozen=True, slots=True)
class Act:
    """What the body is told of the act it performs."""

    by: Actor
    at: Moment
    id: UUID

    @property
    def day(self) -> date:
        return self.at.day


@dataclass(slots=True)
class Done:
    """What a body hands back.

    `children`: records made or changed with the row. `opens`: who else now sees it, as
    (organisation, person, until). `event`: what the reactions are told. `target`: the state, where
    the transition leaves a choice. `note`: more words for the journal, never read by rules.
    """

    children: Sequence[models.Model] = ()
    opens: Sequence[tuple[int | None, int | None, date | None]] = ()
    event: Any = None
    target: str | None = None
    note: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row's result in a bulk act: the row, or why not."""

    key: Any
    row: Any = None
    reason: Reason | None = None
    repeated: bool = False


@dataclass(slots=True)
class _Asked:
    key: Any
    id: UUID
    seen: int | None
    inputs: dict[str, Any]
    digest: str
    at: Moment


def allocate(model: type[models.Model], n: int) -> list[int]:
    """Primary keys for rows about to be made, so that one insert can carry its own journal entry."""
    table = model._meta.db_table
    column = model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, column, n],
            )
            return [row[0] for row in cursor.fetchall()]
        # BEGIN IMMEDIATE holds the only write lock, so nobody else can take these
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        start = (found[0] if found else 0) + 1
        return list(range(start, start + n))


class Command:
    """One act, callable for one row; `.many` for a list."""

    def __init__(
        self,
        body: Callable[..., Done | None],
        *,
        workflow: Workflow,
        transition: Transition,
        on: type[models.Model],
        loads: dict[str, Loader],
        key: Keys | None,
    ):
        self.body, self.workflow, self.transition, self.loads = body, workflow, transition, loads
        self.on: Any = on
        self.key = key
        self.name = f"{workflow.name}.{transition.name}"
        self.kind = on._meta.model_name or ""
        self.__doc__ = body.__doc__
        self.__name__ = body.__name__
        self.__module__ = body.__module__

    def __call__(
        self,
        pk: Any = None,
        *,
        by: Actor,
        at: Moment | datetime,
        id: UUID | None = None,
        seen: int | None = None,
        **inputs: Any,
    ) -> Any:
        """Perform it once. Raises Refused (or Conflict); then nothing has changed."""
        moment = at if isinstance(at, Moment) else Moment.at(at)
        asked = self._asked(pk, moment, id, seen, inputs)
        outcome = self._run([asked], by=by)[0]
        if outcome.reason is not None:
            raise Refused(outcome.reason)
        return outcome.row

    def many(self, requests: Iterable[dict[str, Any]], *, by: Actor, at: Moment | datetime) -> list[Outcome]:
        """Perform it for each request {pk, id?, seen?, at?, …inputs}; each row has its own outcome."""
        moment = at if isinstance(at, Moment) else Moment.at(at)
        asked = []
        for request in requests:
            rest = dict(request)
            when = rest.pop("at", moment)
            when = when if isinstance(when, Moment) else Moment.at(when)
            asked.append(
                self._asked(rest.pop("pk", None), when, rest.pop("id", None), rest.pop("seen", None), rest)
            )
        return [o for chunk in _chunks(asked) for o in self._run(chunk, by=by, collect=True)]

    def rehearse(self, requests: Iterable[dict], *, by: Actor, at: Moment) -> list[Reason | None]:
        """Why each request of an act that creates rows would be refused, or None. Nothing is written."""
        reasons: list[Reason | None] = []
        with acting_as(by):
            for inputs in requests:
                try:
                    self._decide(0, self._asked(None, at, None, None, inputs), self.on(), {}, by)
                    reasons.append(None)
                except Refused as refusal:
                    reasons.append(refusal.reason)
        return reasons

    # -- how -------------------------------------------------------------------------------------

    def _asked(
        self, pk: Any, at: Moment, id: UUID | None, seen: int | None, inputs: dict[str, Any]
    ) -> _Asked:
        said = canonical.plain({"act": self.name, "subject": pk, "inputs": inputs})
        return _Asked(pk, id or new_id(), seen, inputs, canonical.digest(canonical.raw(said)), at)

    def _run(self, asked: list[_Asked], *, by: Actor, collect: bool = False) -> list[Outcome]:
        with acting_as(by):
            try:
                with transaction.atomic():
                    return self._perform(asked, by=by, collect=collect)
            except (Refused, self.on.DoesNotExist) as refusal:
                if collect:  # a reaction refused one of them: the others pass
                    return [o for one in asked for o in self._one(one, by=by)]
                if (repeat := self._repeated(asked[0], by)) is not None:
                    return [repeat]
                raise refusal from None
            except IntegrityError as error:
                if collect:  # find the row at fault, let the others pass
                    return [o for one in asked for o in self._one(one, by=by)]
                if (repeat := self._repeated(asked[0], by)) is not None:
                    return [repeat]
                raise _refusal_of(error) from error

    def _one(self, one: _Asked, *, by: Actor) -> list[Outcome]:
        try:
            return self._run([one], by=by)
        except Refused as refusal:
            return [Outcome(one.key, reason=refusal.reason)]
        except self.on.DoesNotExist:
            return [Outcome(one.key, reason=NOT_YOURS)]

    def _repeated(self, asked: _Asked, by: Actor) -> Outcome | None:
        """The first outcome, where this act id was already carried out. Conflict on other inputs.

        Asked only where the act was refused: by then the row may have moved on, or out of reach.
        """
        entry = JournalEntry.objects.filter(id=asked.id).values("subject", "inputs_digest", "person").first()
        if entry is None:
            return None
        if entry["inputs_digest"] != asked.digest or entry["person"] != by.id:
            raise Conflict(Reason("这一操作编号已用于另一次提交,请刷新页面后重新填写"))
        row = self.on._base_manager.get(pk=entry["subject"])
        return Outcome(asked.key, row=row, repeated=True)

    def _perform(self, asked: list[_Asked], *, by: Actor, collect: bool) -> list[Outcome]:
        outcomes: dict[int, Outcome] = {}
        rows = self._rows(asked, outcomes, collect, by)
        loaded = {name: loader([r for r in rows if r is not None]) for name, loader in self.loads.items()}
        work: list[_Work] = []
        for i, (one, row) in enumerate(zip(asked, rows, strict=True)):
            if row is None:
                continue
            try:
                work.append(self._decide(i, one, row, loaded, by))
            except Refused as refusal:
                if not collect:
                    raise
                repeat = self._repeated(one, by)
                outcomes[i] = repeat or Outcome(one.key, reason=refusal.reason)
        self._save(work, by=by)
        if work:
            events.publish(events.Performed(self.name, [w.row for w in work]), by=by, at=work[0].asked.at)
        for w in work:
            if w.done.event is not None:
                events.publish(w.done.event, by=by, at=w.asked.at)
            outcomes[w.index] = Outcome(w.asked.key, row=w.row)
        return [outcomes[i] for i in range(len(asked))]

    def _rows(self, asked: list[_Asked], outcomes: dict[int, Outcome], collect: bool, by: Actor) -> list[Any]:
        if self.transition.creates:
            if self.key is None:
                new: Sequence[int] = allocate(self.on, len(asked))
            else:
                new = self.key([one.inputs for one in asked], by=by, at=asked[0].at)
            return [bulk.blank(self.on, key) for key in new]
        if len(asked) == 1 and not collect:
            return [scope.one(self.on, asked[0].key, lock=True)]
        found = self._few(asked) if len(asked) <= FEW else self._found(asked)
        rows: list[Any] = []
        for i, one in enumerate(asked):
            row = found.get(one.key)
            if row is None:
                outcomes[i] = self._repeated(one, by) or Outcome(one.key, reason=NOT_YOURS)
            rows.append(row)
        return rows

    def _found(self, asked: list[_Asked]) -> dict[Any, Any]:
        """The rows of a list that whoever acts may reach, by key, locked in the order of keys."""
        opening = self.on.objects.opening(pk__in=[one.key for one in asked])
        return {row.pk: row for row in opening.select_for_update(of=("self",)).order_by("pk")}

    def _few(self, asked: list[_Asked]) -> dict[Any, Any]:
        """The same, each by a read whose SQL is there already."""
        found: dict[Any, Any] = {}
        for key in sorted({one.key for one in asked}, key=lambda key: (len(str(key)), str(key))):
            with suppress(self.on.DoesNotExist):
                found[key] = scope.one(self.on, key, lock=True)
        return found

    def _decide(self, index: int, one: _Asked, row: Any, loaded: dict, by: Actor) -> "_Work":
        t = self.transition
        fresh = t.creates
        if not fresh and one.seen is not None and one.seen != row.seq:
            raise Conflict(self._moved_on(row))
        if reason := self.workflow.why_not(t, row, by, one.at.happened):
            raise Refused(self._whose(row, reason) if row.state not in t.source and not fresh else reason)
        before = {} if fresh else snapshot(row)
        lines_before = Counter() if fresh else tally.lines(row)
        extra = {name: got.get(row.pk) for name, got in loaded.items()}
        snapshots = {id(child): snapshot(child) for child in _records(extra.values()) if child.pk is not None}
        marks = {id(c): tally.lines(c) for c in _records(extra.values()) if type(c) in tally.FACTS}
        done = self.body(row, act=Act(by, one.at, one.id), **extra, **one.inputs) or Done()
        if t.targets:
            target = done.target or t.targets[0]
            if target not in t.targets:
                raise ValueError(f"{self.name} may not lead to {target}")
            row.state = target
        if t.clock is not Clock.KEEP:
            row.stopped_at = one.at.happened if t.clock is Clock.STOP else None
            row.stopped_on = one.at.day if t.clock is Clock.STOP else None
        prepare = getattr(row, "derive", None)
        if prepare is not None:
            prepare()
        for record in (row, *done.children):
            _fits(record)
        return _Work(index, one, row, fresh, before, lines_before, snapshots, marks, done)

    def _moved_on(self, row: Any) -> Reason:
        last = (
            JournalEntry.objects.filter(kind=self.kind, subject=row.pk, seq=row.seq)
            .values("person_name", "act", "received")
            .first()
        )
        if last is None:
            return Reason("这条记录已有变化,请刷新后再办理")
        label = (
            self.workflow.transitions[last["act"]].label
            if last["act"] in self.workflow.transitions
            else last["act"]
        )
        return Reason(
            "您看到的内容已不是最新:%(who)s刚刚办理了“%(act)s”。请刷新后再办理",
            {"who": last["person_name"], "act": label},
        )

    def _whose(self, row: Any, reason: Reason) -> Reason:
        """A refusal by state names who moved the row there."""
        last = (
            JournalEntry.objects.filter(kind=self.kind, subject=row.pk, seq=row.seq)
            .values("person_name", "act")
            .first()
        )
        if last is None or last["act"] not in self.workflow.transitions:
            return reason
        return Reason(
            "当前状态为“%(state)s”,不能“%(act)s”:%(who)s已办理“%(last)s”",
            {
                **reason.params,
                "who": last["person_name"],
                "last": self.workflow.transitions[last["act"]].label,
            },
        )

    def _save(self, work: list["_Work"], *, by: Actor) -> None:
        if not work:
            return
        _key_children(work)
        entries, delta, access = [], Counter(), []
        for w in work:
            after = snapshot(w.row)
            w.changed = [] if w.fresh else [k for k, v in after.items() if w.before[k] != v]
            entries.append(self._entry(w, after, by))
            lines = tally.lines(w.row)
            delta.update(lines if w.fresh else tally.difference(w.lines_before, lines))
            for child in w.done.children:
                if type(child) in tally.FACTS:
                    delta.update(tally.difference(w.marks.get(id(child), Counter()), tally.lines(child)))
            access += [
                {"kind": self.kind, "subject": w.row.pk, "organisation": o, "person": p, "until": until}
                for o, p, until in w.done.opens
            ]
        stored = [(w.row, None if w.fresh else w.changed) for w in work]
        _store(stored)
        children = [(c, w.snapshots.get(id(c))) for w in work for c in w.done.children]
        _store_children(children)
        bulk.insert_plain(JournalEntry, entries)
        bulk.insert_plain(Access, access, unless_there=True)
        tally.write(delta)
        search.keep(stored)

    def _entry(self, w: "_Work", after: dict[str, Any], by: Actor) -> dict[str, Any]:
        row, one = w.row, w.asked
        old, new = changes(w.before, after)
        children = []
        for child in w.done.children:
            was = w.snapshots.get(id(child), {})
            was, now = changes(was, snapshot(child))
            children.append([child._meta.label_lower, child.pk, was, now])
        body = {
            "id": str(one.id),
            "kind": self.kind,
            "subject": row.pk,
            "seq": row.seq + 1,
            "act": self.transition.name,
            "by": {
                "id": by.id, "name": by.name, "role": by.role, "position": by.position, "title": by.title,
                "organisation": by.organisation, "organisation_name": by.organisation_name,
                "on_behalf_of": by.on_behalf_of,
            },
            "happened": canonical.plain(one.at.happened),
            "received": canonical.plain(one.at.received),
            "clock_was_off": one.at.clock_was_off,
            "inputs": one.digest,
            "before": old,
            "after": new,
            "children": children,
            "note": canonical.plain(w.done.note),
        }  # fmt: skip
        raw = canonical.raw(body)
        row.seq += 1
        row.head = canonical.digest(row.head, raw)
        coordinates = getattr(row, "coordinates", None)
        county = getattr(row, coordinates.county, "") if coordinates and coordinates.county else ""
        return {
            "id": one.id, "kind": self.kind, "subject": row.pk, "seq": row.seq, "act": self.transition.name,
            "person": by.id, "person_name": by.name, "organisation": by.organisation, "county": county or "",
            "happened": one.at.happened, "received": one.at.received, "inputs_digest": one.digest, "body": raw,
            "digest": row.head,
        }  # fmt: skip


def _chunks(asked: Iterable[_Asked]) -> Iterator[list[_Asked]]:
    """At most CHUNK together, and never two acts upon one row: the second rests on the first."""
    chunk: list[_Asked] = []
    keys: set[Any] = set()
    for one in asked:
        if len(chunk) == CHUNK or (one.key is not None and one.key in keys):
            yield chunk
            chunk, keys = [], set()
        chunk.append(one)
        keys.add(one.key)
    if chunk:
        yield chunk


@dataclass(slots=True)
class _Work:
    index: int
    asked: _Asked
    row: Any
    fresh: bool
    before: dict[str, Any]
    lines_before: Counter
    snapshots: dict[int, dict[str, Any]]
    marks: dict[int, Counter]
    done: Done
    changed: list[str] = field(default_factory=list)


def performs(
    workflow: Workflow,
    name: str,
    *,
    on: type[models.Model],
    loads: dict[str, Loader] | None = None,
    key: Keys | None = None,
) -> Callable[[Callable[..., Done | None]], Command]:
    """Declare that the function below is the act `name` of `workflow` on rows of `on`.

    `loads`: records that the body needs, fetched before it runs, by the rows that are locked.
    `key`: for an act that creates rows sharing their keys with other records, how to have those, from
    the inputs of each, in order.
    """
    transition = workflow.transitions[name]

    def decorate(body: Callable[..., Done | None]) -> Command:
        command = Command(body, workflow=workflow, transition=transition, on=on, loads=loads or {}, key=key)
        if command.name in COMMANDS:
            raise ValueError(f"{command.name} has two commands")
        COMMANDS[command.name] = command
        return command

    return decorate


def _records(values: Iterable[Any]) -> Iterable[models.Model]:
    for value in values:
        if isinstance(value, models.Model):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from value


_LIMITS: dict[type[models.Model], tuple[tuple[str, int, str], ...]] = {}


def _fits(record: models.Model) -> None:
    """Refuse a text longer than its column, in words; SQLite would take it in silence."""
    model = type(record)
    if model not in _LIMITS:
        _LIMITS[model] = tuple(
            (f.attname, f.max_length, str(f.verbose_name))
            for f in model._meta.concrete_fields
            if isinstance(f, models.CharField) and f.max_length
        )
    values = record.__dict__
    for name, limit, label in _LIMITS[model]:
        value = values.get(name)
        if value and len(value) > limit:
            raise Refused(
                Reason(
                    "“%(text)s…”超过%(limit)s个字,请精简后再提交",
                    {"text": value[:12], "limit": limit, "of": label},
                ),
                name,
            )


def _key_children(work: list[_Work]) -> None:
    """Give new child records their keys and their parent's, before they are described."""
    new: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for w in work:
        for child in w.done.children:
            if child.pk is None:
                new[type(child)].append(child)
    for model, children in new.items():
        for child, key in zip(children, allocate(model, len(children)), strict=True):
            child.pk = key


def _store(rows: list[tuple[models.Model, list[str] | None]]) -> None:
    """Insert new rows; update only what changed in old ones."""
    bulk.insert([row for row, changed in rows if changed is None])
    old = [
        (row, [*(changed or ()), *_derived(row), "seq", "head"])
        for row, changed in rows
        if changed is not None
    ]
    _update(old)


def _derived(row: models.Model) -> Iterable[str]:
    return getattr(row, "uncovered", ())


def _store_children(children: list[tuple[models.Model, dict[str, Any] | None]]) -> None:
    fresh: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    old = []
    for child, before in children:
        if before is None:
            fresh[type(child)].append(child)
        else:
            now = snapshot(child)
            old.append((child, [name for name in covered(type(child)) if before.get(name) != now[name]]))
    for made in fresh.values():
        bulk.insert(made)
    _update([(row, names) for row, names in old if names])


def _update(rows: list[tuple[models.Model, list[str]]]) -> None:
    """UPDATE … SET only the changed columns, prepared once per set of columns."""
    groups: dict[tuple[type[models.Model], tuple[str, ...]], list[models.Model]] = defaultdict(list)
    for row, names in rows:
        groups[type(row), tuple(sorted(set(names)))].append(row)
    for (model, columns), members in groups.items():
        fields: list[Any] = [next(f for f in model._meta.concrete_fields if f.attname == n) for n in columns]
        sets = ", ".join(f"{connection.ops.quote_name(f.column)} = %s" for f in fields)
        table = connection.ops.quote_name(model._meta.db_table)
        key = connection.ops.quote_name(str(model._meta.pk.column))
        sql = f"UPDATE {table} SET {sets} WHERE {key} = %s"  # noqa: S608  names come from the model
        values = [
            [*(f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields), row.pk]
            for row in members
        ]
        with connection.cursor() as cursor:
            if len(values) == 1:
                cursor.execute(sql, values[0])
            else:
                cursor.executemany(sql, values)


def _refusal_of(error: IntegrityError) -> Refused:
    """The sentence for a broken constraint; a constraint without one is a fault of ours and is raised."""
    text = str(error)
    for name, reason in CONSTRAINTS.items():
        if name in text:
            return Refused(reason)
    raise error
