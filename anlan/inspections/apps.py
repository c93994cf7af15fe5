from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "anlan.inspections"

    def ready(self) -> None:
        from anlan.inspections import commands, facts, panels  # noqa: F401  both register themselves
        from anlan.register.pages import FILE_PANELS

        if panels.of_firm not in FILE_PANELS:
            FILE_PANELS.append(panels.of_firm)
