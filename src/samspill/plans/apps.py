from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "samspill.plans"
    label = "plans"
