"""How it goes: one word and one sentence, added to the history of a measure."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspill.directory.public import Actor, Said, record
from samspill.plans.actions.changing import lock
from samspill.plans.models import Measure, StatusReport
from samspill.plans.permissions import check_may_act, check_may_report
from samspill.plans.rules.status import state_after
from samspill.refusal import Refused

LONGEST = 500


def report_status(
    measure: Measure,
    *,
    word: str,
    by: Actor,
    sentence: str = "",
    at: datetime | None = None,
    via: str = "page",
) -> StatusReport:
    """Add a report (`word` of `StatusWord`, a sentence of at most 500 characters). Earlier reports stay.

    `at` is when it was said, now when left out; `via` where: "page" or "link". Refuses when the measure's
    life is over.
    """
    check_may_act(by, "plans.report", measure)
    with transaction.atomic():
        measure = lock(measure)
        check_may_report(by, measure, list(measure.responsibles.all()))
        return _report(measure, word=word, sentence=sentence, by=by, at=at, via=via)


def take_status(measure_id: int, said: Said, by: Actor) -> bool:
    """What is said of something the measure is joined to is said of the measure; False when it takes no more.

    Who may say it there has been asked there. A later report on the measure itself stands above it.
    """
    measure = Measure.objects.filter(pk=measure_id, community_id=by.community_id or 0).first()
    if measure is None:
        return False
    with transaction.atomic():
        measure = lock(measure)
        try:
            state_after(measure.state, said.word)
        except Refused:
            return False  # its life is over, or the word is not one of its own
        _report(measure, word=said.word, sentence=said.sentence, by=by, via="joined", about=said.about)
    return True


def _report(
    measure: Measure,
    *,
    word: str,
    sentence: str,
    by: Actor,
    at: datetime | None = None,
    about: str = "",
    **details: Any,
) -> StatusReport:
    """The report of a locked measure, and the state that follows from it."""
    measure.state = state_after(measure.state, word)
    report = StatusReport.objects.create(
        community_id=measure.community_id,
        plan_id=measure.plan_id,
        measure=measure,
        word=word,
        sentence=sentence.strip()[:LONGEST],
        about=about[:LONGEST],
        at=at or timezone.now(),
        by_id=by.account_id,
        by_name=by.name,
    )
    measure.save(update_fields=["state"])
    if about:
        details["about"] = report.about
    record(by=by, act="measure.status", on=measure, word=word, sentence=report.sentence, **details)
    return report
