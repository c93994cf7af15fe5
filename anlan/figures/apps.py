from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "anlan.figures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.figures import opened  # noqa: F401  its table declares itself
        from anlan.figures.reports import commands  # noqa: F401  commands register themselves
