"""The 58 rules as a table, read strictly from `rules.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samspill.analysis.appraisal.written import Written, read_yaml
from samspill.refusal import Refused

FILE = Path(__file__).resolve().parent / "rules.yaml"
KEYS = ("number", "about", "attribute", "strength", "held", "code", "says", "values")
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
    """Number -> rule, 1–58. Refused: a key unknown, twice or missing, a number missing or twice."""
    file = read_yaml(FILE.read_text("utf-8"), FILE.name).only("source", "read", "rules")
    found = [
        _rule(row, f"{FILE.name}, row {place}") for place, row in enumerate(file.values["rules"], start=1)
    ]
    if [rule.number for rule in found] != list(range(1, LAST + 1)):
        raise Refused("attest.table", f"{FILE.name} must have the rules 1–{LAST}, each once and in order.")
    return {rule.number: rule for rule in found}


def _rule(row: object, place: str) -> Rule:
    written = Written(row, place).only(*KEYS)
    if written.text("held") not in HELD:
        raise Refused("attest.table", f"{place}: «held» must be one of {', '.join(HELD)}.")
    if (written.text("held") == "check") and not written.text("code"):
        raise Refused("attest.table", f"{place}: a rule that is checked needs a code.")
    return Rule(
        number=written.whole("number"),
        about=written.text("about", ""),
        attribute=written.text("attribute", ""),
        strength=written.text("strength", ""),
        held=written.text("held"),
        code=written.text("code", ""),
        says=written.text("says"),
        values=tuple(str(one) for one in written.values.get("values", [])),
    )
