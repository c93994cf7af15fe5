"""The words of visits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    PLANNED = "PLANNED", _("待检查")
    UNDERWAY = "UNDERWAY", _("检查中")
    FINISHED = "FINISHED", _("已检查")
    FILED = "FILED", _("已归档")
    VOID = "VOID", _("作废")


class Mode(models.TextChoices):
    """The three checks (三查)."""

    SELF = "SELF", _("企业自查")
    EXPERT = "EXPERT", _("专家服务")
    GOV = "GOV", _("政府检查")


class Veil(models.IntegerChoices):
    """From whom a visit is hidden for now."""

    OPEN = 0, _("公开")
    FROM_FIRM = 1, _("对企业不公开")
    FROM_ALL = 2, _("仅本组可见")


class Result(models.TextChoices):
    MET = "MET", _("符合")
    NOT_MET = "NOT_MET", _("不符合")
    NOT_APPLICABLE = "NA", _("不涉及")


class PlaceKind(models.TextChoices):
    """Kinds of place for criteria that count elements (消防综合判定)."""

    CROWDED = "CROWDED", _("人员密集场所")
    EXPLOSIVE = "EXPLOSIVE", _("易燃易爆危险品场所")
    IMPORTANT = "IMPORTANT", _("重要场所")
    OTHER = "OTHER", _("其他场所")


DONE = frozenset({State.FINISHED, State.FILED})


class DrawKind(models.TextChoices):
    COVERT = "COVERT", _("暗访抽取")
    RANDOM = "RANDOM", _("双随机抽取")


class DrawState(models.TextChoices):
    COMMITTED = "COMMITTED", _("已封存待抽")
    DRAWN = "DRAWN", _("已抽取")
    PUBLISHED = "PUBLISHED", _("已公开")


class RecusalState(models.TextChoices):
    STANDS = "STANDS", _("生效")
    WITHDRAWN = "WITHDRAWN", _("已撤回")


class RollState(models.TextChoices):
    WAITING = "WAITING", _("正在建立")
    RUNNING = "RUNNING", _("统计中")
    CLOSED = "CLOSED", _("已结束")
    DROPPED = "DROPPED", _("已取消")


class ErrandKind(models.TextChoices):
    """What is left to the worker."""

    FREEZE = "FREEZE", _("建立覆盖名册")
    SHARE = "SHARE", _("分派给各组")


class Step(models.TextChoices):
    WAITING = "WAITING", _("排队中")
    RUNNING = "RUNNING", _("办理中")
    READY = "READY", _("待确认")
    DONE = "DONE", _("已完成")
    CANCELLED = "CANCELLED", _("已停止")
    FAILED = "FAILED", _("未完成")


class Tier(models.IntegerChoices):
    """The five ones (五个一): every domain, park, enterprise, place, post."""

    DOMAIN = 1, _("领域")
    PARK = 2, _("园区")
    ENTERPRISE = 3, _("企业")
    PREMISES = 4, _("场所")
    WORKPOST = 5, _("岗位")
