"""The enterprise file. Who manages a firm is its managing county and town, never the statistical region."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import ChildModel, Coordinates, ScopedModel
from anlan.kernel.words import Reason
from anlan.register.finding import EnterpriseIndex  # noqa: F401  a table of this module
from anlan.register.states import ParkState, PersonRole, PremisesKind, Scale, State

CODE: dict[str, Any] = {"max_length": 12, "default": "", "blank": True}


class Enterprise(ScopedModel, Journaled):
    """An enterprise or unit under supervision. `uscc` may be missing: sole traders of old data have none."""

    coordinates: ClassVar = Coordinates(enterprise="organisation_id")

    organisation = models.OneToOneField(
        "people.Organisation", models.PROTECT, primary_key=True, related_name="+", verbose_name=_("单位")
    )
    state = models.CharField(max_length=10, choices=State, verbose_name=_("状态"))
    name = models.CharField(max_length=100, verbose_name=_("名称"))
    uscc = models.CharField(max_length=18, default="", blank=True, verbose_name=_("统一社会信用代码"))
    county = models.CharField(max_length=12, verbose_name=_("属地县(市、区)"))
    town = models.CharField(**CODE, verbose_name=_("属地乡镇(街道)"))
    region = models.CharField(**CODE, verbose_name=_("统计区划"))
    sector = models.CharField(max_length=20, verbose_name=_("行业领域"))
    industry = models.CharField(max_length=6, default="", blank=True, verbose_name=_("国民经济行业"))
    address = models.CharField(max_length=200, default="", blank=True, verbose_name=_("地址"))
    lng = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True, verbose_name=_("经度"))
    lat = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True, verbose_name=_("纬度"))
    scale = models.CharField(max_length=10, choices=Scale, default="", blank=True, verbose_name=_("规模"))
    headcount = models.IntegerField(null=True, blank=True, verbose_name=_("从业人数"))
    sector_organ = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("行业主管部门"),
    )  # fmt: skip
    is_key = models.BooleanField(default=False, verbose_name=_("重点单位"))
    signed_up_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    opinion = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        base_manager_name = "everything"
        default_manager_name = "objects"
        indexes: ClassVar = [
            models.Index(fields=["county", "name", "organisation"], name="enterprise_county"),
            models.Index(fields=["town", "name", "organisation"], name="enterprise_town"),
            models.Index(fields=["name", "organisation"], name="enterprise_name"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~Q(uscc="") & ~Q(state=State.REFUSED),
                name="enterprise_uscc_once",
            ),
            models.CheckConstraint(
                name="enterprise_closed_has_a_day",
                condition=~Q(state=State.CLOSED) | Q(closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="enterprise_position_is_a_pair",
                condition=Q(lng__isnull=True, lat__isnull=True) | Q(lng__isnull=False, lat__isnull=False),
            ),
            models.CheckConstraint(
                name="enterprise_headcount_is_not_negative",
                condition=Q(headcount__isnull=True) | Q(headcount__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("register:detail", args=[self.pk])


class _Part(ChildModel):
    """Something of an enterprise, from one day to another."""

    parent: ClassVar = "enterprise"
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        base_manager_name = "everything"
        default_manager_name = "objects"


class EnterpriseSector(_Part):
    """A further sector, theme or field in which the firm is supervised."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="sectors")
    sector = models.CharField(max_length=20)

    class Meta(_Part.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "sector"],
                condition=Q(until__isnull=True),
                name="enterprise_sector_once",
            )
        ]


class ResponsiblePerson(_Part):
    """Who answers for what in the firm (安全生产法 art. 5). Name and phone are digests of personal values."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="persons")
    role = models.CharField(max_length=20, choices=PersonRole)
    name = models.CharField(max_length=64)
    phone = models.CharField(max_length=64, default="", blank=True)
    certificate = models.CharField(max_length=40, default="", blank=True)

    class Meta(_Part.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(until__isnull=True, role=PersonRole.PRINCIPAL),
                name="enterprise_has_one_principal",
            ),
            models.CheckConstraint(
                name="person_ends_after_he_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]


class Premises(_Part):
    """A place of work: plant, store, building site. Coverage counts them."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="premises")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=PremisesKind, default=PremisesKind.OTHER)
    address = models.CharField(max_length=200, default="", blank=True)
    town = models.CharField(**CODE)
    lng = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    lat = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)

    class Meta(_Part.Meta):
        abstract = False
        ordering: ClassVar = ["name"]


class Workpost(_Part):
    """A post at which somebody works (岗位); `people_no` how many."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="workposts")
    premises = models.ForeignKey(Premises, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60)
    people_no = models.IntegerField(null=True, blank=True)
    certificate_needed = models.BooleanField(default=False)

    class Meta(_Part.Meta):
        abstract = False
        ordering: ClassVar = ["name"]


class Park(ScopedModel, Journaled):
    """An industrial park, market or estate in which firms stand together (园区)."""

    coordinates: ClassVar = Coordinates(sector="", enterprise="")

    state = models.CharField(max_length=10, choices=ParkState)
    name = models.CharField(max_length=100, verbose_name=_("名称"))
    county = models.CharField(max_length=12, verbose_name=_("县(市、区)"))
    town = models.CharField(**CODE, verbose_name=_("乡镇(街道)"))
    address = models.CharField(max_length=200, default="", blank=True, verbose_name=_("地址"))
    keeper = models.CharField(max_length=100, default="", blank=True, verbose_name=_("管理单位"))
    firms_no = models.IntegerField(default=0)

    class Meta:
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "name"], condition=Q(state=ParkState.OPEN), name="park_named_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("register:park", args=[self.pk])


class ParkFirm(ChildModel):
    """A firm in a park, from one day to another; in one park at a time."""

    parent: ClassVar = "park"

    park = models.ForeignKey(Park, models.PROTECT, related_name="firms")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(until__isnull=True), name="firm_in_one_park"
            )
        ]

    def __str__(self) -> str:
        return f"{self.park_id}:{self.enterprise_id}"


CONSTRAINTS |= {
    "park_named_once": Reason("本县(市、区)已有同名园区,请核对"),
    "register_park.county": Reason("本县(市、区)已有同名园区,请核对"),
    "firm_in_one_park": Reason("这家企业已在一个园区,请先移出"),
    "register_parkfirm.enterprise_id": Reason("这家企业已在一个园区,请先移出"),
    "enterprise_uscc_once": Reason("这个统一社会信用代码已经登记,请先查找该企业,不要重复登记"),
    "register_enterprise.uscc": Reason("这个统一社会信用代码已经登记,请先查找该企业,不要重复登记"),
    "register_responsibleperson.enterprise_id": Reason("主要负责人只能有一位,请刷新后再更换"),
    "enterprise_has_one_principal": Reason("主要负责人只能有一位,请刷新后再更换"),
    "enterprise_sector_once": Reason("这家企业已经列入该行业领域"),
    "enterprise_position_is_a_pair": Reason("经度和纬度须同时填写"),
}
