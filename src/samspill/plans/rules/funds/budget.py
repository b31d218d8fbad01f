"""A budget: what it costs per year, and who pays it. The two agree in every year, or the budget is not done.

Amounts are whole kroner, so that nothing is ever rounded.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.states import BudgetSource
from samspill.refusal import Refused

LONGEST_YEARS = 4


@dataclass(frozen=True)
class Line:
    """`nok` in one `year`: a cost (`label` says which), or money from the fund, a party or others."""

    year: int
    source: str
    nok: int
    party_id: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Balance:
    """A year's costs and what pays them."""

    year: int
    costs: int
    financing: int

    @property
    def missing(self) -> int:
        """What nobody pays; negative when there is more money than costs."""
        return self.costs - self.financing


def balances(lines: Iterable[Line], years: Iterable[int]) -> list[Balance]:
    """A balance per year, also for years without lines."""
    costs: Counter[int] = Counter()
    financing: Counter[int] = Counter()
    for line in lines:
        (costs if line.source == BudgetSource.COST else financing)[line.year] += line.nok
    wanted = sorted({*years, *costs, *financing})
    return [Balance(year, costs[year], financing[year]) for year in wanted]


def shares(lines: Iterable[Line]) -> dict[int, dict[int, int]]:
    """What each party pays per year: {party: {year: kroner}}. A year without money is left out."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for line in lines:
        if line.source == BudgetSource.PARTY and line.party_id and line.nok:
            found[line.party_id][line.year] += line.nok
    return {party: dict(sorted(years.items())) for party, years in found.items()}


def total(lines: Iterable[Line], source: str) -> int:
    return sum(line.nok for line in lines if line.source == source)


def check_budget(lines: Iterable[Line], years: Iterable[int]) -> None:
    """Refuses a budget without costs, without money from the fund, and a year whose sums do not agree."""
    lines, years = list(lines), list(years)
    if not total(lines, BudgetSource.COST):
        raise Refused("funds.no_costs", _("The budget has no costs yet. Write what the money is for."))
    if not total(lines, BudgetSource.GRANT):
        raise Refused(
            "funds.no_grant", _("The budget asks the fund for nothing. Write the amount you apply for.")
        )
    for balance in balances(lines, years):
        if balance.year not in years:
            raise Refused(
                "funds.year",
                _("The budget has money in %(year)s, outside the period. Change the one or the other.")
                % {"year": str(balance.year)},
            )
        if balance.missing:
            raise Refused("funds.unbalanced", unbalanced(balance))


def unbalanced(balance: Balance) -> object:
    """What is wrong with a year's sums, in a sentence."""
    pattern = (
        _("%(year)s: the costs are %(costs)s, but only %(financing)s is paid. %(gap)s is missing.")
        if balance.missing > 0
        else _("%(year)s: the costs are %(costs)s, but %(financing)s is paid. That is %(gap)s too much.")
    )
    return pattern % {
        "year": str(balance.year),
        "costs": kroner(balance.costs),
        "financing": kroner(balance.financing),
        "gap": kroner(abs(balance.missing)),
    }


def same_share(one: Mapping[Any, int], other: Mapping[Any, int]) -> bool:
    """Whether two shares are the same money in the same years (keys may have been through JSON)."""
    return {str(year): nok for year, nok in one.items() if nok} == {
        str(year): nok for year, nok in other.items() if nok
    }


def spread(amount: int, plan: Mapping[int, int]) -> dict[int, int]:
    """`amount` over the years of `plan` in the same proportions, to the krone (largest remainder)."""
    whole = sum(plan.values())
    if not whole:
        return {}
    parts = {year: amount * nok // whole for year, nok in plan.items()}
    left = amount - sum(parts.values())
    by_remainder = sorted(plan, key=lambda year: (-(amount * plan[year] % whole), year))
    for year in by_remainder[:left]:
        parts[year] += 1
    return parts
