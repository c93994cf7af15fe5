from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "anlan.inspections"

    def ready(self) -> None:
        from anlan.inspections import commands, coverage, draws, facts, panels  # noqa: F401  both register themselves
        from anlan.register import file

        file.add(file.Tab("visits", _("检查"), panels.of_firm, 20))
