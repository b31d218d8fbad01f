"""A measure that no document of the plan holds: taken up from others, or what an award promises.

Every measure points at a line of a document, and edited text never overwrites what stands there (invariant
30). So that this holds for these as well, what is taken over is kept as a small document of its own: who
wrote it, when it was taken, and the words as they were. It is a `PlanDocument` like the others, so that the
source page, exports and history need no second way; `format` is WRITTEN_HERE, which says that it is no
edition of the plan. Therefore a later reading of the plan's own document neither replaces it nor marks its
measures as gone (`importing.merging`), and it is never taken for the newest edition (`queries.plans`).

The measure's key is the one a reading would give it: when the next edition of the plan holds the measure, it
is recognised and not made twice.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from samspill.directory.public import Actor, Ref, forget
from samspill.plans.actions.importing.recognising import key_of
from samspill.plans.actions.indexing import MEASURE, index_measure
from samspill.plans.models import FocusArea, Goal, Measure, MeasureResponsible, Plan, PlanDocument
from samspill.plans.states import WRITTEN_HERE, Judgement, MeasureState


@dataclass(frozen=True)
class Origin:
    """What a measure rests on instead of the plan's document.

    name    of the document that is kept, as a file name ("Tatt opp fra Agder.txt")
    before  lines that say where the words come from; together with `words` they are the document, so put
            into them what tells two takings of the same words apart
    words   the words as they were, line by line: what the measure's anchor points at
    rule    what found it, as `Measure.found_by` says ("transfer", "award")
    """

    name: str
    before: Sequence[str]
    words: Sequence[str]
    rule: str


def add_measure(
    *, plan: Plan, area: FocusArea | None, text: str, origin: Origin, by: Actor, title: str = "",
    goal: Goal | None = None,
) -> Measure:  # fmt: skip
    """A proposed measure last in the plan, without owner and deadline. Checks no rights and records nothing:
    the act that calls it does, in its own transaction."""
    document = _document(plan, origin, by)
    last = Measure.objects.filter(plan=plan).aggregate(last=Max("order"))["last"]
    measure = Measure.objects.create(
        community_id=plan.community_id,
        plan=plan,
        area=area,
        goal=goal,
        order=0 if last is None else last + 1,
        title=title[:200],
        text=text,
        state=MeasureState.PROPOSED,
        document=document,
        line=len(origin.before) + 1,
        last_line=len(origin.before) + len(origin.words),
        verbatim="\n".join(origin.words),
        source_key=_free_key(plan, area, text),
        found_by=origin.rule[:60],
        judged=Judgement.ACCEPTED,
    )
    index_measure(measure)
    return measure


def take_away(measure: Measure) -> None:
    """Undo `add_measure`; history keeps it. Raises ProtectedError when others have built on it."""
    document = measure.document
    MeasureResponsible.objects.filter(measure=measure).delete()
    forget(Ref(MEASURE, measure.pk))
    measure.delete()
    if not document.measures.exists():
        document.delete()


def _document(plan: Plan, origin: Origin, by: Actor) -> PlanDocument:
    lines = [*origin.before, *origin.words]
    content = "\n".join([*lines, ""]).encode()
    document, _is_new = PlanDocument.objects.get_or_create(
        community_id=plan.community_id,
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "plan": plan,
            "file_name": origin.name[:255],
            "format": WRITTEN_HERE,
            "content": content,
            "lines": lines,
            "read_at": timezone.now(),
            "read_by_id": by.account_id,
        },
    )
    return document


def _free_key(plan: Plan, area: FocusArea | None, text: str) -> str:
    """The key a reading would give it; of the first number that no measure of the plan has."""
    taken = set(Measure.objects.filter(plan=plan).values_list("source_key", flat=True))
    number = 1
    while (key := key_of(area.title if area else "", text, number)) in taken:
        number += 1
    return key
