"""A revision, and a plan's place among others, in sentences. Plain values in, text out."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import dateformat
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspill.plans.models import Plan
from samspill.plans.queries.place import Place
from samspill.plans.queries.revision import DEADLINE, OWNER, STATUS, Line, Revision
from samspill.plans.rules.dates import short_day
from samspill.plans.states import Fate
from samspill.plans.wording import in_words, measures_in_words, plan_in_words

TITLE_FITS = 60


def revision_heading(revision: Revision) -> str:
    """The page as a message: how many former measures are left to account for."""
    total, waiting = len(revision.lines), len(revision.waiting)
    if not total:
        return _("The former plan has no measures. Nothing is to be accounted for.")
    if revision.plan.is_adopted:
        return promised(revision)
    if not waiting:
        return _("All is accounted for: %(measures)s in the former plan.") % {
            "measures": measures_in_words(total)
        }
    if waiting == total:
        text = ngettext(
            "%(total)s of the former plan waits for an answer.",
            "%(total)s of the former plan wait for an answer.",
            total,
        )
    else:
        text = ngettext(
            "%(waiting)s of %(total)s waits for an answer.",
            "%(waiting)s of %(total)s wait for an answer.",
            waiting,
        )
    return capfirst(text % {"waiting": in_words(waiting), "total": measures_in_words(total)})


def promised(revision: Revision) -> str:
    """What became of what was promised: «Of 25 measures eight are done, twelve go on, …»."""
    counts = revision.counts
    parts = [
        (counts[Fate.COMPLETED], pgettext("what became of measures", "done")),
        (counts[Fate.CARRIED_FORWARD], pgettext("what became of measures", "carried forward")),
        (counts[Fate.CHANGED], pgettext("what became of measures", "carried forward in a changed form")),
        (counts[Fate.ENDED], pgettext("what became of measures", "ended")),
        (len(revision.waiting), pgettext("what became of measures", "not accounted for")),
    ]
    said = [f"{in_words(count)} {word}" for count, word in parts if count]
    if not said:
        return _("The former plan promised nothing.")
    return _("The former plan promised %(measures)s: %(what)s.") % {
        "measures": measures_in_words(len(revision.lines)),
        "what": _listed(said),
    }


def _listed(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return pgettext("list", "%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def fate_in_words(line: Line) -> str:
    """What stands under an old measure: the proposal and why, or the reason it ended."""
    if line.fate:
        return line.fate.reason
    return str(line.proposal.because) if line.proposal else ""


def brought_in_words(line: Line) -> str:
    """What goes along to the measure it goes on in; "" when that one lacks nothing."""
    words = {
        OWNER: lambda: str(line.old.accountable or line.old.responsibles[0]),
        DEADLINE: lambda: _("deadline %(day)s") % {"day": short_day(line.old.measure.deadline or date.min)},
        STATUS: lambda: _("the latest status report"),
    }
    parts = [words[name]() for name in line.brings]
    return _("Goes along at the adoption: %(what)s.") % {"what": _listed(parts)} if parts else ""


def fate_said(name: str, fate: str) -> str:
    """For the message after it: «Carried forward: Lage felles kurs»."""
    return f"{Fate(fate).label}: {Truncator(name).chars(TITLE_FITS)}"


def accepted_in_words(count: int) -> str:
    return _("Accepted: %(measures)s.") % {"measures": measures_in_words(count)}


def case_heading(total: int, without_owner: int, without_deadline: int) -> str:
    """«25 measures are put forward. Four lack a responsible, and six lack a deadline.»"""
    text = ngettext("%(measures)s is put forward.", "%(measures)s are put forward.", total)
    first = capfirst(text % {"measures": measures_in_words(total)})
    if not (without_owner or without_deadline):
        return first + " " + _("All have a responsible and a deadline.")
    return f"{first} " + _("%(owners)s, and %(deadlines)s.") % {
        "owners": capfirst(_lack(without_owner, owner=True)),
        "deadlines": _lack(without_deadline, owner=False),
    }


def _lack(count: int, *, owner: bool) -> str:
    if not count:
        return _("none lacks a responsible") if owner else _("none lacks a deadline")
    if owner:
        text = ngettext("%(count)s lacks a responsible", "%(count)s lack a responsible", count)
    else:
        text = ngettext("%(count)s lacks a deadline", "%(count)s lack a deadline", count)
    return text % {"count": in_words(count)}


def version_in_words(place: Place) -> str:
    """«Version 3, replaces …»; "" for one that may not be counted or has no other version."""
    if place.version is None or (place.version == 1 and place.successor is None):
        return ""
    return _("Version %(number)s") % {"number": place.version}


def review_in_words(place: Place, today: date) -> str:
    """When the plan is to be looked over again, and how often."""
    months = place.plan.review_months
    often = every(months)
    if place.review is None:
        return capfirst(often)
    day = dateformat.format(place.review, pgettext("date format", "j F Y")).replace(" ", "\xa0")
    if place.review < today and place.is_in_force:
        return _("Should have been looked over by %(day)s, %(often)s") % {"day": day, "often": often}
    return _("By %(day)s, %(often)s") % {"day": day, "often": often}


def every(months: int) -> str:
    """«every second year», «every 18 months»."""
    if months == 12:
        return _("every year")
    if months == 24:
        return _("every second year")
    if months % 12 == 0:
        return _("every %(years)s years") % {"years": in_words(months // 12)}
    return ngettext("every month", "every %(months)s months", months) % {"months": months}


def overlap_in_words(others: Iterable[Plan]) -> list[tuple[Plan, str]]:
    """A sentence for each plan of the same kind that is for some of the same days."""
    return [
        (
            one,
            _("«%(plan)s» is a plan of the same kind for some of the same days.")
            % {"plan": plan_in_words(one)},
        )
        for one in others
    ]


def fate_columns() -> list[str]:
    """What the columns of that table are called, in the order of `tally_cells`."""
    return [
        pgettext("fate", "Completed"),
        pgettext("fate", "Carried forward"),
        pgettext("fate", "Changed"),
        pgettext("fate", "Ended"),
        _("Not accounted for"),
    ]


def tally_cells(counts: Mapping[str, int], waiting: int) -> list[str]:
    """A row of the table of what became of what was promised; an empty cell says 0 with a dash."""
    numbers = [
        counts.get(fate, 0) for fate in (Fate.COMPLETED, Fate.CARRIED_FORWARD, Fate.CHANGED, Fate.ENDED)
    ]
    return [str(number) if number else "–" for number in [*numbers, waiting]]
