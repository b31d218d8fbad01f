"""The next meeting as a box on the start page: how far it has come, in four lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Actor, Bloc, Body, Brief, Facts, Wanted, read_for
from samspill.governance.meeting_wording import items as items_in_words
from samspill.governance.meeting_wording import name_and_day, votes
from samspill.governance.models import AgendaItem, Meeting
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.anchoring_facts import newest_counts
from samspill.governance.queries.attendance import Expected
from samspill.governance.queries.expected_at_once import expected_in, with_seats
from samspill.governance.queries.meetings import meetings_ahead
from samspill.governance.states import ANNOUNCED, AnchoringState, Answer
from samspill.worklist.public import near_day, number_in_words


@dataclass(frozen=True)
class Line:
    g: str
    words: str


def next_meeting_brief(kind: str, community_id: int, actor: Actor) -> Brief | None:
    """For `BRIEFS["web.start"]`; 1 query, and 1 more for the secretariat's cases that are to be anchored."""
    if kind != "web.start":
        return None
    found = read_for(_wants, actor)["next"]
    if not found:
        return None
    meeting = _meeting(found[0])
    context = {
        "heading": _("Next meeting: %(meeting)s") % {"meeting": name_and_day(meeting, actor.today)},
        "url": reverse("governance:meeting", args=[meeting.pk]),
        "lines": lines(meeting, actor),
    }
    return Brief("governance/meetings/next_meeting.html", context)


def _wants(actor: Actor) -> dict[str, Wanted]:
    first = Subquery(meetings_ahead(actor).values("pk")[:1])
    return {"next": Wanted(_told(actor).filter(pk=first), _facts(actor))}


def _facts(actor: Actor) -> dict[str, str]:
    counted = ("item_count", "seats_told", *(("to_anchor",) if is_secretariat(actor) else ()))
    own = ("state", "day", "notice_by", "body_id", *counted)
    return {**{name: name for name in own}, "body": "body__name", "short": "body__short_name"}


def _meeting(one: Facts) -> Any:
    """As `_told` would give it."""
    body = Body(pk=one["body_id"], name=one["body"], short_name=one["short"])
    day, notice_by = one.day("day"), one.day("notice_by")
    assert day  # noqa: S101  every meeting has one
    meeting = Meeting(pk=one.pk, body=body, state=one["state"], day=day, notice_by=notice_by)
    for name in ("item_count", "seats_told", "to_anchor"):
        setattr(meeting, name, one.facts.get(name))
    return meeting


def _told(actor: Actor) -> QuerySet[Meeting]:
    """Meetings with the number of items, the seats, and for the secretariat the cases to be anchored."""
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"), is_removed=False)
    counted = items.order_by().values("meeting").annotate(count=Count("pk")).values("count")
    found = with_seats(meetings_ahead(actor)).annotate(item_count=Coalesce(Subquery(counted), 0))
    if not is_secretariat(actor):
        return found
    asked = items.filter(treatment__case__needs_anchoring=True).order_by("order", "pk")
    facts = JSONObject(case="treatment__case_id", year="year", number="number", title="public_title")
    return found.annotate(to_anchor=ArraySubquery(asked.values_list(facts)))


def lines(meeting: Any, actor: Actor) -> list[Line]:
    """Of a meeting of `_told`."""
    is_out = meeting.state in ANNOUNCED
    found = [*_agenda(meeting.item_count, is_out, actor), _sides(expected_in(meeting))]
    if is_secretariat(actor):
        found += _anchoring(meeting.to_anchor, actor)
    if is_out:
        found.append(Line("done", _("The notice is sent")))
    elif meeting.notice_by:
        found.append(
            Line("none", _("Notice, to be sent %(day)s") % {"day": near_day(meeting.notice_by, actor.today)})
        )
    return found


def _agenda(count: int, is_out: bool, actor: Actor) -> list[Line]:
    if not is_out and not is_secretariat(actor):
        return []
    if not count:
        return [Line("none", _("Nothing stands on the agenda yet"))]
    return [Line("done", _("Agenda with %(items)s") % {"items": items_in_words(count)})]


def _sides(expected: Expected) -> Line:
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


def _anchoring(to_anchor: Sequence[Mapping[str, Any]], actor: Actor) -> list[Line]:
    items = {
        one["case"]: AgendaItem(year=one["year"], number=one["number"], public_title=one["title"])
        for one in to_anchor
    }
    if not items:
        return []
    found = []
    for case_id, shown in newest_counts(items, actor).items():
        if shown.state == AnchoringState.OPEN and shown.due >= actor.today and shown.silent:
            words = _("Anchoring of %(item)s: %(found)s of %(all)s have answered") % {
                "item": items[case_id].reference or f"«{items[case_id].public_title}»",
                "found": number_in_words(shown.asked - shown.silent),
                "all": shown.asked,
            }
            found.append(Line("unknown", words))
    return found
