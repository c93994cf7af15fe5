from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "anlan.register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.register import commands  # noqa: F401  they register themselves
