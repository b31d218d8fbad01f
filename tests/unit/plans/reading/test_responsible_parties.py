"""Responsibles: a cell is divided into everybody it names, and no name is cut in two."""

import pytest

from samspill.plans.reading.responsible import read_responsible

EXPLAINED = {
    "SSU": "Strategisk samarbeidsutvalg",
    "FSU BU": "faglig samarbeidsutvalg barn og unge",
    "FSU AKUTT": "faglig samarbeidsutvalg for akutte tjenester",
    "SEK": "sekretariatet",
}


def raws(cell: str) -> list[str]:
    return [who.raw for who in read_responsible(cell, EXPLAINED)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("SEK, NKS, kommunene", ["SEK", "NKS", "kommunene"]),
        ("NKS og kommunene", ["NKS", "kommunene"]),
        ("SSU/FSU BU", ["SSU", "FSU BU"]),
        ("kommunar, sjukehus og fastlegar", ["kommunar", "sjukehus", "fastlegar"]),
        ("Kommunane og helseføretaket", ["Kommunane", "helseføretaket"]),
        ("Brukerutvalget samt ungdomsrådet", ["Brukerutvalget", "ungdomsrådet"]),
        ("SEK i samarbeid med kommunene", ["SEK", "kommunene"]),
        ("kommunene og/eller NKS", ["kommunene", "NKS"]),
        ("Ansvarleg: FSU BU", ["FSU BU"]),
        ("NKS\nkommunene", ["NKS", "kommunene"]),
        ("NKS og\nkommunene", ["NKS", "kommunene"]),
        ("• SSU\n• SEK", ["SSU", "SEK"]),
        ("Vik og Ness kommuner", ["Vik", "Ness kommuner"]),
        ("SSU & SEK & SSU", ["SSU", "SEK"]),
    ],
)
def test_a_cell_is_divided_into_everybody_it_names(cell: str, expected: list[str]) -> None:
    assert raws(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "faglig samarbeidsutvalg barn og unge",
        "FSU for kvalitet og tjenesteutvikling",
        "Lærings- og mestringssenteret",
        "Klinikk for psykisk helse, rus og avhengighet",
        "Helse Møre og Romsdal",
        "Helse og omsorg",
        "SSU v/leder",
        "Samhandl.-sjefene",
        "kommunene (Vik, Ness og Sund)",
        "Strategisk\nsamarbeidsutvalg",
    ],
)
def test_a_name_with_a_separator_in_it_stays_whole(cell: str) -> None:
    assert raws(cell) == [cell.replace("\n", " ")]


@pytest.mark.parametrize("cell", ["", "-", "–", "Ikke avklart", "avklarast"])
def test_nobody_is_nobody(cell: str) -> None:
    assert raws(cell) == []


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("SSU", "Strategisk samarbeidsutvalg"),
        ("ssu", "Strategisk samarbeidsutvalg"),
        ("FSU-ene", "faglig samarbeidsutvalg"),
        ("PM", "partnerskapsmøtet"),
        ("Felles", "alle partene"),
        ("NKS", "NKS"),
    ],
)
def test_an_abbreviation_gets_its_name_from_the_plan_and_then_from_common_use(cell: str, name: str) -> None:
    (who,) = read_responsible(cell, EXPLAINED)
    assert (who.raw, who.name) == (cell, name)


def test_the_ending_of_an_abbreviation_is_enough_when_only_one_has_it() -> None:
    assert [who.name for who in read_responsible("FSU BU/AKUTT", EXPLAINED)] == [
        "faglig samarbeidsutvalg barn og unge",
        "faglig samarbeidsutvalg for akutte tjenester",
    ]


def test_all_parties_are_named_in_the_language_of_the_plan() -> None:
    (who,) = read_responsible("Alle partar", {}, language="nn")
    assert who.name == "alle partane"
