"""Observations of Astrid as systems send them: weights and blood pressures, an hour old unless told."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from factories.fhir_resources import FNR, coded, quantity

Json = dict[str, Any]
NUMBER = "04834140077"  # Astrid's, of the test series
VITAL = "http://terminology.hl7.org/CodeSystem/observation-category"


def observation(
    code: str = "29463-7", value: Json | None = None, *, hours_ago: float = 1, **more: Any
) -> Json:
    """A weight of 66.5 kg; an element that is None is taken out."""
    at = (timezone.now() - timedelta(hours=hours_ago)).isoformat(timespec="seconds")
    made = {
        "resourceType": "Observation",
        "status": "final",
        "category": [coded("vital-signs", VITAL)],
        "code": coded(code),
        "subject": {"identifier": {"system": FNR, "value": NUMBER}},
        "effectiveDateTime": at,
        "valueQuantity": value or quantity(66.5, "kg"),
        **more,
    }
    return {name: one for name, one in made.items() if one is not None}


def blood_pressure(high: float = 128, low: float = 82, unit: str = "mm[Hg]", **more: Any) -> Json:
    parts = [
        {"code": coded(code), "valueQuantity": quantity(value, unit)}
        for code, value in (("8480-6", high), ("8462-4", low))
    ]
    made = observation("85354-9", component=parts, **more)
    del made["valueQuantity"]
    return made
