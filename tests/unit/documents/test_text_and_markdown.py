"""Plain text and Markdown: what people paste, with wrapped lines, lost bullets and tables typed with tabs."""

import pytest

from samspill.documents.blocks import Block, BlockKind, Document
from samspill.documents.reading import read_bytes

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
ROW, NOTE, CONTENTS = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.CONTENTS


def read(text: str, name: str = "notat.txt") -> Document:
    return read_bytes(text.encode(), name)


def blocks(text: str, kind: BlockKind) -> list[Block]:
    return [block for block in read(text).blocks if block.kind is kind]


def texts(text: str, kind: BlockKind) -> list[str]:
    return [block.text for block in blocks(text, kind)]


# Paragraphs


def test_hard_wrapped_lines_become_one_paragraph() -> None:
    text = (
        "Kommunene og sykehuset arbeider sammen om\n"
        "å gi gode tjenester til alle som trenger\n"
        "dem, uansett hvor de bor.\n"
        "\n"
        "Neste avsnitt er kort.\n"
    )
    first, second = blocks(text, PARAGRAPH)
    assert first.text == (
        "Kommunene og sykehuset arbeider sammen om å gi gode tjenester til alle som trenger dem, uansett "
        "hvor de bor."
    )
    assert (first.line, first.last_line, second.line) == (1, 3, 5)
    assert first.verbatim == "\n".join(text.split("\n")[:3])


def test_a_paragraph_ends_where_the_line_was_broken_on_purpose() -> None:
    text = (
        "Utvalget møtes fire ganger i året, og melder\n"
        "fra til partene.\n"
        "Sekretariatet skriver referat og sender det\n"
        "ut til alle innen en uke etter møtet.\n"
    )
    assert texts(text, PARAGRAPH) == [
        "Utvalget møtes fire ganger i året, og melder fra til partene.",
        "Sekretariatet skriver referat og sender det ut til alle innen en uke etter møtet.",
    ]


def test_one_line_per_paragraph_stays_so() -> None:
    long = (
        "Dette avsnittet står på en eneste lang linje, slik tekstbehandlere lagrer dem, og det slutter her."
    )
    assert texts(f"{long}\n{long}\n", PARAGRAPH) == [long, long]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Vi publiserer saker og", "planer samlet.", "Vi publiserer saker og planer samlet."),
        (
            "Prosjektet varte i 2017-",
            "2018. Det var nyttig.",
            "Prosjektet varte i 2017-2018. Det var nyttig.",
        ),
        ("Vi satser på helse-", "og omsorgstjenester.", "Vi satser på helse- og omsorgstjenester."),
        ("Tilbudet til ROP-", "pasienter er delt.", "Tilbudet til ROP-pasienter er delt."),
        ("Arbeidet med rekrut-", "tering fortsetter.", "Arbeidet med rekruttering fortsetter."),
    ],
)
def test_a_sentence_is_joined_over_a_blank_line(first: str, second: str, joined: str) -> None:
    [block] = blocks(f"{first}\n\n{second}\n", PARAGRAPH)
    assert block.text == joined
    assert (block.line, block.last_line) == (1, 3)


def test_a_hyphen_stays_when_the_document_writes_the_word_with_it() -> None:
    text = "Vi bruker e-læring og video-\n\nmøter. Alle video-møter varer en time.\n"
    assert texts(text, PARAGRAPH) == ["Vi bruker e-læring og video-møter. Alle video-møter varer en time."]


@pytest.mark.parametrize("end", [".", ":", ";", "?", "!"])
def test_a_sentence_that_has_ended_is_not_joined(end: str) -> None:
    assert len(blocks(f"Her er en setning som er slutt{end}\n\nog her er noe annet\n", PARAGRAPH)) == 2


def test_a_sentence_goes_on_past_a_footnote() -> None:
    text = "Folketallet i opptaksområdet¹ har\n\n¹ Alle kommunene i det gamle fylket.\n\nvokst mer her.\n"
    [paragraph], [note] = blocks(text, PARAGRAPH), blocks(text, NOTE)
    assert paragraph.text == "Folketallet i opptaksområdet¹ har vokst mer her."
    assert (note.label, note.text) == ("1", "Alle kommunene i det gamle fylket.")


def test_short_small_lines_in_a_row_are_not_one_sentence() -> None:
    assert texts("barn\n\nunge\n\neldre\n", PARAGRAPH) == ["barn", "unge", "eldre"]


