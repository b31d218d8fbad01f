"""City districts, projected as areas of their own and held to their municipality in every cell and draw.

A district's people move within the city more than municipalities' do, so it is told by its own history,
shrunk towards its city's. Those whom the register places in no district are an area too, the rest, so that
the districts are the whole of the municipality.
"""

import hashlib
from dataclasses import replace
from typing import TypeVar

import numpy as np

from samspill.analysis.population.change import Parameters
from samspill.analysis.population.draws import Draws, Uncertainty, draw, fill, nation_of
from samspill.analysis.population.history import AGES, SEXES, Floats, NationalRates, PopulationHistory
from samspill.analysis.population.projecting import Projection, prepare
from samspill.refusal import Refused

Values = TypeVar("Values", Floats, Draws)
REST = "99"  # Statistics Norway's ending of the code for those without a district


def with_rest(
    districts: PopulationHistory, history: PopulationHistory, municipality: str
) -> PopulationHistory:
    """The districts of `municipality` (their group) and, last, those whom none of them holds.

    Years that `history` lacks are left out. Refuses a municipality without districts (`no_districts`), and
    districts that hold more persons of an age than their municipality (`districts_exceed`).
    """
    codes = tuple(
        area for area, group in zip(districts.areas, districts.groups, strict=True) if group == municipality
    )
    if not codes:
        raise Refused("no_districts", f"The figures hold no city districts of {municipality}.", field="areas")
    own, whole = districts.only(codes), history.only((municipality,))
    years = tuple(year for year in own.years if year in whole.years)
    persons = np.stack([own.on(year) for year in years])
    rest = np.stack([whole.on(year) for year in years])[:, 0] - persons.sum(axis=1)
    if (rest < 0).any():
        year, sex, age = (int(place) for place in np.argwhere(rest < 0)[0])
        raise Refused(
            "districts_exceed",
            f"On 1 January {years[year]} the districts of {municipality} hold {-rest[year, sex, age]} more "
            f"persons of sex {SEXES[sex]} and age {age} than the municipality. Use figures of one source.",
        )
    return PopulationHistory(
        years,
        (*codes, f"{municipality}{REST}"),
        np.concatenate([persons, rest[:, None]], axis=1),
        (municipality,) * (len(codes) + 1),
    )


def project_districts(
    districts: PopulationHistory,
    history: PopulationHistory,
    rates: NationalRates,
    *,
    municipality: str,
    jump_off: int,
    to: int,
    draws: int = 0,
    seed: int = 1,
    parameters: Parameters | None = None,
    uncertainty: Uncertainty | None = None,
) -> Projection:
    """The districts of `municipality`, and the rest, whose sum is the municipality's in every cell and draw.

    The municipality's own numbers and draws are those of `project` on `history` with the same seed.
    Refuses as `project` and `with_rest`.
    """
    chosen = {"jump_off": jump_off, "to": to, "draws": draws, "seed": seed}
    sizes = {"parameters": parameters, "uncertainty": uncertainty}
    city, city_plan = prepare(history, rates, **chosen, **sizes)  # type: ignore[arg-type]
    own = with_rest(districts, history, municipality)
    parts, plan = prepare(own, rates, to_nation=False, **chosen, **sizes)  # type: ignore[arg-type]
    row = history.areas.index(municipality)
    size = own.on(jump_off).sum(axis=(1, 2)).astype(np.float64)
    held = _held(parts.persons, city.persons[:, row], size / size.sum())
    drawn = draw(plan)
    if drawn is not None:
        whole = np.empty((plan.years + 1, len(SEXES), AGES, draws), dtype=np.float32)
        fill(whole, city_plan, row, nation_of(city_plan))
        drawn = _held(drawn, whole, size / size.sum())
    both = hashlib.sha256(f"{city.provenance.inputs} {parts.provenance.inputs}".encode()).hexdigest()
    provenance = replace(parts.provenance, inputs=both)
    return replace(parts, persons=held, draws=drawn, provenance=provenance)


def _held(parts: Values, whole: Values, shares: Floats) -> Values:
    """`parts` (years, areas, …) scaled to sum to `whole` (years, …); by `shares` where nobody is."""
    together = parts.sum(axis=1)
    empty = together <= 0
    factor = np.where(empty, 0, whole / np.where(empty, 1, together)).astype(parts.dtype)
    held = parts * factor[:, None]
    if empty.any():
        spread = shares.reshape(1, -1, *(1,) * (whole.ndim - 1)).astype(parts.dtype)
        held += np.where(empty, whole, 0)[:, None] * spread
    return np.asarray(held, dtype=parts.dtype)
