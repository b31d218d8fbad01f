"""What a plan says of itself: title, kind, community, period, adoption, abbreviations and language."""

from datetime import date
from pathlib import Path

import pytest
from plan_blocks import KNOWN, document_of, heading, item, paragraph, read_text

from samspill.plans.reading.abbreviations import find_abbreviations
from samspill.plans.reading.communities import find_community
from samspill.plans.reading.language import language_of
from samspill.plans.reading.metadata import find_adoption, find_kind, find_period, find_title


@pytest.mark.parametrize(
    ("text", "code", "raw"),
    [
        ("Handlingsplan for Helsefellesskapet Nordkyst", "HF91", "Helsefellesskapet Nordkyst"),
        ("Helsefelleskapet i Nordkyst og Ytre Sund", "HF90", "Helsefelleskapet i Nordkyst og Ytre Sund"),
        ("Nordkyst og Ytre Sund helsefellesskap vart skipa", "HF90", "Nordkyst og Ytre Sund helsefellesskap"),
        ("Helsefellesskapet Høyfjell", "HF92", "Helsefellesskapet Høyfjell"),
        ("I Fjellregionen helsefellesskap skal vi", "HF92", "I Fjellregionen helsefellesskap"),
    ],
)
def test_a_community_is_known_by_its_name_however_it_is_written(text: str, code: str, raw: str) -> None:
    found = find_community([text], KNOWN)
    assert (found.code, found.raw, found.found_by) == (code, raw, "name")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Handlingsplan for Helsefellesskapet Ni øyer 2026–2028", "Ni øyer"),
        ("Helsefellesskapet Ytre Vidde kyst", "Ytre Vidde kyst"),
        ("Helsefellesskapet Vidde handlingsplan", "Vidde"),
        ("Helsefellesskapet Vidde for perioden 2026–2028", "Vidde"),
        ("Helsefellesskapet Vidde vedtek planen kvart år.", "Vidde"),
    ],
)
def test_a_name_may_end_in_small_words_where_nothing_else_stands_in_the_line(text: str, name: str) -> None:
    assert find_community([text], ()).name == name


def test_a_community_without_a_name_is_known_by_its_trust() -> None:
    found = find_community(["Nordkystsykehuset og kommunene", "Svar fra NKS"], KNOWN)
    assert (found.code, found.raw, found.found_by) == ("HF90", "", "trust")


def test_a_community_is_known_by_its_municipalities_only_when_they_are_many_and_of_one() -> None:
    assert find_community(["Vik, Ness, Sund og Storøy"], KNOWN).code == "HF90"
    assert find_community(["Vik og Dal"], KNOWN).code == ""


def test_an_unknown_community_keeps_its_name_even_when_a_known_trust_is_mentioned() -> None:
    found = find_community(["Helsefellesskapet Langtvekk", "Nordkystsykehuset hjelper til"], KNOWN)
    assert (found.name, found.code, found.raw) == ("Langtvekk", "", "Helsefellesskapet Langtvekk")


def test_the_title_page_counts_more_than_a_neighbour_mentioned_later() -> None:
    texts = ["Plan for Helsefellesskapet Nordkyst", *[""] * 20, *["Helsefellesskapet Høyfjell har prøvd"] * 5]
    assert find_community(texts, KNOWN).code == "HF91"


def test_a_title_goes_on_in_the_line_below() -> None:
    front = [heading("Handlingsplan 2027", level=1), heading("for Helsefellesskapet Nordkyst")]
    assert find_title(front) == "Handlingsplan 2027 for Helsefellesskapet Nordkyst"


