"""Whatever order the blocks come in and whatever signs stand in them, a reading comes out, and soon."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from plan_blocks import HEADER, document_of, heading, item, paragraph, row

from factories.tried import a_few
from samspill.documents.public import Block, read_here
from samspill.plans.reading import read_plan, to_json

RULES = Path(__file__).parents[3] / "rules" / "plans"
# Signs nobody means to write, and words the rules look for, said too often
ODD = (
    "\u200b", "\u202e", "🙂", "\x00", "ﬁ", "(" * 200, "«" * 50, " " * 500, "a) " * 100, "• " * 80,
    "skal " * 200, "og " * 300, "1.1.1.1 " * 50, "2026 " * 100, "Å" * 3000, "|" * 90, "**" * 200,
    "[x](" * 60, "<b>" * 100, "Kommunene i Nes, " * 100, "Ansvar: " * 100, "Tiltak: " * 60,
)  # fmt: skip
LABELS = ("", "a)", "1.", "2.1", "–", "[ ]")


@cache
def blocks_of_all_excerpts() -> tuple[Block, ...]:
    found: list[Block] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.md"
        for file in sorted(RULES.glob("*.yaml")):
            for case in yaml.safe_load(file.read_text("utf-8")):
                path.write_text(case["text"], "utf-8")
                found += read_here(path).blocks
    return tuple(found)


def spoilt(block: Block, chance: random.Random) -> Block:
    """The block, or now and then one with an odd text, another level, label or page, or fewer cells."""
    cells = tuple(
        replace(cell, text=cell.text + chance.choice(ODD)) if chance.random() < 0.2 else cell
        for cell in block.cells[: chance.randint(0, 6)]
    )
    return replace(
        block,
        text=block.text + chance.choice(ODD) if chance.random() < 0.2 else block.text,
        level=chance.randint(0, 6),
        label=chance.choice((*LABELS, block.label)),
        cells=cells if chance.random() < 0.3 else block.cells,
        page=chance.choice((None, 1, 2, 3)),
    )


@a_few("seed", range(40), every=4)
def test_blocks_in_any_order_with_odd_signs_are_read(seed: int) -> None:
    chance = random.Random(seed)
    chosen = chance.sample(blocks_of_all_excerpts(), chance.randint(5, 120))
    document = document_of(*(spoilt(block, chance) for block in chosen))
    reading = read_plan(document)
    json.dumps(to_json(reading))
    assert all(1 <= one.line <= one.last_line <= len(document.lines) for one in reading.measures)
    assert all(0 < one.confidence <= 1 and one.rule for one in reading.measures)
    assert read_plan(document) == reading


def long_documents() -> dict[str, Sequence[Block]]:
    chance = random.Random(1)
    everything = blocks_of_all_excerpts()
    rows = (row(f"Mål {number // 3}", f"Lage plan {number}", "SSU, kommunene") for number in range(9_999))
    goals_and_items = (
        block
        for number in range(3_333)
        for block in (
            paragraph(f"Mål {number}: Bedre {number}"),
            paragraph("Tiltak:"),
            item(f"Lage {number}"),
        )
    )
    return {
        "at random": [chance.choice(everything) for _ in range(10_000)],
        "one table": [heading("Satsingsområder"), row(*HEADER, is_header=True), *rows],
        "one area": [heading("Satsingsområder"), heading("Alt", level=3), *goals_and_items],
        "one sentence": [heading("Satsingsområder"), paragraph("Kommunene skal lage en plan og " * 6_000)],
        "chapters": [heading(f"Område {number}", number=f"2.{number}") for number in range(10_000)],
    }


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", ["at random", "one table", "one area", "one sentence", "chapters"])
def test_a_very_long_document_is_read_to_its_end(name: str) -> None:
    """What grows with the square of the length would not come to an end here."""
    assert read_plan(document_of(*long_documents()[name])).sha256
