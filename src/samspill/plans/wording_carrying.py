"""Sentences about who has come how far, in the written form of the moment. Plain values in, text out."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from samspill.directory.public import AuditEvent, Party, PartyKind
from samspill.plans.queries.carrying import Carried, Standing
from samspill.plans.queries.matrix import Matrix, not_begun_anywhere
from samspill.plans.queries.my_municipality import Bound
from samspill.plans.rules.carrying_out import Progress
from samspill.plans.states import IN_PLACE, ImplementationState, ShownCarrying
from samspill.plans.wording import in_words, measures_in_words


def matrix_heading(found: Matrix) -> str:
    """«Sju av 13 kommuner har innført noe. Tre tiltak er ikke begynt noe sted.»"""
    if found.party is not None:
        return party_heading(found.party, found.rows)
    asked = [row for row in found.rows if row.standings]
    if not asked:
        return _("No measure says yet which municipalities shall carry it out.")
    who = _who_has_introduced(found)
    quiet = len(not_begun_anywhere(asked))
    if not quiet:
        return " ".join([who, _("Every measure is begun somewhere.")])
    text = ngettext("%(measures)s is not begun anywhere.", "%(measures)s are not begun anywhere.", quiet)
    return f"{who} {capfirst(text % {'measures': measures_in_words(quiet)})}"


def _who_has_introduced(found: Matrix) -> str:
    municipalities = [one.party for one in found.columns if one.party.kind == PartyKind.MUNICIPALITY]
    have = sum(
        any(party.pk in row.standings and row.standings[party.pk].state in IN_PLACE for row in found.rows)
        for party in municipalities
    )
    if not have:
        return _("No municipality has introduced a measure yet.")
    if have == len(municipalities) > 1:
        return _("All %(all)s municipalities have introduced at least one measure.") % {"all": have}
    text = ngettext(
        "One of %(all)s municipalities has introduced at least one measure.",
        "%(have)s of %(all)s municipalities have introduced at least one measure.",
        have,
    )
    return text % {"have": capfirst(in_words(have)), "all": len(municipalities)}


def name_of(party: Party) -> str:
    """A municipality by its name alone, the hospital by its full one: its short form is not for everybody."""
    return str(party) if party.municipality_code else party.name


def party_heading(party: Party, rows: Sequence[Carried]) -> str:
    """«Halden har innført fire av ni tiltak. To er forsinket.»"""
    here = [row.standings[party.pk] for row in rows if party.pk in row.standings]
    return _party_sentence(party, Progress.count(one.state for one in here), [one.shown for one in here])


def mine_heading(party: Party, found: Sequence[Bound]) -> str:
    """Red first: «Halden: tre tiltak er forsinket, og fire venter på svar.»"""
    late = sum(one.standing.shown == ShownCarrying.LATE for one in found)
    silent = sum(one.standing.waits for one in found)
    if not found:
        return _("No measure in the plans binds %(party)s yet.") % {"party": name_of(party)}
    if late:
        first = ngettext("%(party)s: %(measures)s is late", "%(party)s: %(measures)s are late", late) % {
            "measures": measures_in_words(late),
            "party": name_of(party),
        }
    else:
        first = _("%(party)s: nothing is late") % {"party": name_of(party)}
    if not silent:
        return _("%(first)s, and nothing waits for an answer.") % {"first": first}
    text = ngettext(
        "%(first)s, and %(count)s waits for an answer.",
        "%(first)s, and %(count)s wait for an answer.",
        silent,
    )
    return text % {"first": first, "count": in_words(silent)}


def _party_sentence(party: Party, progress: Progress, shown: Sequence[ShownCarrying]) -> str:
    if not shown:
        return _("No measure in the plan concerns %(party)s.") % {"party": name_of(party)}
    text = ngettext(
        "%(party)s has introduced %(count)s of %(measures)s.",
        "%(party)s has introduced %(count)s of %(measures)s.",
        progress.in_place,
    )
    count = in_words(progress.in_place) if progress.in_place else pgettext("of the measures", "none")
    first = text % {"party": name_of(party), "count": count, "measures": measures_in_words(progress.of)}
    late = sum(one == ShownCarrying.LATE for one in shown)
    if not late:
        return first
    last = ngettext("%(count)s is late.", "%(count)s are late.", late) % {"count": in_words(late)}
    return f"{first} {capfirst(last)}"


def cell_heading(one: Standing) -> str:
    """«Sarpsborg: i gang», whatever the deadline says."""
    state = str(ImplementationState(one.told.state).label if one.told else ShownCarrying.UNKNOWN.label)
    return f"{name_of(one.party)}: {state[:1].lower()}{state[1:]}"


def row_heading(row: Carried) -> str:
    """«Sju av 13 har innført tiltaket. Tre har ikke svart.»"""
    progress = row.progress
    if not row.standings:
        return _("The measure concerns no party yet.")
    if progress.in_place:
        text = _("%(count)s of %(all)s have introduced the measure.")
        first = capfirst(text % {"count": _of_them(progress.in_place), "all": in_words(progress.of)})
    else:
        first = ngettext(
            "The party it concerns has not introduced the measure yet.",
            "None of the %(all)s it concerns has introduced the measure yet.",
            progress.of,
        ) % {"all": in_words(progress.of)}
    silent = sum(one.waits for one in row.standings.values())
    if not silent:
        return first
    last = ngettext(
        "%(count)s party has not told how it goes.", "%(count)s parties have not told how it goes.", silent
    )
    return f"{first} {capfirst(last % {'count': _of_them(silent)})}"


def _of_them(count: int) -> str:
    """A number of parties or milestones, which Norwegian counts with the common «én»."""
    return pgettext("of the parties", "one") if count == 1 else in_words(count)


def progress_in_words(progress: Progress) -> str:
    """«7 av 13 har innført»; "" when it concerns nobody."""
    if not progress.of:
        return ""
    return _("%(count)s of %(all)s introduced") % {"count": progress.in_place, "all": progress.of}


def told_in_words(event: AuditEvent) -> str:
    """What an event of `actions.implementing` did, for the message after it."""
    cells = event.details.get("cells")
    if cells is None:
        return _("It is set whom the measure concerns.")
    label = ImplementationState(cells[0]["after"]["state"]).label
    if len(cells) == 1:
        return _("It is set to «%(state)s».") % {"state": label}
    text = ngettext("%(count)s is set to «%(state)s».", "%(count)s are set to «%(state)s».", len(cells)) % {
        "count": len(cells),
        "state": label,
    }
    return " ".join([text, _("Who had come further, stays as it was.")])


def milestones_in_words(reached: int, total: int) -> str:
    """«2 av 4 milepæler nådd»."""
    text = ngettext(
        "%(count)s of %(all)s milestone reached", "%(count)s of %(all)s milestones reached", total
    )
    return text % {"count": reached, "all": total}


def milestones_heading(reached: int, total: int) -> str:
    """«To av fire milepæler er nådd.», the message of the page of milestones."""
    if not total:
        return _("The measure has no milestones yet.")
    if not reached:
        return ngettext(
            "The milestone is not reached yet.", "None of the %(all)s milestones is reached yet.", total
        ) % {"all": in_words(total)}
    if reached == total:
        return npgettext(
            "heading", "The milestone is reached.", "All the %(all)s milestones are reached.", total
        ) % {"all": in_words(total)}
    text = ngettext(
        "%(count)s of %(all)s milestones is reached.", "%(count)s of %(all)s milestones are reached.", reached
    )
    return capfirst(text % {"count": _of_them(reached), "all": in_words(total)})
