"""The invariants of R4 on a resource: HL7's own expressions, compiled once, and why some are let be."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from samspill.fhir.validation.fhirpath import Context, compiled
from samspill.fhir.validation.fhirpath.functions import truth
from samspill.fhir.validation.fhirpath.values import identity, step
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
    """Adds a finding for each rule that does not hold on `item`; warnings only when advice is asked for."""
    context: Context | None = None
    for rule in rules:
        if rule.key in BY_THE_WALK or (rule.severity != "error" and not walk.with_advice):
            continue
        quick = QUICK.get(rule.key)
        answer = quick(item) if quick else None
        if answer is None:
            if context is None:
                root = walk.container.resource if walk.container else walk.resource
                context = Context(walk.resource, root)
            answer = truth(compiled(rule.expression)(context, [item]))
        if answer is False or (answer is None and rule.key not in LET_THROUGH):
            human = rule.human.strip().rstrip(".")
            walk.add("invariant", place, _SEVERITIES[rule.severity], key=rule.key, rule=human)


Quick = Callable[[Any], bool | None]


def _holds_without(*names: str) -> Quick:
    """Holds when one of the elements is not there."""
    return lambda item: None if isinstance(item, dict) and all(name in item for name in names) else True


def _reference_range(item: Any) -> bool | None:
    return True if isinstance(item, dict) and item.keys() & {"low", "high", "text"} else None


def _quantity(item: Any) -> bool | None:
    return None if isinstance(item, dict) and "code" in item and "system" not in item else True


def _value_and_components(item: Any) -> bool | None:
    """obs-7 in as many steps as there are codings; the expression compares each with each."""
    if not isinstance(item, dict) or "component" not in item:
        return True
    if not any(key[:5] in {"value", "_valu"} for key in item):
        return True
    own = {identity(one) for one in step(step([item], "code"), "coding")}
    parts = step(step(step([item], "component"), "code"), "coding")
    return not any(identity(one) in own for one in parts)


# What says true or false at once, or None when the expression must: most resources contain nothing, most
# quantities and periods are plain. A test holds each of them to its expression.
QUICK: dict[str, Quick] = {
    "dom-2": _holds_without("contained"),
    "dom-4": _holds_without("contained"),
    "dom-5": _holds_without("contained"),
    "qty-3": _quantity,
    "per-1": _holds_without("start", "end"),
    "rng-2": _holds_without("low", "high"),
    "obs-3": _reference_range,
    "obs-6": _holds_without("dataAbsentReason"),
    "obs-7": _value_and_components,
}
