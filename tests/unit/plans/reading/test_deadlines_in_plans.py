"""Deadlines: what is written becomes a day and a precision, or says honestly that it does not."""

from datetime import date

import pytest

from samspill.plans.reading.candidates import Period
from samspill.plans.reading.deadlines import deadline_in, read_deadline

THREE_YEARS = Period(2025, 2027)
ONE_YEAR = Period(2026, 2026)


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("1. mars 2026", date(2026, 3, 1), "day"),
        ("innen 1. mars 2026", date(2026, 3, 1), "day"),
        ("31.12.26", date(2026, 12, 31), "day"),
        ("1/3-26", date(2026, 3, 1), "day"),
        ("2026-03-01", date(2026, 3, 1), "day"),
        ("veke 12 2026", date(2026, 3, 22), "week"),
        ("mars 2026", date(2026, 3, 31), "month"),
        ("des. 2025", date(2025, 12, 31), "month"),
        ("innen utgangen av februar 2026", date(2026, 2, 28), "month"),
        ("årsskiftet 2025/2026", date(2025, 12, 31), "month"),
        ("fyrste kvartal 2026", date(2026, 3, 31), "quarter"),
        ("Q3 2026", date(2026, 9, 30), "quarter"),
        ("siste kvartal 2026", date(2026, 12, 31), "quarter"),
        ("2. tertial 2026", date(2026, 8, 31), "tertial"),
        ("første halvår 2027", date(2027, 6, 30), "half"),
        ("våren 2025", date(2025, 5, 31), "season"),
        ("Hausten 2026", date(2026, 11, 30), "season"),
        ("vinteren 2025/26", date(2026, 2, 28), "season"),
        ("før sommeren 2026", date(2026, 5, 31), "season"),
        ("i løpet av 2025", date(2025, 12, 31), "year"),
        ("før 2027", date(2026, 12, 31), "year"),
        ("2025–2026", date(2026, 12, 31), "year"),
        ("i handlingsplanperioden", date(2027, 12, 31), "period"),
        ("heile planperioden", date(2027, 12, 31), "period"),
        ("oppstart høsten 2025, ferdig 2026", date(2026, 12, 31), "year"),
    ],
)
def test_a_cell_with_a_time_in_it_becomes_the_last_day_of_that_time(
    cell: str, day: date, precision: str
) -> None:
    found = read_deadline(cell, THREE_YEARS)
    assert (found.raw, found.day, found.precision) == (cell, day, precision)


@pytest.mark.parametrize(
    ("cell", "day"),
    [("1. kvartal", date(2026, 3, 31)), ("hausten", date(2026, 11, 30)), ("juni", date(2026, 6, 30))],
)
def test_a_time_without_a_year_gets_it_from_a_plan_of_one_year_only(cell: str, day: date) -> None:
    assert read_deadline(cell, ONE_YEAR).day == day
    assert read_deadline(cell, THREE_YEARS).day is None
    assert read_deadline(cell, THREE_YEARS).precision


@pytest.mark.parametrize("cell", ["løpende", "Årleg", "kontinuerlig", "fra høsten 2025", "ved behov"])
def test_what_goes_on_without_an_end_has_no_day(cell: str) -> None:
    found = read_deadline(cell, THREE_YEARS)
    assert (found.day, found.precision) == (None, "ongoing")


@pytest.mark.parametrize(
    ("cell", "raw"), [("", ""), ("–", ""), ("Ikke avklart", "Ikke avklart"), ("snarest", "snarest")]
)
def test_what_is_no_time_is_kept_as_written_and_has_no_precision(cell: str, raw: str) -> None:
    found = read_deadline(cell, THREE_YEARS)
    assert (found.raw, found.day, found.precision) == (raw, None, "")


def test_a_day_that_does_not_exist_is_not_moved_to_one_that_does() -> None:
    assert read_deadline("31.02.2026", THREE_YEARS).day is None


def test_a_sentence_gives_its_deadline_with_the_words_that_lead_to_it() -> None:
    found = deadline_in("Gruppen skal presentere tre modeller i løpet av 2025.", THREE_YEARS)
    assert (found.raw, found.day) == ("i løpet av 2025", date(2025, 12, 31))


@pytest.mark.parametrize(
    "sentence",
    [
        "Arbeidet ble startet høsten 2019 og er avsluttet.",
        "Tilbudet utvides fra våren 2026.",
        "Strategien 2025-2027 ligger til grunn.",
        "I 80 % av tilfellene går det bra.",
    ],
)
def test_a_sentence_about_the_past_a_start_or_a_plan_has_no_deadline(sentence: str) -> None:
    assert deadline_in(sentence, THREE_YEARS).day is None


@pytest.mark.parametrize("verb", ["Prøve", "prøver", "Teste", "Rulle", "blir delt"])
def test_a_little_word_that_belongs_to_the_verb_is_no_deadline(verb: str) -> None:
    assert deadline_in(f"{verb} ut 2025–2027 sammen.", THREE_YEARS).day is None
    assert deadline_in("Ordningen gjelder ut 2025.", THREE_YEARS).day == date(2025, 12, 31)
