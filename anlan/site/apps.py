from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "anlan.site"

    def ready(self) -> None:
        from anlan.site import campaigns, desk, reactions

        reactions.connect()
        desk.connect()
        campaigns.connect()
