"""How it goes, said from a mail: three links about a measure, for those who answer for it.

Here: what the links do, and the mornings they are sent. Not here: tokens, the confirmation page and the
bundle a mail is (`worklist`), nor what a report means (`actions.reporting`).
"""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Account, Actor, Membership, acting_as, in_force_on
from samspill.plans.actions.reporting import report_status
from samspill.plans.models import Measure, Plan
from samspill.plans.permissions import MAY, check_may_report
from samspill.plans.queries.rows import Row, measures_of, rows_without_holes, waits_for
from samspill.plans.queries.tasks import TITLE_FITS
from samspill.plans.rules.dates import short_day
from samspill.plans.states import CLOSED, MeasureState, ShownStatus, StatusWord
from samspill.plans.wording import plan_in_words
from samspill.refusal import Refused
from samspill.worklist.public import SAID, Ask, Asked, LinkAct, Words, notify

REPORT = "plans.report"
QUESTIONS = {
    StatusWord.ON_TRACK: gettext_lazy("Is the measure on track?"),
    StatusWord.LATE: gettext_lazy("Is the measure late?"),
    StatusWord.DONE: gettext_lazy("Is the measure done?"),
}
"""The words a mail offers, in their order there."""
MONDAY = 0


def asks_about(measure: Measure) -> tuple[Ask, ...]:
    """What a mail about a measure offers: to say one of three words."""
    return tuple(Ask(REPORT, measure.pk, {"word": word.value}) for word in QUESTIONS)


def ask_for_status(*, by: Actor) -> int:
    """Put the questions of today in the outbox; returns how many are new. `by` is Samspill in a community.

    Asked are those who answer for a measure: the day after its deadline and each Monday while it is late, and
    once a month when nobody has said how it goes for six months.
    """
    assert by.community_id is not None  # noqa: S101  a machine works in a community
    here = Plan.objects.visible_to(by).filter(Plan.in_use(), community_id=by.community_id)
    plans = {plan.pk: plan for plan in here}
    found = rows_without_holes(list(plans.values()), by) if plans else []
    keys = {row.id: key for row in found if (key := _key(row, by.today))}
    rows = [row for row in found if row.id in keys]
    new = 0
    for account in _members(by.community_id, by.today) if rows else ():
        actor = acting_as(account, today=by.today, community_id=by.community_id)
        for row in waits_for(rows, actor) if actor.has_role(*MAY["plans.report"]) else ():
            plan = plans[row.measure.plan_id]
            new += notify(
                to=[account],
                key=keys[row.id],
                words=partial(_words, plan, row),
                by=by,
                path=reverse("plans:measure", args=[plan.pk, row.id]),
                asks=asks_about(row.measure),
            )
    return new


def _key(row: Row, today: date) -> str:
    """What the question of today is called, "" when none is asked.

    About a deadline that has passed it is the name the worklist gives its own reminder of the same day, so
    that one mail does not bring both.
    """
    if row.shown.days_late and (row.shown.days_late == 1 or today.weekday() == MONDAY):
        return f"remind:plans.measure:{row.id}:status:{today}"
    if row.shown.status == ShownStatus.UNKNOWN and row.measure.state not in CLOSED:
        return f"plans.ask:{row.id}:{today:%Y-%m}"
    return ""


def _members(community_id: int, day: date) -> list[Account]:
    here = Membership.objects.filter(in_force_on(day), community_id=community_id)
    return list(Account.objects.filter(pk__in=here.values("account"), is_active=True).order_by("pk"))


def _words(plan: Plan, row: Row) -> Words:
    measure = row.measure
    title = Truncator(measure.name).chars(TITLE_FITS)
    late = row.shown.days_late > 0
    pattern = _("«%(measure)s» is late") if late else _("How does «%(measure)s» go?")
    if late and measure.deadline:
        why = _("The deadline was %(day)s.") % {"day": short_day(measure.deadline)}
    else:
        why = str(row.shown.because)
    return Words(pattern % {"measure": title}, f"{plan_in_words(plan)}. {why}".strip())


def _measure(thing: int, actor: Actor) -> Measure:
    """The measure, if the actor may still say how it goes. Refuses otherwise."""
    measure = Measure.objects.visible_to(actor).filter(pk=thing).select_related("plan").first()
    if measure is None or all(one.pk != thing for one in measures_of([measure.plan], actor)):
        raise Refused(
            "status.gone", gettext_lazy("The measure is no longer in the plan, so there is nothing to say.")
        )
    if measure.state in CLOSED:
        raise Refused(
            "status.closed",
            _("The measure is «%(state)s», so nobody needs to say how it goes.")
            % {"state": MeasureState(measure.state).label},
        )
    check_may_report(actor, measure, list(measure.responsibles.all()))
    return measure


def _word(arguments: Mapping[str, str]) -> StatusWord:
    return StatusWord(arguments["word"])


def _describe(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    measure, word = _measure(thing, actor), _word(arguments)
    return Asked(
        label=str(word.label),
        question=str(QUESTIONS[word]),
        title=measure.name,
        path=reverse("plans:measure", args=[measure.plan_id, measure.pk]),
    )


def _perform(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    measure, word = _measure(thing, actor), _word(arguments)
    report = report_status(measure, word=word, sentence=arguments.get(SAID, ""), by=actor, via="link")
    values = {
        "word": word.label,
        "measure": Truncator(measure.name).chars(TITLE_FITS),
        "sentence": report.sentence,
    }
    if report.sentence:
        return _("%(word)s: «%(measure)s». You said: «%(sentence)s»") % values
    return _("%(word)s: «%(measure)s». On its page you can add a sentence about it.") % values


REPORT_STATUS = LinkAct(
    describe=_describe, perform=_perform, asks_for=gettext_lazy("One sentence about it, if you like")
)
