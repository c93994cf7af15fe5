"""The indicators of command: groups sent out, their people, leaders in the field."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.kinds import Counted, Distinct, Indicator

COMMAND: tuple[Indicator, ...] = (
    Counted(
        code="sorties",
        label=_("出动检查组"),
        unit=_("组次"),
        definition=_("期间派出的督导、暗访、检查组,一个组一天计一次;取消的不计"),
        counted_by=_("出动日期"),
        measure="sortie",
        term="中秋 国庆",
    ),
    Distinct(
        code="groups_out",
        label=_("派出检查组"),
        unit=_("个"),
        definition=_("期间出动过的不同检查组,出动几天都计一个"),
        counted_by=_("出动日期"),
        measure="sortie",
        of="team",
        term="中秋 国庆",
    ),
    Counted(
        code="sortie_people",
        label=_("出动人员"),
        unit=_("人次"),
        definition=_("期间检查组出动的人员,一人一天计一次"),
        counted_by=_("出动日期"),
        measure="sortie_people",
        term="中秋 国庆",
    ),
    Distinct(
        code="sortie_persons",
        label=_("出动的不同人员"),
        unit=_("人"),
        definition=_("期间登记了名单的出动中不同的人,出动几天都计一人"),
        counted_by=_("出动日期"),
        measure="sortie_person",
        of="person",
    ),
    Counted(
        code="leader_trips",
        label=_("领导带队督导"),
        unit=_("次"),
        definition=_("期间领导带队督导检查,一位领导一天在一个县(市、区)计一次,到几处都计一次"),
        counted_by=_("带队日期"),
        measure="leader_trip",
        term="国庆",
    ),
    Counted(
        code="leader_trips_principal",
        label=_("党政主要负责同志带队督导"),
        unit=_("次"),
        definition=_("期间党委和政府主要负责同志带队督导检查"),
        counted_by=_("带队日期"),
        measure="leader_trip",
        among={"grade": ("PRINCIPAL",)},
        term="国庆",
    ),
    Distinct(
        code="leaders_out",
        label=_("带队的领导"),
        unit=_("人"),
        definition=_("期间带过队的不同领导"),
        counted_by=_("带队日期"),
        measure="leader_trip",
        of="leader",
    ),
)
