"""Read `indicators/*.yaml`: one definition per file, complete or refused. A new indicator is a new file.

An indicator is `times` × numerator / denominator, in an area and a year; without a denominator it is a count.
A numerator or denominator that is an age group alone (`80+`) counts the inhabitants of those ages.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from samspill.analysis.indicators.ages import OLDEST, ages_of
from samspill.analysis.indicators.definition_checks import check, refused
from samspill.analysis.indicators.tables import tables
from samspill.refusal import Refused

EVERYBODY = (0, OLDEST)


@dataclass(frozen=True)
class Part:
    """What is counted: rows of a table, the sum of a column, or how many different values it has.

    `where` is what rows must be like, by column: a value, a list of them, `{from, to}`, `{starts: [...]}`.
    """

    table: str
    how: str
    column: str
    where: Mapping[str, Any]
    ages: tuple[int, int]
    sex: str | None


@dataclass(frozen=True)
class Standardisation:
    """`none`, `direct` or `indirect`; by age, or age and sex. `repeated`: persons have several."""

    method: str = "none"
    by: tuple[str, ...] = ()
    standard: str = ""
    repeated: bool = False


@dataclass(frozen=True)
class Definition:
    """An indicator. Texts are by language: nb, nn, en. `comparable`: why areas cannot be compared.

    `breaks`: by the first year, how counting changed.
    """

    id: str
    group: str
    theme: str
    kind: str
    title: Mapping[str, str]
    means: Mapping[str, str]
    unit: Mapping[str, str]
    caveats: Mapping[str, str]
    comparable: Mapping[str, str]
    numerator: Part
    denominator: Part | None
    times: float
    standardisation: Standardisation
    direction: str
    disclosure: str
    source: str
    owner: str
    reviewed: date
    words: tuple[str, ...]
    breaks: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.numerator,) if self.denominator is None else (self.numerator, self.denominator)

    @property
    def files(self) -> frozenset[str]:
        """The tables with files that it is counted in."""
        return frozenset(tables()[part.table].made_from or part.table for part in self.parts)

    @property
    def by_person(self) -> bool:
        """Whether events are counted person by person: few persons can have many, and are then hidden.

        Not where nobody has two: the rest of the key of a row is settled. A mean has other squares, and a
        share is read in one go with what it is a share of.
        """
        part = self.numerator
        about = tables()[part.table]
        if self.kind in ("mean", "share") or part.how == "distinct" or "person" not in about.columns:
            return self.standardisation.repeated
        settled = {column for column, wanted in part.where.items() if isinstance(wanted, str | int)}
        one_each = part.how == "count" and set(about.key) - {"year", "person"} <= settled
        return self.standardisation.repeated or not one_each


def folder() -> Path:
    """Where the definitions stand: at the top of the project, or inside the package when it is installed."""
    package = Path(__file__).resolve().parents[2]
    top = package.parents[1] / "indicators"
    return top if top.is_dir() else package / "indicators"


def read_files(where: Path | None = None) -> dict[str, dict[str, Any]]:
    """Every definition as it is written, checked, by id. Refuses (`indicator.definition`) a faulty file."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((where or folder()).glob("*.yaml")):
        written = _read(path)
        check(written, path.name)
        if written["id"] in found:
            raise refused(path.name, f"the id {written['id']} is used by another file")
        found[written["id"]] = written
    return found


def _read(path: Path) -> Any:
    about = path.stat()
    return deepcopy(_parsed(path, about.st_mtime_ns, about.st_size))


@lru_cache(maxsize=512)
def _parsed(path: Path, _changed: int, _size: int) -> Any:
    """All of them take a third of a second to read: a file that has not changed is read once."""
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise refused(path.name, f"it is not YAML ({str(error).splitlines()[0]})") from error


def read_definitions(where: Path | None = None) -> dict[str, Definition]:
    """Every definition by id. Refuses as `read_files`."""
    return {key: definition_of(written) for key, written in read_files(where).items()}


@cache
def all_definitions() -> Mapping[str, Definition]:
    """Those that come with Samspill, by id, read once."""
    return read_definitions()


def find_definition(code: str) -> Definition:
    """One of them. Refuses an id that is not there (`unknown_indicator`)."""
    try:
        return all_definitions()[code]
    except KeyError:
        near = ", ".join(one for one in all_definitions() if code.split("-")[0] in one)
        hint = f" Perhaps: {near}." if near else " `samspill indicators list` shows all."
        raise Refused(
            "unknown_indicator", f"There is no indicator {code}.{hint}", field="indicator", facts={"id": code}
        ) from None


def definition_of(written: Mapping[str, Any]) -> Definition:
    """A checked definition as one object."""
    people = written["population"]
    ages = ages_of(people["ages"]) or EVERYBODY
    below = written["denominator"]
    told = written["standardisation"]
    comparable = written["comparable"]
    same = ("id", "group", "theme", "kind", "title", "means", "unit", "caveats", "direction", "disclosure")
    return Definition(
        **{key: written[key] for key in (*same, "source", "owner", "reviewed")},
        numerator=_part(written["numerator"], ages, people["sex"]),
        denominator=None if below is None else _part(below, ages, people["sex"]),
        times=float(written["times"]),
        comparable={} if comparable is True else comparable,
        standardisation=Standardisation(**{**told, "by": tuple(told.get("by", ()))}),
        words=tuple(written["words"]),
        breaks=written.get("breaks", {}),
    )


def _part(written: Any, ages: tuple[int, int], sex: str | None) -> Part:
    if not isinstance(written, Mapping):
        return Part("population", "sum", "persons", {}, ages_of(written) or EVERYBODY, None)
    of = written["of"]
    how, column = (of, "") if isinstance(of, str) else next(iter(of.items()))
    return Part(written["table"], how, column, written.get("where", {}), ages, sex)
