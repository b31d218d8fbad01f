from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "samspill.worklist"
    label = "worklist"

    def ready(self) -> None:
        from samspill.worklist import registrations

        registrations.register()
