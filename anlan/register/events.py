"""What happened to an enterprise file."""

from dataclasses import dataclass

from anlan.register.models import Enterprise


@dataclass(frozen=True, slots=True)
class SignedUp:
    """A firm applied; its place is to approve."""

    enterprise: Enterprise


@dataclass(frozen=True, slots=True)
class Admitted:
    """The firm is on the register, by approval or entered by its place."""

    enterprise: Enterprise


@dataclass(frozen=True, slots=True)
class SignUpRefused:
    enterprise: Enterprise
    opinion: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Name or managing place changed: the organisation of the same key follows."""

    enterprise: Enterprise


@dataclass(frozen=True, slots=True)
class Closed:
    enterprise: Enterprise
