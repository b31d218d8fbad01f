"""Score sheets, who may see them, and the ranking."""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from samspill.directory.public import Actor
from samspill.plans.models import (
    Application,
    BudgetLine,
    Call,
    ConflictOfInterest,
    Criterion,
    Endorsement,
    Recommendation,
    Review,
    Reviewer,
)
from samspill.plans.rules.funds.access import has_conflict, is_manager
from samspill.plans.rules.funds.scores import Placed, Scale, rank, score
from samspill.plans.states import PENDING, WRITABLE, ApplicationState, BudgetSource, CriterionKind


def scored_criteria(call_id: int) -> list[Criterion]:
    return list(Criterion.objects.filter(call_id=call_id, kind=CriterionKind.SCORED))


def scales_of(call_id: int) -> list[Scale]:
    return [Scale(one.pk, one.points, one.weight) for one in scored_criteria(call_id)]


@dataclass
class Sheet:
    """One reviewer's scores of an application."""

    review: Review
    value: Fraction
    scores: dict[int, tuple[int, str]]


@dataclass
class Ranked:
    """An application in the ranking; `is_hidden` for those the reader has a conflict with."""

    application: Application
    asked: int
    placed: Placed | None
    sheets: list[Sheet] = field(default_factory=list)
    advice: Recommendation | None = None
    is_hidden: bool = False
    conflicts: list[ConflictOfInterest] = field(default_factory=list)


def may_see_ranking(call: Call, actor: Actor) -> bool:
    """The secretariat, and reviewers of the call."""
    if is_manager(actor, call.community_id):
        return True
    return Reviewer.objects.visible_to(actor).filter(call=call, account_id=actor.account_id or 0).exists()


def ranking(call: Call, actor: Actor) -> list[Ranked]:
    """Every application beyond the formal check, best first.

    A reader with a conflict sees neither place nor scores; a reviewer not before scoring it. 8 queries.
    """
    applications = list(
        Application.objects.visible_to(actor)
        .filter(call=call)
        .exclude(state__in=[*(WRITABLE | PENDING) - {ApplicationState.REVIEW, ApplicationState.RECOMMENDED}])
        .select_related("applicant")
    )
    sheets = sheets_of(applications, scales_of(call.pk))
    hidden = _hidden(applications, sheets, actor)
    asked = _asked(applications)
    advice = {one.application_id: one for one in Recommendation.objects.filter(application__in=applications)}
    placed = rank({one.pk: [sheet.value for sheet in sheets[one.pk]] for one in applications})
    by_pk = {one.pk: one for one in applications}
    conflicts: dict[int, list[ConflictOfInterest]] = defaultdict(list)
    for conflict in ConflictOfInterest.objects.filter(application__in=applications).select_related("account"):
        conflicts[conflict.application_id].append(conflict)
    return [
        Ranked(by_pk[one.id], asked[one.id], None, is_hidden=True)
        if one.id in hidden
        else Ranked(
            by_pk[one.id], asked[one.id], one, sheets[one.id], advice.get(one.id), conflicts=conflicts[one.id]
        )
        for one in placed
    ]


def sheets_of(applications: list[Application], scales: list[Scale]) -> dict[int, list[Sheet]]:
    """Every sheet by application. 2 queries."""
    found: dict[int, list[Sheet]] = defaultdict(list)
    reviews = Review.objects.filter(application__in=applications).prefetch_related("scores")
    for review in reviews:
        scores = {one.criterion_id: (one.points, one.words) for one in review.scores.all()}
        if scales and all(one.id in scores for one in scales):
            value = score({pk: points for pk, (points, _words) in scores.items()}, scales)
            found[review.application_id].append(Sheet(review, value, scores))
    return found


def _hidden(applications: list[Application], sheets: dict[int, list[Sheet]], actor: Actor) -> set[int]:
    declared = set(
        ConflictOfInterest.objects.filter(
            application__in=applications, account_id=actor.account_id or 0
        ).values_list("application_id", flat=True)
    )
    parties: dict[int, set[int]] = {one.pk: {one.applicant_id} for one in applications}
    asked = Endorsement.objects.filter(application__in=applications, withdrawn_because="")
    for pk, party in asked.values_list("application_id", "party_id"):
        parties[pk].add(party)
    conflicted = {pk for pk, ids in parties.items() if has_conflict(actor, ids)}
    unseen: set[int] = set()
    if applications and not is_manager(actor, applications[0].community_id):
        unseen = {
            one.pk
            for one in applications
            if all(sheet.review.by_id != actor.account_id for sheet in sheets[one.pk])
        }
    return declared | conflicted | unseen


def _asked(applications: list[Application]) -> dict[int, int]:
    found = {one.pk: 0 for one in applications}
    grants = BudgetLine.objects.filter(application__in=applications, source=BudgetSource.GRANT)
    for pk, nok in grants.values_list("application_id", "nok"):
        found[pk] += nok
    return found


def own_sheet(application: Application, actor: Actor) -> dict[int, tuple[int, str]]:
    """The actor's own scores of an application, by criterion."""
    review = (
        Review.objects.filter(application=application, by_id=actor.account_id or 0)
        .prefetch_related("scores")
        .first()
    )
    return {one.criterion_id: (one.points, one.words) for one in review.scores.all()} if review else {}
