"""The words of campaigns."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignState(models.TextChoices):
    DRAFT = "DRAFT", _("筹备中")
    ACTIVE = "ACTIVE", _("进行中")
    CLOSED = "CLOSED", _("已结束")
    VOID = "VOID", _("已撤销")


class Body(models.TextChoices):
    """Where in the campaign somebody holds a post."""

    LEADING_GROUP = "LEADING_GROUP", _("领导小组")
    OFFICE = "OFFICE", _("集中办公室")
    SPECIAL_TEAM = "SPECIAL_TEAM", _("专项组")
    PUBLICITY = "PUBLICITY", _("宣传组")


class RuleKind(models.TextChoices):
    """The two halves of the office's work rules."""

    UNIFIED = "UNIFIED", _("五统一")
    STRENGTHENED = "STRENGTHENED", _("五加强")
    OTHER = "OTHER", _("其他制度")


class TagState(models.TextChoices):
    TAGGED = "TAGGED", _("已标注")
    UNTAGGED = "UNTAGGED", _("已取消")


class PlanKind(models.TextChoices):
    GENERAL = "GENERAL", _("总体方案")
    SECTOR = "SECTOR", _("分领域方案")
    PLACE = "PLACE", _("属地方案")
    HOLIDAY = "HOLIDAY", _("节日方案")


class PlanState(models.TextChoices):
    DRAFT = "DRAFT", _("草稿")
    ISSUED = "ISSUED", _("已下发")
    VOID = "VOID", _("已撤回")


class ReceiptState(models.TextChoices):
    """What an addressee has done with a plan."""

    SENT = "SENT", _("待签收")
    SIGNED = "SIGNED", _("已签收")
    FILED = "FILED", _("已上报")
    RETURNED = "RETURNED", _("已退回")
    ACCEPTED = "ACCEPTED", _("已备案")


class ActionKind(models.TextChoices):
    CONCENTRATED = "CONCENTRATED", _("集中行动")
    SECTOR = "SECTOR", _("分领域行动")


class GroupKind(models.TextChoices):
    """Ten letters at most: the kind stands in a cell of the figures."""

    SUPERVISE = "SUPERVISE", _("督导组")
    TASK = "TASK", _("专班")
    COVERT = "COVERT", _("暗访组")
    EXPERT = "EXPERT", _("专家组")


class GroupState(models.TextChoices):
    STANDS = "STANDS", _("在岗")
    ENDED = "ENDED", _("已撤销")


class SortieState(models.TextChoices):
    """A group's day."""

    ROSTERED = "ROSTERED", _("已排班")
    OUT = "OUT", _("已出动")
    CANCELLED = "CANCELLED", _("已取消")


class SheetState(models.TextChoices):
    OPEN = "OPEN", _("查摆中")
    CONCLUDED = "CONCLUDED", _("已办结")


class Block(models.TextChoices):
    """The four questions (四问): where are the lessons, the hazards, the gaps, the measures."""

    LESSONS = "LESSONS", _("事故教训在哪里")
    HAZARDS = "HAZARDS", _("风险隐患在哪里")
    GAPS = "GAPS", _("工作差距在哪里")
    MEASURES = "MEASURES", _("对策措施在哪里")


class ItemState(models.TextChoices):
    OPEN = "OPEN", _("落实中")
    ANSWERED = "ANSWERED", _("待审核")
    ACCEPTED = "ACCEPTED", _("已完成")
    VOID = "VOID", _("已撤销")


class Light(models.TextChoices):
    GREEN = "GREEN", _("绿灯")
    YELLOW = "YELLOW", _("黄灯")
    RED = "RED", _("红灯")


class Rank(models.TextChoices):
    """How high the leader stands who leads in the field."""

    PRINCIPAL = "PRINCIPAL", _("党政主要负责同志")
    DEPUTY = "DEPUTY", _("分管负责同志")
    DEPARTMENT = "DEPARTMENT", _("部门负责同志")


class TripState(models.TextChoices):
    HELD = "HELD", _("已带队")
    VOID = "VOID", _("作废")
