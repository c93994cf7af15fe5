"""What counties report because the system cannot see it: listings, the kinds of violation, penalties elsewhere."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.figures.kinds import Added, Filed, Indicator

BY = _("报表期间")

#: the thirteen kinds of 打非治违 (T3)
KINDS: tuple[tuple[str, Any], ...] = (
    ("unlicensed", _("无证或证照不全、超范围、转让许可")),
    ("reopened", _("关闭取缔后擅自生产及应关未关")),
    ("unaccepted", _("停产整顿未经验收擅自生产及违反“三同时”")),
    ("concealed", _("瞒报谎报、重大隐患隐瞒不报或逾期未改")),
    ("defied", _("拒不执行监管指令")),
    ("unqualified", _("非法用工、无证上岗")),
    ("rule_breaking", _("规程不完善、违章指挥作业")),
    ("unfit", _("工艺设备、环境、防护用品不符合规定")),
    ("no_system", _("制度不健全、整改不到位")),
    ("foundations", _("基础设施建设不符合安全规定")),
    ("no_rescue", _("应急救援不健全")),
    ("untested", _("新材料、新设备未经检测")),
    ("other", _("其他违法违规行为")),
)
#: the ten kinds of enforcement action (T5)
ACTIONS: tuple[tuple[str, Any], ...] = (
    ("unlicensed", _("无证生产经营")),
    ("reopened", _("关闭后擅自恢复生产")),
    ("small_mines", _("小煤矿应关未关")),
    ("border", _("私采越界、尾矿库违规")),
    ("three_at_once", _("违反“三同时”")),
    ("false", _("谎报瞒报")),
    ("hidden_major", _("重大隐患隐瞒或逾期未改")),
    ("untrained", _("未经培训上岗")),
    ("defied", _("拒不执行指令")),
    ("other", _("其他")),
)


def _filed(code: str, label: Any, unit: Any, definition: Any, term: str) -> Filed:
    return Filed(code=code, label=label, unit=unit, definition=definition, counted_by=BY, term=term)


REPORTED: tuple[Indicator, ...] = (
    _filed("listed", _("挂牌督办"), _("项"), _("期间挂牌督办的重大隐患"), "T1"),
    _filed("listed_province", _("省级挂牌督办"), _("项"), _("期间由省级挂牌督办的重大隐患"), "T1"),
    _filed("listed_city", _("地市级挂牌督办"), _("项"), _("期间由地市级挂牌督办的重大隐患"), "T1"),
    _filed("warnings", _("警告"), _("次"), _("期间警告的行政处罚"), "T4"),
    _filed("confiscations", _("没收"), _("起"), _("期间没收违法所得、非法财物的行政处罚"), "T4"),
    _filed("licences_revoked", _("暂扣吊销证照"), _("个"), _("期间暂扣或吊销的许可证照"), "T4"),
    _filed("closures", _("关闭"), _("家"), _("期间依法关闭的企业"), "T4"),
    _filed("detained", _("行政拘留"), _("人"), _("期间被行政拘留的人员"), "T4"),
    _filed("prosecuted", _("移送追究刑事责任"), _("人"), _("期间移送司法机关追究刑事责任的人员"), "T4"),
    _filed("coercions", _("行政强制"), _("件"), _("期间查封、扣押、停止供电等行政强制措施"), "T4"),
    *(
        _filed(f"illegal_{code}", label, _("起"), _("期间打非治违查处的这一类违法违规行为"), "T3")
        for code, label in KINDS
    ),
    Added(
        code="violations",
        label=_("打非治违合计"),
        unit=_("起"),
        parts=tuple(f"illegal_{code}" for code, _label in KINDS),
        definition=_("期间打非治违查处的各类违法违规行为之和"),
        counted_by=BY,
        term="T3",
    ),
    *(
        _filed(f"acted_{code}", label, _("起"), _("期间对这一类违法行为采取的执法行动"), "T5")
        for code, label in ACTIONS
    ),
    Added(
        code="actions",
        label=_("执法行动合计"),
        unit=_("起"),
        parts=tuple(f"acted_{code}" for code, _label in ACTIONS),
        definition=_("期间采取的各类执法行动之和"),
        counted_by=BY,
        term="T5",
    ),
)
