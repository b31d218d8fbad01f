"""Lists are told by their lead, the form of their items, and how they stand among the others of the plan."""

from pathlib import Path

import pytest
from plan_blocks import read_text

from samspill.documents.blocks import Block, BlockKind, Document
from samspill.plans.reading.item_forms import form_of
from samspill.plans.reading.list_habits import habits_of, keep_stops, split_theme
from samspill.plans.reading.list_signs import gather
from samspill.plans.reading.weighing_lists import balance, measures_among, weights
from samspill.plans.reading.whole_lists import with_whole_lists

PLAN = """# Handlingsplan 2026-2028 for Helsefellesskapet Nordkyst

## Satsingsområde 1: Barn

{first}

- Etablere felles mottak (Nordkyst kommune, 1. mars 2027)
- Leige eit rom på skulen (Nordkyst sjukehus, hausten 2026)

{second}

- færre barn ventar
- tryggare foreldre

## Satsingsområde 2: Eldre

{first}

- Kurse vikarane i ernæring (Sekretariatet, 2027)
- Bytte ut dei gamle sengene

{second}

- betre matlyst
"""


def texts_of(tmp_path: Path, text: str) -> list[str]:
    return [measure.text for measure in read_text(tmp_path, text).measures]


@pytest.mark.parametrize("lead", ["Grep:", "Veivalg:", "Her tek vi i:", "Blåbær:"])
def test_lists_of_what_is_done_by_somebody_are_measures_whatever_stands_above(
    tmp_path: Path, lead: str
) -> None:
    assert texts_of(tmp_path, PLAN.format(first=lead, second="Slik blir det:")) == [
        "Etablere felles mottak",
        "Leige eit rom på skulen",
        "Kurse vikarane i ernæring",
        "Bytte ut dei gamle sengene",
    ]


def test_a_list_with_the_same_words_above_as_the_measures_is_judged_with_them(tmp_path: Path) -> None:
    text = PLAN.format(first="Grep:", second="Effekt:") + "\nGrep:\n\n- nye gardiner\n"
    assert texts_of(tmp_path, text)[-1] == "nye gardiner"


@pytest.mark.parametrize(
    "lead",
    ["Forventet effekt:", "Risiko:", "Nasjonale mål:", "Indikatorer:", "Føresetnader:", "Verdiane våre:"],
)
def test_lists_that_promise_nothing_are_none(tmp_path: Path, lead: str) -> None:
    text = f"# Handlingsplan 2026-2028\n\n## Satsing 1: Barn\n\n{lead}\n\n- Trygge barn\n- Nok folk\n"
    assert texts_of(tmp_path, text) == []


@pytest.mark.parametrize(
    ("item", "form"),
    [
        ("å lage felles mal", "to-infinitive"),
        ("Etablere felles team", "infinitive"),
        ("Leige eit rom på skulen", "infinitive-like"),
        ("Innfør felles triage", "order"),
        ("Etablering av felles team", "action-noun"),
        ("Arrangert to fagdager", "done"),
        ("Færre barn venter", "compared"),
        ("Gode pasientforløp", "thing"),
        ("Vi skal være til å stole på.", "will"),
        ("Epikrisen kommer etter pasienten", "fact"),
        ("Opnar avlastingssenger", "present"),
        ("Kari Nordbråten, Kongsvinger sykehus", "person"),
        ("At fastlegene deltar", "clause"),
        ("**Utstyr:** samle alt på ett lager", "infinitive"),
    ],
)
def test_an_item_has_a_form(item: str, form: str) -> None:
    assert form_of(item) == form


def test_a_theme_is_one_when_all_items_have_one_and_most_are_nobody() -> None:
    themed = [
        "Utstyr: samle alt på ett lager",
        "Skole: prøve ut faste dager",
        "Turnus: innføre felles turnus",
    ]
    assert habits_of(themed).themes
    assert not habits_of(["Kommunene: opne mottak", "Sykehuset: lage plan"]).themes
    assert not habits_of(["Utstyr: samle alt på ett lager", "Opne mottak"]).themes
    assert split_theme(themed[0]) == ("Utstyr", "samle alt på ett lager")


