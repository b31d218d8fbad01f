"""The FHIR face: no tables of its own, and jobs that send what is in the outbox."""

from django.apps import AppConfig


class FhirConfig(AppConfig):
    name = "samspill.fhir"
    label = "fhir"

    def ready(self) -> None:
        from samspill.fhir import jobs  # noqa: F401 - a worker knows the timetable once it is read
