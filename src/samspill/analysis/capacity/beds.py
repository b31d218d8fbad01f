"""How many beds: from bed-days and a utilisation, or from the risk that they do not suffice.

Units: bed-days per year, `load` in erlang (mean beds in use), risks as probabilities. The customary
utilisations are dated data in `norms.yaml`, never constants here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import scipy
import yaml
from scipy import special

from samspill.analysis.capacity.checks import check_number, check_positive, check_share, check_whole
from samspill.analysis.capacity.delay import Waiting, erlang_c, servers_for_delay, waiting
from samspill.analysis.capacity.loss import erlang_b, servers_for_blocking
from samspill.refusal import Refused

DAYS_PER_YEAR = 365
NORMS = Path(__file__).with_name("norms.yaml")


class Rule(StrEnum):
    """What becomes of a patient who comes when all beds are taken: the risk is measured accordingly."""

    OVERFLOW = "overflow"  # lies in the corridor: P(needed > beds), Poisson or wider
    LOSS = "loss"  # goes elsewhere: Erlang B
    DELAY = "delay"  # waits: Erlang C


@dataclass(frozen=True)
class Norm:
    """A utilisation in use somewhere: a share of beds, with who uses it and since when."""

    code: str
    utilisation: float
    applies_from: date
    source: str
    licence: str
    note: str


@cache
def norms() -> dict[str, Norm]:
    """The customary utilisations by code, as dated and sourced in `norms.yaml`."""
    rows = yaml.safe_load(NORMS.read_text("utf-8"))
    return {
        code: Norm(code, row["utilisation"], row["from"], row["source"], row["licence"], row["note"])
        for code, row in rows.items()
    }


@dataclass(frozen=True)
class BedNeed:
    """Beds for a yearly number of bed-days. `exact` has a fraction, `beds` is the next whole number."""

    bed_days: float
    utilisation: float
    mean_in_use: float
    exact: float
    beds: int


def beds_from_bed_days(bed_days: float, utilisation: float, *, days: int = DAYS_PER_YEAR) -> BedNeed:
    """Beds = bed-days / (days * utilisation), the practice of the national model for hospitals."""
    check_number(bed_days, "bed_days")
    check_whole(days, "days", least=1)
    if not 0 < utilisation <= 1:
        raise Refused(
            "number_out_of_range",
            f"The utilisation is {utilisation}; it must be above 0 and at most 1, say 0.85.",
            field="utilisation",
        )
    exact = bed_days / (days * utilisation)
    # 85 % of 100 beds is 100 beds, not 101 because of the last bit
    return BedNeed(bed_days, utilisation, bed_days / days, exact, math.ceil(exact - 1e-9))


@dataclass(frozen=True)
class RiskBeds:
    """Beds for a risk. `risk` is what remains with `beds`; `utilisation` the share of them in use."""

    load: float
    rule: Rule
    target: float
    beds: int
    risk: float
    utilisation: float


def beds_for_risk(
    load: float, risk: float, *, rule: Rule = Rule.OVERFLOW, dispersion: float = 1.0
) -> RiskBeds:
    """The fewest beds with which the probability of too few is at most `risk`.

    `dispersion` is the variance over the mean of the number in bed: 1 is Poisson; above it a negative
    binomial with that variance is used (only for `Rule.OVERFLOW`; Erlang's formulas have no such thing).
    """
    check_number(load, "load")
    check_share(risk, "risk")
    _check_dispersion(dispersion, rule)
    if rule is Rule.OVERFLOW:
        beds = _quantile(load, 1 - risk, dispersion)
    elif rule is Rule.LOSS:
        beds = servers_for_blocking(load, risk)
    else:
        beds = servers_for_delay(load, risk)
    left = risk_of_too_few(load, beds, rule=rule, dispersion=dispersion)
    carried = load * (1 - left) if rule is Rule.LOSS else load
    return RiskBeds(load, rule, risk, beds, left, carried / beds if beds else 0.0)


def risk_of_too_few(load: float, beds: int, *, rule: Rule = Rule.OVERFLOW, dispersion: float = 1.0) -> float:
    """The probability that `beds` do not suffice: more are needed (`OVERFLOW`), or all taken (Erlang)."""
    check_number(load, "load")
    check_whole(beds, "beds")
    _check_dispersion(dispersion, rule)
    if rule is Rule.LOSS:
        return erlang_b(load, beds)
    if rule is Rule.DELAY:
        return erlang_c(load, beds)
    if load == 0:
        return 0.0
    if dispersion == 1:
        return float(special.pdtrc(beds, load))
    return float(scipy.stats.nbinom.sf(beds, load / (dispersion - 1), 1 / dispersion))


def _quantile(load: float, share: float, dispersion: float) -> int:
    if load == 0:
        return 0
    if dispersion == 1:
        return int(scipy.stats.poisson.ppf(share, load))
    return int(scipy.stats.nbinom.ppf(share, load / (dispersion - 1), 1 / dispersion))


def _check_dispersion(dispersion: float, rule: Rule) -> None:
    check_number(dispersion, "dispersion", least=1.0)
    if dispersion != 1 and rule is not Rule.OVERFLOW:
        raise Refused(
            "dispersion",
            "Erlang's formulas hold for random arrivals; a dispersion above 1 goes with the rule overflow.",
            field="dispersion",
        )


@dataclass(frozen=True)
class Price:
    """What a utilisation costs in queue: `waiting` of Erlang C, and `turned_away` of Erlang B."""

    utilisation: float
    beds: int
    waiting: Waiting
    turned_away: float


def price_of_utilisation(
    arrivals_per_day: float, mean_stay_days: float, utilisations: Sequence[float], *, scv: float = 1.0
) -> tuple[Price, ...]:
    """For each planned utilisation the beds it gives and the queue that follows, on the same patients.

    Refuses a utilisation whose whole number of beds leaves no room at all (`unstable_queue`).
    """
    check_positive(arrivals_per_day, "arrivals_per_day")
    check_positive(mean_stay_days, "mean_stay_days")
    load = arrivals_per_day * mean_stay_days
    prices = []
    for utilisation in utilisations:
        beds = beds_from_bed_days(load * DAYS_PER_YEAR, utilisation).beds
        queue = waiting(arrivals_per_day, mean_stay_days, beds, scv=scv)
        prices.append(Price(utilisation, beds, queue, erlang_b(load, beds)))
    return tuple(prices)
