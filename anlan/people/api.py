"""Who I am for the API: the person, the position in which I act now, what the token may."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, Router

from anlan.kernel import api
from anlan.people.roles import ROLES

router = Router(tags=[_("我")])


class PositionInfo(api.Schema):
    """A position that the person may act in today."""

    id: int
    title: str
    role: api.Labelled
    organisation: api.Named
    level: str
    code: str = Field(description=_("管理的地方,空为全市"))
    sectors: list[str] = Field(description=_("主管的行业,空为全部"))
    until: date | None
    current: bool


class TokenInfo(api.Schema):
    name: str
    scopes: list[str]
    until: date


class Me(api.Schema):
    id: int
    name: str
    position: int | None
    on_behalf_of: str = Field(description=_("代谁行使,不是代行时为空"))
    capabilities: list[str] = Field(description=_("现在能做的;令牌的权限已计入"))
    positions: list[PositionInfo]
    token: TokenInfo | None


@router.get("", response=Me, summary=_("我是谁,以什么职务"), operation_id="me")
def me(request: HttpRequest):
    actor = request.actor  # type: ignore[attr-defined]
    token = getattr(request, "token", None)
    return {
        "id": actor.id,
        "name": actor.name,
        "position": actor.position,
        "on_behalf_of": actor.on_behalf_of.split(":", 1)[-1],
        "capabilities": sorted(actor.can),
        "positions": [
            {
                "id": p.pk,
                "title": str(p),
                "role": {"code": p.role, "label": str(ROLES[p.role].label)},
                "organisation": {"id": p.organisation.pk, "name": p.organisation.name},
                "level": p.level,
                "code": p.code,
                "sectors": p.sectors,
                "until": p.until,
                "current": p.pk == actor.position,
            }
            for p in request.positions  # type: ignore[attr-defined]
            if token is None or p.pk == actor.position
        ],
        "token": token and {"name": token.name, "scopes": token.scopes, "until": token.until},
    }
