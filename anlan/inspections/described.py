"""What every visit says, whether it is begun, planned or recorded afterwards."""

from anlan.inspections.models import Visit
from anlan.kernel.words import Reason, Refused
from anlan.standards import queries as standards

COVERT, LED = "GOV_COVERT", "GOV_LEADER"


def family_of(source: str) -> str:
    try:
        return standards.family(source)
    except LookupError:
        return ""


def led(v: Visit, name: str, post: str) -> None:
    """A leader in the field: his name and post stand in the record (领导带队)."""
    v.led_by_name, v.led_post = name.strip(), post.strip()
    v.led = bool(v.led_by_name) or v.source == LED
    if v.led and not (v.led_by_name and v.led_post):
        raise Refused(Reason("领导带队的检查,请填写带队领导的姓名和职务"), "led_by")
