"""From «våren 2025», «innen 1. mars 2026» or «1. kvartal» to a day, and how precise that day is.

A deadline is the last day of what is said. Rules stand in one table, the most precise first; the last day
found wins, so that «oppstart høsten 2025, ferdig 2026» ends in 2026. A phrase without a year gets one only
from a plan of one year.
Not here: which column or sentence holds the deadline (`tables`, `prose`).
"""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from samspill.plans.reading.calendar_words import FEASTS, MONTHS, NOT_SET, ONGOING, ORDINALS, PERIODS, SEASONS
from samspill.plans.reading.candidates import Period
from samspill.plans.reading.words import clean


@dataclass(frozen=True, slots=True)
class Deadline:
    """`raw` as written; `day` is None where no day can be told; `precision` as in `Measure`."""

    raw: str = ""
    day: date | None = None
    precision: str = ""


class _Rule(NamedTuple):
    """`in_cells_only`: too short to mean a deadline in running text."""

    precision: str
    pattern: re.Pattern[str]
    last_day: Callable[[re.Match[str], Period], date | None]
    in_cells_only: bool = False


def read_deadline(cell: str, period: Period) -> Deadline:
    """What a cell under «Frist» says. The whole cell is `raw`."""
    raw = clean(cell)
    if raw.casefold().strip(" .") in NOT_SET:
        return Deadline(raw if raw.strip(" -–—?") else "")
    found = list(_found(raw, period, in_cell=True))
    dated = [deadline for deadline in found if deadline.day]
    if dated:
        best = max(dated, key=lambda deadline: deadline.day or date.min)
        return Deadline(raw, best.day, best.precision)
    if _ONGOING.search(raw) or _AGAIN.search(raw):  # «årlig innen 1. mars» comes back, and has no last day
        return Deadline(raw, None, "ongoing")
    return Deadline(raw, None, found[0].precision if found else "")


def split_deadline(cell: str) -> tuple[str, str]:
    """("Kommunene", "våren 2027") of "Kommunene, våren 2027"; ("", "") stand for what is not said."""
    rest = cell
    said = [deadline.raw for deadline in _found(clean(cell), Period(), in_cell=True)]
    for raw in said:
        rest = re.sub(r"\s+".join(map(re.escape, raw.split())), "", rest)
    return rest.strip(" ,;/()\n–-"), ", ".join(said)


@lru_cache(maxsize=2048)  # the same sentence is judged as a whole and in parts
def deadline_in(sentence: str, period: Period) -> Deadline:
    """A deadline said in a sentence, within the plan's period or the year after; or nothing.

    «innen 1. mai» in a plan of several years has no day, and what comes back («hvert kvartal») never has one.
    """
    first, last = year_of(period.start), year_of(period.end)
    found = list(_found(sentence, period, in_cell=False))
    dated = [deadline for deadline in found if deadline.day]
    undated = [deadline for deadline in found if not deadline.day and _BY.match(deadline.raw)]
    if not dated and undated:
        return Deadline(undated[0].raw.rstrip("."), None, undated[0].precision)
    if first and last:
        dated = [deadline for deadline in dated if deadline.day and first <= deadline.day.year <= last + 1]
    again = _AGAIN.search(sentence) if not dated else None
    if again:
        return Deadline(again[0], None, "ongoing")
    return max(dated, key=lambda deadline: deadline.day or date.min, default=Deadline())


def year_of(when: int | date | None) -> int | None:
    return when.year if isinstance(when, date) else when


def end_of(period: Period) -> date | None:
    """The last day the plan covers."""
    return date(period.end, 12, 31) if isinstance(period.end, int) else period.end


def _found(text: str, period: Period, *, in_cell: bool) -> Iterator[Deadline]:
    """Every point in time in the text. What a precise rule has read is hidden from the coarser ones."""
    rest = _EACH_SEASON.sub(lambda found: "#" * len(found[0]), text)
    for rule in _RULES:
        if rule.in_cells_only and not in_cell:
            continue
        places = list(rule.pattern.finditer(rest))
        for found in places:
            if not _SINCE.search(text[: found.start()]):
                cue = _CUE.search(text[: found.start()])
                start = cue.start() if cue else found.start()
                yield Deadline(
                    text[start : found.end()].strip(), rule.last_day(found, period), rule.precision
                )
        if places:
            rest = rule.pattern.sub(lambda found: "#" * len(found[0]), rest)


def _year(found: re.Match[str], period: Period, name: str = "y") -> int | None:
    """The year of a phrase: its own, or that of a plan of one year."""
    if written := found.groupdict().get(name):
        year = int(re.sub(r"\D", "", written))
        return year if year > 99 else 2000 + year
    first, last = year_of(period.start), year_of(period.end)
    return first if first == last else None


