"""Telling other systems: which events, what is said, how it is signed.

A body holds keys and public facts of the act, never the name of a person nor what somebody wrote. Whoever
wants more asks the API for it, under his own scope.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from anlan.kernel.canonical import plain
from anlan.kernel.clock import Moment, day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.events import Performed
from anlan.kernel.kept import kept
from anlan.kernel.scope import Actor, acting_as
from anlan.notices.models import Delivery, Subscription, SubscriptionState
from anlan.people import queries as people

#: kind of record → where the API tells of it; the acts upon these can be subscribed to
TOLD = {
    "hazard": "hazards",
    "suspension": "suspensions",
    "document": "documents",
    "enterprise": "enterprises",
}
#: acts that come by the hundred thousand, or that nobody outside does
UNTOLD = frozenset({"hazard.adopt", "hazard.rehome", "enterprise.sign_up"})
FACTS = (
    "number", "state", "grade", "track", "type", "county", "town", "sector", "now_county", "now_town", "now_sector",
)  # fmt: skip


def event_choices() -> list[tuple[str, list[tuple[str, Any]]]]:
    """Every event that can be subscribed to, by kind of record."""
    groups: dict[str, list[tuple[str, Any]]] = {}
    for command in COMMANDS.values():
        if command.kind in TOLD and command.name not in UNTOLD:
            groups.setdefault(command.kind, []).append((command.name, command.transition.label))
    return [(kind, groups[kind]) for kind in TOLD if kind in groups]


def new_key() -> str:
    return secrets.token_hex(16)


def secret_of(subscription: Subscription) -> str:
    """What the receiver checks signatures with. It follows from the installation's key and is not stored."""
    said = hmac.new(
        settings.SECRET_KEY.encode(), f"anlan.webhook:{subscription.key}".encode(), hashlib.sha256
    )
    return "whsec_" + base64.urlsafe_b64encode(said.digest()).decode().rstrip("=")


def signature(secret: str, *, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 over "timestamp.body", so that a request cannot be sent again later as new."""
    mac = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={mac.hexdigest()}"


def headers(delivery: Delivery, *, at: datetime) -> dict[str, str]:
    secret, body = secret_of(delivery.subscription), delivery.body.encode()
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Anlan-Webhook/1",
        "Anlan-Event": delivery.event,
        "Anlan-Delivery": str(delivery.pk),
        "Anlan-Signature": signature(secret, timestamp=int(at.timestamp()), body=body),
    }


def actor_of(subscription: Subscription, *, at: datetime) -> Actor | None:
    """Who is told: the subscriber in his position, if he still has it."""
    if not subscription.user.is_active:
        return None
    on = day_of(at)
    held = people.positions_of(subscription.user, on=on)
    position = next((p for p in held if p.pk == subscription.position_id), None)
    return people.actor_of(position, on=on, user=subscription.user) if position else None


def sees(actor: Actor, model: Any, keys: Iterable[int]) -> set[int]:
    """Which of these records the subscriber may open."""
    with acting_as(actor):
        return set(model.objects.opening(pk__in=list(keys)).values_list("pk", flat=True))


@kept
def _live() -> QuerySet[Subscription]:
    return Subscription.objects.filter(state=SubscriptionState.LIVE).select_related("user")


def enqueue(event: Performed, *, by: Actor, at: Moment) -> None:
    """Write down, in the transaction of the act, whom it is told to. One query where nobody listens."""
    command = COMMANDS[event.command]
    if command.kind not in TOLD or command.name in UNTOLD:
        return
    asked = [s for s in _live() if event.command in s.events]
    made = [d for s in asked for d in _for(s, command, event.rows, at)]
    if made:
        Delivery.objects.bulk_create(made)


def _for(s: Subscription, command: Any, rows: Sequence[Any], at: Moment) -> Iterable[Delivery]:
    actor = actor_of(s, at=at.received)
    if actor is None:
        return
    seen = sees(actor, command.on, [row.pk for row in rows])
    for row in rows:
        if row.pk in seen:
            key = new_id()
            yield Delivery(
                id=key, subscription=s, event=command.name, subject_kind=command.kind, subject=row.pk,
                body=body(key, command, row, at), made_at=at.received, next_at=at.received,
            )  # fmt: skip


def body(key: UUID, command: Any, row: Any, at: Moment) -> str:
    facts = {name: plain(getattr(row, name)) for name in FACTS if hasattr(row, name)}
    subject = {
        "kind": command.kind,
        "id": row.pk,
        "version": row.seq,
        "href": f"/api/v1/{TOLD[command.kind]}/{row.pk}",
        **facts,
    }
    said = {"id": str(key), "event": command.name, "happened": plain(at.happened), "subject": subject}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
