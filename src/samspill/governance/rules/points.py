"""A recommendation becomes points, and the words of a point propose who answers for it and by when.

Plain values; days are given. Not here: what the register holds (`directory.public.answerable_in`).
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[a-z]\)|[-–•*])\s+(?=\S)")
_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_WRITTEN = re.compile(rf"(?<!\d)(\d{{1,2}})\.\s*({_MONTH})(?:\s+(20\d\d))?(?!\w)", re.I)
_OF_MONTH = re.compile(rf"(?<!\w)({_MONTH})\s+(20\d\d)(?!\d)", re.I)
_SEASON = re.compile(
    r"(?<!\w)(våren|vår|sommeren|sumaren|høsten|hausten|jul|årsskiftet)\s*(20\d\d)?(?!\w)", re.I
)
_END_OF = re.compile(
    r"(?<!\w)(?:utgangen av|utgongen av|innen|innan|i løpet av|i laupet av|før)\s+(20\d\d)(?!\d)", re.I
)
_SEASON_ENDS = {"v": (6, 15), "s": (8, 31), "h": (12, 15), "j": (12, 15), "å": (12, 31)}
_ALL = re.compile(
    r"(?<!\w)(?:begge parter|begge sider|alle parter|alle partar|partene|partane|alle parti)(?!\w)", re.I
)
_MUNICIPALITIES = re.compile(r"(?<!\w)(?:alle\s+)?kommun(?:ene|ane|er|ar)(?!\w)", re.I)
_TRUST = re.compile(r"(?<!\w)(?:helseforetaket|helseføretaket|sykehuset|sjukehuset)(?!\w)", re.I)
_SENTENCE_LIMIT = 500


class Named(Protocol):
    """A body or a party that can answer for something (`Answerable`)."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> str: ...


@dataclass(frozen=True)
class Binds:
    """Whom the words of a point bind: "all", "municipalities", "trust", or the keys that are named."""

    group: str = ""
    keys: tuple[str, ...] = ()


def split_points(text: str) -> list[str]:
    """Points of a text: numbered or bulleted lines, else paragraphs. Lines that go on join."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    if any(_NUMBERED.match(line) for line in lines):
        return _by_marks(lines)
    paragraphs = re.split(r"\n\s*\n", "\n".join(lines))
    return [" ".join(part.split()) for part in paragraphs if part.strip()]


def _by_marks(lines: Sequence[str]) -> list[str]:
    points: list[str] = []
    for line in lines:
        mark = _NUMBERED.match(line)
        if mark or not points:
            points.append(line[mark.end() :] if mark else line)
        else:
            points[-1] = f"{points[-1]} {line.strip()}"
    return [" ".join(point.split()) for point in points if point.strip()]


def join_points(points: Iterable[str]) -> str:
    """The text form of points: numbered when there are several. `split_points` gives them back."""
    said = [" ".join(point.split()) for point in points if point.strip()]
    if len(said) == 1:
        return said[0]
    return "\n".join(f"{number}. {point}" for number, point in enumerate(said, 1))


def named_in(text: str, register: Iterable[Named]) -> list[str]:
    """Keys of those whose name or short name stands in the text, in the order they are named."""
    found: dict[str, int] = {}
    taken: list[tuple[int, int]] = []
    names = [(name, one.key) for one in register for name in _called(one) if len(name) > 1]
    for name, key in sorted(names, key=lambda pair: -len(pair[0])):
        for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?:s|\s+kommune)?(?!\w)", text, re.I):
            inside = any(start <= hit.start() and hit.end() <= end for start, end in taken)
            if not inside:
                taken.append(hit.span())
                found[key] = min(found.get(key, hit.start()), hit.start())
    return sorted(found, key=lambda key: found[key])


def _called(one: Named) -> set[str]:
    """What people call it: «Sykehuset Østfold» is «Sykehuset Østfold HF»."""
    return {one.name, one.short_name, one.name.removesuffix(" HF"), one.name.removesuffix(" kommune")}


def binds(text: str, register: Iterable[Named]) -> Binds:
    """Whom the text says it binds; nobody when it names no party and no group of them."""
    if _ALL.search(text) or (_MUNICIPALITIES.search(text) and _TRUST.search(text)):
        return Binds("all")
    if _MUNICIPALITIES.search(text):
        return Binds("municipalities")
    parties = tuple(key for key in named_in(text, register) if key.startswith("party:"))
    if parties:
        return Binds("named", parties)
    return Binds("trust") if _TRUST.search(text) else Binds()


def day_in(text: str, today: date) -> date | None:
    """The last day a text gives as a deadline, from `today` on; None when it gives none that is to come."""
    days = [day for day in _days(text, today) if day is not None and day >= today]
    return max(days) if days else None


def _days(text: str, today: date) -> Iterable[date | None]:
    for hit in _NUMERIC.finditer(text):
        yield _day(int(hit[3]), int(hit[2]), int(hit[1]))
    for hit in _ISO.finditer(text):
        yield _day(int(hit[1]), int(hit[2]), int(hit[3]))
    for hit in _WRITTEN.finditer(text):
        yield _written(hit, today)
    for hit in _OF_MONTH.finditer(text):
        if not re.search(r"\d\.\s*$", text[: hit.start()]):
            month, year = _MONTHS.index(hit[1].lower()) + 1, int(hit[2])
            yield date(year, month, monthrange(year, month)[1])
    for hit in _SEASON.finditer(text):
        month, day = _SEASON_ENDS[hit[1][0].lower() if hit[1].lower() != "sumaren" else "s"]
        yield _coming(month, day, int(hit[2]) if hit[2] else None, today)
    for hit in _END_OF.finditer(text):
        yield date(int(hit[1]), 12, 31)


def _written(hit: re.Match[str], today: date) -> date | None:
    month = _MONTHS.index(hit[2].lower()) + 1
    return _coming(month, int(hit[1]), int(hit[3]) if hit[3] else None, today)


def _coming(month: int, day: int, year: int | None, today: date) -> date | None:
    """That day in `year`, or the first one from `today` on."""
    if year is not None:
        return _day(year, month, day)
    this = _day(today.year, month, day)
    return this if this and this >= today else _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def first_sentence(text: str) -> str:
    """What may stand as the plain-language line until somebody writes a better one."""
    said = re.split(r"(?<=[.?!])\s+(?=[A-ZÆØÅ«])", " ".join(text.split()))[0]
    return said[:_SENTENCE_LIMIT]
