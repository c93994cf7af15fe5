from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "anlan.places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.places import commands, loading  # noqa: F401  commands register themselves

        loading.connect()
