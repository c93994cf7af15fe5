"""A pool of drawn photos, taken in through the same door as anybody's; each use is another upload.

The same room stands in the pool before and after, so that a hazard's two photos belong together. They
have no tags, as after a messenger: one picture serves hazards of many days and places.
"""

import random
from collections.abc import Callable
from datetime import datetime

from anlan.evidence import intake, samples
from anlan.evidence.commands import Claimed
from anlan.kernel.scope import Actor, Level

EACH = 3
#: whose name the watermark carries: nobody's of the city
DRAWN_BY = Actor(id=0, name="演示影像", role="system", level=Level.SYSTEM)
CAPTIONS = {"BEFORE": "整改前", "AFTER": "整改后"}

Pool = dict[tuple[str, str, int], Claimed]


def pool(*, seed: int, at: datetime, tell: Callable[[str, int, int], None]) -> Pool:
    """By (subject, BEFORE or AFTER, which room). `at` is long ago: the uploads themselves have expired."""
    made: Pool = {}
    total = len(samples.SUBJECTS) * EACH * len(CAPTIONS)
    for number, subject in enumerate(samples.SUBJECTS):
        for room in range(EACH):
            for label, caption in CAPTIONS.items():
                drawn = samples.photo(
                    (seed * 100 + number * EACH + room) % 10_000_000, subject=subject, put_right=label == "AFTER",
                    size=(1024, 768), caption=f"演示影像 {caption}",
                )  # fmt: skip
                upload = intake.bring_bytes(drawn.data, name=drawn.name, by=DRAWN_BY, at=at, place="郑州")
                made[subject, label, room] = Claimed.of(upload)
                tell("照片", len(made), total)
    return made


def of(pictures: Pool, *, subject: str, label: str, room: int, chance: random.Random) -> list[Claimed]:
    """One or two photos of a fault, or of the same room put right."""
    rooms = [room, (room + 1) % EACH][: chance.choice((1, 1, 2))]
    return [pictures[subject, label, r].again() for r in rooms]