def _end_of_month(year: int | None, month: int) -> date | None:
    return date(year, month, calendar.monthrange(year, month)[1]) if year else None


def _day(found: re.Match[str], period: Period) -> date | None:
    year = _year(found, period)
    month = found["m"].casefold().rstrip(".")
    try:
        return date(year, MONTHS.get(month) or int(month), int(found["d"])) if year else None
    except ValueError:  # the 31st of February: written, but no day
        return None


def _nothing(found: re.Match[str], period: Period) -> date | None:
    """«2026 →» has a beginning only."""
    return None


def _week(found: re.Match[str], period: Period) -> date | None:
    year = _year(found, period)
    try:
        return date.fromisocalendar(year, int(found["w"]), 7) if year else None
    except ValueError:  # week 54
        return None


def _about(found: re.Match[str], period: Period) -> date | None:
    """«primo mai 2026» ends on the 10th, «medio» on the 15th."""
    last = _month(found, period)
    return last.replace(day=10 if found["part"].casefold() == "primo" else 15) if last else None


def _part_of_year(found: re.Match[str], period: Period) -> date | None:
    """«tidlig i 2026» ends with the first tertial, «medio 2026» with the first half."""
    middle = found["part"].casefold().startswith(("medio", "mid"))
    return _end_of_month(_year(found, period), 6 if middle else 4)


def _feast(found: re.Match[str], period: Period) -> date | None:
    """«før jul», «innen sommerferien», «før påske»: the last day before it."""
    year, feast = _year(found, period), found["f"].casefold()
    if year is None:
        return None
    return date(year, *FEASTS[feast]) if feast in FEASTS else _easter(year) - timedelta(days=1)


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _short_season(found: re.Match[str], period: Period) -> date | None:
    return _end_of_month(_year(found, period), 5 if found["s"].casefold() == "v" else 11)


def _month(found: re.Match[str], period: Period) -> date | None:
    month = found["m"].casefold().rstrip(".")
    return _end_of_month(_year(found, period), MONTHS.get(month) or int(month))


def _first_month(found: re.Match[str], period: Period) -> date | None:
    """«i oktober» is the first October the plan covers."""
    month, first, last = MONTHS[found["m"].casefold()], year_of(period.start), end_of(period)
    if first is None or last is None:
        return None
    begins = period.start if isinstance(period.start, date) else date(first, 1, 1)
    day = _end_of_month(first if month >= begins.month else first + 1, month)
    return day if day and day <= last else None


def _part(months: int) -> Callable[[re.Match[str], Period], date | None]:
    """Quarters (3 months), tertials (4) and halves (6), by their ordinal; «siste» is the last one."""

    def last_day(found: re.Match[str], period: Period) -> date | None:
        ordinal = ORDINALS[found["o"].casefold()]
        ordinal = 12 // months if ordinal < 0 else ordinal
        return _end_of_month(_year(found, period), ordinal * months) if ordinal * months <= 12 else None

    return last_day


def _season(found: re.Match[str], period: Period) -> date | None:
    year, month = _year(found, period), SEASONS[found["s"].casefold()]
    if year is None:
        return None
    if found["y2"] and month == SEASONS["vinter"]:
        year += 1
    if found["before"]:  # the end of the season before, three months earlier
        year, month = (year, month - 3) if month > 3 else (year - 1, SEASONS["høst"])
    return _end_of_month(year, month)


def _year_turn(found: re.Match[str], period: Period) -> date | None:
    year = _year(found, period)
    return date(year, 12, 31) if year else None


def _range(found: re.Match[str], period: Period) -> date | None:
    first, last = int(found["y"]), int(found["y2"])
    last = last if last > 99 else first // 100 * 100 + last
    return date(last, 12, 31) if last >= first else None


def _range_or_month(found: re.Match[str], period: Period) -> date | None:
    """«2026-10» is a month, since no period ends before it begins."""
    year, month = int(found["y"]), int(found["m"])
    return _end_of_month(year, month) if year % 100 > month else None


def _before_year(found: re.Match[str], period: Period) -> date | None:
    return date(int(found["y"]) - 1, 12, 31)


def _whole_year(found: re.Match[str], period: Period) -> date | None:
    return date(int(found["y"]), 12, 31)


def _this_year(found: re.Match[str], period: Period) -> date | None:
    """«i løpet av året» in a plan of one year."""
    first, last = year_of(period.start), year_of(period.end)
    return date(first, 12, 31) if first and first == last else None


def _period(found: re.Match[str], period: Period) -> date | None:
    return end_of(period)


