"""Conditions as groups of ICD-10 codes, counted once each, the milder hidden by the graver."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samspill.analysis.appraisal.written import Written, read_yaml

FOLDER = Path(__file__).parent
KEYS = {
    "hospital_frailty.yaml": ("source", "note", "bands", "points"),
    "charlson.yaml": ("source", "versions", "hidden", "age", "conditions"),
    "lace.yaml": (
        *("source", "note", "length_of_stay_days", "acute", "comorbidity", "emergency_visits"),
        *("bands", "weights", "hidden", "conditions"),
    ),
}


@dataclass(frozen=True)
class Reason:
    """Points, what for, and the codes they rest on as they were written. `hidden_by` says why it is 0.

    `group` is the group of codes or the condition, `name` its name in English.
    """

    group: str
    name: str
    points: float
    codes: tuple[str, ...]
    hidden_by: str = ""

    def __str__(self) -> str:
        hidden = f" (counted as {self.hidden_by})" if self.hidden_by else ""
        return f"{self.name}: {self.points:g}{hidden} – {', '.join(self.codes)}"


@dataclass(frozen=True)
class Condition:
    """`codes` are beginnings: I21 is I21, I21.0 and so on."""

    code: str
    name: str
    codes: tuple[str, ...]


@cache
def table(name: str) -> Written:
    """One of the YAML files beside, with no other keys than those that are read."""
    return read_yaml((FOLDER / name).read_text("utf-8"), name).only(*KEYS[name])


def conditions(name: str) -> dict[str, Condition]:
    """The conditions of a table, by code."""
    return {
        code: Condition(code, part.only("name", "codes").text("name"), tuple(map(str, part.values["codes"])))
        for code, part in table(name).parts("conditions").items()
    }


def reasons(
    given: Mapping[str, str],
    among: Mapping[str, Condition],
    weights: Mapping[str, int],
    hidden: Mapping[str, str],
) -> tuple[Reason, ...]:
    """What each condition found counts, most points first; conditions without a weight are left out.

    `given` is from `plain_codes`; `hidden` is graver by milder.
    """
    found = {
        code: tuple(written for plain, written in given.items() if plain.startswith(one.codes))
        for code, one in among.items()
        if code in weights
    }
    there = {code: codes for code, codes in found.items() if codes}
    told = [
        Reason(code, among[code].name, 0, codes, among[hidden[code]].name)
        if hidden.get(code) in there
        else Reason(code, among[code].name, weights[code], codes)
        for code, codes in there.items()
    ]
    return tuple(sorted(told, key=lambda one: (-one.points, one.name)))
