"""What a brief consists of for each kind of case, from `data/briefs.yaml`. Plain values."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from samspill.governance.states import REQUIRED_PARTS, BriefPart, CaseKind

FILE = Path(__file__).resolve().parent.parent / "data" / "briefs.yaml"
FORMS = frozenset({"nb", "nn"})
KEYS = frozenset({"part", "heading", "help"})
STATEMENT = "statement"


@dataclass(frozen=True)
class PartTemplate:
    """A part of a brief: its heading and words to begin from in the målform of the case; what its writer is
    told in the writer's.
    """

    part: BriefPart
    heading: str
    help: str
    start: str
    is_required: bool


def template_of(kind: str, language: str, *, writer: str = "") -> tuple[PartTemplate, ...]:
    """The parts for a case of `kind` (a CaseKind) in their order; anything but nynorsk is bokmål.

    `writer` is the language of who writes, "" for that of the case.
    """
    form, told = _form(language), _form(writer or language)
    required = REQUIRED_PARTS[CaseKind(kind)]
    return tuple(_part(row, form, told, BriefPart(row["part"]) in required) for row in _rows()[kind])


def statement_template(language: str) -> PartTemplate:
    """What a user representative's own statement may begin from."""
    return _part(_rows()[STATEMENT][0], _form(language), _form(language), False)


def _form(language: str) -> str:
    return "nn" if language == "nn" else "nb"


def _part(row: dict[str, Any], form: str, told: str, is_required: bool) -> PartTemplate:
    start = row.get("start", {}).get(form, "")
    return PartTemplate(BriefPart(row["part"]), row["heading"][form], row["help"][told], start, is_required)


@cache
def _rows() -> dict[str, list[dict[str, Any]]]:
    """The data as it stands. ValueError when a kind, a part or a målform is missing."""
    rows: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text("utf-8"))
    if set(rows) != {*CaseKind.values, STATEMENT}:
        raise ValueError(f"briefs.yaml must have {sorted([*CaseKind.values, STATEMENT])}.")
    for kind, parts in rows.items():
        for row in parts:
            texts = [row.get(key, {}) for key in ("heading", "help", "start") if key in row]
            if not set(row) >= KEYS or any(set(text) != FORMS or not all(text.values()) for text in texts):
                raise ValueError(f"«{row.get('part')}» of «{kind}» lacks something in one of the målformer.")
        if kind != STATEMENT and not REQUIRED_PARTS[CaseKind(kind)] <= {
            BriefPart(row["part"]) for row in parts
        }:
            raise ValueError(f"briefs.yaml lacks a part that every brief of «{kind}» must have.")
    return rows
