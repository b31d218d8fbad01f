"""What is known of demand, as tables: what may change it, where rates are from, how far off it has been."""

from collections.abc import Sequence
from dataclasses import dataclass

from samspill.analysis.demand import Mitigator, catalogue, measured, mitigators
from samspill.insight.telling.demand import range_in_words
from samspill.insight.wording import decimal
from samspill.insight.wording import demand as said
from samspill.insight.wording.mitigators import MITIGATORS, MitigatorWords
from samspill.insight.wording.services import SERVICES, ServiceWords, name_of, unit_of

METHODS = ("no_change", "per_resident", "constant_use", "change_in_use", "ours")


@dataclass(frozen=True)
class Measure:
    """One thing that may change demand. `returns` are (share in per cent, what it comes back as)."""

    words: MitigatorWords
    works_on: Sequence[str]
    says: str
    ages: int
    years: int
    returns: Sequence[tuple[int, str]]
    saved: int


@dataclass(frozen=True)
class ServiceKnown:
    """A service with its rates' year, and its back-test as written cells in the order of METHODS."""

    words: ServiceWords
    unit: str
    since: int
    errors: Sequence[tuple[str, str]]
    verdict: str


def measures() -> list[Measure]:
    return [_measure(one) for one in mitigators().values()]


def _measure(one: Mitigator) -> Measure:
    return Measure(
        MITIGATORS[one.code],
        [name_of(code) for code in one.services],
        range_in_words(*one.factor),
        one.ages,
        one.years,
        [(round(100 * back.share), name_of(back.service)) for back in one.returns],
        round(100 * one.saved),
    )


def services() -> list[ServiceKnown]:
    found = []
    for code, service in catalogue().items():
        skill = measured()[code]
        scores = {one.method: one for one in skill.scores}
        errors = [
            (decimal(scores[method].error, 1), _signed(scores[method].bias)) for method in METHODS if scores
        ]
        plain = {
            "verdict": skill.verdict,
            "errors": {one.method: [one.error, one.bias] for one in skill.scores},
        }
        found.append(ServiceKnown(SERVICES[code], unit_of(code), service.since, errors, said.verdict(plain)))
    return found


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{decimal(abs(value), 1)}"