# Markup


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Vi vil **satse** på *dette* og <b>dette</b> også.", "Vi vil satse på dette og dette også."),
        ("Se [veilederen](https://eksempel.no/a) og [planen](#).", "Se veilederen og planen."),
        ("Tallet[^1] er nytt, og <sup>2</sup> er gammelt.", "Tallet¹ er nytt, og ² er gammelt."),
        ("Barn &amp; unge\u00a0i dag, og 2 * 3 * 4 er 24.", "Barn & unge i dag, og 2 * 3 * 4 er 24."),
        ("**Vi satser på samarbeid.** Det betyr at vi\nmøtes **oftere\nenn før**.",
         "Vi satser på samarbeid. Det betyr at vi møtes oftere enn før."),
        ("Navn: ______ og fil_navn_her er uendret.", "Navn: ______ og fil_navn_her er uendret."),
        ("En sti med \\*stjerne\\* og 1 < 2 > 0.", "En sti med *stjerne* og 1 < 2 > 0."),
    ],
)  # fmt: skip
def test_markup_is_taken_out_and_nothing_else(written: str, read_as: str) -> None:
    [block] = read(written).blocks
    assert block.text == read_as
    assert block.verbatim == written


def test_the_format_is_named_by_what_is_written_not_by_the_ending() -> None:
    assert read("# Plan\n\nTekst her.", "a.txt").format == "markdown"
    assert read("Plan\n\nTekst her.", "a.md").format == "text"


# Lists


def test_lists_know_their_labels_and_depth() -> None:
    text = "Vi:\n\n- møtes\n  - i mai\n  - i juni\n- skrive\n\na) først\nb) så\n\n• prikk\n1) tall\n(2) to\n"
    assert [(item.label, item.text, item.level) for item in blocks(text, ITEM)] == [
        ("-", "møtes", 1), ("-", "i mai", 2), ("-", "i juni", 2), ("-", "skrive", 1),
        ("a)", "først", 1), ("b)", "så", 1), ("•", "prikk", 1), ("1)", "tall", 1), ("(2)", "to", 1),
    ]  # fmt: skip


def test_a_wrapped_item_is_one_item_and_the_text_after_it_is_not_in_it() -> None:
    text = (
        "o Fastlegene må ha tid til å delta i samarbeidet,\n"
        "og avtalene må gjøre det mulig for dem\n"
        "\n"
        "o Kommunene trenger bedre tall\n"
        "\n"
        "Dette er et nytt avsnitt.\n"
    )
    assert texts(text, ITEM) == [
        "Fastlegene må ha tid til å delta i samarbeidet, og avtalene må gjøre det mulig for dem",
        "Kommunene trenger bedre tall",
    ]
    assert texts(text, PARAGRAPH) == ["Dette er et nytt avsnitt."]


def test_bullets_lost_on_the_way_leave_one_space_that_is_enough() -> None:
    text = (
        "Sykehuset og kommunene vil gjøre tre ting, og\n"
        "de henger sammen:\n"
        "\n"
        " Planlegge tjenester til denne gruppen og gjøre\n"
        "det sammen\n"
        "\n"
        " Øke kompetansen hos alle som bruker\n"
        "verktøyet\n"
        " Dele erfaringer\n"
    )
    assert [(item.label, item.text) for item in blocks(text, ITEM)] == [
        ("", "Planlegge tjenester til denne gruppen og gjøre det sammen"),
        ("", "Øke kompetansen hos alle som bruker verktøyet"),
        ("", "Dele erfaringer"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Samarbeidet er godt i hele området nå\n– og det skal det fortsatt være i\nårene som kommer.",
        "Avtalen gjelder fra og med\n1. januar neste år, og varer i\nto år.",
        "Vi vil fullføre arbeidet i løpet av\n3. kvartal, og deretter måle hva\nsom kom ut av det.",
    ],
)
def test_a_dash_or_a_date_first_on_a_wrapped_line_opens_no_list(text: str) -> None:
    assert texts(text, PARAGRAPH) == [" ".join(text.split())]


# Headings


def test_hashes_and_underlines_declare_headings() -> None:
    text = "Plan\n====\n\n2. Mål\n------\n\nTekst her.\n\n### 2.1 Barn og unge ###\n\nMer tekst.\n"
    assert [(block.label, block.text, block.level) for block in blocks(text, HEADING)] == [
        ("", "Plan", 1), ("2.", "Mål", 2), ("2.1", "Barn og unge", 3),
    ]  # fmt: skip


