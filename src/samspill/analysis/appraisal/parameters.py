"""Named assumptions, where they are from, and their draws: each parameter has a stream of its own.

The draws of a parameter depend on the seed and its name alone, so they are the same whichever other
parameters there are, and in whatever order; the first hundred draws are the same however many are made.
That is what makes scenarios comparable draw by draw (common random numbers).
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from samspill.analysis.appraisal.distributions import Dirichlet, Distribution
from samspill.analysis.appraisal.outcomes import MEMORY, Floats
from samspill.refusal import Refused

NAME = re.compile(r"[a-z][a-z0-9_]*")
EDGE = 2.0**-54  # quantiles at exactly 0 and 1 may be infinite


@dataclass(frozen=True)
class Parameter:
    """An assumption: a number with its uncertainty, unit and source.

    `name` is lower case with underscores. `assumption` tells that nobody has measured it: people are to see
    that. `data` is the version of the data set it was taken from, if it was. A split gives one number per
    part, named «name_part».
    """

    name: str
    distribution: Distribution | Dirichlet
    unit: str = ""
    source: str = ""
    assumption: bool = False
    data: str = ""
    says: str = ""

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise Refused(
                "parameter_name",
                f"«{self.name}» cannot name a parameter. Use lower case letters, digits and underscores.",
                field=self.name,
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The numbers it gives: itself, or one per part of a split."""
        if isinstance(self.distribution, Dirichlet):
            return tuple(f"{self.name}_{part}" for part in self.distribution.parts)
        return (self.name,)

    def means(self) -> dict[str, float]:
        if isinstance(self.distribution, Dirichlet):
            return {f"{self.name}_{part}": mean for part, mean in self.distribution.means.items()}
        return {self.name: self.distribution.mean}

    def draw(self, draws: int, seed: int) -> dict[str, Floats]:
        """(draws,) for each of `names`."""
        if isinstance(self.distribution, Dirichlet):
            shares = {part: _uniform(seed, draws, self.name, part) for part in self.distribution.parts}
            return {f"{self.name}_{part}": v for part, v in self.distribution.quantile(shares).items()}
        return {self.name: self.distribution.quantile(_uniform(seed, draws, self.name))}


def draw_all(parameters: Iterable[Parameter], *, draws: int, seed: int) -> dict[str, Floats]:
    """The draws (draws,) of every parameter by name, 8 bytes each.

    Refuses none (`draws`), two of the same name (`parameter_twice`), more than fits (`too_many_draws`).
    """
    if draws < 1:
        raise Refused("draws", f"{draws} draws cannot be made. Ask for 1 or more.", field="draws")
    listed = tuple(parameters)
    check_names(listed)
    numbers = sum(len(one.names) for one in listed)
    if numbers * draws * 8 > MEMORY:
        raise Refused(
            "too_many_draws",
            f"{draws} draws of {numbers} numbers do not fit in memory. Ask for at most "
            f"{MEMORY // (8 * numbers)} draws.",
            field="draws",
        )
    found: dict[str, Floats] = {}
    for one in listed:
        found.update(one.draw(draws, seed))
    return found


def means_of(parameters: Iterable[Parameter]) -> dict[str, float]:
    """Every parameter at its mean."""
    return {name: mean for one in parameters for name, mean in one.means().items()}


def check_names(parameters: Iterable[Parameter]) -> None:
    names = [name for one in parameters for name in one.names]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refused("parameter_twice", f"{', '.join(twice)} is there more than once.", field=twice[0])


def _uniform(seed: int, draws: int, *names: str) -> Floats:
    """Numbers in (0, 1) from a stream of its own for each name, the same on every machine."""
    digest = hashlib.sha256("\0".join((str(seed), "appraisal", *names)).encode()).digest()
    chance = np.random.default_rng(np.frombuffer(digest, dtype="<u4"))
    return np.clip(chance.random(draws), EDGE, 1 - 2 * EDGE)
