"""Places with their two belongings, and the work calendar.

A code is never given to another place: a row that ended keeps its code for good.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anlan.kernel.journal import Journaled
from anlan.places.dated import Dated, ends_after_it_begins


class PlaceLevel(models.TextChoices):
    PROVINCE = "PROVINCE", _("省")
    CITY = "CITY", _("市")
    COUNTY = "COUNTY", _("县(市、区)")
    TOWN = "TOWN", _("乡镇(街道)")


class PlaceKind(models.TextChoices):
    PROVINCE = "PROVINCE", _("省")
    CITY = "CITY", _("地级市")
    DISTRICT = "DISTRICT", _("市辖区")
    COUNTY_CITY = "COUNTY_CITY", _("县级市")
    COUNTY = "COUNTY", _("县")
    ZONE = "ZONE", _("开发区")
    STREET = "STREET", _("街道")
    TOWN = "TOWN", _("镇")
    TOWNSHIP = "TOWNSHIP", _("乡")
    AREA = "AREA", _("园区、景区")


class Place(Dated):
    """A division. `unit` is the management unit it answers to, `region` the national code it lies in.

    A county-level row that is itself a unit names itself; Zhengdong has a unit and no region. `parent`
    is the place above it in the management tree. Coordinates are WGS84, a rough middle.
    """

    code = models.CharField(max_length=12, db_index=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, default="", blank=True)
    level = models.CharField(max_length=10, choices=PlaceLevel)
    kind = models.CharField(max_length=12, choices=PlaceKind)
    parent = models.CharField(max_length=12, default="", blank=True)
    unit = models.CharField(max_length=12, default="", blank=True, db_index=True)
    region = models.CharField(max_length=12, default="", blank=True, db_index=True)
    penalty_authority_org = models.BigIntegerField(null=True, blank=True)
    lng = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    lat = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            ends_after_it_begins("place_ends_after_it_begins"),
            models.UniqueConstraint(fields=["code", "since"], name="place_code_begins_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(until__isnull=True), name="place_code_stands_once"
            ),
            models.CheckConstraint(
                name="place_coordinates_come_in_pairs",
                condition=Q(lng__isnull=True, lat__isnull=True) | Q(lng__isnull=False, lat__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the language of the screen."""
        return self.name_en if self.name_en and (get_language() or "zh").startswith("en") else self.name

    @property
    def is_unit(self) -> bool:
        return self.level == PlaceLevel.COUNTY and self.unit == self.code

    @property
    def is_region(self) -> bool:
        return self.level == PlaceLevel.COUNTY and self.region == self.code


class CalendarDay(models.Model):
    """A day that the State Council's notice makes different from its weekday. Comes with the program.

    Never edited: what a city decides stands in CalendarChange and goes before.
    """

    day = models.DateField(unique=True)
    working = models.BooleanField()
    name = models.CharField(max_length=40)
    source = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class ChangeState(models.TextChoices):
    IN_FORCE = "IN_FORCE", _("有效")
    WITHDRAWN = "WITHDRAWN", _("已撤回")


class OpenManager(models.Manager):
    """For records that everybody who is signed in may read."""

    def opening(self, **key):
        return self.get_queryset().filter(**key)


class CalendarChange(Journaled):
    """One decision about the calendar: this day is worked or not, or this year is complete.

    Without the second no term reaches into a new year: a year of which only New Year's Day is known
    would give wrong last days.
    """

    state = models.CharField(max_length=10, choices=ChangeState)
    day = models.DateField(null=True, blank=True)
    working = models.BooleanField(default=False)
    year = models.SmallIntegerField(null=True, blank=True)
    name = models.CharField(max_length=40, default="", blank=True)
    source = models.CharField(max_length=100)

    objects = OpenManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="calendar_change_is_of_a_day_or_a_year",
                condition=Q(day__isnull=True) ^ Q(year__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day or self.year} {self.name}"
