"""Insight: figures both levels look at."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "samspill.insight"
    label = "insight"

    def ready(self) -> None:
        from samspill.insight import registrations

        registrations.register()
