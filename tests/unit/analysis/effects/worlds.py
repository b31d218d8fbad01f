"""Made worlds: areas whose rates vary from year to year and remember it, with or without an effect."""

import numpy as np

from samspill.analysis.effects import Area, Asked, Expected

RATE = 0.15


def world(
    chance: np.random.Generator,
    *,
    reached: int,
    others: int,
    effect: float = 1.0,
    everywhere: float = 1.0,
    apart: float = 1.0,
    before: int = 8,
    after: int = 3,
    events: float = 150,
    spread: float = 0.08,
    expected: float | None = 0.87,
) -> Asked:
    """A year between before and after; `apart` is how the reached drift from the others each year before."""
    areas, years = reached + others, before + 1 + after
    people = np.exp(chance.normal(np.log(events / RATE), 0.8, areas))
    errors = chance.normal(0, spread, (areas, years))
    for year in range(1, years):
        errors[:, year] = 0.5 * errors[:, year - 1] + np.sqrt(0.75) * errors[:, year]
    rates = RATE * np.exp(chance.normal(0, 0.3, (areas, 1)) + errors)
    rates[:reached, before + 1 :] *= effect
    rates[:, before + 1 :] *= everywhere
    rates[:reached] *= apart ** np.arange(years)
    counts = chance.poisson(rates * people[:, None]).astype(float)
    populations = np.repeat(people[:, None], years, axis=1)
    made = [
        Area(str(number), count / whom * 100, count, whom)
        for number, (count, whom) in enumerate(zip(counts, populations, strict=True))
    ]
    periods = tuple(range(2015, 2015 + years))
    wanted = Expected(periods[-1], ratio=expected) if expected else None
    return Asked(
        periods, made[:reached], before, before + 1, better="decrease", others=made[reached:], expected=wanted
    )


def series(values: list[float], *, code: str = "HF01", people: float | None = None) -> Area:
    """An area from its values; with `people` its counts are per 100 of them."""
    shown = np.array(values, dtype=float)
    if people is None:
        return Area(code, shown)
    whom = np.full(len(shown), float(people))
    return Area(code, shown, np.rint(shown * whom / 100), whom)
