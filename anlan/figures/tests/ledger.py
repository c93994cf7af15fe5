"""A ledger made by rule over five months, many towns, sectors and ends, for figures to be counted from."""

import random
from datetime import date, timedelta

from anlan.hazards import commands
from anlan.hazards.models import Hazard
from anlan.hazards.tests.scenes import City, later
from anlan.places import queries as places

FIRST, LAST = date(2019, 7, 20), date(2019, 12, 5)
SECTORS = ("HAZCHEM", "TRADE", "FIRE", "BUILD")
SOURCES = ("GOV_OPEN", "GOV_COVERT", "EXPERT_EXTERNAL", "SELF_DAILY")


def fill(city: City, n: int = 160, seed: int = 7) -> list[Hazard]:
    """`n` rows of sheets: open, late, waiting for acceptance and closed ones in every county."""
    chance = random.Random(seed)
    towns = [t for t in places.towns() if t.unit]
    asked = []
    for k in range(n):
        town = chance.choice(towns)
        found = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
        row = {
            "description": f"第{k}处", "source": chance.choice(SOURCES), "found_on": found, "county": town.unit,
            "town": town.code, "sector": chance.choice(SECTORS), "enterprise": city.firm if k % 5 == 0 else None,
            "import_file": "f" * 64, "import_row": k, "import_key": f"{seed}-{k}",
        }  # fmt: skip
        fate = chance.randrange(4)
        if fate == 1:
            row["closed_on"] = found + timedelta(days=chance.randrange(40))
        elif fate >= 2:
            row["due_on"] = found + timedelta(days=chance.randrange(1, 30))
            if fate == 3:
                row["submitted_on"] = found + timedelta(days=chance.randrange(1, 45))
        asked.append(row)
    outcomes = commands.adopt.many(asked, by=city.clerk, at=later(days=160))
    refused = [str(o.reason) for o in outcomes if o.reason is not None]
    assert not refused, refused[:3]
    return [o.row for o in outcomes]
