"""The next meeting as a box on the start page: how far it has come, in four lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Actor, Bloc, Brief
from samspill.governance.meeting_wording import items as items_in_words
from samspill.governance.meeting_wording import name_and_day, votes
from samspill.governance.models import AgendaItem, Meeting
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.anchoring import newest_bars
from samspill.governance.queries.attendance import expected_at
from samspill.governance.queries.meetings import next_meeting_of
from samspill.governance.states import ANNOUNCED, Answer
from samspill.worklist.public import near_day, number_in_words


@dataclass(frozen=True)
class Line:
    g: str
    words: str


def next_meeting_brief(kind: str, community_id: int, actor: Actor) -> Brief | None:
    """For `BRIEFS["web.start"]`; at most 10 queries."""
    if kind != "web.start":
        return None
    meeting = next_meeting_of(actor)
    if meeting is None:
        return None
    context = {
        "heading": _("Next meeting: %(meeting)s") % {"meeting": name_and_day(meeting, actor.today)},
        "url": reverse("governance:meeting", args=[meeting.pk]),
        "lines": lines(meeting, actor),
    }
    return Brief("governance/meetings/next_meeting.html", context)


def lines(meeting: Meeting, actor: Actor) -> list[Line]:
    is_out = meeting.state in ANNOUNCED
    items = list(
        AgendaItem.objects.filter(meeting=meeting, is_removed=False).select_related(
            "treatment", "treatment__case"
        )
        if is_out or is_secretariat(actor)
        else ()
    )
    found = [*_agenda(items, is_out, actor), _sides(meeting)]
    if is_secretariat(actor):
        found += _anchoring(items, actor)
    if is_out:
        found.append(Line("done", _("The notice is sent")))
    elif meeting.notice_by:
        found.append(
            Line("none", _("Notice, to be sent %(day)s") % {"day": near_day(meeting.notice_by, actor.today)})
        )
    return found


def _agenda(items: Sequence[AgendaItem], is_out: bool, actor: Actor) -> list[Line]:
    if not is_out and not is_secretariat(actor):
        return []
    if not items:
        return [Line("none", _("Nothing stands on the agenda yet"))]
    return [Line("done", _("Agenda with %(items)s") % {"items": items_in_words(len(items))})]


def _sides(meeting: Meeting) -> Line:
    expected = expected_at(meeting)
    municipal, hospital = expected.votes(Bloc.MUNICIPAL), expected.votes(Bloc.HOSPITAL)
    stand_ins = [
        one for one in expected.seats if one.comes and any(a.answer == Answer.NO for a in one.called)
    ]
    words = votes(municipal, hospital)
    if stand_ins:
        words += ", " + ngettext(
            "a substitute is called", "%(count)s substitutes are called", len(stand_ins)
        ) % {"count": number_in_words(len(stand_ins))}
    return Line("done" if municipal == hospital and municipal else "late", capfirst(words))


def _anchoring(items: Sequence[AgendaItem], actor: Actor) -> list[Line]:
    cases = {
        item.treatment.case_id: item
        for item in items
        if item.treatment is not None and item.treatment.case.needs_anchoring
    }
    if not cases:
        return []
    found = []
    for case_id, shown in newest_bars(cases, actor).items():
        if shown.is_open and shown.silent:
            words = _("Anchoring of %(item)s: %(found)s of %(all)s have answered") % {
                "item": cases[case_id].reference or f"«{cases[case_id].public_title}»",
                "found": number_in_words(len(shown.cells) - len(shown.silent)),
                "all": len(shown.cells),
            }
            found.append(Line("unknown", words))
    return found
