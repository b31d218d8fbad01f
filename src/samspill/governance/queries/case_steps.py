"""The way of a case in words, from the report to the meeting one reads it for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.governance.models import Case, Meeting, Treatment
from samspill.governance.states import Outcome


@dataclass(frozen=True)
class Step:
    """A stop of the case's way. `at` is "" (was), "now" or "next"."""

    day: date | None
    words: str
    at: str = ""
    note: str = ""


def since(way: Sequence[Treatment], here: Treatment) -> str:
    """What the changes are counted from: the body that had the case before."""
    before = [one for one in way if one.order < here.order]
    if before:
        return _("New since %(body)s") % {"body": before[-1].body}
    return _("New since the last notice")


def steps(case: Case, way: Iterable[Treatment], here: Treatment, meeting: Meeting) -> list[Step]:
    """From the report to this meeting: when, what came of it, and why it was passed on."""
    found = []
    if case.reported_at:
        who = case.reporter_party or case.reporter_name
        words = _("Reported by %(who)s") % {"who": who} if who else _("Reported")
        found.append(Step(timezone.localtime(case.reported_at).date(), words))
    for one in way:
        if one.order < here.order and one.outcome:
            found.append(_step(one))
    found.append(Step(meeting.day, _here(here), "now"))
    return found


def _step(passage: Treatment) -> Step:
    forwarded = getattr(passage, "forwarded_by", None)
    there = forwarded.to_body if forwarded else passage.body
    words = _WAYS[Outcome(passage.outcome)]() % {"body": there}
    note = str(forwarded.get_reason_display()) if forwarded else ""
    return Step(passage.treated_on, words, note=note)


_WAYS = {
    Outcome.DECIDED: lambda: pgettext("step", "Decided in %(body)s"),
    Outcome.RECOMMENDED: lambda: pgettext("step", "Recommended by %(body)s"),
    Outcome.POSTPONED: lambda: pgettext("step", "Postponed in %(body)s"),
    Outcome.SENT_BACK: lambda: pgettext("step", "Sent back to %(body)s"),
    Outcome.ESCALATED: lambda: pgettext("step", "Lifted to %(body)s"),
    Outcome.NOTED: lambda: pgettext("step", "Noted in %(body)s"),
    Outcome.DELEGATED: lambda: pgettext("step", "Given to %(body)s"),
    Outcome.WITHDRAWN: lambda: pgettext("step", "Withdrawn from %(body)s"),
    Outcome.REJECTED: lambda: pgettext("step", "Not taken up in %(body)s"),
}


def _here(treatment: Treatment) -> str:
    patterns = {
        "decision": pgettext("step", "%(body)s decides"),
        "discussion": pgettext("step", "%(body)s discusses"),
        "information": pgettext("step", "%(body)s is told"),
    }
    return patterns[treatment.case.kind] % {"body": treatment.body}
