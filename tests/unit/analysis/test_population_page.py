"""What the page on accuracy says is what the method does."""

from pathlib import Path

import pytest
from scripts.population_scores import (
    AGES,
    NORWAY,
    OSTFOLD,
    PAGE,
    SECOND,
    SIZES,
    embedded_part,
    embedded_scores,
    head,
    read_table,
    table,
    table_rows,
)

from samspill.analysis.packs import Pack, open_official
from samspill.analysis.population import backtest

IN_INTERVAL = 4  # the column that needs draws


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_page_is_of_this_version_and_its_embedded_figures_are_what_is_found(page: str) -> None:
    scores = embedded_scores()
    assert page.partition(SECOND)[0] == head() + embedded_part(scores)
    assert [row for row in read_table() if row[0] == OSTFOLD] == list(table_rows(OSTFOLD, scores))


def test_the_errors_from_2016_to_2026_are_what_is_found(page: str, data_pack: Path, real_pack: Pack) -> None:
    scores = backtest(
        real_pack.history(),
        real_pack.rates(),
        jump_off=2016,
        horizons=(10,),
        official=open_official(data_pack),
    )
    written = page.partition("### From 2016, 10 years ahead\n\n")[2].partition("\n\n")[0]
    assert without_intervals(written) == without_intervals(table(scores, AGES, SIZES))
    kept = [row for row in read_table() if row[:1] + row[2:4] == [NORWAY, "2016", "10"]]
    assert [row[:-1] for row in kept] == [row[:-1] for row in table_rows(NORWAY, scores)]


def without_intervals(text: str) -> list[list[str]]:
    lines = [line.strip("| ").split(" | ") for line in text.strip().splitlines()]
    return [[cell for place, cell in enumerate(line) if place != IN_INTERVAL] for line in lines]