def test_numbered_lines_alone_are_headings_and_the_same_lines_in_a_list_are_not() -> None:
    text = (
        "Vi har to områder:\n\n1. Barn og unge\n2. Eldre\n\n"
        "1. Barn og unge\n\nTekst om barn.\n\n1.1 Skole\n\nTekst om skole.\n\n2. Eldre\n\nTekst om eldre.\n"
    )
    assert [(block.label, block.text, block.level) for block in blocks(text, HEADING)] == [
        ("1.", "Barn og unge", 1), ("1.1", "Skole", 2), ("2.", "Eldre", 1),
    ]  # fmt: skip
    assert texts(text, ITEM) == ["Barn og unge", "Eldre"]


def test_a_list_with_air_between_its_items_is_still_a_list() -> None:
    text = "Vi skal gjøre dette:\n\n1. Møtes i mai\n\n2. Skrive en plan\n\n3. Evaluere\n\nSå er vi ferdige.\n"
    assert texts(text, ITEM) == ["Møtes i mai", "Skrive en plan", "Evaluere"]
    assert not blocks(text, HEADING)


def test_short_lines_alone_are_headings_below_the_numbered_one_and_below_what_lists_them() -> None:
    text = (
        "2 Innsatsområde\n\nFelles planlegging\n\nVi planlegg saman.\n\nPrioriterte grupper\n\n"
        "Gruppene er desse:\n\n- barn og unge\n- eldre\n\nBarn og unge\n\nTekst.\n\nEldre\n\nMeir tekst.\n"
    )
    assert [(block.text, block.level) for block in blocks(text, HEADING)] == [
        ("Innsatsområde", 1), ("Felles planlegging", 2), ("Prioriterte grupper", 2),
        ("Barn og unge", 3), ("Eldre", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "SSU = Strategisk samarbeidsutvalg",
        "FSU DIG – faglig samarbeidsutvalg for digital samhandling",
        "Behandlet i partnerskapsmøtet 07.10.2022",
        "«Sammen om en felles helsetjeneste»",
        "Modell for samarbeidet:",
        "https://eksempel.no/sider/om-oss",
    ],
)
def test_short_lines_that_are_something_else_are_no_headings(line: str) -> None:
    assert texts(f"{line}\n\nEtterpå kommer det et helt avsnitt med tekst.\n", HEADING) == []


def test_levels_of_numbered_headings_are_repaired_where_the_hashes_disagree() -> None:
    text = "# 1 A\n\nx.\n\n## 2 B\n\nx.\n\n### 2.1 C\n\nx.\n\n## 2.2 D\n\nx.\n\n### Uten tall\n\nx.\n"
    assert [(block.text, block.level) for block in blocks(text, HEADING)] == [
        ("A", 1), ("B", 1), ("C", 2), ("D", 2), ("Uten tall", 3),
    ]  # fmt: skip


# Tables


def test_tabs_make_a_table_with_empty_cells_in_place_and_bold_kept_as_a_flag() -> None:
    text = (
        "Hva vil vi?\tHvordan få det til?\tAnsvarlig\n"
        "<b>Trygge overganger</b>\ta) Lage en rutine\tFSU BU\n"
        "\tb) Holde en fagdag\t\n"
        "**Tidlig hjelp**\tc) Prøve et team\n"
    )
    rows = blocks(text, ROW)
    assert [[(cell.column, cell.text, cell.bold) for cell in row.cells] for row in rows] == [
        [(0, "Hva vil vi?", False), (1, "Hvordan få det til?", False), (2, "Ansvarlig", False)],
        [(0, "Trygge overganger", True), (1, "a) Lage en rutine", False), (2, "FSU BU", False)],
        [(0, "", False), (1, "b) Holde en fagdag", False), (2, "", False)],
        [(0, "Tidlig hjelp", True), (1, "c) Prøve et team", False), (2, "", False)],
    ]
    assert [row.is_header for row in rows] == [True, False, False, False]
    assert [row.line for row in rows] == [1, 2, 3, 4]


def test_a_table_goes_on_after_a_gap_and_a_new_header_begins_a_new_one() -> None:
    text = (
        "Tiltak\tAnsvarlig\tFrist\nA\tB\t2026\n\nC\tD\t2027\n\n"
        "Tekst mellom.\n\nTiltak\tAnsvarlig\tFrist\nE\tF\t2028\n"
    )
    assert [(row.table, row.is_header) for row in blocks(text, ROW)] == [
        (1, True), (1, False), (1, False), (2, True), (2, False),
    ]  # fmt: skip


