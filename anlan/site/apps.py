from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "anlan.site"

    def ready(self) -> None:
        from anlan.site import desk, reactions

        reactions.connect()
        desk.connect()
