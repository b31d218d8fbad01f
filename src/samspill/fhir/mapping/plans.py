"""What plans and limits have in common wherever they are shown: their kind, and the limits in force."""

from collections.abc import Mapping

from samspill.fhir.mapping.codes import codes
from samspill.fhir.mapping.common import OWN, Json, as_number, coded, quantity

LIMITS = "urn:samspill:limits"
_SIDES = ("red_low", "yellow_low", "yellow_high", "red_high")


def plan_categories(kind: str) -> list[Json]:
    """Our own code, and VKP's for a kind that VKP has (care.md C4)."""
    vkp = codes().vkp_plan.get(kind, "")
    return [coded(OWN, kind), *([coded(codes().systems["vkp_plan"], vkp)] if vkp else [])]


def limits_extension(version: int, rule: Mapping[str, object], unit: str) -> Json:
    """The version of the limits in force, side by side with its number (FUT's pattern, care.md A1)."""
    sides = [
        {"url": name, "valueQuantity": quantity(rule[name], unit)}
        for name in _SIDES
        if rule.get(name) is not None and as_number(rule[name]) is not None
    ]
    return {"url": LIMITS, "extension": [{"url": "version", "valueInteger": version}, *sides]}
