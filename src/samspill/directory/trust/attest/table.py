"""The 58 rules as a table, read strictly from `rules.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samspill.directory.trust.tables import exactly, read_table

FILE = Path(__file__).resolve().parent / "rules.yaml"
KEYS = frozenset({"number", "about", "attribute", "strength", "held", "code", "says"})
HELD = ("check", "reading", "token", "decision", "log", "issuing", "organisation", "outside", "unused")
LAST = 58


@dataclass(frozen=True)
class Rule:
    """One numbered rule. `code` is what a breach is refused with, "" where no code of ours looks at it."""

    number: int
    about: str
    attribute: str
    strength: str
    held: str
    code: str
    says: str
    values: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"ATT-{self.number}"


@cache
def rules() -> dict[int, Rule]:
    """Number -> rule, 1–58. ValueError: a key unknown, twice or missing, a number missing or twice."""
    file = exactly(read_table(FILE), FILE.name, required={"source", "read", "rules"})
    found = [_rule(row, f"{FILE.name}, row {place}") for place, row in enumerate(file["rules"], start=1)]
    if [rule.number for rule in found] != list(range(1, LAST + 1)):
        raise ValueError(f"{FILE.name} must have the rules 1–{LAST}, each once and in order.")
    return {rule.number: rule for rule in found}


def _rule(row: object, place: str) -> Rule:
    written = exactly(row, place, required=KEYS, optional={"values"})
    if written["held"] not in HELD:
        raise ValueError(f"{place}: «held» must be one of {', '.join(HELD)}.")
    if written["held"] == "check" and not written["code"]:
        raise ValueError(f"{place}: a rule that is checked needs a code.")
    values = tuple(str(one) for one in written.get("values", ()))
    return Rule(**{name: written[name] for name in KEYS}, values=values)
