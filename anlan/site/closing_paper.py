"""The closing report on paper: its words in the layout of official papers, by the same renderer as a bulletin's."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from anlan.campaigns.models import Campaign
from anlan.figures.bulletins import render
from anlan.figures.bulletins.paragraph import chinese
from anlan.places import queries as places

UNNUMBERED = "（未编文号）"


def context(c: Campaign, said: Mapping[str, Any], *, digest: str = "", version: str = "") -> dict[str, Any]:
    """What `render.pdf` and `render.docx` take. Of a campaign that runs it is a draft: no number, no date."""
    closed = c.closed_on is not None
    tables = [t for make in (_units, _sectors, _coverage, _plans, _timeline) if (t := make(said)) is not None]
    return render.wide({
        "kind": "NOTICE", "kind_word": "报告", "agency": said["office"],
        "number": (c.report_number or UNNUMBERED) if closed else "", "signer": c.closed_by_name,
        "date": chinese(c.closed_on) if c.closed_on else "", "day": c.closed_on.isoformat() if c.closed_on else "",
        "title": title(c), "main_to": c.report_to or addressee(c), "copied_to": "", "correction": "",
        "heading": f"{said['where']} · {between(said)}" if said["figures"] else said["name"],
        "body": body(said, tables), "attachments": tables, "digest": digest, "version": version,
    })  # fmt: skip


def title(c: Campaign) -> str:
    return f"关于{c.name}{'工作总结' if c.closed_on else '进展情况'}的报告"


def addressee(c: Campaign) -> str:
    """To whom an office reports where it says nothing else: the committee of its own place."""
    city = places.city()
    place = c.county or (city.code if city else "")
    return f"{places.name_of(place) if place else ''}安全生产委员会"


def _day(text: str) -> str:
    return chinese(date.fromisoformat(text))


def between(said: Mapping[str, Any]) -> str:
    return f"{_day(said['start'])}至{_day(said['end'])}"


# -- words -----------------------------------------------------------------------------------------


def body(said: Mapping[str, Any], tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The five parts of a report, those that have something to say."""
    see = render.pointing(tables)
    parts = (
        ("组织部署", organised(said)),
        ("总体情况", [figures(said), *see] if said["figures"] else see),
        ("督导检查和覆盖情况", supervised(said)),
        ("主要做法和成效", render.paragraphs(said["summary"])),
        ("存在问题和下一步工作", render.paragraphs(said["problems"])),
    )
    return render.numbered((heading, lines) for heading, lines in parts if lines)


def organised(said: Mapping[str, Any]) -> list[str]:
    asked = f"行动要求:{said['slogan'].rstrip('。')}。" if said["slogan"] else ""
    found = [
        f"根据{said['basis'].rstrip('。')},{_day(said['since'])}至{_day(said['until'])}开展{said['name']}。{asked}"
    ]
    bodies = [
        f"{b['label']}{b['people']}人" + (f"(抽调{b['seconded']}人)" if b["seconded"] else "")
        for b in said["bodies"]
    ]
    rules = [f"{r['label']}{r['all']}项已落实{r['ticked']}项" for r in said["rules"]]
    told = [
        *([f"组织机构:{'、'.join(bodies)}"] if bodies else []),
        *([f"工作制度:{'、'.join(rules)}"] if rules else []),
    ]
    if told:
        found.append(f"{';'.join(told)}。")
    for p in said["plans"]:
        number = f"({p['number']})" if p["number"] else ""
        late = f",逾期{p['late']}家" if p["late"] else ""
        found.append(
            f"《{p['title']}》{number}下发{p['sent']}家,签收{p['signed']}家,上报细化方案{p['filed']}家,"
            f"准予备案{p['accepted']}家{late}。"
        )
    return found


def figures(said: Mapping[str, Any]) -> str:
    """The whole in one sentence, every number with its unit; what was not done is not told."""
    told = [f"{f['label']}{f['value']}{f['unit']}" for f in said["whole"] if f["value"] not in (0, None)]
    return f"{between(said)},{'、'.join(told) or '没有检查和隐患记录'}。"


def supervised(said: Mapping[str, Any]) -> list[str]:
    found = []
    if said["groups"]:
        found.append(f"组建{'、'.join(f'{label}{n}个' for label, n in said['groups'])}。")
    items = said["items"]
    if items["sheets"]:
        late = f",逾期{items['late']}项" if items["late"] else ""
        found.append(
            f"开展四问四查{items['sheets']}份,列出事项{items['all']}项,完成{items['done']}项{late}。"
        )
    seen = [f"{t['label']}{t['seen']}/{t['nodes']}({t['rate']}%)" for t in said["coverage"] if t["nodes"]]
    if seen:
        found.append(f"检查覆盖(已查/应查):{'、'.join(seen)}。")
    return found


# -- tables ----------------------------------------------------------------------------------------


def _table(title: str, head: list[str], rows: list[list[str]], note: str = "") -> dict[str, Any] | None:
    return render.table_of(title, head, rows, note) if rows else None


def _figures_table(name: str, first: str, said: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    if not said["figures"]:
        return None
    rows = [[line["name"], *render.cells(said, line)] for line in said[key]]
    return _table(name, [first, *render.heads(said)], rows)


def _units(said: Mapping[str, Any]) -> dict[str, Any] | None:
    return _figures_table("各单位情况表", "单位", said, "units")


def _sectors(said: Mapping[str, Any]) -> dict[str, Any] | None:
    return _figures_table("分行业领域情况表", "行业领域", said, "sectors")


def _coverage(said: Mapping[str, Any]) -> dict[str, Any] | None:
    rows = [
        [t["label"], str(t["nodes"]), str(t["seen"]), str(t["nodes"] - t["seen"]), render.shown(t["rate"], rate=True),
         str(t["visits"])]
        for t in said["coverage"]
    ]  # fmt: skip
    note = "应查数为名册建立时登记在册的数,其后不再变动。"
    return _table("检查覆盖情况表", ["层级", "应查", "已查", "未查", "覆盖率", "检查次数"], rows, note)


def _plans(said: Mapping[str, Any]) -> dict[str, Any] | None:
    rows = [
        [f"{p['title']}{p['number']}", *(str(p[k]) for k in ("sent", "signed", "filed", "accepted", "late"))]
        for p in said["plans"]
    ]
    return _table("方案落实情况表", ["方案", "下发", "签收", "上报", "备案", "逾期"], rows)


def _timeline(said: Mapping[str, Any]) -> dict[str, Any] | None:
    rows = [
        [
            _day(t["day"]) + (f"至{_day(t['until'])}" if t["until"] else ""),
            t["what"] + (f"({t['document']})" if t["document"] else ""),
            "完成" if t["reached"] else "—",
        ]
        for t in said["timeline"]
    ]
    return _table("行动过程表", ["时间", "阶段和节点", "完成情况"], rows)
