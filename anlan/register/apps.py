from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "anlan.register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.kernel import search
        from anlan.register import commands, facts, finding, parks, tables  # noqa: F401  they register themselves

        search.declare(finding.SOURCE)
