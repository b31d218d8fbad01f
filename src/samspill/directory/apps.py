from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "samspill.directory"
    label = "directory"

    def ready(self) -> None:
        from samspill.directory import registrations

        registrations.register()
