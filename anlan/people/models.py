"""Organisations, persons, positions with dates. A person acts in one position at a time.

An enterprise is an organisation; its file in the register has the same key.
"""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import Level
from anlan.kernel.words import Reason
from anlan.people.roles import ROLES
from anlan.people.states import AccountState, Kind, Standing, Tenure, TokenState
from anlan.places.dated import ends_after_it_begins
from anlan.places.models import OpenManager

CODE: dict[str, Any] = {"max_length": 12, "default": "", "blank": True}


class Organisation(Journaled):
    """Anything with members. `system` is the system of organisations (口径) its people are counted in."""

    state = models.CharField(max_length=10, choices=Standing, default=Standing.STANDS)
    name = models.CharField(max_length=100, verbose_name=_("名称"))
    short = models.CharField(max_length=30, default="", blank=True, verbose_name=_("简称"))
    kind = models.CharField(max_length=20, choices=Kind, verbose_name=_("类型"))
    county = models.CharField(**CODE, verbose_name=_("县(市、区)"))
    town = models.CharField(**CODE, verbose_name=_("乡镇(街道)"))
    system = models.CharField(max_length=20, default="", blank=True, verbose_name=_("口径"))
    sectors = models.JSONField(default=list, blank=True, verbose_name=_("主管行业领域"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    doc_word = models.CharField(max_length=20, default="", blank=True, verbose_name=_("机关代字"))
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = OpenManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "county", "town"], name="organisation_kind"),
            models.Index(fields=["name"], name="organisation_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Users(BaseUserManager):
    """Accounts by name; `opening` for acts upon them."""

    def opening(self, **key: Any) -> models.QuerySet:
        return self.get_queryset().filter(**key)


class User(Journaled, AbstractBaseUser):
    """A person with an account. What he may do comes from his positions alone."""

    uncovered = frozenset({"password", "last_login", "language", "acting_position", "password_set_at"})

    username = models.CharField(max_length=40, unique=True, verbose_name=_("用户名"))
    name = models.CharField(max_length=40, verbose_name=_("姓名"))
    state = models.CharField(max_length=10, choices=AccountState, default=AccountState.ACTIVE)
    must_change_password = models.BooleanField(default=True)
    second_factor = models.BooleanField(default=False)
    password_set_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="", blank=True)
    acting_position = models.BigIntegerField(null=True, blank=True)

    #: the positions that were read with the account, and of which day: for the door, once
    came_with: tuple[date, list["Position"]] | None = None

    objects = Users()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.state == AccountState.ACTIVE

    def get_full_name(self) -> str:
        return self.name


class Position(Journaled):
    """One person in one organisation in one role, from a day on, until a day. One grant.

    `code` is the place that the position manages ("" for the city), `sectors` the fields; an empty list
    means every field.
    """

    state = models.CharField(max_length=10, choices=Tenure, default=Tenure.HELD)
    user = models.ForeignKey(User, models.PROTECT, related_name="positions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="positions")
    role = models.CharField(max_length=30, choices=[(r.code, r.label) for r in ROLES.values()])
    title = models.CharField(max_length=40, default="", blank=True, verbose_name=_("职务"))
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level])
    code = models.CharField(**CODE)
    sectors = models.JSONField(default=list, blank=True)
    duties = models.JSONField(default=list, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = OpenManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "since"], name="position_user"),
            models.Index(fields=["organisation", "role"], name="position_organisation"),
        ]
        constraints: ClassVar = [
            ends_after_it_begins("position_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(until__isnull=True, state=Tenure.HELD),
                name="position_held_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(ROLES[self.role].label)

    @property
    def role_label(self) -> str:
        return str(ROLES[self.role].label)


class Delegation(Journaled):
    """A position exercised by somebody else between two days; the journal names both."""

    state = models.CharField(max_length=10, choices=Tenure, default=Tenure.HELD)
    position = models.ForeignKey(Position, models.PROTECT, related_name="delegations")
    user = models.ForeignKey(User, models.PROTECT, related_name="delegations")
    since = models.DateField()
    until = models.DateField()

    objects = OpenManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="delegation_ends_after_it_begins", condition=Q(until__gte=F("since")))
        ]

    def __str__(self) -> str:
        return f"{self.position_id}→{self.user_id}"


class Credential(Journaled):
    """An enforcement credential (行政执法证), valid to the end of `until`."""

    state = models.CharField(max_length=10, choices=Tenure, default=Tenure.HELD)
    user = models.ForeignKey(User, models.PROTECT, related_name="credentials")
    number = models.CharField(max_length=30, verbose_name=_("证号"))
    since = models.DateField()
    until = models.DateField()

    objects = OpenManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="credential_ends_after_it_begins", condition=Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                fields=["number"], condition=Q(state=Tenure.HELD), name="credential_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ApiToken(Journaled):
    """A program acting as one person in one position. Only the digest of its secret is kept.

    `scopes` are names of `people.scopes`; `until` is the last day on which it is taken.
    """

    uncovered = frozenset({"last_used_at"})

    state = models.CharField(max_length=10, choices=TokenState, default=TokenState.LIVE)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40, verbose_name=_("名称"))
    key = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    until = models.DateField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = OpenManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "until"], name="apitoken_user")]

    def __str__(self) -> str:
        return self.name


CONSTRAINTS |= {
    "people_user.username": Reason("这个用户名已经有人使用,请换一个"),
    "people_user_username": Reason("这个用户名已经有人使用,请换一个"),
    "position_held_once": Reason("此人已担任这一职务,不必重复任命"),
    "people_position.user_id": Reason("此人已担任这一职务,不必重复任命"),
    "credential_number_once": Reason("这个执法证号已经登记,请核对"),
    "people_credential.number": Reason("这个执法证号已经登记,请核对"),
}
