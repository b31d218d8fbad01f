"""Real plans rewritten: other names, owners, columns, dates, målform, formats, page breaks; nothing is lost.

What comes out must be what was put in. None of the plans' sentences stand here: they are read where they lie.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from plan_writer import WAYS, Part, parts_of, plain, write

from factories.tried import a_few
from samspill.documents.public import read_here
from samspill.plans.reading import PlanReading, read_plan

SEEDS = Path(__file__).parents[5] / "shared" / "seeds"
NARROW = ("pdf-two-columns",)  # seven columns of a table in half a page

NYNORSK = {
    "Hva vil vi?": "Kva vil vi?", "Hvordan få det til?": "Korleis få det til?", "Ansvarlig": "Ansvarleg",
}  # fmt: skip
NAMES = {
    "Troms og Ofoten": "Ytre Namdal", "UNN": "NSH", "SEKR": "FELSEK", "FSU": "FAU", "SSU": "STU",
    "PM": "PMØTE",
}  # fmt: skip
OWNERS = (
    ("SEKR", ("SEKR",)),
    ("Kommunene og UNN", ("Kommunene", "UNN")),
    ("FSU BU, FSU PHR", ("FSU BU", "FSU PHR")),
    ("Felles", ("Felles",)),
    ("SSU/PM", ("SSU", "PM")),
    ("UNN, kommunene og SEKR", ("UNN", "kommunene", "SEKR")),
    ("Brukerutvalget", ("Brukerutvalget",)),
    ("Fagdirektøren ved UNN", ("Fagdirektøren ved UNN",)),
    ("", ()),
)
DEADLINES = (
    ("1. mars 2023", date(2023, 3, 1)),
    ("våren 2023", date(2023, 5, 31)),
    ("31.12.23", date(2023, 12, 31)),
    ("i løpet av 2023", date(2023, 12, 31)),
    ("3. kvartal 2023", date(2023, 9, 30)),
    ("2. halvår 2023", date(2023, 12, 31)),
    ("innen 1. juni", date(2023, 6, 1)),
    ("Løpende", None),
    ("", None),
)
OTHERS = {
    "Status": ("Ikke startet", "Pågår", ""),
    "Indikator": ("Antall møter", "Skal være 90 prosent", ""),
    "Kostnad": ("100 000", "Innen ramme", ""),
}


@dataclass(frozen=True, slots=True)
class Expected:
    text: str
    goal: str
    owners: tuple[str, ...]
    deadline: date | None


def source(number: str) -> str:
    found = sorted(SEEDS.glob(f"{number}*.txt"))
    if not found:
        pytest.skip(f"the plan {number} is not in {SEEDS}")
    return found[0].read_text("utf-8")


def seed_parts(number: str) -> list[Part]:
    """The plan without links and contents, with its headings marked as such."""
    parts = parts_of(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", source(number)))
    if number == "004":
        parts = [_plain_heading(part) for part in parts]
    if number == "001":
        around = zip([None, *parts], parts, [*parts[1:], None], strict=False)
        parts = [_numbered_heading(before, part, after) for before, part, after in around]
    return [part for part in parts if not (part.kind == "table" and "s. " in part.rows[0][-1])]


def _plain_heading(part: Part) -> Part:
    short = part.kind == "text" and len(part.text) < 75 and part.text[-1] not in ".:;,"
    if not short or part.text.startswith("Strategi"):
        return Part("heading", part.text, 1) if short else part
    return Part("heading", part.text, 2 if part.text[0].isdigit() else 3)


def _numbered_heading(before: Part | None, part: Part, after: Part | None) -> Part:
    alone = before is not None and before.kind != "item" and after is not None and after.kind == "text"
    if part.kind == "item" and part.label[0].isdigit() and alone:
        return Part("heading", f"{part.label} {part.text}", 2)
    return part


def renamed(text: str, names: dict[str, str]) -> str:
    for old, new in names.items():
        text = re.sub(rf"\b{re.escape(old)}\b", new, text)
    return text


def rewritten(chance: random.Random) -> tuple[list[Part], list[Expected]]:
    """The plan with tables, turned over by chance, and what must be read from it."""
    more = ["Frist", *chance.sample(sorted(OTHERS), chance.randint(0, 3))]
    order = ["goal", "measure", "who", *more]
    if chance.random() < 0.6:
        chance.shuffle(order)
    names = NAMES if chance.random() < 0.6 else {}
    headers = NYNORSK if chance.random() < 0.4 else {}
    labels = chance.random() < 0.7
    parts: list[Part] = []
    expected: list[Expected] = []
    for part in seed_parts("003"):
        if part.kind != "table":
            parts.append(replace(part, text=renamed(part.text, names)))
            continue
        first = dict(zip(("goal", "measure", "who"), part.rows[0], strict=True))
        rows = [[headers.get(first.get(name, name), first.get(name, name)) for name in order]]
        goal = ""
        for said in part.rows[1:]:
            goal = plain(said[0]) or goal
            (who, owners), (when, day) = chance.choice(OWNERS), chance.choice(DEADLINES)
            bare = re.sub(r"^\w\) ", "", said[1])
            cells = {"goal": said[0], "measure": said[1] if labels else bare, "who": who, "Frist": when}
            cells |= {name: chance.choice(texts) for name, texts in OTHERS.items()}
            rows.append([renamed(cells[name], names) for name in order])
            own = tuple(renamed(owner, names) for owner in owners)
            expected.append(Expected(renamed(bare, names), renamed(goal, names), own, day))
        parts.append(Part("table", rows=rows))
    return parts, expected


def found_in(reading: PlanReading) -> list[Expected]:
    return [
        Expected(one.text, one.goal, tuple(who.raw for who in one.responsible), one.deadline)
        for one in reading.measures
    ]


@a_few("seed", range(3), most=1)
@pytest.mark.parametrize("way", [way for way in WAYS if way not in NARROW])
def test_a_plan_with_tables_turned_over_gives_what_was_put_in(way: str, seed: int, tmp_path: Path) -> None:
    parts, expected = rewritten(random.Random(seed * 100 + len(way)))
    reading = read_plan(read_here(write(parts, tmp_path, way)))
    assert found_in(reading) == expected
    assert [area.number for area in reading.focus_areas] == ["2.1", "2.2", "2.3"]


def told(reading: PlanReading) -> list[tuple[str, str, tuple[str, ...], date | None]]:
    """What is to be done, where, by whom and when; in lists and in running text."""
    return [
        (one.text, one.focus_area, tuple(who.raw for who in one.responsible), one.deadline)
        for one in reading.measures
    ]


def areas_of(reading: PlanReading) -> Sequence[tuple[str, str, str]]:
    return [(area.number, area.title, area.parent) for area in reading.focus_areas]


@a_few("number", ["000", "001", "004"], most=1)
@pytest.mark.parametrize("way", WAYS)
def test_a_plan_in_another_format_has_the_same_areas_and_measures(
    way: str, number: str, tmp_path: Path
) -> None:
    if (number, way) == ("001", "word-bold-typed"):
        pytest.skip("typed numbers and bold tell an introductory list and headings no longer apart")
    text = tmp_path / "plan.txt"
    text.write_text(source(number), "utf-8")
    original = read_plan(read_here(text))
    reading = read_plan(read_here(write(seed_parts(number), tmp_path, way)))
    assert areas_of(reading) == areas_of(original)
    assert told(reading) == told(original)


def test_the_reply_with_other_names_has_the_same_questions_and_answers(tmp_path: Path) -> None:
    names = {"Sykehuset Østfold": "Sykehuset Innlandet", "Østfold": "Innlandet", "SØ": "SI", "KAD": "ØHD"}
    texts = {"as it is": source("002"), "renamed": renamed(source("002"), names)}
    readings = []
    for name, text in texts.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text, "utf-8")
        readings.append(read_plan(read_here(path)))
    first, second = readings
    assert len(first.questions) == len(second.questions) == 11
    for one, other in zip(first.questions, second.questions, strict=True):
        assert (other.text, len(other.answers)) == (renamed(one.text, names), len(one.answers))
    assert len(first.examples) == len(second.examples)


@pytest.mark.parametrize("way", ["word", "word-merged-broken", "pdf", "pdf-hyphens-merged", "pdf-low-pages"])
def test_the_reply_as_one_table_keeps_every_question_and_answer(way: str, tmp_path: Path) -> None:
    text = tmp_path / "svar.txt"
    text.write_text(source("002"), "utf-8")
    original = read_plan(read_here(text))
    rows = [["Spørsmål", "Svar"]]
    rows += [[one.text, "<br>".join(one.answers[:3])] for one in original.questions]
    title = Part("heading", "Innspill til nasjonal plan 2028-2031", 1)
    reading = read_plan(read_here(write([title, Part("table", rows=rows)], tmp_path, way)))
    assert [one.text for one in reading.questions] == [one.text for one in original.questions]
    said = [" ".join(one.answers) for one in reading.questions]
    assert said == [" ".join(one.answers[:3]) for one in original.questions]
