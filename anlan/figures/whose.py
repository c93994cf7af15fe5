"""口径: whose work a figure counts. Every heading says it: place × system of organisations."""

from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from anlan.figures.ask import Only
from anlan.kernel.words import Reason, Refused

#: systems of organisations (Organisation.system) as headings name them
SYSTEMS = {
    "EMERGENCY": _later("应急管理系统"),
    "OFFICE": _later("集中办公室"),
    "GROUP": _later("督导暗访组"),
    "TOWN": _later("乡镇街道"),
    "ENTERPRISE": _later("企业自查"),
    "EXPERT": _later("专家"),
    "CONSTRUCTION": _later("住建系统"),
    "TRANSPORT": _later("交通运输系统"),
    "FIRE": _later("消防救援系统"),
    "TOURISM": _later("文旅系统"),
    "INDUSTRY": _later("工信系统"),
    "POLICE": _later("公安系统"),
    "RESOURCES": _later("自然资源系统"),
    "URBAN": _later("城管系统"),
    "MARKET": _later("市场监管系统"),
    "COMMERCE": _later("商务系统"),
    "EDUCATION": _later("教育系统"),
    "HEALTH": _later("卫生健康系统"),
}


def system(code: str) -> str:
    """A system's code as it is stored. Refused for an unknown one, naming the nearest."""
    wanted = code.strip().upper()
    if wanted in SYSTEMS:
        return wanted
    near = get_close_matches(wanted, SYSTEMS, n=3, cutoff=0.3)
    raise Refused(
        Reason("没有口径“%(code)s”,相近的有:%(near)s", {"code": code, "near": "、".join(near) or "—"}),
        "system",
    )


def label(code: str) -> str:
    return str(SYSTEMS.get(code, code))


def only(code: str) -> Only:
    """The narrowing of figures to one system; "" is everybody."""
    return (("system", (system(code),)),) if code else ()


def heading(narrowing: Only) -> str:
    """Whose figures these are, for a heading."""
    systems = [label(v) for dimension, values in narrowing if dimension == "system" for v in values]
    return "、".join(systems) if systems else _("全部系统")
