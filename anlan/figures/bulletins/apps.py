from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "anlan.figures.bulletins"
    label = "bulletins"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.figures.bulletins import commands  # noqa: F401  commands register themselves
