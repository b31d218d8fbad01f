"""How it goes: one word and one sentence, added to the history of a measure."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samspill.directory.public import Actor, record
from samspill.plans.actions.changing import lock
from samspill.plans.models import Measure, StatusReport
from samspill.plans.permissions import check_may_act, check_may_report
from samspill.plans.rules.status import state_after

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
        measure.state = state_after(measure.state, word)
        report = StatusReport.objects.create(
            community_id=measure.community_id,
            plan_id=measure.plan_id,
            measure=measure,
            word=word,
            sentence=sentence.strip()[:LONGEST],
            at=at or timezone.now(),
            by_id=by.account_id,
            by_name=by.name,
        )
        measure.save(update_fields=["state"])
        record(by=by, act="measure.status", on=measure, word=word, sentence=report.sentence, via=via)
    return report
