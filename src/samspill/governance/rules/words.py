"""The words of the meetings, explained, from `data/words.yaml`. Plain values."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parent.parent / "data" / "words.yaml"
FORMS = frozenset({"nb", "nn"})


@dataclass(frozen=True)
class Word:
    """A word in one målform: what it is shortened to ("" for nothing), and what it means."""

    word: str
    short: str
    means: str


def words_in(language: str) -> list[Word]:
    """Every word; anything but nynorsk is bokmål."""
    form = "nn" if language == "nn" else "nb"
    return [Word(row["word"][form], row.get("short", ""), row["means"][form]) for row in _rows()]


@cache
def _rows() -> list[dict[str, Any]]:
    """The data as it stands. ValueError when a word lacks one of the målformer."""
    rows: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    for row in rows:
        texts = [row.get("word", {}), row.get("means", {})]
        if any(set(text) != FORMS or not all(text.values()) for text in texts):
            raise ValueError(f"«{row.get('word')}» in words.yaml lacks something in one of the målformer.")
    return rows
