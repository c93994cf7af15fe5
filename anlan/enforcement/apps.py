from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "anlan.enforcement"

    def ready(self) -> None:
        from anlan.enforcement import commands, panels  # noqa: F401  commands register themselves
        from anlan.hazards.pages import RECORD_PANELS
        from anlan.register.pages import FILE_PANELS

        if panels.of_hazard not in RECORD_PANELS:
            RECORD_PANELS.append(panels.of_hazard)
            FILE_PANELS.append(panels.of_firm)
