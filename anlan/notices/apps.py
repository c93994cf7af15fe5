from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "anlan.notices"

    def ready(self) -> None:
        from anlan.notices import webhook_commands  # noqa: F401  its acts stand in the workflow's pages
