"""Real plans rewritten: other names, the other målform, other lines and pages. The reading follows.

What is compared is a reading with a reading; no sentence of a plan stands here.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from samspill.documents.public import read_here
from samspill.plans.reading import Measure, PlanReading, read_plan

SEEDS = Path(__file__).parents[5] / "shared" / "seeds"

# Names that are in no register, one for one
NAMES = {
    "Sykehuset Østfold": "Sykehuset Fjordheim",
    "Østfold": "Fjordheim",
    "Vestfold": "Myrland",
    "Sogn og Fjordane": "Heidal og Vikane",
    "Fredrikstad": "Storvik",
    "Sarpsborg": "Nesbygd",
    "Rakkestad": "Åsgrend",
    "Vestby": "Lundeby",
    "Mosseregionen": "Strandregionen",
    "Indre Fjordheim": "Øvre Fjordheim",
    "Larvik": "Kystby",
    "Tønsberg": "Bergeby",
    "Horten": "Haugeby",
    "Sandefjord": "Sundeby",
    "Telemark": "Heimark",
    "Nordfjord": "Nordvik",
    "Kompetansebroen": "Kunnskapsbroen",
    "Vitality": "Vireo",
    "UngArena": "UngTorg",
    "SiV": "SiM",
}
BODIES = {
    "Strategisk samarbeidsutvalg": "Strategisk samhandlingsråd",
    "Faglig samarbeidsutvalg": "Faglig samhandlingsråd",
    "faglig samarbeidsutvalg": "faglig samhandlingsråd",
    "SSU": "SSR",
    "FSU": "FSR",
}
# Function words and the commonest words of plans
TO_NYNORSK = {
    "ikke": "ikkje", "fra": "frå", "en": "ein", "et": "eit", "kommunene": "kommunane", "utvalget": "utvalet",
    "Utvalget": "Utvalet", "Underutvalget": "Underutvalet", "sykehuset": "sjukehuset", "være": "vere",
    "etableres": "etablerast", "videreføres": "vidareførast", "videreutvikle": "vidareutvikle",
    "ferdigstilles": "ferdigstillast", "implementeres": "implementerast", "videre": "vidare",
    "Gruppen": "Gruppa", "fortsetter": "held fram", "ønskelig": "ønskjeleg", "vedtatt": "vedteke",
    "hvordan": "korleis", "noe": "noko", "også": "òg", "alle": "alle", "helsetjenester": "helsetenester",
    "tjenester": "tenester", "utvides": "utvidast",
}  # fmt: skip
TO_BOKMAL = {
    "ikkje": "ikke", "frå": "fra", "ein": "en", "eit": "et", "kommunane": "kommunene", "vidareutvikle":
    "videreutvikle", "vidareføre": "videreføre", "følgje": "følge", "Følgje": "Følge", "Vidare": "Videre",
    "leggje": "legge", "halde": "holde", "Halde": "Holde", "vere": "være", "korleis": "hvordan", "sjukehus":
    "sykehus", "tenester": "tjenester", "pasientane": "pasientene", "kvarandre": "hverandre", "dei": "de",
    "reviderast": "revideres", "evaluerast": "evalueres", "konkretiserast": "konkretiseres",
    "prioriterast": "prioriteres", "Følgjande": "Følgende", "komande": "kommende", "partnarane": "partnerne",
}  # fmt: skip


def seed(number: str) -> str:
    found = sorted(SEEDS.glob(f"{number}*.txt"))
    if not found:
        pytest.skip(f"the plan {number} is not in {SEEDS}")
    return found[0].read_text("utf-8")


@cache
def original(number: str) -> PlanReading:
    seed(number)
    return read_plan(read_here(sorted(SEEDS.glob(f"{number}*.txt"))[0]))


def reading_of(text: str, folder: Path) -> PlanReading:
    path = folder / "plan.txt"
    path.write_text(text, "utf-8")
    return read_plan(read_here(path))


def renamed(text: str, names: Mapping[str, str]) -> str:
    for old, new in names.items():
        text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)" if old.isupper() else re.escape(old), new, text)
    return text


def in_words(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"[\wæøåÆØÅ]+", lambda found: words.get(found[0], found[0]), text)


def fields(measure: Measure, change: Callable[[str], str]) -> tuple[object, ...]:
    who = tuple(change(one.raw) for one in measure.responsible)
    return (change(measure.text), change(measure.focus_area), who, measure.responsible_from, measure.deadline)


@pytest.mark.parametrize("number", ["000", "001", "002", "004"])
@pytest.mark.parametrize("names", [NAMES, BODIES, {**NAMES, **BODIES}], ids=["names", "bodies", "both"])
def test_other_names_give_the_same_measures_with_the_names_changed(
    number: str, names: Mapping[str, str], tmp_path: Path
) -> None:
    before = original(number)

    def change(text: str) -> str:
        return renamed(text, names)

    after = reading_of(change(seed(number)), tmp_path)
    assert [fields(one, str) for one in after.measures] == [fields(one, change) for one in before.measures]
    assert [area.title for area in after.focus_areas] == [change(area.title) for area in before.focus_areas]
    assert (after.title, after.kind, after.period) == (change(before.title), before.kind, before.period)
    assert (after.language, after.slogan) == (before.language, change(before.slogan))
    assert after.patient_groups == before.patient_groups
    assert len(after.questions) == len(before.questions)
    assert {change(long) for long in before.abbreviations.values()} == set(after.abbreviations.values())


@pytest.mark.parametrize(
    ("number", "name"), [("000", "Fjordheim"), ("001", "Myrland"), ("004", "Heidal og Vikane")]
)
def test_a_community_in_no_register_is_known_by_its_name(number: str, name: str, tmp_path: Path) -> None:
    assert reading_of(renamed(seed(number), NAMES), tmp_path).community.name == name


@pytest.mark.parametrize(
    ("number", "words"),
    [("000", TO_NYNORSK), ("001", TO_NYNORSK), ("004", TO_BOKMAL)],
    ids=["000", "001", "004"],
)
def test_the_other_malform_gives_the_same_measures(
    number: str, words: Mapping[str, str], tmp_path: Path
) -> None:
    before = original(number)
    after = reading_of(in_words(seed(number), words), tmp_path)
    assert Counter(one.line for one in after.measures) == Counter(one.line for one in before.measures)
    assert [one.deadline for one in after.measures] == [one.deadline for one in before.measures]
    assert [bool(one.responsible) for one in after.measures] == [
        bool(one.responsible) for one in before.measures
    ]
    assert len(after.focus_areas) == len(before.focus_areas)


def wrapped(text: str, width: int) -> str:
    """Running text in lines of at most `width` characters; headings, lists and contents as they are."""
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        if len(line) > width and "...." not in line and line.rstrip().endswith((".", ":", "»"))
        else line
        for line in text.split("\n")
    )


@pytest.mark.parametrize("number", ["000", "001", "004"])
@pytest.mark.parametrize("width", [70, 90, 120])
def test_other_line_breaks_give_the_same_measures(number: str, width: int, tmp_path: Path) -> None:
    before = original(number)
    after = reading_of(wrapped(seed(number), width), tmp_path)
    assert Counter(fields(one, str) for one in after.measures) == Counter(
        fields(one, str) for one in before.measures
    )


def paged(text: str, lines: int, header: str) -> str:
    """A header with the number of the page after every so many lines, wherever they fall in a sentence."""
    parts, page = [], 1
    for place, line in enumerate(text.split("\n"), start=1):
        parts.append(line)
        if place % lines == 0:
            page += 1
            parts += ["", f"{header} {page}".strip(), ""]
    return "\n".join(parts)


@pytest.mark.parametrize("number", ["000", "001", "004"])
@pytest.mark.parametrize("header", ["", "Side"])
def test_page_numbers_in_the_middle_of_sentences_change_no_measure(
    number: str, header: str, tmp_path: Path
) -> None:
    before = original(number)
    after = reading_of(paged(wrapped(seed(number), 95), 37, header), tmp_path)
    assert texts_from_prose(after) == texts_from_prose(before)


def texts_from_prose(reading: PlanReading) -> Counter[str]:
    return Counter(one.text for one in reading.measures if one.rule.startswith("prose"))
