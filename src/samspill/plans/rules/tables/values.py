"""What cells say of a measure: a deadline, a status, a judgement, a list of names. Plain values only."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.utils import translation

from samspill.documents.armour import would_run
from samspill.plans.reading.calendar_words import NOT_SET
from samspill.plans.reading.candidates import Period
from samspill.plans.reading.deadlines import Deadline, read_deadline
from samspill.plans.reading.words import fold
from samspill.plans.rules.dates import short_day
from samspill.plans.rules.status import state_after
from samspill.plans.rules.tables.columns import FACTS, LABELS, ROOM, WRITTEN_IN, Column
from samspill.plans.rules.tables.refusals import Unfit
from samspill.plans.states import Judgement, MeasureState, Precision, ShownStatus, StatusWord
from samspill.refusal import Refused

SEPARATOR = "; "
# What says a day, or nothing at all; «i perioden» and «løpende» are deadlines without one.
_EXACT = frozenset({"", Precision.DAY, Precision.WEEK, Precision.MONTH})
_LIST = re.compile(r"\s*[;\n]\s*")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?P<title>\S.*)", re.DOTALL)
_ALSO_STATUS = {
    "ferdig": ShownStatus.DONE, "gjennomført": ShownStatus.DONE, "utført": ShownStatus.DONE,
    "avsluttet": ShownStatus.DONE, "avslutta": ShownStatus.DONE, "completed": ShownStatus.DONE,
    "pågår": ShownStatus.ON_TRACK, "i gang": ShownStatus.ON_TRACK, "igangsatt": ShownStatus.ON_TRACK,
    "igangsett": ShownStatus.ON_TRACK, "påbegynt": ShownStatus.ON_TRACK, "under arbeid": ShownStatus.ON_TRACK,
    "in progress": ShownStatus.ON_TRACK, "etter planen": ShownStatus.ON_TRACK,
    "ikke påbegynt": ShownStatus.NOT_STARTED, "ikkje påbegynt": ShownStatus.NOT_STARTED,
    "planlagt": ShownStatus.NOT_STARTED, "ikke begynt": ShownStatus.NOT_STARTED,
    "forsinkelse": ShownStatus.LATE, "forseinking": ShownStatus.LATE, "delayed": ShownStatus.LATE,
}  # fmt: skip
_ALSO_JUDGED = {
    "ja": Judgement.ACCEPTED, "yes": Judgement.ACCEPTED, "godtatt": Judgement.ACCEPTED,
    "godteke": Judgement.ACCEPTED, "nei": Judgement.REJECTED, "no": Judgement.REJECTED,
    "avvist": Judgement.REJECTED,
}  # fmt: skip


def check_fits(cells: Mapping[Column, str]) -> None:
    """Refuses what there is no room for, and what a spreadsheet would run."""
    for column, text in cells.items():
        if column in FACTS:
            continue
        if len(text) > ROOM.get(column, 1000):
            raise Unfit("row.too_long", column, found=len(text), limit=ROOM.get(column, 1000))
        if would_run(text):
            raise Unfit("row.runs", column, found=text[:40])


def deadline_of(day: str, raw: str, *, start: date | None, end: date | None) -> dict[str, Any]:
    """`changing`'s value of a deadline from its two cells. Refuses what is no deadline, and one too early.

    A day decides. Without one, the words in the plan do.
    """
    period = Period(start, end)
    told = read_deadline(day or raw, period)
    if day and told.raw and not told.day and told.precision in _EXACT:
        raise Unfit("row.deadline", Column.DEADLINE, found=day[:60])
    if told.day and start and told.day < start:
        raise Unfit("row.deadline_early", Column.DEADLINE, day=short_day(told.day), start=short_day(start))
    return {
        "day": told.day.isoformat() if told.day else None,
        "raw": _raw(told, day, raw)[:200],
        "precision": _precision(told, day, raw, period),
    }


def _raw(told: Deadline, day: str, raw: str) -> str:
    """The plan's own words; what stands under «Frist» when it is more than a day."""
    return raw or (day if told.precision not in (Precision.DAY, "") else "")


def _precision(told: Deadline, day: str, raw: str, period: Period) -> str:
    words = read_deadline(raw, period) if day and raw else told
    exact = words.precision if words.day == told.day else told.precision
    return exact if exact in Precision.values else ""


def status_of(text: str) -> ShownStatus | None:
    """What a cell says of how it goes, in any language; None when nobody knows the word."""
    return _statuses().get(fold(text))


def status_words() -> str:
    """What one may write, in the language of the moment."""
    return ", ".join(str(word.label) for word in StatusWord)


def check_can_become(state: str, word: str) -> None:
    """Refuses a status of a measure whose life is over."""
    try:
        state_after(state, word)
    except Refused as refused:
        raise Unfit(
            "row.closed", Column.STATUS, state=MeasureState(state).label, word=StatusWord(word).label
        ) from refused


@cache
def _statuses() -> dict[str, ShownStatus]:
    known = dict(_ALSO_STATUS)
    for language in WRITTEN_IN:
        with translation.override(language):
            known |= {fold(str(one.label)): one for one in ShownStatus}
            known |= {fold(str(one.label)): ShownStatus(one.value) for one in StatusWord}
    return known


def judgement_of(text: str) -> str:
    """ "" or a `Judgement`. Refuses another word."""
    said = _judgements().get(fold(text)) if text else ""
    if said is None:
        yes, no = Judgement.ACCEPTED.label, Judgement.REJECTED.label
        raise Unfit("row.judged", Column.JUDGED, found=text[:40], yes=yes, no=no)
    return str(said)


@cache
def _judgements() -> dict[str, str]:
    known: dict[str, str] = {word: str(value) for word, value in _ALSO_JUDGED.items()}
    for language in WRITTEN_IN:
        with translation.override(language):
            known |= {fold(str(one.label)): str(one) for one in Judgement}
    return known


def is_nothing(text: str) -> bool:
    """Empty, or a word for that it is not settled: «-», «avklares»."""
    return text.casefold().strip(" .") in NOT_SET


def names_in(text: str) -> list[str]:
    """The names of a list that is divided by semicolons or lines."""
    return [name for name in _LIST.split(text) if name and not is_nothing(name)]


def numbered(area: str) -> tuple[str, str]:
    """("2.1", "Barn og unge") of "2.1 Barn og unge"; ("", text) without a number."""
    found = _NUMBERED.fullmatch(area.strip())
    return (found["number"], found["title"].strip()) if found else ("", area.strip())


def no_text() -> Unfit:
    return Unfit("row.no_text", Column.TEXT, text=LABELS[Column.TEXT])
