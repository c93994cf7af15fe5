"""Groups with their members and assignments, and the days on which they go out."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from anlan.campaigns.models.base import CODE, CODES, NAME, SECTOR, TITLE
from anlan.campaigns.models.campaign import Campaign
from anlan.campaigns.states import GroupKind, GroupState, SortieState
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import ChildModel, Coordinates, ScopedModel
from anlan.kernel.words import Reason


class Group(ScopedModel, Journaled):
    """A supervision, covert or expert group, or a task team: an organisation of the same key, for a time.

    `keeper` is the organisation that set it up. A county does not see the city's groups, so that nobody
    reads from a list who is coming; the group itself is admitted by name of its organisation.
    """

    coordinates: ClassVar = Coordinates(sector="", enterprise="")

    state = models.CharField(max_length=10, choices=GroupState)
    kind = models.CharField(max_length=12, choices=GroupKind)
    name = models.CharField(max_length=100)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="groups")
    keeper = models.BigIntegerField()
    keeper_name = models.CharField(max_length=100)
    system = models.CharField(max_length=20, default="", blank=True)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    since = models.DateField()
    until = models.DateField()
    chief = models.BigIntegerField(null=True)
    chief_name = models.CharField(**NAME)
    task = models.CharField(max_length=300, default="", blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(name="group_ends_after_it_begins", condition=Q(until__gte=F("since")))
        ]
        indexes: ClassVar = [models.Index(fields=["county", "state", "kind"], name="group_county")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaigns:group", args=[self.pk])


class Member(ChildModel):
    """A person in a group between two days; the position of that time follows."""

    parent: ClassVar = "group"

    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    user = models.BigIntegerField()
    name = models.CharField(max_length=60)
    title = models.CharField(**NAME)
    home = models.BigIntegerField(null=True)
    home_name = models.CharField(**TITLE)
    since = models.DateField()
    until = models.DateField()

    class Meta(ChildModel.Meta):
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="member_leaves_after_he_joins", condition=Q(until__gte=F("since")))
        ]
        indexes: ClassVar = [models.Index(fields=["user", "since"], name="member_user")]

    def __str__(self) -> str:
        return self.name


class GroupDuty(ChildModel):
    """What a group looks at (分工), many to many and dated: a county, or one organisation in it."""

    parent: ClassVar = "group"

    group = models.ForeignKey(Group, models.PROTECT, related_name="duties")
    county = models.CharField(max_length=12)
    organisation = models.BigIntegerField(null=True)
    organisation_name = models.CharField(**TITLE)
    sectors = models.JSONField(**CODES)
    since = models.DateField()
    until = models.DateField()

    class Meta(ChildModel.Meta):
        ordering: ClassVar = ["since", "county", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="group_duty_ends_after_it_begins", condition=Q(until__gte=F("since")))
        ]

    def __str__(self) -> str:
        return f"{self.group_id}→{self.county}"


class Sortie(ScopedModel, Journaled):
    """A group's day (出动): rostered, then gone out. Groups are counted here, and people.

    `county` and `sector` say where it went, for the figures; `home` and `home_town` whose group it is, for
    the scope: where a group goes is not shown to where it goes. `team` tells one group from another also
    where an organ sends out people without a standing group.
    """

    coordinates: ClassVar = Coordinates(county="home", town="home_town", sector="", enterprise="")

    state = models.CharField(max_length=10, choices=SortieState)
    group = models.BigIntegerField(null=True)
    team = models.CharField(max_length=80)
    name = models.CharField(max_length=100)
    campaign = models.BigIntegerField(null=True)
    keeper = models.BigIntegerField()
    keeper_name = models.CharField(max_length=100)
    system = models.CharField(max_length=20, default="", blank=True)
    home = models.CharField(**CODE)
    home_town = models.CharField(**CODE)
    day = models.DateField()
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    sector = models.CharField(**SECTOR)
    kind = models.CharField(max_length=12, choices=GroupKind)
    people_no = models.IntegerField(default=0)
    #: counted and shown in figures: once the group is out, a covert one once it has reported its day
    told = models.BooleanField(default=False)
    task = models.CharField(max_length=300, default="", blank=True)
    result = models.CharField(max_length=500, default="", blank=True)
    reason = models.CharField(max_length=300, default="", blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "day", "county", "sector"],
                condition=~Q(state=SortieState.CANCELLED),
                name="sortie_once_a_day",
            ),
            models.CheckConstraint(
                name="sortie_out_has_people", condition=~Q(state=SortieState.OUT) | Q(people_no__gt=0)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "day"], name="sortie_where"),
            models.Index(fields=["group", "day"], name="sortie_group"),
            models.Index(fields=["home", "day"], name="sortie_home"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:sortie", args=[self.pk])


class SortieMember(ChildModel):
    """Who went. Day, place and system are copied once the group is out, so that persons can be counted."""

    parent: ClassVar = "sortie"

    sortie = models.ForeignKey(Sortie, models.PROTECT, related_name="party")
    person = models.BigIntegerField()
    name = models.CharField(max_length=60)
    out_on = models.DateField(null=True)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    sector = models.CharField(**SECTOR)
    kind = models.CharField(max_length=12, default="", blank=True)
    system = models.CharField(max_length=20, default="", blank=True)
    group = models.BigIntegerField(null=True)
    gone = models.BooleanField(default=False)

    class Meta(ChildModel.Meta):
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sortie", "person"], name="sortie_member_once")
        ]
        indexes: ClassVar = [models.Index(fields=["county", "out_on"], name="sortie_person_where")]

    def __str__(self) -> str:
        return self.name


_OUT = Reason("这个组当天在该地已有排班,请修改原排班或先取消")
CONSTRAINTS |= {
    "sortie_once_a_day": _OUT,
    "campaigns_sortie.team": _OUT,
    "sortie_member_once": Reason("同一人员重复选择,请核对名单"),
    "campaigns_sortiemember.sortie_id": Reason("同一人员重复选择,请核对名单"),
}
