"""Who calls with a bearer token: asked anew at each request, so that a leaver's token opens nothing.

A secret has 256 random bits, so one SHA-256 is enough to keep it; it is compared in constant time.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from django.conf import settings

from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused
from anlan.people import queries, scopes, token_commands
from anlan.people.models import ApiToken, Position
from anlan.people.states import TokenState

PREFIX = "anlan"
#: how often the last use is written: a read should not cost a write
WRITE_EVERY = timedelta(hours=1)

UNKNOWN = Reason("令牌无效,请核对,或在“我的账号”重新建立")
NO_BEARER = Reason("请以“Bearer 令牌”的形式提供令牌")
REVOKED = Reason("令牌“%(name)s”已吊销")
EXPIRED = Reason("令牌“%(name)s”已于%(day)s到期,请重新建立")
DISABLED = Reason("令牌所属的账号已停用,令牌不能再用")
LEFT = Reason("令牌所属的人已不担任建立令牌时的职务,令牌不能再用")


@dataclass(frozen=True, slots=True)
class New:
    """A token about to be made. `secret` is shown once and kept nowhere."""

    key: str
    secret: str
    digest: str


def new() -> New:
    key, random = secrets.token_hex(6), secrets.token_urlsafe(32)
    secret = f"{PREFIX}_{key}_{random}"
    return New(key, secret, digest(secret))


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer(header: str) -> str:
    """The token of an Authorization header. Refused for another scheme."""
    scheme, _space, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Refused(NO_BEARER)
    return secret.strip()[:200]


@dataclass(frozen=True, slots=True)
class Caller:
    """A token, the position in which it acts, and who that is now."""

    token: ApiToken
    position: Position
    actor: Actor


def caller(secret: str, *, at: datetime) -> Caller:
    """Who acts through a token now. Raises Refused with the sentence why not."""
    said = digest(secret)
    parts = secret.split("_", 2)
    key = parts[1] if len(parts) == 3 and parts[0] == PREFIX else ""
    token = ApiToken.objects.select_related("user").filter(key=key).first() if key else None
    if token is None or not compare_digest(token.digest, said):
        raise Refused(UNKNOWN)
    if token.state != TokenState.LIVE:
        raise Refused(Reason(REVOKED.msgid, {"name": token.name}))
    on = day_of(at)
    if token.until < on:
        raise Refused(Reason(EXPIRED.msgid, {"name": token.name, "day": token.until}))
    user = token.user
    if not user.is_active or (user.is_demo and settings.PRODUCTION):
        raise Refused(DISABLED)
    position = token_commands.position_of(token, on=on)
    if position is None:
        raise Refused(LEFT)
    actor = queries.actor_of(position, on=on, user=user)
    can = scopes.granted(token.scopes, can=actor.can)
    return Caller(token, position, replace(actor, can=can, title=f"{actor.title}(令牌:{token.name})"))


def touch(token: Any, *, at: datetime) -> None:
    """Remember that it was used, once an hour."""
    if token.last_used_at is None or at - token.last_used_at > WRITE_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
