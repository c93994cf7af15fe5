from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "anlan.duty"

    def ready(self) -> None:
        from anlan.duty import commands, facts  # noqa: F401  both register themselves
