"""Scores with their reasons, and the advice to the deciding body."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record
from samspill.plans.actions.funds.applications import lock_application, move
from samspill.plans.actions.funds.calls import check_may_manage
from samspill.plans.actions.funds.moments import moment
from samspill.plans.models import Application, BudgetLine, Recommendation, Review, Reviewer, Score
from samspill.plans.queries.funds.applications import is_conflicted
from samspill.plans.queries.funds.reviews import scales_of
from samspill.plans.rules.funds.access import check_here, check_no_conflict
from samspill.plans.rules.funds.awards import check_award, check_frame
from samspill.plans.rules.funds.scores import check_sheet
from samspill.plans.states import ApplicationState, AwardKind, BudgetSource
from samspill.refusal import Refused


def check_may_score(application: Application, by: Actor) -> Reviewer:
    """The actor as a reviewer. Refuses others, those with a conflict, and when it is not the time."""
    check_here(by, application.community_id)
    reviewer = Reviewer.objects.filter(call_id=application.call_id, account_id=by.account_id or 0).first()
    if reviewer is None or by.account_id is None:
        raise Refused(
            "funds.not_reviewer",
            _("Only reviewers of this call give scores. Ask your secretariat."),
            forbidden=True,
        )
    check_no_conflict(is_conflicted(application, by))
    if application.state != ApplicationState.REVIEW:
        raise Refused(
            "funds.not_in_review",
            _("The application is «%(state)s», so no scores are given now.")
            % {"state": application.get_state_display()},
        )
    return reviewer


def save_scores(
    application: Application, *, given: Mapping[int, tuple[int | None, str]], by: Actor
) -> Review:
    """A whole sheet: points and words by criterion. A later one takes its place; history keeps the first."""
    reviewer = check_may_score(application, by)
    check_sheet(given, scales_of(application.call_id))
    with transaction.atomic():
        review, _is_new = Review.objects.get_or_create(
            community_id=application.community_id,
            application=application,
            reviewer=reviewer,
            defaults={"by_id": by.account_id, "by_name": by.name},
        )
        review.at = moment(by)
        review.save(update_fields=["at"])
        review.scores.all().delete()
        Score.objects.bulk_create(
            Score(
                community_id=application.community_id,
                review=review,
                criterion_id=criterion,
                points=points or 0,
                words=words.strip(),
            )
            for criterion, (points, words) in given.items()
        )
        record(by=by, act="fund.score", on=application)
    return review


def recommend(
    application: Application, *, kind: str, nok: int, words: str, left_out: str = "", by: Actor
) -> Recommendation:
    """Advise the whole, a part or a refusal, with its reason. All advice of a call is within its frame.

    A new advice takes the place of the old until the body has decided.
    """
    check_may_manage(by, application.community_id)
    check_no_conflict(is_conflicted(application, by))
    asked = asked_for(application)
    check_award(kind, nok=nok, asked=asked, words=words, left_out=left_out)
    if not words.strip():
        raise Refused("funds.advice_words", _("Say why in a sentence. The body reads it."), field="words")
    amount = {AwardKind.WHOLE: asked, AwardKind.REFUSED: 0}.get(AwardKind(kind), nok)
    with transaction.atomic():
        application = lock_application(application)
        others = Recommendation.objects.filter(application__call_id=application.call_id)
        given = others.exclude(application=application).aggregate(given=Sum("nok"))["given"] or 0
        check_frame(application.call.frame_nok, given, amount)
        if application.state != ApplicationState.RECOMMENDED:
            _check_scored(application)
            move(application, ApplicationState.RECOMMENDED)
        advice, _is_new = Recommendation.objects.update_or_create(
            community_id=application.community_id,
            application=application,
            defaults={
                "kind": kind,
                "nok": amount,
                "words": words.strip(),
                "left_out": left_out.strip(),
                "at": moment(by),
                "by_id": by.account_id,
                "by_name": by.name,
            },
        )
        record(by=by, act="fund.recommend", on=application, kind=kind, nok=amount)
    return advice


def _check_scored(application: Application) -> None:
    if application.state == ApplicationState.REVIEW and not application.reviews.exists():
        raise Refused(
            "funds.nobody_scored", _("Nobody has given scores yet. An advice rests on at least one sheet.")
        )


def asked_for(application: Application) -> int:
    """What the application asks the fund for, in kroner."""
    grants = BudgetLine.objects.filter(application=application, source=BudgetSource.GRANT)
    return grants.aggregate(asked=Sum("nok"))["asked"] or 0
