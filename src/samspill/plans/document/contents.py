"""A plan on paper: title, facts, abbreviations, areas with their measures, and who answers for what.

Everything is in the language that is active when `paper_of` is called: the plan's own. Word and PDF print the
same paper, and reading either gives the same plan; so each choice of words here leans on how a plan is read
(`samspill.plans.reading`): «Innsatsområde 1: …», «Mål: …», «Tiltak», «Ansvarlig», «Frist».
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspill.documents.writing import (
    Band,
    Block,
    Bullets,
    Heading,
    Paper,
    Row,
    Table,
    Text,
    Title,
    Tone,
)
from samspill.plans.document.cells import deadline_cell, measure_cell, one_line, responsible_cell
from samspill.plans.document.whole import Promise, Section, Whole
from samspill.plans.reading.candidates import Period
from samspill.plans.wording import NBSP, in_words, measures_in_words

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(r"\d{1,2}|[A-Z]")
# Parts of the width: number, measure, responsible, deadline
SHARES = (0.07, 0.50, 0.23, 0.20)
NOTHING = "–"


def paper_of(whole: Whole, *, made_at: datetime, address: str = "") -> Paper:
    """`address` is where the living plan is found; `made_at` the time it is printed."""
    writer = _Writer(whole)
    blocks = (
        Title(),
        *_front(whole),
        *_abbreviations(whole),
        *writer.loose(),
        *writer.sections(),
        *_bodies(whole),
        *_about(whole, made_at.date(), address),
    )
    return Paper(
        title=one_line(whole.title),
        language=whole.language,
        author=whole.community,
        header=whole.community,
        footer=one_line(whole.title),
        page_of=pgettext("foot of a page", "Page %(page)s of %(pages)s"),
        made_at=made_at,
        blocks=blocks,
    )


def long_day(day: date) -> str:
    return dateformat.format(day, pgettext("date format", "j F Y")).replace(" ", NBSP)


def _front(whole: Whole) -> Iterator[Block]:
    if whole.slogan:
        yield Text(f"«{one_line(whole.slogan)}»", Tone.SLOGAN)
    period = _period_said(whole)
    if period:
        yield Text(_("The plan is for %(community)s, %(period)s.") % {
            "community": whole.community, "period": period,
        })  # fmt: skip
    else:
        yield Text(_("The plan is for %(community)s.") % {"community": whole.community})
    # Letters of another size: otherwise a reader of the PDF may take it for the sentence before going on
    yield Text(f"{whole.adoption}." if whole.adoption else _("A draft."), Tone.SMALL)


def _period_said(whole: Whole) -> str:
    """Years; whole days when the plan does not follow the years, or when its title says other years."""
    start, end = whole.start, whole.end
    if start is None or end is None:
        return str(start.year) if start else str(end.year) if end else ""
    years = {str(start.year), str(end.year)}
    if _follows_years(whole) and set(_YEAR.findall(whole.title)) <= years:
        return "–".join(sorted(years))
    return f"{start:%d.%m.%Y}–{end:%d.%m.%Y}"


def _follows_years(whole: Whole) -> bool:
    start, end = whole.start, whole.end
    return bool(start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31))


def _abbreviations(whole: Whole) -> Iterator[Block]:
    if whole.abbreviations:
        yield Heading(_("Abbreviations"))
        yield Bullets(tuple(f"{short} = {full}" for short, full in whole.abbreviations.items()))


def _bodies(whole: Whole) -> Iterator[Block]:
    if whole.bodies:
        yield Heading(pgettext("heading of a plan: who answers", "Organisation"))
        told = pgettext("«SSU: answers for three measures»", "%(who)s: answers for %(measures)s")
        yield Bullets(
            tuple(told % {"who": who, "measures": measures_in_words(count)} for who, count in whole.bodies)
        )


def _about(whole: Whole, today: date, address: str) -> Iterator[Block]:
    yield Heading(pgettext("heading of a plan", "About the plan"))
    values = {"day": long_day(today), "kind": whole.kind.lower(), "address": address}
    said = (
        _(
            "This document is written out from Samspill on %(day)s and shows the plan as it stood that day: "
            "goals, measures, who is responsible, and deadlines. The living plan (%(kind)s) is kept there, "
            "with status and history."
        )
        % values
    )
    yield Text(said, Tone.QUIET)
    if address:
        yield Text(address, Tone.QUIET)


class _Writer:
    """Writes the areas of one plan with their tables."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        start, end = whole.start, whole.end
        by_years = _follows_years(whole)
        self._period = Period(
            start.year if start and by_years else start, end.year if end and by_years else end
        )
        self._names = (whole.community_name, whole.community)
        self._is_nested = any(one.parent is not None or "." in one.number for one in whole.sections)
        # Parts without a number, in areas without one: then the chapter above says what its headings are
        self._in_chapter = self._is_nested and not any(one.number for one in whole.sections)

    def loose(self) -> Iterator[Block]:
        if self.whole.loose.promises or self.whole.loose.goals:
            yield Heading(pgettext("heading of a plan", "Measures"))
            yield from self._tables(self.whole.loose, _("Measures outside all areas"))

    def sections(self) -> Iterator[Block]:
        if self._in_chapter:
            yield Heading(pgettext("heading of a plan", "Focus areas"))
        for place, section in enumerate(self.whole.sections):
            inside = [one for one in self.whole.sections if one.parent == place and not one.number]
            level = (1 if section.parent is None else 2) + self._in_chapter
            yield Heading(self._heading(section), level)
            yield Text(_told(section.promises), keep=True)
            if inside:
                yield Text(_("The area has these parts:"))
                yield Bullets(tuple(one_line(one.title) for one in inside))
            yield from self._tables(section, one_line(section.title))

    def _heading(self, section: Section) -> str:
        """In the words the reader is surest of: an area that says it is one."""
        title, number = one_line(section.title), section.number.strip(" .")
        if self._in_chapter or (section.parent is not None and not number):
            return title
        named = pgettext("heading of a focus area", "Focus area")
        if number and self._is_nested:
            return f"{number} {named}: {capfirst(title)}"
        if _NUMBER.fullmatch(number):
            return f"{named} {number}: {capfirst(title)}"
        return f"{named}: {capfirst(title)}"

    def _tables(self, section: Section, caption: str) -> Iterator[Block]:
        """One table; another below words of its own, where measures without a goal follow those of one."""
        rows: list[Row | Band] = []
        goal = ""
        for promise in section.promises:
            if goal and not promise.goal:
                yield self._table(section, caption, rows)
                yield Text(_("Without a goal of their own in «%(area)s»:") % {"area": caption}, keep=True)
                rows, goal = [], ""
            if one_line(promise.goal) != goal:
                goal = one_line(promise.goal)
                rows.append(_band(goal))
            rows.append(self._row(promise, section))
        served = {one_line(promise.goal) for promise in section.promises}
        rows += [_band(said) for one in section.goals if (said := one_line(one)) not in served]
        if rows:
            yield self._table(section, caption, rows)

    def _table(self, section: Section, caption: str, rows: Sequence[Row | Band]) -> Table:
        head = (
            pgettext("column of a plan", "No."),
            pgettext("column of a plan", "Measure"),
            pgettext("column of a plan", "Responsible"),
            pgettext("column of a plan", "Deadline"),
        )
        if not _has_labels(section):
            return Table(caption, head[1:], tuple(rows), (SHARES[0] + SHARES[1], *SHARES[2:]))
        return Table(caption, head, tuple(rows), SHARES)

    def _row(self, promise: Promise, section: Section) -> Row:
        who = responsible_cell(
            promise.responsible,
            self.whole.abbreviations or {},
            language=self.whole.language,
            names=self._names,
        )
        day = promise.deadline
        when = deadline_cell(promise.deadline_raw, day, self._period, long_day(day) if day else "")
        stands_alone = not any(said[:1].isupper() or said[:1].isdigit() for said in (who, when))
        what = measure_cell(promise.text, stands_alone=stands_alone)
        # A row in which only the first cell is filled is what the rows below serve, to a reader.
        cells = (what, who, when if who or when else NOTHING)
        return Row((_label(promise), *cells) if _has_labels(section) else cells)


def _band(goal: str) -> Band:
    return Band(pgettext("before a goal of a plan", "Goal: %(goal)s") % {"goal": goal})


def _label(promise: Promise) -> str:
    """The measure's own letter or number; a dash before it says nothing in a table."""
    return promise.label if any(sign.isalnum() for sign in promise.label) else ""


def _has_labels(section: Section) -> bool:
    return any(map(_label, section.promises))


def _told(promises: Sequence[Promise]) -> str:
    """What the area promises, and what its measures lack."""
    if not promises:
        return _("The area has no measures of its own.")
    said = _("The area has %(measures)s.") % {"measures": measures_in_words(len(promises))}
    nobody = sum(not one.responsible for one in promises)
    never = sum(not (one.deadline or one.deadline_raw) for one in promises)
    lacks = []
    if nobody:
        lacks.append(
            ngettext("%(count)s has nobody responsible", "%(count)s have nobody responsible", nobody)
            % {"count": in_words(nobody)}
        )
    if never:
        lacks.append(
            ngettext("%(count)s has no deadline", "%(count)s have no deadline", never)
            % {"count": in_words(never)}
        )
    return f"{said} {capfirst(', '.join(lacks))}." if lacks else said
