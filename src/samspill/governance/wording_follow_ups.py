"""Sentences about what becomes of decisions, in the written form of the moment. Plain values in, text out."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from samspill.directory.public import AuditEvent, Party
from samspill.governance.rules.days import long_day
from samspill.governance.rules.follow_ups import Progress
from samspill.governance.states import CarryingState, FollowUpState
from samspill.governance.states.follow_ups import ShownFollowUp, ShownParty

MOST_NAMES = 4


def in_words(count: int) -> str:
    """«three» up to twelve, figures above. In Norwegian the neuter: ett vedtak."""
    return str(_NUMBERS[count] if count < len(_NUMBERS) else count)


_NUMBERS = (
    pgettext_lazy("neuter number", "zero"),
    pgettext_lazy("neuter number", "one"),
    pgettext_lazy("neuter number", "two"),
    pgettext_lazy("neuter number", "three"),
    pgettext_lazy("neuter number", "four"),
    pgettext_lazy("neuter number", "five"),
    pgettext_lazy("neuter number", "six"),
    pgettext_lazy("neuter number", "seven"),
    pgettext_lazy("neuter number", "eight"),
    pgettext_lazy("neuter number", "nine"),
    pgettext_lazy("neuter number", "ten"),
    pgettext_lazy("neuter number", "eleven"),
    pgettext_lazy("neuter number", "twelve"),
)


def sentence_case(text: str) -> str:
    return str(capfirst(text))


def list_heading(shown: Counter[ShownFollowUp], waits_for_me: int) -> str:
    """«Fire punkter er forsinket, og tre venter på svar fra deg.»"""
    late = shown[ShownFollowUp.LATE]
    if not shown.total():
        return _("Nothing is to be followed up yet.")
    mine = ngettext(
        "%(count)s waits for an answer from you", "%(count)s wait for an answer from you", waits_for_me
    ) % {"count": in_words(waits_for_me)}
    if late:
        first = ngettext("%(count)s point is late", "%(count)s points are late", late)
        text = sentence_case(first % {"count": in_words(late)})
        return (
            _("%(first)s, and %(second)s.") % {"first": text, "second": mine} if waits_for_me else f"{text}."
        )
    if waits_for_me:
        return _("No point is late, and %(second)s.") % {"second": mine}
    return _("No point is late.")


def deadline_in_words(due: date, days_late: int) -> str:
    if days_late:
        return ngettext("%(count)s day over", "%(count)s days over", days_late) % {"count": days_late}
    return long_day(due)


def owed_in_words(who: int, things: int) -> str:
    """«Sju har ikke svart på tolv ting. Ett trykk, så får hver av dem én samlet e-post.»"""
    first = ngettext("%(count)s party or body owes", "%(count)s parties and bodies owe", who)
    second = ngettext("%(count)s answer", "%(count)s answers", things)
    return _("%(who)s %(things)s. One press, and each of them gets one mail with all of it.") % {
        "who": sentence_case(first % {"count": who}),
        "things": second % {"count": things},
    }


def chased_in_words(
    told: dict[str, int], people: int, unreachable: Sequence[str], already: Sequence[str]
) -> str:
    """How many were asked and whom; who has nobody to ask; who was asked today already."""
    parts = []
    if told:
        text = ngettext(
            "%(names)s gets a mail, to %(people)s person.",
            "%(names)s get a mail, to %(people)s people.",
            people,
        )
        named = [f"{name} ({count})" for name, count in told.items()]
        parts.append(text % {"names": names_in_words(named), "people": people})
    elif already:
        parts.append(_("Everybody has been reminded today already."))
    if unreachable:
        parts.append(
            _("Nobody has an account for %(names)s, so they got nothing.")
            % {"names": names_in_words(list(unreachable))}
        )
    return " ".join(parts) or _("Nobody owes an answer now.")


def names_in_words(names: Sequence[str]) -> str:
    """«Halden, Moss og Råde»; many are the first of them and how many more."""
    names = list(names)
    if len(names) > MOST_NAMES + 1:
        rest = len(names) - MOST_NAMES
        return _("%(names)s and %(count)s more") % {"names": ", ".join(names[:MOST_NAMES]), "count": rest}
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def act_in_words(event: AuditEvent) -> str:
    """What an act did to a follow-up, for the message after it and for its history; "" when not told."""
    details: dict[str, Any] = event.details
    if event.act == "follow_up.assign":
        return _("Changed: %(because)s") % {"because": details["because"]}
    if event.act == "follow_up.begin":
        return _("It is set who answers for it, and by when.")
    if event.act == "follow_up.undo":
        return _("It is as it was.")
    if details.get("after"):
        label = FollowUpState(details["after"]["state"]).label
        if event.act == "follow_up.help":
            return _("«%(state)s». A case is made for the body that decided.") % {"state": label}
        return _("It is set to «%(state)s».") % {"state": label}
    return ""


def told_in_words(event: AuditEvent) -> str:
    """What an event of `actions.carrying` did."""
    cells = event.details.get("cells")
    if cells is None:
        return _("It is set whom the point binds.")
    label = CarryingState(cells[0]["after"]["state"]).label
    if len(cells) == 1:
        return _("It is set to «%(state)s».") % {"state": label}
    return ngettext("%(count)s is set to «%(state)s».", "%(count)s are set to «%(state)s».", len(cells)) % {
        "count": len(cells),
        "state": label,
    }


def progress_in_words(progress: Progress) -> str:
    """«Sju av 13 har det på plass»; "" when it binds nobody."""
    if not progress.of:
        return ""
    return _("%(count)s of %(all)s have it in place") % {"count": progress.in_place, "all": progress.of}


def point_heading(progress: Progress, silent: int) -> str:
    """«Sju av 13 har det på plass. Tre har ikke svart.»"""
    if not progress.of:
        return _("The point binds no party yet.")
    first = f"{progress_in_words(progress)}."
    if not silent:
        return first
    last = ngettext("%(count)s waits to tell.", "%(count)s wait to tell.", silent)
    return f"{first} {last % {'count': silent}}"


def matrix_heading(points: int, shown: Counter[ShownParty], party: Party | None) -> str:
    """«Åtte punkter. 31 svar mangler.» or, for one party, «Halden: to punkter er forsinket.»"""
    late = shown[ShownParty.LATE]
    silent = late + shown[ShownParty.UNKNOWN]
    if party is not None:
        return party_heading(party, shown.total(), late, silent)
    if not shown.total():
        return _("No decision says yet whom it binds.")
    first = ngettext("%(count)s point to carry out.", "%(count)s points to carry out.", points)
    text = sentence_case(first % {"count": in_words(points)})
    if not silent:
        return f"{text} {_('Everybody has told how far they have come.')}"
    last = ngettext("%(count)s answer is missing.", "%(count)s answers are missing.", silent)
    return f"{text} {sentence_case(last % {'count': in_words(silent)})}"


def party_heading(party: Party, points: int, late: int, silent: int) -> str:
    """«Halden: to punkter er forsinket, og tre venter på svar.»"""
    if not points:
        return _("%(party)s: no decision binds you yet.") % {"party": party}
    if not silent:
        return _("%(party)s has told how it goes with everything that was decided.") % {"party": party}
    parts = []
    if late:
        parts.append(
            ngettext("%(count)s point is late", "%(count)s points are late", late) % {"count": in_words(late)}
        )
    if silent > late:
        parts.append(
            ngettext("%(count)s point waits for word", "%(count)s points wait for word", silent - late)
            % {"count": in_words(silent - late)}
        )
    return f"{party}: {names_in_words(parts)}."
