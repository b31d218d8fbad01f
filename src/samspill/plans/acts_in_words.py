"""What was done with a measure, in a sentence: for the message after it, and for its history."""

from datetime import date
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspill.directory.public import AuditEvent
from samspill.plans.rules.dates import short_day
from samspill.plans.states import Answers, Judgement, StatusWord

FITS = 120


def act_in_words(event: AuditEvent) -> str:
    """One sentence without who and when; "" for an act that is not told."""
    details = event.details
    if event.act == "measure.undo":
        return _("Undone: %(what)s") % {"what": _PARTS[details["part"]](details["after"])}
    if "part" in details:
        return _PARTS[details["part"]](details["after"])
    if event.act == "measure.status":
        return _status(details)
    return ""


def _owner(after: Any) -> str:
    names = [row["raw"] for row in after if row["role"] == Answers.ACCOUNTABLE]
    helpers = [row["raw"] for row in after if row["role"] == Answers.HELPER]
    if not after:
        return _("Nobody is responsible any more.")
    if helpers:
        return _("%(who)s answers for the measure, with %(helpers)s.") % {
            "who": ", ".join(names),
            "helpers": ", ".join(helpers),
        }
    return _("%(who)s answers for the measure.") % {"who": ", ".join(names)}


def _deadline(after: Any) -> str:
    if not after["day"]:
        return _("The deadline is taken away.")
    return _("The deadline is %(day)s.") % {"day": short_day(date.fromisoformat(after["day"]))}


def _indicator(after: Any) -> str:
    return _("It is joined to an indicator.") if after else _("It is joined to no indicator any more.")


def _text(after: Any) -> str:
    return _("The words are changed.")


def _place(after: Any) -> str:
    return _("Its place in the plan is changed.")


def _judgement(after: Any) -> str:
    said = {Judgement.ACCEPTED: _("It is a measure."), Judgement.REJECTED: _("It is not a measure.")}
    return said.get(after, _("Nobody has judged it."))


def _status(details: Any) -> str:
    word = StatusWord(details["word"]).label
    said = f"{word}. «{details['sentence']}»" if details["sentence"] else f"{word}."
    about = details.get("about")
    return f"{said} {about_in_words(about)}" if about else said


def about_in_words(about: str) -> str:
    """Where a status comes from that was said of a decision the measure carries out."""
    return _("Said of the decision «%(what)s».") % {"what": Truncator(about).chars(FITS)}


_PARTS = {
    "owner": _owner,
    "deadline": _deadline,
    "indicator": _indicator,
    "text": _text,
    "place": _place,
    "judgement": _judgement,
}
