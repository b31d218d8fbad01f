"""What the search box knows of plans: an entry per plan and per measure."""

from collections.abc import Iterable

from samspill.directory.public import Ref, SearchEntry, forget, put, put_many
from samspill.plans.models import Measure, Plan
from samspill.plans.states import Judgement

PLAN, MEASURE = "plans.plan", "plans.measure"


def index_plan(plan: Plan) -> int:
    """Renew the entries of a plan and all its measures; returns how many. 2 queries."""
    measures = list(
        Measure.objects.filter(plan=plan)
        .exclude(judged=Judgement.REJECTED)
        .select_related("area", "goal")
        .prefetch_related("responsibles")
    )
    entries = [_plan_entry(plan), *(_measure_entry(plan, measure) for measure in measures)]
    put_many(entries)
    return len(entries)


def index_measure(measure: Measure) -> None:
    """What is no measure is found by nobody."""
    if measure.judged == Judgement.REJECTED:
        forget(Ref(MEASURE, measure.pk))
        return
    entry = _measure_entry(measure.plan, measure)
    put(
        Ref(MEASURE, measure.pk),
        community_id=entry.community_id,
        title=entry.title,
        text=entry.text,
        language=entry.language,
        is_open=entry.is_open,
    )


def index_community(community_id: int) -> int:
    """Renew the entries of every plan of a community."""
    return sum(index_plan(plan) for plan in Plan.objects.filter(community_id=community_id))


def _plan_entry(plan: Plan) -> SearchEntry:
    return SearchEntry(
        kind=PLAN,
        thing_id=plan.pk,
        community_id=plan.community_id,
        title=plan.title[:500],
        text=plan.slogan,
        language=plan.language,
        is_open=plan.is_published,
    )


def _measure_entry(plan: Plan, measure: Measure) -> SearchEntry:
    owners = (responsible.raw for responsible in measure.responsibles.all())
    return SearchEntry(
        kind=MEASURE,
        thing_id=measure.pk,
        community_id=plan.community_id,
        title=measure.name[:500],
        text=_joined([measure.text, measure.area, measure.goal, *owners]),
        language=plan.language,
        is_open=plan.is_published,
    )


def _joined(parts: Iterable[object]) -> str:
    return "\n".join(str(part) for part in parts if part)
