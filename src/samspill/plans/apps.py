"""Plans: a document read in as a living plan, its focus areas, measures, statuses and holes."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "samspill.plans"
    label = "plans"

    def ready(self) -> None:
        from samspill.plans.registrations import register

        register()
