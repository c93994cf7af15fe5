"""Which column is which: the names that offices give to the same thing."""

import re

from django.utils.translation import gettext_lazy as _

#: field → what people call it; the first is the form's own name (domain: the 21-column sheet)
SYNONYMS: dict[str, tuple[str, ...]] = {
    "reporter": ("上报单位", "填报单位", "报送单位", "来源单位"),
    "sector": ("行业领域", "行业", "领域", "行业类别"),
    "firm_kind": ("企业类型", "单位类型", "企业性质"),
    "firm": ("企业名称", "单位名称", "被检查单位", "受检单位", "企业", "隐患单位", "检查单位名称"),
    "uscc": ("统一社会信用代码", "信用代码", "社会信用代码"),
    "place": ("属地", "所属县区", "县市区", "区县", "所在区县", "辖区", "所在地区"),
    "address": ("详细地址", "地址", "单位地址"),
    "person": ("负责人", "企业负责人", "联系人"),
    "category": ("隐患分类", "隐患类别", "隐患类型", "隐患级别", "隐患等级"),
    "description": ("隐患描述", "隐患内容", "存在问题", "问题描述", "主要隐患", "隐患情况", "存在的问题"),
    "location": ("隐患位置", "隐患部位", "部位", "具体位置"),
    "source": ("检查方式", "检查形式", "来源", "检查类型"),
    "finder": ("检查人", "检查人员", "检查组", "排查人"),
    "found_on": ("检查时间", "检查日期", "排查时间", "发现时间", "排查日期", "发现日期"),
    "basis": ("判定依据", "检查依据", "依据"),
    "clause": ("违反判定依据具体条款", "具体条款", "违反条款", "条款"),
    "rectified": ("是否整改", "整改情况", "是否完成整改", "整改状态"),
    "closed_on": ("实际整改完成时间", "整改完成时间", "完成时间", "整改完成日期"),
    "due_on": ("整改期限", "整改时限", "要求完成时间", "限期", "整改截止日期"),
    "responsible": ("整改责任部门/责任人", "整改责任部门", "整改责任人", "责任人", "责任单位"),
    "measures": ("整改措施", "措施", "整改内容"),
    "remark": ("举报情况备注", "备注", "说明"),
}
LABELS = {
    "reporter": _("上报单位"), "sector": _("行业领域"), "firm_kind": _("企业类型"), "firm": _("企业名称"),
    "uscc": _("统一社会信用代码"), "place": _("属地"), "address": _("详细地址"), "person": _("负责人"),
    "category": _("隐患分类"), "description": _("隐患描述"), "location": _("隐患位置"), "source": _("检查方式"),
    "finder": _("检查人"), "found_on": _("检查时间"), "basis": _("判定依据"), "clause": _("具体条款"),
    "rectified": _("是否整改"), "closed_on": _("整改完成时间"), "due_on": _("整改期限"),
    "responsible": _("整改责任人"), "measures": _("整改措施"), "remark": _("备注"),
}  # fmt: skip
#: the columns that a sheet which came back carries beside its own
ANNOTATIONS = frozenset({"未接收原因", "怎样修改"})
_NOISE = re.compile(r"[\s\*::()()【】\[\]]+")


def plain(header: str) -> str:
    return _NOISE.sub("", header)


_KNOWN = {plain(name): field for field, names in SYNONYMS.items() for name in names}


def field_of(header: str) -> str | None:
    """The field that a header means, None for a stranger."""
    return None if header in ANNOTATIONS else _KNOWN.get(plain(header))
