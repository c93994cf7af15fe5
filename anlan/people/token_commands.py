"""Making and revoking tokens of the API. Each is journaled; a secret never is."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused
from anlan.people import queries
from anlan.people import scopes as scopes_
from anlan.people.commands import oneself
from anlan.people.models import ApiToken, Position
from anlan.people.states import TokenState
from anlan.people.workflow import TOKEN

LONGEST = timedelta(days=366)
AT_MOST = 20


@performs(TOKEN, "make", on=ApiToken)
def _make(
    t: ApiToken, *, act: Act, name: str, key: str, digest: str, scopes: Sequence[str], until: date
) -> Done | None:
    by = act.by
    if by.position is None or by.on_behalf_of:
        raise Refused(Reason("令牌只能为本人现任的职务新建,请先切换到本人的职务"))
    if not name.strip():
        raise Refused(Reason("请填写令牌的名称,写明哪个系统使用"), "name")
    if not scopes or not set(scopes) <= {code for code, _label in scopes_.offered(by.can)}:
        raise Refused(Reason("请选择令牌的权限,且不能超出现任职务"), "scopes")
    if not act.day <= until <= act.day + LONGEST:
        last = act.day + LONGEST
        raise Refused(Reason("令牌最长一年,请填写今天至%(last)s之间的日期", {"last": last}), "until")
    live = ApiToken.objects.filter(user=by.id, state=TokenState.LIVE, until__gte=act.day).count()
    if live >= AT_MOST:
        raise Refused(Reason("有效的令牌已有%(n)s个,请先吊销不用的", {"n": live}))
    t.user_id, t.position_id, t.name, t.key, t.digest = by.id, by.position, name.strip(), key, digest
    t.scopes, t.made_at, t.until = sorted(scopes), act.at.happened, until
    return None


def make(
    *, name: str, key: str, digest: str, scopes: Sequence[str], until: date, by: Actor, at: datetime,
    id: UUID | None = None,
) -> ApiToken:  # fmt: skip
    """A token for one's own position, until the end of a day at most a year ahead. Raises Refused."""
    return _make(by=oneself(by), at=at, id=id, name=name, key=key, digest=digest, scopes=scopes, until=until)


@performs(TOKEN, "revoke", on=ApiToken)
def _revoke(t: ApiToken, *, act: Act) -> Done | None:
    if t.user_id != act.by.id and not act.by.may("people.manage"):
        raise Refused(Reason("只能吊销本人的令牌"))
    return None


def revoke(pk: int, *, by: Actor, at: datetime) -> ApiToken:
    """End a token at once: its holder does, or who keeps his account."""
    return _revoke(pk, by=oneself(by), at=at)


def of_person(user: int) -> list[ApiToken]:
    """A person's tokens, the newest first."""
    rows = ApiToken.objects.filter(user=user).select_related("position__organisation")
    return list(rows.order_by("state", "-made_at", "-pk"))


def position_of(token: ApiToken, *, on: date) -> Position | None:
    """The position in which a token acts, if its holder still has it on that day."""
    return next((p for p in queries.positions_of(token.user, on=on) if p.pk == token.position_id), None)
