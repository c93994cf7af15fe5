"""Kinds and states of what this module keeps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What an organisation is. Offices hand over, organs order, stations follow up, enterprises rectify."""

    COMMITTEE = "COMMITTEE", _("安委会")
    OFFICE = "OFFICE", _("集中办公室、安委办")
    DEPARTMENT = "DEPARTMENT", _("市级部门")
    COUNTY_GOVERNMENT = "COUNTY_GOVERNMENT", _("县(市、区)政府")
    COUNTY_OFFICE = "COUNTY_OFFICE", _("县级集中办公室")
    COUNTY_BUREAU = "COUNTY_BUREAU", _("县级部门")
    TOWN_STATION = "TOWN_STATION", _("乡镇街道应急站")
    ENTERPRISE = "ENTERPRISE", _("企业(单位)")
    EXPERT_POOL = "EXPERT_POOL", _("专家库")
    GROUP = "GROUP", _("督导暗访组")
    OTHER = "OTHER", _("其他")


OFFICES = frozenset({Kind.OFFICE, Kind.COUNTY_OFFICE})
ORGANS = frozenset({Kind.DEPARTMENT, Kind.COUNTY_BUREAU, Kind.TOWN_STATION})


class Standing(TextChoices):
    """Of an organisation."""

    STANDS = "STANDS", _("在用")
    ENDED = "ENDED", _("已撤销")


class AccountState(TextChoices):
    ACTIVE = "ACTIVE", _("启用")
    DISABLED = "DISABLED", _("停用")


class TokenState(TextChoices):
    """Of a token of the API."""

    LIVE = "LIVE", _("有效")
    REVOKED = "REVOKED", _("已吊销")


class Tenure(TextChoices):
    """Of a position, a delegation or a credential."""

    HELD = "HELD", _("在任")
    ENDED = "ENDED", _("已结束")
