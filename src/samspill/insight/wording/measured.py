"""Figures of indicators as one writes them, fast enough for a table of thousands."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.dates import MONTHS
from django.utils.formats import date_format, get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.insight.queries.measured import Measured, Point

FALLBACK = "nb"


def said(measured: Measured, key: str) -> str:
    """A text of the definition that held then: title, means, unit, caveats."""
    return text_of(measured.definition[key])


def text_of(texts: Mapping[str, str]) -> str:
    return texts.get(get_language() or FALLBACK) or texts[FALLBACK]


def places_of(measured: Measured) -> int:
    """How finely it is written: persons whole, large figures whole, small ones with decimals."""
    if measured.definition["kind"] == "count":
        return 0
    whole = measured.whole
    values = [one.value for one in (whole.points if whole else ()) if one.value is not None]
    middle = values[-1] if values else 10.0
    return 0 if middle >= 200 else 1 if middle >= 2 else 2


def figure(value: float | None, places: int) -> str:
    """«1 234,5»; a dash without one."""
    return writer(places)(value)


def writer(places: int) -> Callable[[float | None], str]:
    """`figure` for many: the marks of the language that is active are looked up once."""
    marks = _marks(get_language() or FALLBACK)

    def written(value: float | None) -> str:
        return "–" if value is None else f"{value:,.{places}f}".translate(marks)

    return written


@lru_cache(maxsize=8)
def _marks(language: str) -> dict[int, str]:
    point, thousands = (str(get_format(f"{name}_SEPARATOR", language)) for name in ("DECIMAL", "THOUSAND"))
    return str.maketrans({",": thousands, ".": point, "-": "−"})


def with_limits(point: Point, places: int) -> str:
    """«16,2 (14,1–18,6)»"""
    value = figure(point.value, places)
    if point.lower is None or point.upper is None:
        return value
    return f"{value} ({figure(point.lower, places)}–{figure(point.upper, places)})"


def period_name(period: int) -> str:
    """«2024», or «March 2024» of 202403."""
    year, month = divmod(period, 100)
    if year < 1000:
        return str(period)
    return f"{_month(month)} {year}"


def _month(number: int) -> str:
    return str(MONTHS[number])


def moment_of(period: int) -> float:
    """A year as it is; a month as the part of the year that has gone in its middle."""
    year, month = divmod(period, 100)
    return float(period) if year < 1000 else year + (month - 0.5) / 12


def unit_of(measured: Measured) -> str:
    return said(measured, "unit")


def sources_of(measured: Measured) -> list[dict[str, Any]]:
    """Those of the run that the indicator rests on; all of them where that cannot be told."""
    definition = measured.definition
    parts = [definition["numerator"], definition["denominator"]]
    used = {one["table"] if isinstance(one, Mapping) else "population" for one in parts if one is not None}
    if "discharges" in used:
        used.add("contacts")  # they are made from them
    sources: list[dict[str, Any]] = measured.run.sources
    return [one for one in sources if one.get("table", one.get("key")) in used] or sources


def source_line(measured: Measured) -> str:
    """Where the figures are from, and when they were fetched."""
    return ". ".join(_source(one) for one in sources_of(measured)) or str(measured.definition["source"])


def _source(one: Mapping[str, Any]) -> str:
    name, written = name_of_source(one), str(one.get("retrieved_at", ""))[:10]
    if not written:
        return name
    day = date_format(date.fromisoformat(written), "j. F Y")
    return _("%(name)s, fetched %(day)s") % {"name": name, "day": day}


def name_of_source(one: Mapping[str, Any]) -> str:
    return str(one.get("source") or one.get("name") or "")


def is_invented(measured: Measured) -> bool:
    """Whether a table it rests on is; of a run that does not tell of each, whether the run is."""
    sources = sources_of(measured)
    if not any("invented" in one for one in sources):
        return measured.run.is_invented
    return any(one.get("invented") for one in sources)
