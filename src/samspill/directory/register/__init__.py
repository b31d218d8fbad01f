"""The register of Norwegian municipalities and helsefellesskap: facts read from small sourced tables.

Here: who exists, in which community, and what became of older municipality codes. Not here: the rows of an
installation (`directory.models`), population, or maps. Sources and licences: README.md in this folder.

The tables are complete from 1 January 2024; codes in use between 2006 and 2023 are known by their successors.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path

from samspill.directory.register.facts import CodeChange, CommunityFact, MunicipalityFact, RegionFact
from samspill.directory.register.tables import Tables, read
from samspill.refusal import Refused

__all__ = [
    "COMPLETE_FROM",
    "CodeChange",
    "CommunityFact",
    "MunicipalityFact",
    "RegionFact",
    "changes",
    "check",
    "communities",
    "community",
    "municipalities",
    "municipality",
    "regions",
    "successors",
]

FOLDER = Path(__file__).parent
COMPLETE_FROM = date(2024, 1, 1)  # the latest change of municipality codes (SSB KLASS 131)


def communities() -> tuple[CommunityFact, ...]:
    """The 19 communities, by code."""
    return _tables().communities


def community(code: str) -> CommunityFact:
    """One community by its code, HF01 to HF19. Refused (`community.unknown`) when there is none."""
    for fact in communities():
        if fact.code == code:
            return fact
    raise Refused("community.unknown", f"No helsefellesskap has the code {code}. They run from HF01 to HF19.")


def municipalities(on: date) -> tuple[MunicipalityFact, ...]:
    """Every municipality on the day, by code: 357 since 2024. Refused (`register.date`) for a day before."""
    if on < COMPLETE_FROM:
        raise Refused(
            "register.date",
            f"The register lists municipalities from {COMPLETE_FROM}, not for {on}. "
            "Ask what became of the single codes instead.",
        )
    return tuple(fact for fact in _by_code().values() if fact.is_valid(on))


def municipality(code: str, on: date) -> MunicipalityFact:
    """The municipality with `code` on the day.

    Refused: `municipality.ceased` when the code is an older one (the sentence names its successors),
    `municipality.unknown` when nobody had it on that day.
    """
    fact = _by_code().get(code)
    if fact and fact.is_valid(on):
        return fact
    if code in _tables().changes:
        heirs = ", ".join(change.new_code for change in _tables().changes[code])
        raise Refused("municipality.ceased", f"Municipality {code} has ceased. It became {heirs}: use that.")
    raise Refused(
        "municipality.unknown", f"No municipality had the code {code} on {on}. Check the four digits."
    )


def successors(code: str, on: date) -> list[tuple[str, float]]:
    """Where the persons of `code` on the day belong today: pairs of code and share, the shares add up to 1.

    A code still in use is its own successor. Refused as by `municipality` when nobody had it that day.
    """
    if heirs := [(c.new_code, c.weight) for c in changes(code) if c.valid_from <= on <= c.valid_to]:
        return heirs
    return [(municipality(code, on).code, 1.0)]


def changes(code: str | None = None) -> tuple[CodeChange, ...]:
    """The changes of one old code (empty when it has none); without a code: every change."""
    if code is not None:
        return _tables().changes.get(code, ())
    return tuple(change for entries in _tables().changes.values() for change in entries)


def regions(community: str) -> tuple[RegionFact, ...]:
    """The regions of a community, as far as the register knows them."""
    return tuple(fact for fact in _tables().regions if fact.community_code == community)


def check(folder: Path = FOLDER) -> None:
    """Refused, naming file and line, when the tables of `folder` contradict themselves."""
    read(folder)


@lru_cache(maxsize=1)
def _tables() -> Tables:
    return read(FOLDER)


@lru_cache(maxsize=1)
def _by_code() -> dict[str, MunicipalityFact]:
    return {fact.code: fact for fact in _tables().municipalities}
