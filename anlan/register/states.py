"""Words that the tables of the register choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    PENDING = "PENDING", _("待审核")
    ACTIVE = "ACTIVE", _("在册")
    REFUSED = "REFUSED", _("退回")
    CLOSED = "CLOSED", _("注销")


class Scale(models.TextChoices):
    """Statistical sizes of enterprises (大中小微)."""

    LARGE = "LARGE", _("大型")
    MEDIUM = "MEDIUM", _("中型")
    SMALL = "SMALL", _("小型")
    MICRO = "MICRO", _("微型")
    SOLE = "SOLE", _("个体工商户")
    OTHER = "OTHER", _("其他单位")


class PersonRole(models.TextChoices):
    PRINCIPAL = "PRINCIPAL", _("主要负责人")
    SAFETY_MANAGER = "SAFETY_MANAGER", _("安全管理人员")
    CONTROLLER = "CONTROLLER", _("实际控制人")
    SUPERVISOR = "SUPERVISOR", _("现场监督员")
    CONTACT = "CONTACT", _("联系人")


class PremisesKind(models.TextChoices):
    PLANT = "PLANT", _("厂区")
    WORKSHOP = "WORKSHOP", _("车间")
    STORE = "STORE", _("仓库")
    SITE = "SITE", _("工地")
    MINE = "MINE", _("矿山")
    VENUE = "VENUE", _("营业场所")
    OTHER = "OTHER", _("其他")


class ParkState(models.TextChoices):
    OPEN = "OPEN", _("在册")
    CLOSED = "CLOSED", _("撤销")
