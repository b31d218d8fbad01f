"""What happened in past years: births, deaths and moves by area, as counted. Plain values, and their checks.

How they are read from files is in `samspill.analysis.packs`. Ages are those reached on 31 December.
"""

from dataclasses import dataclass, replace

import numpy as np

from samspill.analysis.components.rates import Floats
from samspill.analysis.population import AGES, SEXES, PopulationHistory
from samspill.refusal import Refused

FLOWS = ("births", "deaths", "out", "into", "emigration", "immigration")
MOVES = ("out", "into", "emigration", "immigration")
OPEN = 0.02  # moves between the areas of a whole nation are registered on both sides


@dataclass(frozen=True, eq=False)
class ComponentEvents:
    """Counts by calendar year and area.

    `births` (years, areas, 2), by sex; `deaths` (years, areas, 2, 106). The moves, of the same shape as
    `deaths`, are all given or all None: `out` and `into` within the nation, `emigration` and `immigration`
    across its border. A missing (not a number) or negative count is refused, and so is a fraction unless the
    events were worked out, not `counted`. Unless the moves within the nation close (out = into of all areas,
    within 2 % in a year) the areas are not a nation, and are refused.
    """

    years: tuple[int, ...]
    areas: tuple[str, ...]
    births: Floats
    deaths: Floats
    out: Floats | None = None
    into: Floats | None = None
    emigration: Floats | None = None
    immigration: Floats | None = None
    counted: bool = True

    def __post_init__(self) -> None:
        if list(self.years) != list(range(self.years[0], self.years[0] + len(self.years))):
            raise Refused(
                "year_missing", "The years of the events must follow each other. Add the one missing."
            )
        known = [name for name in MOVES if getattr(self, name) is not None]
        if known and len(known) < len(MOVES):
            lacking = ", ".join(sorted(set(MOVES) - set(known)))
            raise Refused(
                "moves_missing",
                f"The events hold {', '.join(known)} but not {lacking}. Give all four, or none of them.",
            )
        for name in ("births", "deaths", *known):
            _check_counts(self, name)
        if known:
            _check_closed(self)

    @property
    def moves(self) -> tuple[Floats, ...]:
        """out, into, emigration, immigration; empty when they were not counted (net migration is what is
        left of the change then)."""
        flows = (self.out, self.into, self.emigration, self.immigration)
        return tuple(flow for flow in flows if flow is not None)

    def before(self, year: int) -> "ComponentEvents":
        """Only what had happened by 1 January `year`. Refuses when nothing had."""
        keep = [place for place, known in enumerate(self.years) if known < year]
        if not keep:
            raise Refused(
                "year_missing",
                f"No births, deaths and moves are known from before 1 January {year}. Add earlier years.",
                field="jump_off",
            )
        kept = {name: getattr(self, name) for name in FLOWS}
        kept = {name: value[keep] if value is not None else None for name, value in kept.items()}
        return replace(self, years=tuple(self.years[i] for i in keep), **kept)


def check_same_areas(history: PopulationHistory, events: ComponentEvents) -> None:
    """People and events are of the same areas, and the people of each 1 January of the events are known."""
    if history.areas != events.areas:
        odd = sorted(set(history.areas) ^ set(events.areas))
        raise Refused(
            "areas_differ",
            f"People and events must be of the same areas in the same order{_named(odd)}. "
            "Use the same borders in both.",
        )
    wanted = set(events.years) | {events.years[-1] + 1}
    lacking = sorted(wanted - set(history.years))
    if lacking:
        raise Refused(
            "year_missing",
            f"There are events around 1 January {lacking[0]}, but no people that day. "
            "Add the population of that year.",
        )


def _named(codes: list[str]) -> str:
    return f": {', '.join(codes[:3])} is in one of them only" if codes else ""


def _check_counts(events: ComponentEvents, name: str) -> None:
    values = np.asarray(getattr(events, name))
    cell = (len(SEXES),) if name == "births" else (len(SEXES), AGES)
    expected = (len(events.years), len(events.areas), *cell)
    if values.shape != expected:
        raise Refused("events_shape", f"The {name} have shape {values.shape}, expected {expected}.")
    values = values.astype(np.float64)
    wrong = ~((values >= 0) & np.isfinite(values)) | (events.counted & (values != np.rint(values)))
    if wrong.any():
        year, area, *cells = (int(place) for place in np.argwhere(wrong)[0])
        raise Refused(
            "not_whole_events",
            f"Area {events.areas[area]}, {events.years[year]}: the {name} of sex {SEXES[cells[0]]} hold "
            f"{values[year, area][tuple(cells)]}. Every count must be whole, 0 or more; "
            "a missing one is not 0.",
        )
    object.__setattr__(events, name, values)


def _check_closed(events: ComponentEvents) -> None:
    sums = [flow.sum(axis=(1, 2, 3)) for flow in events.moves[:2]]
    for year, out, into in zip(events.years, *sums, strict=True):
        if abs(out - into) > OPEN * max(out, into):
            raise Refused(
                "moves_do_not_close",
                f"In {year} {out:.0f} moved out of the areas within the nation and {into:.0f} into them. "
                "Movers leave one area for another: add the areas that lack, or one for all the rest.",
            )
