"""What is said about cases in words: the nodes of the saksgang line, and the answers of a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspill.governance.queries.anchoring import Bar, Cell
from samspill.governance.queries.saksgang import Passage, Way
from samspill.governance.states import (
    AnchoringState,
    CaseState,
    ForwardingKind,
    ForwardingReason,
    Outcome,
    Stance,
    TreatmentState,
)
from samspill.worklist.public import day_of_month, number_in_words

GLYPHS = {
    Stance.SUPPORTS.value: "yes",
    Stance.WITH_REMARK.value: "but",
    Stance.OPPOSES.value: "no",
    "": "silent",
}
STATE_GLYPHS = {
    CaseState.DRAFT: "none",
    CaseState.REPORTED: "none",
    CaseState.RETURNED: "missing",
    CaseState.PREPARING: "progress",
    CaseState.READY: "progress",
    CaseState.ON_AGENDA: "progress",
    CaseState.TREATED: "done",
    CaseState.FOLLOWED_UP: "done",
    CaseState.CLOSED: "done",
    CaseState.WITHDRAWN: "none",
    CaseState.REJECTED: "no",
}


@dataclass(frozen=True)
class Node:
    """A node of the line: when, what, and a word more. `at`: "" has been, now, next, hole."""

    when: str
    what: str
    note: str = ""
    at: str = ""


def short_day(day: date | None, today: date) -> str:
    """«22. okt.», with the year when it is another."""
    if day is None:
        return ""
    text = dateformat.format(day, pgettext("date format", "j N"))
    return text if day.year == today.year else f"{text} {day.year}"


def nodes(way: Way, today: date) -> list[Node]:
    """The whole line, from the report to what is to come."""
    found = [_reported(way, today), *(_passage(one, today) for one in way.passages)]
    if way.case.state == CaseState.REPORTED:
        found.append(Node("", _("The secretariat answers"), at="now"))
    if way.case.state in {CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.REJECTED}:
        found.append(Node("", str(CaseState(way.case.state).label), at="now"))
    if way.now is not None and way.now.treatment.state == TreatmentState.PREPARING:
        found.append(
            Node(
                short_day(way.now.day, today),
                _("%(body)s treats it") % {"body": way.now.treatment.body},
                at="next",
            )
        )
    found += [
        Node("", _("Answer to %(body)s") % {"body": one.treatment.body}, at="next") for one in way.waits_for
    ]
    return found


def _reported(way: Way, today: date) -> Node:
    by = way.reporter
    what = _("Reported by %(who)s") % {"who": by} if by else _("Reported")
    if way.case.state == CaseState.DRAFT:
        return Node("", _("A draft"), at="now")
    return Node(short_day(way.reported_on, today), what)


def _passage(one: Passage, today: date) -> Node:
    body = {"body": str(one.treatment.body)}
    if not one.is_under_way:
        return Node(short_day(one.day, today), _outcome(one) % body, _why(one))
    note = (
        ngettext("Put off once", "Put off %(count)s times", one.treatment.postponed)
        % {"count": number_in_words(one.treatment.postponed)}
        if one.treatment.postponed
        else ""
    )
    if one.treatment.state == TreatmentState.PREPARING:
        return Node("", _("Prepared for %(body)s") % body, note, at="now")
    if one.treatment.state == TreatmentState.QUEUED:
        return Node(short_day(one.day, today), _("Ready for %(body)s") % body, note, at="now")
    return Node(short_day(one.day, today), _("%(body)s treats it") % body, note, at="now")


def _outcome(one: Passage) -> str:
    said = {
        Outcome.DECIDED: _("%(body)s decided"),
        Outcome.RECOMMENDED: _("%(body)s recommended"),
        Outcome.POSTPONED: _("Put off in %(body)s"),
        Outcome.NOTED: _("%(body)s took note"),
        Outcome.WITHDRAWN: _("Withdrawn in %(body)s"),
        Outcome.REJECTED: _("%(body)s did not take it up"),
    }
    outcome = Outcome(one.treatment.outcome)
    if outcome in said:
        return said[outcome]
    to = str(one.forwarding.to_body).replace("%", "%%") if one.forwarding else ""
    passed = {
        Outcome.ESCALATED: _("%(body)s lifted it to {to}"),
        Outcome.DELEGATED: _("%(body)s gave it to {to}"),
        Outcome.SENT_BACK: _("%(body)s sent it back to {to}"),
    }
    return passed[outcome].format(to=to)


def _why(one: Passage) -> str:
    if one.forwarding is None:
        return ""
    if one.forwarding.kind == ForwardingKind.SENT_BACK:
        return one.forwarding.words[:80]
    return str(ForwardingReason(one.forwarding.reason).label)


def anchoring_sentence(bar: Bar) -> str:
    """«Sju av 13 støtter, to av dem med merknad. Råde støtter ikke. Fem har ikke svart. Fristen er …»"""
    if bar.round.state == AnchoringState.WAIVED:
        return _("One does not wait for the municipalities: %(because)s") % {
            "because": bar.round.waived_because
        }
    said = [_yes(bar), _no(bar), _silent(bar), _due(bar)]
    return " ".join(part for part in said if part)


def _yes(bar: Bar) -> str:
    with_remark = bar.counts[Stance.WITH_REMARK]
    yes = bar.counts[Stance.SUPPORTS] + with_remark
    values = {"yes": number_in_words(yes), "all": len(bar.cells), "remarks": number_in_words(with_remark)}
    if not yes:
        return _("None of %(all)s supports it so far.") % values if len(bar.silent) < len(bar.cells) else ""
    if with_remark:
        return capfirst(_("%(yes)s of %(all)s support it, %(remarks)s of them with a remark.") % values)
    return capfirst(_("%(yes)s of %(all)s support it.") % values)


def _no(bar: Bar) -> str:
    against = [str(cell.party) for cell in bar.cells if cell.stance == Stance.OPPOSES]
    return _("%(names)s: no support.") % {"names": listed(against)} if against else ""


def _silent(bar: Bar) -> str:
    count = len(bar.silent)
    if not count:
        return _("Everybody has answered.")
    if count == len(bar.cells):
        text = _("Nobody has answered yet")
    else:
        text = capfirst(
            ngettext("one has not answered", "%(count)s have not answered", count)
            % {"count": number_in_words(count)}
        )
    mine = [str(cell.party) for cell in bar.silent if cell.is_mine]
    also = _(", %(names)s for one, which you speak for") % {"names": listed(mine)} if mine else ""
    return f"{text}{also}."


def _due(bar: Bar) -> str:
    if bar.is_open:
        return _("The deadline is %(day)s.") % {"day": day_of_month(bar.round.due, bar.today)}
    return _("The round is over.")


def listed(names: Sequence[str]) -> str:
    """«Moss, Råde og Vestby»."""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def cell_label(cell: Cell) -> str:
    stance = Stance(cell.stance).label if cell.stance else _("Has not answered")
    return f"{cell.party}: {stance}"
