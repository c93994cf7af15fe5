from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "anlan.standards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.standards import commands, loading  # noqa: F401  commands register themselves

        loading.connect()
