from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "samspill.directory"
    label = "directory"