def test_pipes_make_a_table_whose_rule_is_no_row() -> None:
    text = "| Tiltak | Hvem |\n|:---|---:|\n| Lage plan<br>og følge den | SEKR |\n| Pipe \\| her | |\n"
    rows = blocks(text, ROW)
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["Tiltak", "Hvem"], ["Lage plan\nog følge den", "SEKR"], ["Pipe | her", ""],
    ]  # fmt: skip
    assert [row.line for row in rows] == [1, 3, 4]


def test_figures_below_words_show_which_row_is_the_header() -> None:
    assert blocks("Kommune\t2016\t2026\nNordvik\t100\t120\n", ROW)[0].is_header is False
    assert blocks("Kommune\tFør\tEtter\nNordvik\t100\t120\nSørvik\t90\t80\n", ROW)[0].is_header is True


def test_tabs_after_bullets_make_no_table() -> None:
    assert texts("•\tførste\n•\tandre\n", ITEM) == ["første", "andre"]
    assert texts("1.\tFørste punkt her\n2.\tAndre punkt her\n", ITEM) == [
        "Første punkt her",
        "Andre punkt her",
    ]


# Contents, notes, pages, captions


def test_contents_are_told_from_the_headings_they_name() -> None:
    text = (
        "Innhold\n\n1. Innledning.....\t2\n2. Om samarbeidet\t3\n2.1 Barn . . . . . 4\n\n"
        "1. Innledning\n\nTekst.\n\n2. Om samarbeidet\n\nTekst.\n\n2.1 Barn\n\nTekst.\n"
    )
    assert [(block.label, block.text, block.level) for block in blocks(text, CONTENTS)] == [
        ("1.", "Innledning", 1), ("2.", "Om samarbeidet", 1), ("2.1", "Barn", 2),
    ]  # fmt: skip
    assert [block.text for block in blocks(text, HEADING)] == [
        "Innhold",
        "Innledning",
        "Om samarbeidet",
        "Barn",
    ]


def test_page_numbers_after_tabs_are_contents_only_where_they_rise_under_numbers_or_a_title() -> None:
    assert len(blocks("Innhald\n\nInnleiing\ts. 3\nMål\ts. 4\n\nTekst.\n", CONTENTS)) == 2
    assert len(blocks("1. Inn\t3\n2. Ut\t4\n2.1 Opp\t4\n", CONTENTS)) == 3
    assert len(blocks("Nordvik\t12\nSørvik\t7\nVestvik\t30\n", ROW)) == 3


def test_notes_of_markdown_and_below_a_rule_are_lifted_out() -> None:
    assert [(note.label, note.text) for note in blocks("Tall[^2].\n\n[^2]: Fra registeret.\n", NOTE)] == [
        ("2", "Fra registeret.")
    ]
    below = f"Prosjektet er nytt.\n\n{' ' * 40}\n1 Et verktøy som er laget sammen\nmed pasienter\n2 Et råd\n"
    assert [(note.label, note.text) for note in blocks(below, NOTE)] == [
        ("1", "Et verktøy som er laget sammen med pasienter"), ("2", "Et råd"),
    ]  # fmt: skip


def test_form_feeds_are_page_breaks_and_number_the_pages() -> None:
    document = read("Vi arbeider for\n\fgode tjenester.\n\fSide tre er her.\n")
    assert document.pages == 3
    assert [(block.kind, block.page) for block in document.blocks] == [
        (PARAGRAPH, 1), (BlockKind.PAGE_BREAK, 2), (BlockKind.PAGE_BREAK, 3), (PARAGRAPH, 3),
    ]  # fmt: skip
    assert document.blocks[0].text == "Vi arbeider for gode tjenester."


def test_a_caption_is_told_from_a_sentence_about_the_figure() -> None:
    text = "Figur 1 Seks områder for tiltak\n\nFigur 1 viser at det er seks områder.\n"
    assert texts(text, BlockKind.CAPTION) == ["Figur 1 Seks områder for tiltak"]
    assert texts(text, PARAGRAPH) == ["Figur 1 viser at det er seks områder."]


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_people_have_gives_the_same_blocks(encoding: str, newline: str) -> None:
    text = "Mål – «å få det til»\n\nBlåbær og ærlighet på øya.\n"
    document = read_bytes(text.replace("\n", newline).encode(encoding), "a.txt")
    assert [block.text for block in document.blocks] == ["Mål – «å få det til»", "Blåbær og ærlighet på øya."]


def test_letters_put_together_from_two_signs_become_one() -> None:
    assert texts("A\u030a fa\u030a det til er ma\u030alet va\u030art.", PARAGRAPH) == [
        "Å få det til er målet vårt."
    ]
