from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HazardsConfig(AppConfig):
    name = "anlan.hazards"

    def ready(self) -> None:
        from anlan.hazards import commands, facts, file_facts, finding, lists, panels, tables  # noqa: F401  they register themselves
        from anlan.kernel import search
        from anlan.register import file

        search.declare(finding.SOURCE)
        file.add(file.Tab("hazards", _("隐患"), panels.of_firm, 10, first=True))
        file.add(file.Tab("suspensions", _("停产"), panels.suspensions_of_firm, 40))
