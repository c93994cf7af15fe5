from django.apps import AppConfig


class HazardsConfig(AppConfig):
    name = "anlan.hazards"

    def ready(self) -> None:
        from anlan.hazards import commands, facts, panels  # noqa: F401  both register themselves
        from anlan.register.pages import FILE_PANELS

        if panels.of_firm not in FILE_PANELS:
            FILE_PANELS.append(panels.of_firm)
