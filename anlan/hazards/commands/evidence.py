"""Photos of an act, as child records of the hazard."""

from collections.abc import Sequence
from typing import Any

from anlan.evidence.commands import attachments_for
from anlan.hazards.models import Hazard
from anlan.kernel.command import Act


def attach(h: Hazard, uploads: Sequence[Any], *, label: str, act: Act) -> list[Any]:
    """Attachments (unsaved) that carry the hazard's coordinates."""
    if not uploads:
        return []
    return attachments_for(
        list(uploads), subject=h, kind="hazard", by=act.by, at=act.at.happened, label=label
    )
