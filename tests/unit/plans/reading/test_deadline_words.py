"""The words of both målformer for time: a wide table, and what must hold of every one of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.plans.reading.calendar_words import MONTHS, SEASONS
from samspill.plans.reading.candidates import Period
from samspill.plans.reading.deadlines import deadline_in, end_of, read_deadline

THREE_YEARS = Period(2025, 2027)


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("31.12.26", (2026, 12, 31), "day"),
        ("1.mai 2026", (2026, 5, 1), "day"),
        ("5. mai -26", (2026, 5, 5), "day"),
        ("uke 12 2026", (2026, 3, 22), "week"),
        ("veke 40-42 2026", (2026, 10, 18), "week"),
        ("medio mai 2026", (2026, 5, 15), "month"),
        ("primo juni 2026", (2026, 6, 10), "month"),
        ("juni-august 2026", (2026, 8, 31), "month"),
        ("2026-10", (2026, 10, 31), "month"),
        ("ved årsskiftet 2026/27", (2026, 12, 31), "month"),
        ("årsskiftet 26/27", (2026, 12, 31), "month"),
        ("Q3 2026", (2026, 9, 30), "quarter"),
        ("fyrste kvartal 2026", (2026, 3, 31), "quarter"),
        ("begynnelsen av 2027", (2027, 4, 30), "tertial"),
        ("1. halvår 2026", (2026, 6, 30), "half"),
        ("midten av 2026", (2026, 6, 30), "half"),
        ("H26", (2026, 11, 30), "season"),
        ("før jul 2026", (2026, 12, 23), "season"),
        ("før påske 2026", (2026, 4, 4), "season"),
        ("innen sommerferien 2026", (2026, 6, 30), "season"),
        ("våren/sommeren 2026", (2026, 8, 31), "season"),
        ("ut 2026", (2026, 12, 31), "year"),
        ("2026-2027", (2027, 12, 31), "year"),
        ("i perioden 2025-2026", (2026, 12, 31), "year"),
        ("innan utgangen av 2026", (2026, 12, 31), "year"),
        ("innen utløpet av planperioden", (2027, 12, 31), "period"),
    ],
)
def test_a_time_is_its_last_day(cell: str, day: tuple[int, int, int], precision: str) -> None:
    found = read_deadline(cell, THREE_YEARS)
    assert (found.raw, found.day, found.precision) == (cell, date(*day), precision)


@pytest.mark.parametrize(
    "cell",
    [
        "løpende", "årleg", "hvert halvår", "kvart kvartal", "to gonger i året", "etter behov",
        "annethvert år",        "årlig innen 1. mars", "f.o.m. 2026", "2025 →", "frå hausten 2026",
    ],
)  # fmt: skip
def test_what_comes_back_or_only_begins_has_no_last_day(cell: str) -> None:
    found = read_deadline(cell, THREE_YEARS)
    assert (found.raw, found.day, found.precision) == (cell, None, "ongoing")


@pytest.mark.parametrize(
    "cell", ["snarast", "snarest mulig", "når det passer", "32.13.2026", "innen fristen"]
)
def test_what_nobody_can_date_stays_as_it_was_written(cell: str) -> None:
    found = read_deadline(cell, THREE_YEARS)
    assert (found.raw, found.day) == (cell, None)


@pytest.mark.parametrize(
    ("bokmal", "nynorsk"),
    [
        ("høsten 2026", "hausten 2026"), ("sommeren 2026", "sommaren 2026"), ("uke 12 2026", "veke 12 2026"),
        ("innen utgangen av 2026", "innan utgangen av 2026"), ("første kvartal 2026", "fyrste kvartal 2026"),
        ("løpende", "løpande"), ("årlig", "årleg"), ("tidlig i 2026", "tidleg i 2026"),
    ],
)  # fmt: skip
def test_both_malformer_mean_the_same_time(bokmal: str, nynorsk: str) -> None:
    first, second = read_deadline(bokmal, THREE_YEARS), read_deadline(nynorsk, THREE_YEARS)
    assert (first.day, first.precision) == (second.day, second.precision)


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_every_way_to_write_a_day_is_that_day(day: date) -> None:
    month = "mai" if day.month == 5 else next(n for n, k in MONTHS.items() if k == day.month and len(n) > 3)
    for text in (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day:%d.%m.%y}",
        f"{day.day}/{day.month}-{day:%y}",
        f"{day.day}. {month} {day.year}",
        f"innen {day.day}. {month} {day.year}",
    ):
        found = read_deadline(text, THREE_YEARS)
        assert (found.day, found.precision, found.raw) == (day, "day", text)


@given(
    st.sampled_from(sorted({*MONTHS, *SEASONS})),
    st.integers(2025, 2027),
    st.sampled_from(["", "innen ", "i "]),
)
def test_a_month_or_season_ends_within_its_year_and_is_found_in_a_sentence_too(
    word: str, year: int, cue: str
) -> None:
    found = read_deadline(f"{cue}{word} {year}", THREE_YEARS)
    assert found.day is not None
    assert found.day.year == year
    said = deadline_in(f"Partene skal lage en felles plan {cue}{word} {year}.", THREE_YEARS)
    assert said.day == found.day


@given(st.text(max_size=40))
def test_anything_at_all_in_a_cell_is_kept_and_breaks_nothing(text: str) -> None:
    found = read_deadline(text, THREE_YEARS)
    assert found.day is None or found.raw
    assert deadline_in(text, THREE_YEARS).day is None or end_of(THREE_YEARS) is not None


def test_a_sentence_tells_when_without_a_year_or_that_it_comes_back() -> None:
    by = deadline_in("Utvalget skal legge fram saken innen 1. mai.", THREE_YEARS)
    assert (by.raw, by.day, by.precision) == ("innen 1. mai", None, "day")
    again = deadline_in("Partene skal øve sammen hvert år.", THREE_YEARS)
    assert (again.raw, again.day, again.precision) == ("hvert år", None, "ongoing")


def test_a_word_that_ends_like_since_does_not_hide_a_deadline() -> None:
    assert deadline_in("Arbeidet fortsetter i planperioden.", THREE_YEARS).day == date(2027, 12, 31)


def test_day_and_night_through_the_years_is_no_day() -> None:
    assert deadline_in("Tilby hjelp 24/7 2025–2027 og 10,5 sammen", THREE_YEARS).day is None
    assert deadline_in("Begynn 24/7 2025 sammen", THREE_YEARS).day == date(2025, 7, 24)