def test_a_title_is_the_line_that_names_a_plan_not_the_first_line() -> None:
    assert (
        find_title([heading("Helsefellesskapet Nordkyst"), paragraph("Handlingsplan 2027")])
        == "Handlingsplan 2027"
    )


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Handlingsplan 2026", "handlingsplan"),
        ("Strategi og handlingsplan 2026", "strategi"),
        ("Innspel til Nasjonal helseplan", "innspill"),
        ("Årsplan 2026", "aarsplan"),
        ("Partnarskapserklæring", "partnerskapserklaering"),
    ],
)
def test_the_kind_is_the_first_kind_the_title_names(title: str, kind: str) -> None:
    assert find_kind(title, []) == kind


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        ("Handlingsplan 2026", 2026, 2026),
        ("Strategi 2025 – 2028, Nordkyst", 2025, 2028),
        ("Handlingsplan 2025-27", 2025, 2027),
        ("Handlingsplan 1. januar 2026 – 30. juni 2027", date(2026, 1, 1), date(2027, 6, 30)),
    ],
)
def test_the_period_is_in_the_title(title: str, start: int | date, end: int | date) -> None:
    period = find_period(title, [], [])
    assert (period.start, period.end) == (start, end)


def test_the_period_may_stand_in_a_sentence_and_the_day_of_adoption_is_no_period() -> None:
    front = [paragraph("Vedtatt i partnerskapsmøtet 07.10.2025")]
    period = find_period("Handlingsplan", front, ["Planen gjelder for perioden 2026-2027."])
    assert (period.start, period.end) == (2026, 2027)
    assert find_period("Handlingsplan", front, []).start is None


@pytest.mark.parametrize(
    ("line", "day", "by"),
    [
        ("Behandlet og vedtatt i partnerskapsmøtet 07.10.2025", date(2025, 10, 7), "partnerskapsmøtet"),
        ("Vedteken av partnarskapsmøtet den 7. oktober 2025", date(2025, 10, 7), "partnarskapsmøtet"),
        (
            "Godkjent 1. mars 2026 av Strategisk samarbeidsutvalg",
            date(2026, 3, 1),
            "Strategisk samarbeidsutvalg",
        ),
    ],
)
def test_adoption_has_a_day_and_a_body(line: str, day: date, by: str) -> None:
    adopted = find_adoption([paragraph(line)], [])
    assert adopted is not None
    assert (adopted.on, adopted.by) == (day, by)


def test_what_others_have_adopted_is_not_the_adoption_of_the_plan() -> None:
    blocks = [paragraph("Avtalen ble vedtatt i partnerskapsmøtet 07.10.2025. Den gjelder i to år.")] * 5
    assert find_adoption([], blocks) is None


def test_abbreviations_come_from_lists_tables_and_brackets() -> None:
    blocks = document_of(
        paragraph("Digital hjemmeoppfølging (DHO) er prøvd ut. Mange (seks av ti) er fornøyd."),
        heading("Forkortelser"),
        paragraph("SSU = Strategisk samarbeidsutvalg"),
        paragraph("FSU BU – faglig samarbeidsutvalg barn og unge"),
        item("SEK: sekretariatet"),
        heading("Innledning", number="1"),
        paragraph("Vi - som bor her - vil samarbeide"),
    ).blocks
    assert find_abbreviations(blocks) == {
        "SSU": "Strategisk samarbeidsutvalg",
        "FSU BU": "faglig samarbeidsutvalg barn og unge",
        "SEK": "sekretariatet",
        "DHO": "Digital hjemmeoppfølging",
    }


def test_the_words_in_a_bracket_belong_to_as_many_words_before_as_they_need() -> None:
    (block,) = document_of(paragraph("Det er Strategisk samarbeidsutvalg (SSU) som avgjør.")).blocks
    assert find_abbreviations([block]) == {"SSU": "Strategisk samarbeidsutvalg"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kommunene skal ikke vente, og de vil gjøre mer sammen.", "nb"),
        ("Kommunane skal ikkje vente, og dei vil gjere meir saman.", "nn"),
        ("2026", ""),
    ],
)
def test_the_language_is_told_from_words_only_one_of_them_has(text: str, language: str) -> None:
    assert language_of([text]) == language


def test_a_plan_for_a_community_nobody_knows_says_so(tmp_path: Path) -> None:
    text = "# Handlingsplan 2026 for Helsefellesskapet Langtvekk\n\n## 1 Innledning\n\nKort plan.\n"
    reading = read_text(tmp_path, text, known=KNOWN)
    assert "plan.community_unknown" in [problem.code for problem in reading.problems]
    assert any("Langtvekk" in problem.sentence for problem in reading.problems)
