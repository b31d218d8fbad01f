"""The papers of an archive package: agenda, brief, decision and minutes, in the meeting's målform."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from samspill.documents.writing import Block, Bullets, Heading, Paper, Row, Table, Text, Title, Tone
from samspill.governance.models import AgendaItem, Meeting
from samspill.governance.states import Outcome


def paper_of(meeting: Meeting, title: str, kind: str, content: Any, *, made_at: datetime) -> Paper:
    """`kind` is agenda, brief, decision or minutes; `content` what `package.Document` holds for it."""
    with translation.override(meeting.language):
        blocks = _WRITTEN[kind](content)
        return Paper(
            title=title,
            language=meeting.language,
            author=meeting.community.full_name,
            header=str(meeting),
            footer=meeting.community.full_name,
            page_of=_("Page %(page)s of %(pages)s"),
            made_at=made_at,
            blocks=(Title(), *blocks),
        )


def _agenda(content: tuple[str, list[dict[str, Any]]]) -> Iterator[Block]:
    words, items = content
    yield from (Text(part) for part in words.split("\n") if part.strip())
    rows = tuple(Row((str(one.get("number", "")), str(one.get("title", "")))) for one in items)
    if rows:
        yield Table(_("Agenda"), (_("Number"), _("Title")), rows, shares=(1, 5))


def _brief(content: list[dict[str, Any]]) -> Iterator[Block]:
    for part in content:
        yield Heading(str(part.get("heading", "")))
        yield from _paragraphs(str(part.get("text", "")))


def _decision(item: AgendaItem) -> Iterator[Block]:
    yield Text(str(Outcome(item.outcome).label), Tone.LEAD)
    decision = getattr(item, "decision", None)
    if decision is None:
        return
    if decision.plain:
        yield Text(decision.plain)
    for point in decision.points.all():
        yield Heading(_("Point %(number)s") % {"number": point.order})
        yield from _paragraphs(point.text)
        follow_up = getattr(point, "follow_up", None)
        who = (follow_up.accountable_party or follow_up.accountable_body) if follow_up else None
        if follow_up and who:
            yield Text(f"{who.name}, {follow_up.due.isoformat()}", Tone.QUIET)
    dissents = tuple(f"{one.tenure or one.get_bloc_display()}: {one.text}" for one in decision.dissents.all())
    if dissents:
        yield Heading(_("Dissent and notes"))
        yield Bullets(dissents)


def _minutes(content: dict[str, Any]) -> Iterator[Block]:
    attended = [one for one in content.get("attendance", []) if one.get("name")]
    if attended:
        rows = tuple(Row((one["name"], one.get("seat", ""), one.get("role", ""))) for one in attended)
        yield Table(_("Who was called"), (_("Name"), _("Seat"), _("Role")), rows)
    for item in content.get("items", []):
        yield Heading(f"{item.get('number', '')} {item.get('title', '')}".strip())
        if item.get("outcome_words"):
            yield Text(str(item["outcome_words"]), Tone.QUIET)
        yield from _paragraphs(str(item.get("text") or ""))
        decision = item.get("decision") or {}
        points = tuple(str(point.get("text", "")) for point in decision.get("points", []))
        if points:
            yield Bullets(points)


def _paragraphs(text: str) -> Iterator[Block]:
    yield from (Text(part) for part in text.split("\n") if part.strip())


_WRITTEN: dict[str, Callable[[Any], Iterator[Block]]] = {
    "agenda": _agenda,
    "brief": _brief,
    "decision": _decision,
    "minutes": _minutes,
}
