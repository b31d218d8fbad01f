"""Figures that are asked for: found among those of a run, as rows and as CSV. As a cube: `cubes`.

A figure that lacks is null with a status, in every form. Not here: which run, and the request.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from samspill.documents.sheets import Cell, csv_of, in_csv
from samspill.insight.api.areas import AreaFact, areas_on
from samspill.insight.api.parameters import Span, nonsense, not_there, said_back
from samspill.insight.api.schemas import STATUSES
from samspill.insight.models import IndicatorAnswer
from samspill.insight.queries.measured import Area, Point, measured_in

MEASURES = ("value", "lower", "upper", "count", "population")
HEAD = (
    "indicator",
    "area",
    "name",
    "level",
    "period",
    *MEASURES,
    "status",
    "note",
    "run",
)
MOST_NAMED = 5


@dataclass(frozen=True)
class Chosen:
    """The figures asked for, of one answer. `areas` in the order of levels and codes."""

    answer: IndicatorAnswer
    areas: Sequence[Area]
    periods: Sequence[int]
    language: str
    facts: dict[str, AreaFact]

    @property
    def code(self) -> str:
        return self.answer.indicator.code

    def title(self) -> str:
        return str(self.answer.definition["title"][self.language])

    def unit(self) -> str:
        return str(self.answer.definition["unit"][self.language])

    def name(self, code: str) -> str:
        fact = self.facts.get(code)
        return fact.name(self.language) if fact else code

    def points(self) -> Iterator[tuple[Area, Point]]:
        wanted = set(self.periods)
        for area in self.areas:
            yield from ((area, point) for point in area.points if point.period in wanted)


def choose(
    answer: IndicatorAnswer,
    *,
    areas: Sequence[str],
    levels: Sequence[str],
    spans: Sequence[Span],
    language: str,
) -> Chosen:
    """Refuses an area or a period that is not there, naming it. 1 query."""
    facts = dict(areas_on(made_at(answer).date()))
    if areas:
        _check_known(areas, facts)
    found = measured_in([answer], areas or None)[0].areas
    lacking = [one for one in areas if one not in found]
    if lacking:
        raise not_there(
            "areas",
            _("There are no figures for %(areas)s in run %(run)s. Leave out «areas» to see who has.")
            % {"areas": _some(lacking), "run": answer.run_id},
        )
    order = {code: place for place, code in enumerate(facts)}
    rows = sorted(found.values(), key=lambda one: (order.get(one.code, len(order)), one.code))
    wanted = [one for one in rows if not levels or one.level in levels]
    return Chosen(answer, wanted, _periods(answer, spans), language, facts)


def made_at(answer: IndicatorAnswer) -> datetime:
    return answer.run.made_at.astimezone(ZoneInfo("Europe/Oslo"))


def _check_known(areas: Sequence[str], facts: dict[str, AreaFact]) -> None:
    unknown = [one for one in areas if one not in facts]
    if unknown:
        raise nonsense(
            "areas",
            _("%(areas)s is no area we know. The codes are at /api/v1/areas/.") % {"areas": _some(unknown)},
        )


def _periods(answer: IndicatorAnswer, spans: Sequence[Span]) -> list[int]:
    chosen: set[int] = set()
    for first, last in spans:
        inside = {one for one in answer.periods if first <= one <= last}
        if not inside:
            said = str(first) if first == last else f"{first}-{last}"
            raise not_there(
                "periods",
                _("%(said)s is not there. The figures run from %(first)s to %(last)s.")
                % {"said": said, "first": answer.periods[0], "last": answer.periods[-1]},
            )
        chosen |= inside
    return sorted(chosen) if spans else list(answer.periods)


def _some(codes: Sequence[str]) -> str:
    named = ", ".join(f"«{said_back(one)}»" for one in codes[:MOST_NAMED])
    more = len(codes) - MOST_NAMED
    return _("%(named)s and %(more)s more") % {"named": named, "more": more} if more > 0 else named


def rows(chosen: Chosen) -> Iterator[dict[str, Any]]:
    """A row for each area and period, as the schema `Figure` says."""
    for area, point in chosen.points():
        yield {
            "area": area.code,
            "level": area.level,
            "name": chosen.name(area.code),
            "period": point.period,
            **{one: getattr(point, one) for one in MEASURES},
            "status": STATUSES[point.flag],
            "note": point.note,
        }


def as_csv(chosen: Chosen) -> bytes:
    """Semicolons and decimal commas, as every table of the house: Excel in Norwegian opens it as one."""
    head = [list(HEAD)]
    fixed = {"indicator": chosen.code, "run": chosen.answer.run_id}
    body = ([(row | fixed)[name] for name in HEAD] for row in rows(chosen))
    return csv_of((*head, *body), cell=_cell)


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    return "" if cell is None else in_csv(cell)
