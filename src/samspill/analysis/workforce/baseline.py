"""A work force to start from: who there is, and the rates by which it changes if nothing is done.

P professions, S = 2 sexes, A = 57 ages, K = 3 sectors; rates are per year and belong to the age reached.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from samspill.analysis.workforce.terms import AGES, OLDEST, SECTORS, SEXES, YOUNGEST, Floats, check_array
from samspill.refusal import Refused

S, A, K = len(SEXES), AGES, len(SECTORS)


@dataclass(frozen=True, eq=False)
class Rates:
    """What holds in a year. Levers give back another of these; nothing else changes.

    deaths      (S, A) share who die
    retiring    (P, A) share of survivors who retire, disability included
    leaving     (P, A, K) share of those left who leave the profession or the region
    mobility    (P, K, K) from sector to sector, of those who stay; rows sum to 1
    places      (P,) training places that are begun in the year, persons
    completion  (P,) share of a cohort that completes and takes work here
    recruits    (P, K) persons a year who come from other regions and trades
    international (P,) persons a year who come from abroad
    participation (P, S, A) share of those counted who are at work at all
    hours       (P, S, A, K) mean share of a full post
    sickness    (P, K) share of agreed time away sick
    combined    (P, K, K) share of part-timers' missing hours in a sector that is worked in another
    exchange    (P, K, K) where the hours of a sector's staff are worked; rows sum to 1
    shifted     (P, P) share of the demand for one profession that another does instead, per unit
    shift_effort (P, P) hours the other needs for one hour of the first
    vacancy     (P, K) share of posts one is content to let stand empty
    """

    deaths: Floats
    retiring: Floats
    leaving: Floats
    mobility: Floats
    places: Floats
    completion: Floats
    recruits: Floats
    international: Floats
    participation: Floats
    hours: Floats
    sickness: Floats
    combined: Floats
    exchange: Floats
    shifted: Floats
    shift_effort: Floats
    vacancy: Floats

    def check(self, professions: int) -> None:
        """Refuses wrong shapes, holes, shares above 1, and rows that do not sum to 1 (`shares_sum`)."""
        p = professions
        shares = {
            "deaths": (S, A),
            "retiring": (p, A),
            "leaving": (p, A, K),
            "mobility": (p, K, K),
            "completion": (p,),
            "participation": (p, S, A),
            "hours": (p, S, A, K),
            "sickness": (p, K),
            "combined": (p, K, K),
            "exchange": (p, K, K),
            "shifted": (p, p),
            "vacancy": (p, K),
        }
        for name, shape in shares.items():
            check_array(name, getattr(self, name), shape, most=1.0)
        counts = {"places": (p,), "recruits": (p, K), "international": (p,), "shift_effort": (p, p)}
        for name, shape in counts.items():
            check_array(name, getattr(self, name), shape)
        for name in ("mobility", "exchange"):
            _check_rows(name, getattr(self, name).sum(axis=-1), exactly=True)
        _check_rows("combined", self.combined.sum(axis=-1), exactly=False)
        _check_rows("shifted", self.shifted.sum(axis=-1), exactly=False)


@dataclass(frozen=True, eq=False)
class Baseline:
    """The stock on 1 January of `year`, and its rates.

    persons     (P, S, A, K) counted at the age they have on the day
    delay       years from a training place to work, for each profession
    begun       (P, longest delay) places begun in the years before, the last year last
    graduates   (P, S, A) who they are when they start: sums to 1 for each profession
    joiners     (P, S, A) the same for recruits and those from abroad
    first_sector (P, K) where graduates and those from abroad start: sums to 1
    drawn_from  for each profession the one its students leave when they are done, or None: a nurse who
                becomes a midwife is a nurse less
    """

    year: int
    professions: tuple[str, ...]
    persons: Floats
    rates: Rates
    delay: tuple[int, ...]
    begun: Floats
    graduates: Floats
    joiners: Floats
    first_sector: Floats
    drawn_from: tuple[str | None, ...]
    assumptions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        p = len(self.professions)
        if not p or len(set(self.professions)) < p:
            raise Refused("professions", "Name each profession once, and one at least.", field="professions")
        check_array("persons", self.persons, (p, S, A, K))
        self.rates.check(p)
        longest = max(self.delay, default=0)
        if len(self.delay) != p or min(self.delay) < 0 or len(self.drawn_from) != p:
            raise Refused("delay", "Give each profession a delay of 0 years or more.", field="delay")
        check_array("begun", self.begun, (p, longest))
        for name, shape in {"graduates": (p, S, A), "joiners": (p, S, A), "first_sector": (p, K)}.items():
            values = getattr(self, name)
            check_array(name, values, shape, most=1.0)
            _check_rows(name, values.reshape(p, -1).sum(axis=1), exactly=True)
        unknown = {one for one in self.drawn_from if one} - set(self.professions)
        if unknown:
            raise Refused(
                "unknown_profession",
                f"Students are drawn from {', '.join(sorted(unknown))}, who are not counted. Count them too.",
                field="drawn_from",
            )

    def only(self, profession: str) -> "Baseline":
        """The same with nothing but `profession` and all that its figures rest on.

        That is those who draw students from it, those it draws from, and so on.
        """
        if profession not in self.professions:
            raise Refused("unknown_profession", f"There is no profession «{profession}».", field="profession")
        kin = {profession}
        pairs = [
            {name, source} for name, source in zip(self.professions, self.drawn_from, strict=True) if source
        ]
        for _ in pairs:
            kin |= {one for pair in pairs if pair & kin for one in pair}
        return self._at([place for place, name in enumerate(self.professions) if name in kin])

    def _at(self, kept: Sequence[int]) -> "Baseline":
        square = np.ix_(kept, kept)
        cut: dict[str, Floats] = {
            name: value[kept] for name, value in vars(self.rates).items() if name != "deaths"
        }
        cut["shifted"], cut["shift_effort"] = self.rates.shifted[square], self.rates.shift_effort[square]
        delay = tuple(self.delay[place] for place in kept)
        return replace(
            self,
            professions=tuple(self.professions[place] for place in kept),
            persons=self.persons[kept],
            rates=replace(self.rates, **cut),
            delay=delay,
            begun=self.begun[kept][:, self.begun.shape[1] - max(delay) :],
            graduates=self.graduates[kept],
            joiners=self.joiners[kept],
            first_sector=self.first_sector[kept],
            drawn_from=tuple(self.drawn_from[place] for place in kept),
        )

    def share_over(self, age: int) -> Floats:
        """(P, K) share of the stock that is `age` or older. Nobody counted gives nan."""
        check_age(age)
        whole = self.persons.sum(axis=(1, 2))
        older = self.persons[:, :, age - YOUNGEST :].sum(axis=(1, 2))
        return np.divide(older, whole, out=np.full_like(whole, np.nan), where=whole > 0)


def check_age(age: int) -> None:
    if not YOUNGEST <= age <= OLDEST:
        raise Refused("age", f"The age is {age}; it must be from {YOUNGEST} to {OLDEST}.", field="age")


def _check_rows(name: str, sums: Floats, *, exactly: bool) -> None:
    off = np.abs(sums - 1).max() > 1e-9 if exactly else sums.max() > 1 + 1e-9
    if off:
        wanted = "must sum to 1" if exactly else "must not sum to more than 1"
        raise Refused(
            "shares_sum",
            f"The shares of «{name}» sum to {sums.min():g} up to {sums.max():g}; they {wanted}.",
            field=name,
        )
