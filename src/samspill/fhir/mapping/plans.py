"""What plans have in common wherever they are shown: their kind."""

from samspill.fhir.mapping.codes import codes
from samspill.fhir.mapping.common import OWN, Json, coded


def plan_categories(kind: str) -> list[Json]:
    """Our own code, and VKP's for a kind that VKP has (care.md C4)."""
    vkp = codes().vkp_plan.get(kind, "")
    return [coded(OWN, kind), *([coded(codes().systems["vkp_plan"], vkp)] if vkp else [])]
