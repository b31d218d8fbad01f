"""What waits for somebody in the plans, derived from how the measures stand."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Actor, Due, Facts, FactSource, FoundFacts, Party, Wanted, alphabetical
from samspill.plans.models import Plan
from samspill.plans.permissions import KEEPERS
from samspill.plans.queries.at_once import AtOnce, rows_at_once, rows_in, what_is_planned
from samspill.plans.queries.my_municipality import asked_for, dues_of_parties
from samspill.plans.queries.revision_due import review_dues
from samspill.plans.queries.rows import Row, waits_for
from samspill.plans.states import CLOSED, Precision, ShownStatus
from samspill.plans.wording import measures_in_words, plan_in_words

# More late measures than this are one task with a list, not a list of tasks.
MOST_SINGLE = 5
TITLE_FITS = 70
_DAYS = ("period_start", "period_end", "adopted_on")
_PLAN = ("kind", "title", "review_months", "replaces_id", *_DAYS)


def _wants(actor: Actor) -> dict[str, Wanted]:
    if actor.community_id is None or not actor.is_known:
        return {}
    asked = asked_for(actor)
    wanted = {
        "plans": Wanted(Plan.objects.inside(actor), {name: name for name in _PLAN}),
        "measures": what_is_planned(actor, asked),
    }
    if asked:
        parties = Party.objects.visible_to(actor).filter(pk__in=asked)
        wanted["parties"] = Wanted(parties, {name: name for name in ("kind", "name", "short_name")})
    return wanted


def _tells(found: FoundFacts, actor: Actor) -> list[Due]:
    """How measures stand, which plans are to be looked over again, and what parties are to tell."""
    if actor.community_id is None or not actor.is_known:
        return []
    plans = sorted(map(_plan, found["plans"]), key=_newest_first)
    rows = rows_in(found["measures"], actor)
    parties = [Party(pk=one.pk, **one.facts) for one in found.get("parties", ())]
    coming = {plan.pk for plan in plans if plan.is_coming}
    binding = [one for one in rows if one.row.measure.plan_id not in coming]
    return [
        *dues(actor, plans, rows),
        *review_dues(actor, plans),
        *dues_of_parties(sorted(parties, key=lambda one: alphabetical(one.name)), actor, binding),
    ]


plan_dues = FactSource(_wants, _tells)


def _plan(one: Facts) -> Plan:
    days = {name: one.day(name) for name in _DAYS}
    return Plan(pk=one.pk, **{**one.facts, **days})


def _newest_first(plan: Plan) -> tuple[bool, int, int]:
    """As the database orders plans: those without a first day before the others."""
    start = plan.period_start
    return (start is not None, -start.toordinal() if start else 0, -plan.pk)


def dues(actor: Actor, plans: list[Plan] | None = None, found: Sequence[AtOnce] | None = None) -> list[Due]:
    """For the keepers of plans: holes and missing statuses per plan, and late measures one by one.

    For others: the measures their own body or party answers for that are late or have no fresh status. Of a
    revision that is not adopted only the holes wait. 2 queries or fewer.
    """
    if actor.community_id is None or not actor.is_known:
        return []
    if plans is None:
        plans = _plans(actor)
    rows = [one.row for one in (rows_at_once(plans, actor) if found is None else found)]
    by_plan = {plan: [row for row in rows if row.measure.plan_id == plan.pk] for plan in plans}
    if actor.has_role(*KEEPERS):
        return [due for plan in plans for due in _for_keeper(plan, by_plan[plan], actor)]
    asked = [plan for plan in plans if not plan.is_coming]
    return [due for plan in asked for due in _for_those_who_answer(plan, by_plan[plan], actor)]


def _plans(actor: Actor) -> list[Plan]:
    return list(Plan.objects.visible_to(actor).filter(community_id=actor.community_id or 0))


def _for_keeper(plan: Plan, rows: list[Row], actor: Actor) -> Iterator[Due]:
    if not plan.is_coming:
        yield from _late(plan, [row for row in rows if row.shown.status == ShownStatus.LATE])
    alive = [row for row in rows if row.measure.state not in CLOSED]
    without_owner = [row for row in alive if not row.responsibles]
    without_deadline = [
        row
        for row in alive
        if row.measure.deadline is None and row.measure.deadline_precision != Precision.ONGOING
    ]
    unknown = [row for row in alive if row.shown.status == ShownStatus.UNKNOWN]
    if without_owner:
        yield _grouped(
            plan,
            "owner",
            "?vis=hull&slag=ansvarlig",
            _("Fill in"),
            ngettext(
                "%(measures)s lacks a responsible", "%(measures)s lack a responsible", len(without_owner)
            ),
            len(without_owner),
            40,
        )
    if without_deadline:
        yield _grouped(
            plan,
            "deadline",
            "?vis=hull&slag=frist",
            _("Fill in"),
            ngettext("%(measures)s lacks a deadline", "%(measures)s lack a deadline", len(without_deadline)),
            len(without_deadline),
            45,
        )
    if unknown and not plan.is_coming:
        yield _grouped(
            plan,
            "status",
            "?tilstand=ukjent",
            _("Say how it goes"),
            ngettext("%(measures)s lacks a fresh status", "%(measures)s lack a fresh status", len(unknown)),
            len(unknown),
            30,
        )


def _grouped(plan: Plan, name: str, query: str, act: str, title: str, count: int, weight: int) -> Due:
    return Due(
        key=f"plans.plan:{plan.pk}:{name}",
        title=capfirst(title % {"measures": measures_in_words(count)}),
        text=plan_in_words(plan),
        url=reverse("plans:plan", args=[plan.pk]) + query,
        act_label=act,
        weight=weight,
    )


def _late(plan: Plan, rows: list[Row]) -> Iterator[Due]:
    if len(rows) > MOST_SINGLE:
        title = ngettext("%(measures)s is late", "%(measures)s are late", len(rows))
        yield _grouped(plan, "late", "?tilstand=forsinket", _("See which"), title, len(rows), 10)
        return
    for row in rows:
        yield _single(plan, row, _("Say how it goes"))


def _for_those_who_answer(plan: Plan, rows: list[Row], actor: Actor) -> Iterator[Due]:
    for row in waits_for(rows, actor):
        if row.shown.status in {ShownStatus.LATE, ShownStatus.UNKNOWN}:
            yield _single(plan, row, _("Say how it goes"))


def _single(plan: Plan, row: Row, act: str) -> Due:
    title = Truncator(row.measure.name).chars(TITLE_FITS)
    pattern = (
        _("«%(measure)s» is late")
        if row.shown.status == ShownStatus.LATE
        else _("How does «%(measure)s» go?")
    )
    return Due(
        key=f"plans.measure:{row.id}:status",
        title=pattern % {"measure": title},
        text=plan_in_words(plan),
        url=reverse("plans:measure", args=[plan.pk, row.id]),
        act_label=act,
        due=row.measure.deadline if row.shown.days_late else None,
        weight=20,
    )
