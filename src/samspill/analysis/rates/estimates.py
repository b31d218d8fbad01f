"""A figure with its limits, for one area or for many at once, and why there is none where there is none."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

# A number for one area, an array for many. numpy's own types cannot say "the one or the other, alike".
Figures = Any


class Method(StrEnum):
    """How limits are made; the source of each is in the module that makes it."""

    BYAR = "byar"
    EXACT = "exact"
    DOBSON = "dobson"
    DOBSON_REPEATED = "dobson_repeated"
    WILSON = "wilson"
    STUDENT = "student"
    CHIANG = "chiang_silcocks"
    SIMULATION = "simulation"
    QUASI_POISSON = "quasi_poisson"
    NONE = "none"


class Note(StrEnum):
    """Why a figure is missing, or what one should know of it."""

    NOTHING = ""
    FEW_EVENTS = "few_events"
    NO_POPULATION = "no_population"
    NOTHING_EXPECTED = "nothing_expected"
    ONE_VALUE = "one_value"
    SMALL_POPULATION = "small_population"
    MORE_DEATHS_THAN_PEOPLE = "more_deaths_than_people"
    NO_DEATHS_AMONG_OLDEST = "no_deaths_among_oldest"
    NOBODY_LIVES_SO_LONG = "nobody_lives_so_long"
    WIDE_LIMITS = "wide_limits"
    FEW_AREAS = "few_areas"
    FEW_POINTS = "few_points"
    PROVISIONAL_LIMITS = "provisional_limits"
    ZERO_LOWEST = "zero_lowest"
    NO_MORE_THAN_CHANCE = "no_more_than_chance"
    NOT_CONVERGED = "not_converged"


SENTENCES = {
    Note.NOTHING: "",
    Note.FEW_EVENTS: "There are fewer than ten events, too few for a directly standardised rate.",
    Note.NO_POPULATION: "There is nobody in the population, or in one of its age groups.",
    Note.NOTHING_EXPECTED: "No events are expected, so there is nothing to compare with.",
    Note.ONE_VALUE: "One value does not tell how values vary, so there are no limits.",
    Note.SMALL_POPULATION: "The population is 5,000 or fewer, too few for a life expectancy.",
    Note.MORE_DEATHS_THAN_PEOPLE: "In an age group there are more deaths than people.",
    Note.NO_DEATHS_AMONG_OLDEST: "Nobody died in the oldest age group, so its length of life is not known.",
    Note.NOBODY_LIVES_SO_LONG: "With these death rates nobody reaches this age.",
    Note.WIDE_LIMITS: "The 95 % limits are more than 20 years apart; the figure says too little to be shown.",
    Note.FEW_AREAS: "There are fewer areas than groups, so they cannot be put in groups.",
    Note.FEW_POINTS: "There are too few points for limits; it is a run chart.",
    Note.PROVISIONAL_LIMITS: "Limits rest on too few points since the last step; they are provisional.",
    Note.ZERO_LOWEST: "The lowest area has none, so highest against lowest has no value.",
    Note.NO_MORE_THAN_CHANCE: "The areas differ no more than chance alone would make them.",
    Note.NOT_CONVERGED: "The calculation did not settle.",
}


@dataclass(frozen=True)
class Estimate:
    """A figure with its limits. Each field is a number (or word) for one area, an array for many.

    value, lower, upper   in `multiplier` (per 100,000 …); NaN where the source gives no figure, never 0
    count, population     what it rests on: events, and persons or person-years
    method, note          a `Method` and a `Note`; `SENTENCES` has the note in words
    multiplier, confidence  the same for all areas
    """

    value: Figures
    lower: Figures
    upper: Figures
    count: Figures
    population: Figures
    method: Figures
    note: Figures
    multiplier: float
    confidence: float

    def __len__(self) -> int:
        return len(self.value)

    def __getitem__(self, place: Any) -> "Estimate":
        """One of many areas, or some of them."""
        return estimate(
            *(np.asarray(getattr(self, name))[place] for name in PER_AREA),
            multiplier=self.multiplier,
            confidence=self.confidence,
        )

    @property
    def is_missing(self) -> Figures:
        """Whether there is no figure; `note` says why."""
        return one_or_many(np.isnan(np.asarray(self.value, dtype=np.float64)))


PER_AREA = ("value", "lower", "upper", "count", "population", "method", "note")


def estimate(
    value: Figures,
    lower: Figures,
    upper: Figures,
    count: Figures,
    population: Figures,
    method: Figures,
    note: Figures,
    *,
    multiplier: float,
    confidence: float,
) -> Estimate:
    """An `Estimate` of one shape: what is the same for all areas is spread over them."""
    spread = np.broadcast_arrays(value, lower, upper, count, population, method, note)
    fields = dict(zip(PER_AREA, map(one_or_many, spread), strict=True))
    return Estimate(**fields, multiplier=float(multiplier), confidence=float(confidence))


def one_or_many(values: Figures) -> Figures:
    """A plain number or word from an array without axes; else a copy nobody else can write in."""
    found = np.asarray(values)
    if found.ndim == 0:
        return found.item()
    found = found.copy()
    found.flags.writeable = False
    return found
