from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "anlan.kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.kernel import search, triggers

        triggers.connect()
        search.connect()
