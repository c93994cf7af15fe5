from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnforcementConfig(AppConfig):
    name = "anlan.enforcement"

    def ready(self) -> None:
        from anlan.enforcement import commands, facts, measure_facts, measures, panels  # noqa: F401  they register themselves
        from anlan.hazards.pages import RECORD_PANELS
        from anlan.register import file

        if panels.of_hazard not in RECORD_PANELS:
            RECORD_PANELS.append(panels.of_hazard)
        file.add(file.Tab("documents", _("文书"), panels.of_firm, 30))
