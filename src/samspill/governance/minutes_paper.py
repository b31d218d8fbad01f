"""Minutes on paper: Word and PDF/UA with the same blocks, in the målform of the meeting."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.documents.writing import Block, Bullets, Heading, Paper, Row, Table, Text, Title, Tone
from samspill.governance.queries.minutes_content import long_day
from samspill.governance.states import Presence

Content = Mapping[str, Any]
SHARES = (0.46, 0.3, 0.24)


def paper_of(
    content: Content, *, made_at: datetime, facts: Sequence[str] = (), addenda: Sequence[str] = ()
) -> Paper:
    """`facts` say how far the minutes have come; `addenda` are corrections beside them."""
    with translation.override(content["language"]):
        blocks = [Title(), *_front(content, facts), *_meeting(content, 1), *_addenda(addenda)]
        return _paper(content["title"], content, made_at, blocks)


def book_paper(title: str, contents: Sequence[Content], *, made_at: datetime) -> Paper:
    """The minutes of a year, one after the other. `contents` is not empty."""
    with translation.override(contents[0]["language"]):
        blocks: list[Block] = [Title()]
        for content in contents:
            blocks += [Heading(content["title"]), *_front(content, ()), *_meeting(content, 2)]
        return _paper(title, contents[0], made_at, blocks)


def _paper(title: str, content: Content, made_at: datetime, blocks: Sequence[Block]) -> Paper:
    return Paper(
        title=title,
        language=content["language"],
        author=content["community"],
        header=content["community"],
        footer=title,
        page_of=pgettext("foot of a page", "Page %(page)s of %(pages)s"),
        made_at=made_at,
        blocks=tuple(blocks),
    )


def _front(content: Content, facts: Sequence[str]) -> Iterator[Block]:
    when = _("%(day)s at %(starts)s–%(ends)s") % {
        "day": long_day(date.fromisoformat(content["day"])),
        "starts": content["starts"],
        "ends": content["ends"],
    }
    yield Text(". ".join(part for part in (content["body"], when, content["place"]) if part) + ".", Tone.LEAD)
    for fact in facts:
        yield Text(fact, Tone.QUIET)


def _meeting(content: Content, level: int) -> Iterator[Block]:
    yield Heading(_("Who was there"), level=level)
    yield Table(
        caption=_("Who was there"),
        head=(_("Name"), _("Stands for"), _("There")),
        rows=tuple(_attended(row) for row in content["attendance"]) or (Row(("–", "–", "–")),),
        shares=SHARES,
    )
    empty = [one["seat"] for one in content["composition"] if not one["name"]]
    if empty:
        yield Text(_("Vacant on the day: %(seats)s.") % {"seats": ", ".join(empty)}, Tone.QUIET)
    for item in content["items"]:
        yield Heading(f"{item['number']} {item['title']}", level=level)
        yield from _item(item)


def _attended(row: Content) -> Row:
    name = row["name"] + (_(" (for %(name)s)") % {"name": row["for"]} if row["for"] else "")
    return Row((name, f"{row['seat']}, {row['role']}", str(Presence(row["presence"]).label)))


def _item(item: Content) -> Iterator[Block]:
    if item["outcome_words"]:
        yield Text(f"{item['kind']}. {item['outcome_words']}.", Tone.QUIET)
    if item["closed"]:
        yield Text(_("The case is screened. What was said and decided is not open to everybody."))
        return
    for one in item["conflicts"]:
        said = f"{one['name']}: {one['conclusion']}, {one['ground']}"
        yield Text(". ".join(part for part in (said, one["because"], one["law"]) if part) + ".", Tone.QUIET)
    for one in item["away"]:
        yield Text(f"{one['name']}: {Presence(one['presence']).label}.", Tone.QUIET)
    for paragraph in item["text"].split("\n"):
        if paragraph.strip():
            yield Text(paragraph)
    if item["decision"]:
        yield from _decision(item["decision"])
    if item["went"]:
        went = item["went"]
        yield Text(_("Goes to %(body)s: %(words)s") % {"body": went["to"], "words": went["words"]})


def _decision(decision: Content) -> Iterator[Block]:
    if decision["authority"]:
        yield Text(
            _("The body recommends, because the mandate says: «%(words)s»")
            % {"words": decision["authority"]},
            Tone.QUIET,
        )
    yield Text(heading_of(decision), keep=True)
    yield Bullets(tuple(point_in_words(number, one) for number, one in enumerate(decision["points"], 1)))
    yield Text(_("How: %(method)s.") % {"method": decision["method_words"]}, Tone.QUIET)
    if decision["votes"]:
        yield Table(
            caption=_("Votes"),
            head=(_("Name"), _("Side"), _("Vote")),
            rows=tuple(Row((one["name"], one["side"], one["choice"])) for one in decision["votes"]),
            shares=SHARES,
        )
    for one in decision["dissents"]:
        yield Text(f"{one['kind']}, {one['name']}: {one['text']}")


def heading_of(decision: Content) -> str:
    """«Vedtak» or «Tilråding», as the body may say."""
    return _("Decided:") if decision["kind"] == "decision" else _("Recommended:")


def point_in_words(number: int, point: Content) -> str:
    """«1. Text Ansvarlig: Halden, innen 1. mars 2027. Gjelder Halden, Moss.»"""
    said = [f"{number}. {point['text']}"]
    if point["owner"]:
        said.append(
            _("Answers for it: %(owner)s, by %(day)s.") % {"owner": point["owner"], "day": point["due_words"]}
        )
    elif point["no_follow_up"]:
        said.append(_("No follow-up."))
    if point["parties"]:
        said.append(_("Binds %(parties)s.") % {"parties": ", ".join(point["parties"])})
    return " ".join(said)


def _addenda(addenda: Sequence[str]) -> Iterator[Block]:
    if addenda:
        yield Heading(_("Corrected afterwards"))
        yield Bullets(tuple(addenda))
