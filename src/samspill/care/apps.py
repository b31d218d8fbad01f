"""Care: the patients a helsefellesskap follows together."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "samspill.care"
    label = "care"

    def ready(self) -> None:
        from samspill.care.registrations import register

        register()
