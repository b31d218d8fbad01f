"""Formal check: each formal criterion met or not; what is missing goes back with a sentence and a day."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, record
from samspill.plans.actions.funds.applications import lock_application, move
from samspill.plans.actions.funds.calls import check_may_manage
from samspill.plans.actions.funds.conflicts import set_conflicts
from samspill.plans.actions.funds.moments import moment
from samspill.plans.models import Application, Criterion, FormalCheck
from samspill.plans.queries.funds.applications import people_of_party
from samspill.plans.rules.dates import short_day
from samspill.plans.states import ApplicationState, CriterionKind
from samspill.refusal import Refused
from samspill.worklist.public import Words, notify


def check_formally(
    application: Application,
    *,
    met: Mapping[int, bool],
    words: Mapping[int, str],
    missing: str,
    correct_by: date | None,
    by: Actor,
) -> FormalCheck:
    """`met` and `words` are by criterion. With `missing` it goes back to the applicant until `correct_by`;
    without, it goes on to review. Refuses to pass what is not met.
    """
    check_may_manage(by, application.community_id)
    criteria = list(Criterion.objects.filter(call_id=application.call_id, kind=CriterionKind.FORMAL))
    failed = [one for one in criteria if not met.get(one.pk)]
    _check(failed, missing.strip(), correct_by, by)
    with transaction.atomic():
        application = lock_application(application)
        move(application, ApplicationState.FORMAL_CHECK)
        done = FormalCheck.objects.create(
            community_id=application.community_id,
            application=application,
            answers=[
                {
                    "name": one.name,
                    "is_met": bool(met.get(one.pk)),
                    "words": words.get(one.pk, "").strip()[:500],
                }
                for one in criteria
            ],
            missing=missing.strip(),
            correct_by=correct_by if missing.strip() else None,
            at=moment(by),
            by_id=by.account_id,
            by_name=by.name,
        )
        if done.missing:
            move(application, ApplicationState.INCOMPLETE, correct_by=correct_by)
            _tell(application, done, by)
        else:
            move(application, ApplicationState.REVIEW)
            set_conflicts(application, by=by)
        record(by=by, act="fund.formal", on=application, missing=done.missing)
    return done


def _check(failed: list[Criterion], missing: str, correct_by: date | None, by: Actor) -> None:
    if failed and not missing:
        raise Refused(
            "funds.formal_not_met",
            gettext_lazy("«%(criterion)s» is not met. Say what is missing, and it goes back.")
            % {"criterion": failed[0].name},
            field="missing",
        )
    if missing and (correct_by is None or correct_by <= by.today):
        raise Refused(
            "funds.correct_by",
            gettext_lazy("Give the applicant a day to mend it by, after today."),
            field="correct_by",
        )


def _tell(application: Application, done: FormalCheck, by: Actor) -> None:
    notify(
        to=people_of_party(application.applicant_id, by),
        key=f"plans.formal:{done.pk}",
        words=partial(_words, application, done),
        by=by,
        path=reverse("plans:fund-application", args=[application.pk]),
    )


def _words(application: Application, done: FormalCheck) -> Words:
    assert done.correct_by is not None  # noqa: S101  a check that sends back has a day
    return Words(
        _("Something is missing in «%(title)s»") % {"title": application.title},
        _("%(missing)s Mend it and send it again by %(day)s.")
        % {"missing": done.missing, "day": short_day(done.correct_by)},
    )
