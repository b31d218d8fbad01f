"""The lines of a plan's document, with the measures that were read from them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.shortcuts import get_object_or_404

from samspill.directory.public import Actor
from samspill.plans.models import Measure, Plan, PlanDocument
from samspill.plans.queries.plans import newest_first


@dataclass
class Line:
    """A line of the document's text. `measures` begin on it; `is_marked` when it belongs to one."""

    number: int
    text: str
    measures: list[Measure] = field(default_factory=list)
    is_marked: bool = False


def find_document(plan: Plan, number: str, actor: Actor) -> PlanDocument:
    """The document of that number, or the newest edition of the plan when none is asked for."""
    if number:
        documents = PlanDocument.objects.visible_to(actor).filter(plan=plan)
        return get_object_or_404(documents, pk=int(number) if number.isdecimal() and len(number) < 18 else 0)
    return get_object_or_404(newest_first(plan, actor)[:1])


def marked_lines(document: PlanDocument, actor: Actor) -> list[Line]:
    """The lines that say something, counted from 1, with the measures whose anchors point at them."""
    starts: dict[int, list[Measure]] = defaultdict(list)
    covered: set[int] = set()
    for measure in Measure.objects.visible_to(actor).filter(document=document).order_by("line", "order"):
        starts[measure.line].append(measure)
        covered.update(range(measure.line, measure.last_line + 1))
    return [
        Line(number, text, starts.get(number, []), number in covered)
        for number, text in enumerate(document.lines, 1)
        if text.strip() or number in covered
    ]
