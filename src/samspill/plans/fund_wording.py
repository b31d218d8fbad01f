"""Sentences about joint money, in the written form of the moment. Plain values in, text out."""

from collections.abc import Iterable
from datetime import date

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspill.plans.models import Application, Award, Call
from samspill.plans.queries.funds.calls import CallLine, SchemeView
from samspill.plans.rules.dates import short_day
from samspill.plans.rules.funds.amounts import NBSP, kroner
from samspill.plans.rules.funds.budget import Balance, unbalanced
from samspill.plans.states import ApplicationState, AwardKind, CallState
from samspill.plans.wording import in_words


def full_day(day: date, today: date) -> str:
    """«21 January», with the year when it is another; never shortened, for it ends sentences."""
    text = dateformat.format(day, pgettext("date format", "j F"))
    return (text if day.year == today.year else f"{text} {day.year}").replace(" ", NBSP)


def list_headline(schemes: Iterable[SchemeView], others: Iterable[CallLine], today: date) -> str:
    """What one can apply for now, as the message of the list."""
    lines = [line for view in schemes for line in view.calls]
    opened = [line for line in lines if line.state == CallState.OPEN]
    if opened:
        first = min(opened, key=lambda line: line.call.closes)
        return _("%(amount)s can be applied for until %(day)s.") % {
            "amount": kroner(sum(line.call.frame_nok for line in opened)),
            "day": full_day(first.call.closes, today),
        }
    if any(line.state == CallState.CLOSED for line in lines):
        return _("The last call is closed, and the applications are being read.")
    if lines or list(others):
        return _("No call is open to you now.")
    return _("There is no joint money here yet.")


def call_headline(call: Call, state: CallState, today: date, *, awards: Iterable[Award] = ()) -> str:
    """A call as a message."""
    amount = kroner(call.frame_nok)
    if state == CallState.DRAFT:
        return _("«%(title)s» is a draft. Nobody else sees it yet.") % {"title": call.title}
    if state == CallState.ANNOUNCED:
        return _("From %(day)s you can apply for up to %(amount)s.") % {
            "day": full_day(call.opens, today),
            "amount": amount,
        }
    if state == CallState.OPEN:
        return _("Apply for up to %(amount)s by %(day)s.") % {
            "amount": amount,
            "day": full_day(call.closes, today),
        }
    if state == CallState.CLOSED:
        return _("The call is closed. The answer comes by %(day)s.") % {
            "day": full_day(call.decides_by, today)
        }
    awards = list(awards)
    return capfirst(
        ngettext(
            "%(count)s project got %(amount)s together.",
            "%(count)s projects got %(amount)s together.",
            len(awards),
        )
        % {"count": in_words(len(awards)), "amount": kroner(sum(one.nok for one in awards))}
    )


def balance_in_words(balance: Balance) -> str:
    """«2027 agrees», or what is missing."""
    if balance.missing:
        return str(unbalanced(balance))
    if not balance.costs:
        return _("%(year)s: nothing is filled in yet.") % {"year": str(balance.year)}
    return _("%(year)s: costs and payment agree, %(amount)s.") % {
        "year": str(balance.year),
        "amount": kroner(balance.costs),
    }


def consent_headline(application: Application, answered: int, asked: int) -> str:
    """How far the consents have come."""
    if application.state not in {
        ApplicationState.DRAFT,
        ApplicationState.ENDORSED,
        ApplicationState.INCOMPLETE,
    }:
        return _("Both sides said yes before «%(title)s» was sent.") % {"title": application.title}
    if application.state == ApplicationState.ENDORSED:
        return _("Both sides have said yes. «%(title)s» can be sent.") % {"title": application.title}
    if not asked:
        return _("Nobody is asked yet. Ask both sides for their yes.")
    if answered == asked:
        return _("Everybody has answered, but somebody's yes is missing.")
    return capfirst(
        ngettext("%(count)s of %(all)s has answered.", "%(count)s of %(all)s have answered.", answered)
        % {"count": _of_the_parties(answered), "all": in_words(asked)}
    )


def _of_the_parties(count: int) -> str:
    return pgettext("of the parties", "one") if count == 1 else in_words(count)


def state_sentence(application: Application, today: date) -> str:
    """Where an application is, for those who wait for it."""
    if application.state == ApplicationState.INCOMPLETE and application.correct_by:
        return _("Something is missing. Mend it and send it again by %(day)s.") % {
            "day": full_day(application.correct_by, today)
        }
    if application.submitted_on and application.state == ApplicationState.SUBMITTED:
        return _("Sent %(day)s. The secretariat checks it.") % {"day": short_day(application.submitted_on)}
    return str(application.get_state_display())


def award_headline(award: Award) -> str:
    if award.kind == AwardKind.REFUSED:
        return _("«%(title)s» did not get money this time.") % {"title": award.title}
    return _("«%(title)s» gets %(amount)s.") % {"title": award.title, "amount": kroner(award.nok)}


GLYPHS = {
    ApplicationState.DRAFT: "none",
    ApplicationState.ENDORSED: "none",
    ApplicationState.INCOMPLETE: "missing",
    ApplicationState.REFUSED: "no",
    ApplicationState.GAINS_FOLLOWED_UP: "done",
    ApplicationState.APPROVED: "done",
}


def glyph(state: str) -> str:
    """The shape of an application's state; what is between draft and done is on its way."""
    return GLYPHS.get(ApplicationState(state), "progress")


CALL_GLYPHS = {
    CallState.DRAFT: "none",
    CallState.ANNOUNCED: "none",
    CallState.OPEN: "progress",
    CallState.CLOSED: "progress",
    CallState.DECIDED: "done",
}
