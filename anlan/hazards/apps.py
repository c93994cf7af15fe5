from django.apps import AppConfig


class HazardsConfig(AppConfig):
    name = "anlan.hazards"

    def ready(self) -> None:
        from anlan.hazards import commands, facts, finding, lists, panels, tables  # noqa: F401  both register themselves
        from anlan.kernel import search
        from anlan.register.pages import FILE_PANELS

        search.declare(finding.SOURCE)
        if panels.of_firm not in FILE_PANELS:
            FILE_PANELS.append(panels.of_firm)
