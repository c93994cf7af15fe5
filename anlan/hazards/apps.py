from django.apps import AppConfig


class HazardsConfig(AppConfig):
    name = "anlan.hazards"

    def ready(self) -> None:
        from anlan.hazards import commands, facts  # noqa: F401  both register themselves