def _either(words: Iterable[str]) -> str:
    """A pattern of words, the longest first, so that «første halvår» is not read as «i»."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


def _compiled(pattern: str) -> re.Pattern[str]:
    names = {
        "Y": r"(?:19|20)\d\d",
        "MONTH": _either(MONTHS),
        "ORD": _either(ORDINALS),
        "SEASON": _either(SEASONS),
    }
    for name, words in names.items():
        pattern = pattern.replace(f"<{name}>", words)
    return re.compile(rf"(?<![\w.]){pattern}(?!\w)", re.IGNORECASE)


_SHORT_YEAR = r"<Y>|[-'’]?\d\d"
_CUE = re.compile(
    r"(?:(?:innen|innan|i løpet av|i|før|ved|til|ferdig|senest|seinast|ila\.?|medio|primo|ultimo|tidlig"
    r"|tidleg|sent|seint"
    r"|på|ut|frem til|fram til|utgangen av|utløpet av|slutten av|begynnelsen av|starten av"
    r"|midten av)\s+){1,3}$",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:innen|innan|senest|seinast|før)\s", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(?:(?:hvert|kvart|hver|kvar)\s(?:annet\s|andre\s)?(?:år|halvår|kvartal|månad|måned|vår|høst|haust"
    r"|sommer|sommar|vinter)"
    r"|annethvert\sår|annakvart\sår|årlig|årleg|halvårlig|halvårleg"
    r"|(?:to|tre|fire|fem|seks)\s(?:ganger|gonger)\s(?:i\såret|per\sår|årlig|årleg))\b",
    re.IGNORECASE,
)
# «hver vår», «i november kvart år»
_EACH_SEASON = re.compile(
    rf"\b(?:hver|kvar|hvert|kvart)\s{_either(SEASONS)}\b"
    rf"|(?<!\w){_either([*SEASONS, *MONTHS])}\s(?:hvert|kvart)\sår\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:fra|frå|siden|sidan|etter|fom|f\.\s?o\.\s?m)\.?(?:\s+og\s+med)?\s+$", re.IGNORECASE
)
_ONGOING = re.compile(
    rf"(?<!\w){_either(ONGOING)}(?!\w)|(?:→|->)\s*$|(?<!\w)(?:fra|frå|fom\.?"
    rf"|f\.\s?o\.\s?m\.?)\s",
    re.IGNORECASE,
)

# «ut 2027» is until its end; in «prøve ut 2027» the little word belongs to the verb
_OUT = (
    "".join(
        rf"(?<!{stem}{end}\s)"
        for stem in ("prøv", "test", "rull", "fas", "del")
        for end in ("e", "er", "es", "ast", "a", "et", "t", "te", "")
    )
    + "ut"
)

_RULES = (
    _Rule("month", _compiled(r"årsskiftet?(?:\s(?P<y><Y>|\d\d)(?:\s?[/–-]\s?\d{2,4})?)?"), _year_turn),
    _Rule("", _compiled(r"<Y>\s?(?:→|->)"), _nothing, in_cells_only=True),
    _Rule(
        "season",
        _compiled(
            r"(?:før|innen|innan|til)\s(?P<f>jul(?:a|en)?|påske(?:n)?|påska|sommerferien|sommarferien|ferien)"
            r"(?:\s(?P<y><Y>))?"
        ),
        _feast,
    ),
    _Rule(
        "year",
        _compiled(r"i\s(?:perioden|årene|åra|tidsrommet)\s(?P<y><Y>)\s?[–/-]\s?(?P<y2><Y>|\d\d)"),
        _range,
    ),
    _Rule("year", _compiled(r"i\s(?P<y><Y>)\sog\s(?P<y2><Y>)"), _range),
    _Rule("day", _compiled(r"(?P<y><Y>)-(?P<m>\d\d)-(?P<d>\d\d)"), _day),
    _Rule(  # but «24/7 2025–2027» is day and night for three years
        "day",
        _compiled(r"(?P<d>\d{1,2})[./]\s?(?P<m>\d{1,2})[\s./-]{1,2}(?P<y><Y>|\d\d)(?!\s?[–-]\s?<Y>)"),
        _day,
    ),
    _Rule("day", _compiled(r"(?P<d>\d{1,2})\.?\s?(?P<m><MONTH>)\.?(?:\s(?P<y><Y>|[-'’]\d\d))?"), _day),
    _Rule("day", _compiled(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})\.?"), _day, in_cells_only=True),
    _Rule(
        "week",
        _compiled(
            r"(?:uke|veke)\s(?:\d{1,2}\s?[–-]\s?)?(?P<w>\d{1,2})(?:[\s,/-]{1,2}(?:i\s)?(?P<y><Y>))?"
        ),
        _week,
    ),
    _Rule(
        "month",
        _compiled(rf"(?P<part>primo|medio)\s(?P<m><MONTH>)\.?(?:\s?(?P<y>{_SHORT_YEAR}))?"),
        _about,
    ),
    _Rule("month", _compiled(r"(?P<y><Y>)-(?P<m>0[1-9]|1[0-2])"), _range_or_month, in_cells_only=True),
    _Rule("month", _compiled(rf"(?P<m><MONTH>)\.?\s?(?P<y>{_SHORT_YEAR})"), _month),
    _Rule("month", _compiled(r"(?P<m>0?[1-9]|1[0-2])[./](?P<y><Y>)"), _month),
    _Rule("month", _compiled(r"(?:i|til|innen|innan|i løpet av|utgangen av)\s(?P<m>januar|februar|mars|april"
        r"|mai|juni|juli|august"
        r"|september|oktober|november|desember)"), _first_month),
    _Rule("month", _compiled(r"(?P<m><MONTH>)"), _month, in_cells_only=True),
    _Rule("quarter", _compiled(r"(?P<o><ORD>)\s?kv(?:artal|art\.|\.)?(?:\s(?:i\s)?(?P<y><Y>))?"), _part(3)),
    _Rule("quarter", _compiled(r"[QK](?P<o>[1-4])(?:[\s/-]{1,2}(?P<y><Y>|'?\d\d))?"), _part(3)),
    _Rule("quarter", _compiled(r"(?P<y><Y>)[\s/-]{0,2}[QK](?P<o>[1-4])"), _part(3)),
    _Rule("tertial", _compiled(r"(?P<o><ORD>)\s?tertial(?:\s(?:i\s)?(?P<y><Y>))?"), _part(4)),
    _Rule("tertial", _compiled(r"T(?P<o>[1-3])[\s/-]{1,2}(?P<y><Y>)"), _part(4)),
    _Rule(
        "half",
        _compiled(r"(?P<o><ORD>)\s?(?:halvår(?:et)?|halvdel(?:en)?(?:\sav)?)(?:\s(?:i\s|av\s)?(?P<y><Y>))?"),
        _part(6),
    ),
    _Rule("season", _compiled(r"(?P<s>[VH])-?(?P<y>[23]\d)"), _short_season, in_cells_only=True),
    _Rule("half", _compiled(r"H(?P<o>[12])[\s/-]{1,2}(?P<y><Y>)"), _part(6)),
    _Rule(
        "season",
        _compiled(rf"(?P<before>før\s)?(?P<s><SEASON>)(?:\s(?:i\s)?(?P<y>{_SHORT_YEAR})(?:\s?[/–-]\s?(?P<y2>\d{{2,4}}))?)?"),
        _season,
    ),
    _Rule(
        "half",
        _compiled(r"(?P<part>medio|midten\sav|midt\si)\s(?:år\s)?(?P<y><Y>)"),
        _part_of_year,
    ),
    _Rule(
        "tertial",
        _compiled(r"(?P<part>primo|tidlig\si|tidleg\si|(?:i\s)?(?:begynnelsen"
        r"|starten)\sav)\s(?:år\s)?(?P<y><Y>)"),
        _part_of_year,
    ),
    _Rule("period", _compiled(_either(PERIODS) + r"(?!\s\d)"), _period, in_cells_only=True),
    _Rule("period", _compiled(r"(?:i|i\shele|i\sheile|gjennom\shele|gjennom\sheile|innen|innan|ut"
    r"|(?:løpet|utløpet|utgangen"
    r"|slutten)\sav)\s" + _either(PERIODS) + r"(?!\s\d)"), _period),
    _Rule("year", _compiled(r"(?:i\sløpet\sav|innen\sutgangen\sav|innan\sutgangen\sav)\såret"), _this_year),
    _Rule("year", _compiled(r"(?P<y><Y>)\s?[–/-]\s?(?P<y2><Y>|\d\d)"), _range, in_cells_only=True),
    _Rule("year", _compiled(r"før\s(?P<y><Y>)"), _before_year),
    _Rule("year", _compiled(r"(?P<y><Y>)"), _whole_year, in_cells_only=True),
    _Rule(
        "year",
        _compiled(
            rf"(?:innen|innan|i|ila\.?|medio|primo|ultimo|{_OUT}|(?:i\s)?(?:løpet|utgangen|utløpet|slutten|starten"
            r"|begynnelsen|midten)\sav)\s(?:år(?:et)?\s)?(?P<y><Y>)"
        ),
        _whole_year,
    ),
)  # fmt: skip
