"""The words a bulletin is sorted by: its kind, its state, its sections."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    NOTICE = "NOTICE", _("通报")
    BRIEF = "BRIEF", _("简报")
    BATTLE = "BATTLE", _("战报")


class State(TextChoices):
    DRAFT = "DRAFT", _("草稿")
    SIGNED = "SIGNED", _("已签发")
    WITHDRAWN = "WITHDRAWN", _("已撤回")


class Section(TextChoices):
    """What a bulletin may hold, in the order in which it stands on paper."""

    STATISTICS = "STATISTICS", _("总体情况")
    SECTORS = "SECTORS", _("分行业领域情况")
    UNITS = "UNITS", _("分单位情况及位次")
    MAJORS = "MAJORS", _("在办重大隐患")
    PROBLEMS = "PROBLEMS", _("存在问题")
    REQUIREMENTS = "REQUIREMENTS", _("工作要求")


#: kinds as official papers print them; they are not translated
KIND_WORDS = {Kind.NOTICE: "通报", Kind.BRIEF: "简报", Kind.BATTLE: "战报"}
#: sections in which a person's words stand
IN_WORDS = {Section.PROBLEMS: "problems", Section.REQUIREMENTS: "requirements"}
