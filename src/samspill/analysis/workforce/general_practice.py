"""General practitioners' lists: capacity, open places, lists without a doctor, and people without one.

National figures are Helsedirektoratet's (`gp_lists.yaml`). People on a list without a doctor are people
without a GP; a substitute is not counted.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from samspill.analysis.workforce.terms import Floats
from samspill.refusal import Refused

FILE = Path(__file__).with_name("gp_lists.yaml")


@dataclass(frozen=True)
class Lists:
    """The lists of an area on a day. `mean_cap` is people per list that doctors have agreed to take.

    gps        persons with a list; `gp_fte` their FTE, None where nobody counts them
    over_60    share of them, None where it is not published
    """

    when: str
    gps: float
    lists_with: float
    lists_without: float
    people_with: float
    people_without: float
    mean_cap: float
    gp_fte: float | None = None
    over_60: float | None = None

    def __post_init__(self) -> None:
        for name in ("gps", "lists_with", "lists_without", "people_with", "people_without", "mean_cap"):
            value = getattr(self, name)
            if not np.isfinite(value) or value < 0:
                raise Refused(
                    "number_out_of_range", f"«{name}» is {value}; it must be 0 or more.", field=name
                )
        if not self.gps or not self.lists_with:
            raise Refused("no_lists", "There is no list with a doctor. Add one.", field="lists_with")

    @property
    def capacity(self) -> float:
        """People whom doctors with a list have agreed to take."""
        return self.lists_with * self.mean_cap

    @property
    def open_places(self) -> float:
        """Places left on lists with a doctor; below 0 when lists are fuller than agreed."""
        return self.capacity - self.people_with

    @property
    def mean_length(self) -> float:
        """People per list with a doctor."""
        return self.people_with / self.lists_with

    @property
    def share_without(self) -> float:
        """Share of people on lists who are without a GP."""
        return self.people_without / (self.people_with + self.people_without)

    @property
    def share_of_lists_without(self) -> float:
        return self.lists_without / (self.lists_with + self.lists_without)

    @property
    def patients_per_fte(self) -> float | None:
        """People with a GP per GP FTE; None where the FTE are not known."""
        return self.people_with / self.gp_fte if self.gp_fte else None


@cache
def national_lists() -> tuple[Lists, ...]:
    """Norway's lists, the oldest first."""
    rows = yaml.safe_load(FILE.read_text("utf-8"))["days"]
    return tuple(Lists(**row) for row in rows)


@dataclass(frozen=True, eq=False)
class ListFuture:
    """(T+1, D) people with and without a GP, GPs, and people per GP's list."""

    years: tuple[int, ...]
    gps: Floats
    people_with: Floats
    people_without: Floats
    length: Floats


def project_lists(
    now: Lists,
    gps: Floats,
    people: Floats,
    *,
    first_year: int,
    length_change: float | Floats = 0.0,
) -> ListFuture:
    """People without a GP by year when there are `gps` (T+1, D) for `people` (T+1, D or 1).

    Each GP goes on with as many lists, of the length they have now, which changes by the share
    `length_change` a year (-0.02: two per cent fewer on each list; or (D,)). Lists have been growing shorter,
    so that more doctors have not meant more people with one: 0 is the favourable assumption. The first year
    is as in `now` when gps and people are. Refuses figures that lack or are negative.
    """
    if gps.ndim != 2 or people.ndim != 2 or len(gps) != len(people):
        raise Refused("gp_shape", "GPs and people must be (years, draws) for the same years.", field="gps")
    if not (np.isfinite(gps).all() and np.isfinite(people).all()) or (gps < 0).any() or (people < 0).any():
        raise Refused("gps", "GPs and people must be 0 or more, none missing.", field="gps")
    if (np.asarray(length_change) <= -1).any():
        raise Refused("length_change", "Lists cannot shrink by everyone.", field="length_change")
    ahead = np.arange(len(gps))[:, None]
    length = now.mean_length * (1 + np.asarray(length_change)) ** ahead
    room = gps * (now.lists_with / now.gps) * length
    served = np.minimum(room, people)
    shape = np.broadcast_shapes(served.shape, people.shape)
    without = np.broadcast_to(people, shape) - served
    years = tuple(range(first_year, first_year + len(gps)))
    return ListFuture(years, gps, served, without, np.broadcast_to(length, shape))


def lists_like_the_nation(people: float, *, gps: float | None = None) -> Lists:
    """An area of `people` with the nation's latest shares, for those who have no figures of their own.

    An assumption, to be replaced by the area's own: `gps` if they are known, else the nation's per person.
    """
    nation = national_lists()[-1]
    whole = nation.people_with + nation.people_without
    part = people / whole
    number = nation.gps * part if gps is None else gps
    lists = number * nation.lists_with / nation.gps
    served = min(people, lists * nation.mean_length)
    return Lists(
        when=nation.when,
        gps=number,
        lists_with=lists,
        lists_without=(people - served) * nation.lists_without / nation.people_without,
        people_with=served,
        people_without=people - served,
        mean_cap=nation.mean_cap,
        over_60=nation.over_60,
    )
