"""Required bindings on Coding, CodeableConcept and Quantity: one coding must be of the value set."""

from collections.abc import Callable
from typing import Any

from samspill.fhir.validation.finding import Place
from samspill.fhir.validation.tables import Element


def check_binding(value: dict[str, Any], element: Element, place: Place, add: Callable[..., None]) -> None:
    """Adds a finding when none of the codings is of the element's required value set.

    A concept with an extension and no coding says why it has none (data-absent-reason) and is let through.
    """
    codings = value.get("coding") if element.type == "CodeableConcept" else [value]
    if codings is None and "extension" in value:
        return
    codings = codings if isinstance(codings, list) else []
    if not any(_is_of(one, element) for one in codings if isinstance(one, dict)):
        add("no-code-of-set", place, codes=element.code_set)


def _is_of(coding: dict[str, Any], element: Element) -> bool:
    system, code = coding.get("system"), coding.get("code")
    codes = (element.codes or {}).get(system) if isinstance(system, str) else None
    return bool(codes) and code in (codes or ())
