"""Reads of the register, already limited to whoever acts. Not yours is not found."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.db.models import OuterRef, QuerySet

from anlan.kernel import search
from anlan.kernel.scope import Axis, Level, acting
from anlan.register.models import Enterprise, Park, ParkFirm, Premises, Workpost
from anlan.register.states import ParkState, State


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list can be narrowed by; "" is no narrowing."""

    state: str = ""
    county: str = ""
    town: str = ""
    sector: str = ""
    scale: str = ""
    key: str = ""
    text: str = ""

    def given(self) -> dict[str, str]:
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}


def enterprises(
    *, filters: Filters | None = None, axis: Axis = Axis.PLACE, active: bool = False
) -> QuerySet[Enterprise]:
    """Enterprise files along one axis; `active`: only those on the register."""
    rows = Enterprise.objects.along(axis)
    if active:
        rows = rows.filter(state=State.ACTIVE)
    asked = filters or Filters()
    for name in ("state", "county", "town", "sector", "scale"):
        if value := getattr(asked, name):
            rows = rows.filter(**{name: value})
    if asked.key:
        rows = rows.filter(is_key=True)
    if text := asked.text.strip():
        said = text.upper()
        if len(said) == 18 and said.isalnum():
            return rows.filter(uscc=said)
        actor = acting()
        within = search.marks_for(actor) if actor is not None and axis is Axis.PLACE else []
        rows = search.find(rows, text, within=within)
    return rows


def enterprise(pk: int | None) -> Enterprise | None:
    """The file of an enterprise, opened by any of the three answers; None where it is not."""
    return Enterprise.objects.opening(pk=pk).first() if pk is not None else None


def opens(pk: int | None) -> bool:
    """Whether the acting person may open this firm's file: a record that names a firm may be wider."""
    return pk is not None and Enterprise.objects.opening(pk=pk).exists()


def by_uscc(uscc: str) -> Enterprise | None:
    """By credit code; a code of somebody else's county is not found."""
    return Enterprise.objects.opening(uscc=uscc.strip().upper()).first() if uscc.strip() else None


def named(said: str) -> Enterprise | None:
    """What somebody typed or chose: a credit code, or a name that fits exactly one active firm."""
    text = said.strip()
    if not text:
        return None
    found = by_uscc(text) or addressed().filter(uscc=text.upper()).first()
    if found is not None:
        return found
    rows = list(addressed().filter(name=text)[:2])
    return rows[0] if len(rows) == 1 else None


def addressed() -> QuerySet[Enterprise]:
    """Active firms to which I may go: those of my place, for a group those of the counties assigned to it."""
    actor = acting()
    if actor is not None and actor.level is Level.NAMED and actor.duties:
        rows: QuerySet[Enterprise] = Enterprise._base_manager.filter(county__in=sorted(actor.duties))
        return rows.filter(state=State.ACTIVE)
    return enterprises(active=True)


def choices(*, limit: int = 200) -> list[Enterprise]:
    """Firms to offer beside a field, active ones to which I may go, in the order of their names."""
    return list(addressed().order_by("name", "pk")[:limit])


def told_apart() -> QuerySet:
    """Key, name, credit code and county of every file I may see, for telling firms apart in bulk."""
    rows = enterprises().exclude(state=State.REFUSED)
    return rows.order_by("pk").values_list("pk", "name", "uscc", "county")


def files(keys: Iterable[int]) -> QuerySet[Enterprise]:
    """Files by key, each opened by any of the three answers."""
    return Enterprise.objects.opening(pk__in=list(keys))


def parks() -> QuerySet[Park]:
    """Parks of my place that stand."""
    return Park.objects.filter(state=ParkState.OPEN).order_by("county", "name", "pk")


def park(pk: int) -> Park:
    """Raises Park.DoesNotExist."""
    return Park.objects.opening(pk=pk).get()


def firms_in(p: Park) -> list[ParkFirm]:
    rows = ParkFirm.objects.of([p]).filter(until=None).select_related("enterprise")
    return list(rows.order_by("enterprise__name", "pk"))


# what stands on the register as a whole: for denominators, which are frozen whoever asks


def standing() -> QuerySet[Enterprise]:
    """Every firm on the register, of any place."""
    return Enterprise._base_manager.filter(state=State.ACTIVE)


def standing_parks() -> QuerySet[Park]:
    return Park._base_manager.filter(state=ParkState.OPEN).order_by("pk")


def park_of(firm: str) -> QuerySet:
    """In which park a firm of an outer query stands now; `firm` names its key there."""
    return ParkFirm._base_manager.filter(until=None, enterprise=OuterRef(firm))


def premises_in_use() -> QuerySet[Premises]:
    """Every place of work in use, of any firm."""
    return Premises._base_manager.filter(until=None)


def workposts_in_use() -> QuerySet[Workpost]:
    """Every post, of any firm."""
    return Workpost._base_manager.filter(until=None)


def pending() -> QuerySet[Enterprise]:
    """Sign-ups that wait for approval, the oldest first."""
    return enterprises().filter(state=State.PENDING).order_by("signed_up_on", "pk")


def alike(*, name: str, county: str = "", but: int | None = None) -> list[Enterprise]:
    """Firms that are likely the same: the core of the name is contained, either way, in what I may see."""
    core = core_of(name)
    if len(core) < 2:
        return []
    rows = search.find(enterprises().exclude(state=State.REFUSED), core)
    if county:
        rows = rows.filter(county=county)
    if but is not None:
        rows = rows.exclude(pk=but)
    return list(rows.order_by("name", "pk")[:10])


#: words that many firms share and that say nothing about which one it is
COMMON = (
    "有限责任公司", "股份有限公司", "有限公司", "集团", "分公司", "总公司", "公司", "河南省", "河南", "郑州市", "郑州",
    "\uff08", "\uff09", "(", ")", " ",
)  # fmt: skip


def core_of(name: str) -> str:
    """What is left of a firm's name without place and legal form: 郑州安信化工有限公司 → 安信化工."""
    for word in COMMON:
        name = name.replace(word, "")
    return name
