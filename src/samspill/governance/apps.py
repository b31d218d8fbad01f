"""Governance: bodies and mandates, cases, meetings, decisions, minutes, and what becomes of it all."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "samspill.governance"
    label = "governance"

    def ready(self) -> None:
        from samspill.governance.registrations import register

        register()
