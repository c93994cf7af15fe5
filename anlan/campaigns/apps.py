from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "anlan.campaigns"

    def ready(self) -> None:
        from anlan.campaigns import commands, facts  # noqa: F401  both register themselves
