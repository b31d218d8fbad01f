"""`validate`: the one door to the checks."""

from collections.abc import Iterable
from typing import Any

from samspill.fhir.profiles.checking import check_profiles
from samspill.fhir.validation.finding import Findings, Place
from samspill.fhir.validation.issue import Issue
from samspill.fhir.validation.primitives import found
from samspill.fhir.validation.tables import tables
from samspill.fhir.validation.walk import Walk


def validate(resource: Any, profiles: Iterable[str] = (), *, advice: bool = False) -> list[Issue]:
    """What is wrong with a resource as FHIR R4 (4.0.1) and as the profiles; an empty list when nothing is.

    `resource` is what a JSON parser gives (numbers as int, float or Decimal). `profiles` are canonicals to
    check beside those in `meta.profile`; one we do not know is told as information. `advice` adds R4's
    warnings, which are about good practice (a narrative, a computable name). Never raises, whatever the value
    is.
    """
    if not isinstance(resource, dict):
        place: Place = (None, "Resource", None)
        findings = Findings({})
        findings.add("not-a-resource", place, found=found(resource))
        return findings.issues
    name = resource.get("resourceType")
    known = tables()
    here: Place = (None, name if isinstance(name, str) and name in known.resources else "Resource", None)
    findings = Findings(resource)
    asked = (profiles,) if isinstance(profiles, str) else tuple(profiles)

    def of_profiles(one: dict[str, Any], place: Place) -> None:
        check_profiles(one, place, findings, asked if one is resource else ())

    Walk(known, findings, of_profiles, with_advice=advice).visit_resource(resource, here)
    return findings.issues