def test_names_in_brackets_count_where_the_plan_has_several() -> None:
    plain = ["Lage rutine", "Øve sammen", "Kjøpe inn", "Dele ut"]
    assert habits_of([*plain, "Lage film (Kommunikasjonsforum)", "Bytte senger (Stad kommune)"]).names
    assert not habits_of([*plain, "Lage film (Stad kommune)"]).names


def test_a_full_stop_stays_where_items_are_sentences() -> None:
    assert keep_stops(["Gi beskjed.", "Innfør triage. Ansvarlig: FSU"])
    assert not keep_stops(["Gi beskjed", "Innføre triage. Ansvar: FSU"])


def test_who_stands_after_v_is_who_does_it(tmp_path: Path) -> None:
    text = PLAN.format(first="Tiltak:", second="Effekt:").replace(
        "(Nordkyst kommune, 1. mars 2027)", ", v/ barneavdelinga, innan 1. oktober 2026"
    )
    first = read_text(tmp_path, text).measures[0]
    assert first.text == "Etablere felles mottak"
    assert [who.raw for who in first.responsible] == ["barneavdelinga"]
    assert str(first.deadline) == "2026-10-01"


def test_one_item_alone_below_running_text_is_no_list_of_measures() -> None:
    alone = block(BlockKind.LIST_ITEM, "Utvikle felles team", 2)
    assert not measures_among(gather([block(BlockKind.PARAGRAPH, "Her er fire punkter.", 1), alone]))
    assert measures_among(gather([block(BlockKind.PARAGRAPH, "Tiltak:", 1), alone]))


def document(*blocks: Block) -> Document:
    return Document("plan.md", "", "markdown", blocks, tuple(block.verbatim for block in blocks))


def block(kind: BlockKind, text: str, line: int) -> Block:
    level = 1 if kind is BlockKind.LIST_ITEM else 0
    return Block(kind, text, text, line, line, level=level, label="a)" if level else "")


def test_lines_numbered_with_a_letter_are_a_list_and_what_stands_below_is_deeper() -> None:
    line, item = BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
    whole = with_whole_lists(
        document(
            block(line, "Strategiske tiltak:", 1),
            block(line, "A.1 Felles døgnvakt", 2),
            block(item, "i Sandøy", 3),
            block(line, "A.2 Opplæring", 4),
            block(line, "B.1 er navnet på en vei.", 6),
        )
    )
    assert [(one.kind, one.level, one.label, one.text) for one in whole.blocks[1:4]] == [
        (item, 1, "A.1", "Felles døgnvakt"),
        (item, 2, "a)", "i Sandøy"),
        (item, 1, "A.2", "Opplæring"),
    ]
    assert whole.blocks[4].kind is line


def test_an_item_parted_at_the_word_for_who_is_one_again() -> None:
    parted = document(
        block(BlockKind.LIST_ITEM, "Rydde i listene. Ansvar:", 1),
        block(BlockKind.PARAGRAPH, "Fastlegene i Gratangen.", 2),
    )
    assert [one.text for one in with_whole_lists(parted).blocks] == [
        "Rydde i listene. Ansvar: Fastlegene i Gratangen."
    ]


def test_what_tells_is_said_of_each_list() -> None:
    lists = gather(
        [
            block(BlockKind.PARAGRAPH, "Tiltak:", 1),
            block(BlockKind.LIST_ITEM, "Etablere felles team", 2),
            block(BlockKind.LIST_ITEM, "Lage en rutine", 3),
        ]
    )
    told = measures_among(lists)
    assert set(told) == {1}
    assert told[1]
    assert balance(lists[0].traits) > 0
    assert all(trait.strip() for trait in weights())
