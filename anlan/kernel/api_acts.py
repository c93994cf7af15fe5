"""Every act of a workflow as an operation: typed by its form, refused by its rules, told by its record.

One operation for each act (`POST …/acts/NAME`) and one that says what an act asks for
(`GET …/acts/NAME/form`), so that a program offers the same choices as the page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django import forms
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _
from ninja import Router, Status

from anlan.kernel import api
from anlan.kernel.command import COMMANDS
from anlan.kernel.told import told
from anlan.kernel.words import Reason
from anlan.kernel.workflow import Transition, Workflow


def msgid(label: Any) -> str:
    """The Chinese sentence of a label, whatever language is on."""
    with translation.override("zh-hans"):
        return str(label)


def may(request: Any, transition: Transition) -> None:
    if not request.actor.may(transition.needs):
        raise api.Denied(403, Reason("您的职务不能“%(act)s”", {"act": transition.label}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """The acts upon one kind of record.

    `one`: the record, or Http404. `form`: (act, request, record, data) → the form of the page. `told`:
    (request, key) → the record after the act, in the shape `shape`. `keeps`: inputs that stay as they
    stand when they are not sent, by act. `more`: inputs that a form adds by itself.
    """

    router: Router
    workflow: Workflow
    forms: Mapping[str, type[forms.Form]]
    one: Callable[[int], Any]
    form: Callable[..., Any]
    told: Callable[[Any, int], Any]
    shape: Any
    keeps: Mapping[str, frozenset[str]] = field(default_factory=dict)
    more: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def public(self) -> dict[str, str]:
        """Names as they stand in an address → names of the workflow."""
        return {n.rstrip("_"): n for n in self.forms if not self.workflow.transitions[n].creates}

    def schema(self, name: str, *, base: type[api.In] = api.ActIn) -> type[api.In]:
        called = f"{self.workflow.name}_{name}".title().replace("_", "")
        return api.schema_of(
            self.forms[name], called, base=base, keeps=self.keeps.get(name, frozenset()), more=self.more.get(name)
        )  # fmt: skip

    def publish(self) -> None:
        for public, name in self.public().items():
            self._act(public, name)
        self._ask()

    def _act(self, public: str, name: str) -> None:
        transition = self.workflow.transitions[name]

        def act(request: HttpRequest, pk: api.Key, body: Any) -> Any:
            row = self.one(pk)
            may(request, transition)
            api.carry_out(
                request, COMMANDS[f"{self.workflow.name}.{name}"], pk=pk, body=body,
                make=lambda given: self.form(name, request, row, given), keeps=self.keeps.get(name, frozenset()),
            )  # fmt: skip
            return self.told(request, pk)

        act.__annotations__["body"] = self.schema(name)
        self.router.post(
            f"/{{int:pk}}/acts/{public}", response=self.shape, summary=msgid(transition.label),
            operation_id=f"{self.workflow.name}_{public}",
        )(act)  # fmt: skip

    def _ask(self) -> None:
        names = self.public()

        def ask(request: HttpRequest, pk: api.Key, name: Literal[tuple(names)]) -> Any:  # type: ignore[valid-type]
            row, transition = self.one(pk), self.workflow.transitions[names[name]]
            may(request, transition)
            why = self.workflow.why_not(transition, row, request.actor, timezone.now())  # type: ignore[attr-defined]
            return {
                "name": name,
                "label": str(transition.label),
                "law": transition.law,
                "allowed": why is None,
                "why_not": None if why is None else told(why),
                "version": row.seq,
                "inputs": api.asked(self.form(names[name], request, row, None)),
            }

        self.router.get(
            "/{int:pk}/acts/{name}/form", response=api.Asked, summary=_("办理一项要填什么,各项可选哪些"),
            operation_id=f"{self.workflow.name}_form",
        )(ask)  # fmt: skip

    def creates(
        self,
        name: str,
        path: str,
        *,
        form: Callable[..., Any],
        before: Any = None,
        base: type[api.In] = api.ActIn,
    ) -> None:
        """The act that makes a record: `form` is (request, data) → the form of the page."""
        transition = self.workflow.transitions[name]

        def act(request: HttpRequest, body: Any) -> Any:
            may(request, transition)
            row = api.carry_out(
                request, COMMANDS[f"{self.workflow.name}.{name}"], pk=None, body=body, before=before,
                make=lambda given: form(request, given),
            )  # fmt: skip
            return Status(201, self.told(request, row.pk))

        act.__annotations__["body"] = self.schema(name, base=base)
        self.router.post(
            path, response={201: self.shape}, summary=msgid(transition.label),
            operation_id=f"{self.workflow.name}_{name}",
        )(act)  # fmt: skip
