"""The invariants of R4 on a resource: HL7's own expressions, compiled once, and why some are let be."""

from typing import TYPE_CHECKING, Any

from samspill.fhir.validation.fhirpath import Context, compiled
from samspill.fhir.validation.fhirpath.functions import truth
from samspill.fhir.validation.finding import Place
from samspill.fhir.validation.tables import Invariant

if TYPE_CHECKING:
    from samspill.fhir.validation.walk import Walk

# Checked by the walk itself, faster or with a better word for what is wrong.
BY_THE_WALK = frozenset({"ext-1", "ref-1", "dom-3"})
# A rule without an answer is broken, but for these: a period from 2026-02-01 to 2026-02, two units that
# cannot be compared (R5 has mended both), and two rules that forget that their element may be absent.
LET_THROUGH = frozenset({"per-1", "rng-2", "inv-1", "mdd-1", "bdl-8", "ras-2"})
_SEVERITIES = {"error": "error", "warning": "warning", "advice": "information"}


def check_invariants(rules: list[Invariant], item: Any, walk: "Walk", place: Place) -> None:
    """Adds a finding for each rule that does not hold on `item`. Warnings are told only when advice is asked
    for.
    """
    context: Context | None = None
    for rule in rules:
        if rule.key in BY_THE_WALK or (rule.severity != "error" and not walk.with_advice):
            continue
        fast = _FAST.get(rule.key)
        if fast is not None and not fast(item):
            continue
        if context is None:
            root = walk.container.resource if walk.container else walk.resource
            context = Context(walk.resource, root)
        answer = truth(compiled(rule.expression)(context, [item]))
        if answer is False or (answer is None and rule.key not in LET_THROUGH):
            human = rule.human.strip().rstrip(".")
            walk.add("invariant", place, _SEVERITIES[rule.severity], key=rule.key, rule=human)


def _has_contained(item: Any) -> bool:
    return isinstance(item, dict) and "contained" in item


def _has_bounds(*names: str) -> Any:
    return lambda item: not isinstance(item, dict) or all(name in item for name in names)


# When a rule cannot fail: most resources contain nothing, and most quantities and periods are plain.
_FAST: dict[str, Any] = {
    "dom-2": _has_contained,
    "dom-4": _has_contained,
    "dom-5": _has_contained,
    "qty-3": lambda item: not isinstance(item, dict) or ("code" in item and "system" not in item),
    "per-1": _has_bounds("start", "end"),
    "rng-2": _has_bounds("low", "high"),
    "obs-6": _has_bounds("dataAbsentReason"),
    "obs-7": lambda item: (
        not isinstance(item, dict)
        or ("component" in item and any(key[:5] in {"value", "_valu"} for key in item))
    ),
    "obs-3": lambda item: not isinstance(item, dict) or not item.keys() & {"low", "high", "text"},
}
