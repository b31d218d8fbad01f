"""Official projections: read as they were published, judged where they cover, never as intervals."""

import csv
from collections.abc import Callable
from pathlib import Path

import population_worlds as worlds
import pytest

from samspill.analysis.packs import Pack, open_official
from samspill.analysis.population import OfficialProjection, backtest
from samspill.analysis.population.official import newest_known
from samspill.refusal import Refused

GROUPS = ("0", "1-5", "6-12", "13-15", "16-19", "20-66", "67-79", "80-89", "90+")
COLUMNS = ("vintage", "ssb_table", "alternative", "region_code", "region", "year", "age_group", "population")
Rows = list[dict[str, object]]


def rows(vintage: int = 2016, areas: tuple[str, ...] = ("0", "40", "9001")) -> Rows:
    return [
        dict(zip(COLUMNS, (vintage, "11168", "MMMM", area, "a", year, group, 100 + year % 10), strict=True))
        for area in areas
        for year in (2016, 2021)
        for group in GROUPS
    ]


def save(folder: Path, table: Rows) -> Path:
    with (folder / "ssb_projections_test.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(table)
    return folder


def test_published_groups_are_added_up_to_ours_and_counties_left_out(tmp_path: Path) -> None:
    (found,) = open_official(save(tmp_path, rows()))
    assert (found.name, found.areas) == ("SSB 2016 MMMM", ("0", "9001"))
    assert found.on(2021, "80+", ["9001"]) == [202]
    assert found.on(2021, "all", ["0", "9001"]).tolist() == [909, 909]
    assert found.on(2021, "0-17", ["9001"]) is None
    assert found.on(2021, "80+", ["9002"]) is None


def test_a_pack_without_official_projections_has_none(tmp_path: Path) -> None:
    assert open_official(tmp_path) == ()


def without_a_row(table: Rows) -> Rows:
    return table[1:]


def twice(table: Rows) -> Rows:
    return [*table, table[0]]


def empty(table: Rows) -> Rows:
    return [{**table[0], "population": ":"}, *table[1:]]


@pytest.mark.parametrize(
    ("damage", "code"),
    [(without_a_row, "missing_cell"), (twice, "duplicate_cell"), (empty, "bad_value")],
)
def test_a_damaged_table_is_refused(damage: Callable[[Rows], Rows], code: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        open_official(save(tmp_path, damage(rows())))
    assert refused.value.code == code
    assert "ssb_projections_test.csv" in refused.value.sentence


def test_only_what_was_known_at_the_jump_off_is_judged() -> None:
    vintages = [OfficialProjection("SSB", year, "MMMM", {}) for year in (2011, 2014, 2018)]
    assert [one.vintage for one in newest_known(vintages, 2016)] == [2014]
    assert [one.vintage for one in newest_known(vintages, 2018)] == [2018]
    assert newest_known(vintages, 2017) == ()


def test_an_official_projection_is_judged_over_the_places_and_ages_it_covers() -> None:
    history = worlds.history(range(2004, 2023))
    true = history.on(2019)[:2, :, 80:].sum(axis=(1, 2))
    persons = {(area, 2019): {"80+": int(n) * 2} for area, n in zip(worlds.AREAS, true, strict=False)}
    said = OfficialProjection("SSB", 2014, "MMMM", persons)
    scores = backtest(history, worlds.rates(), jump_off=2014, horizons=(5,), official=[said])
    (score,) = [score for score in scores if score.method == "SSB 2014 MMMM"]
    assert (score.level, score.ages, score.units, score.covered) == ("official", "80+", 2, None)
    assert score.error == pytest.approx(100)
    assert score.bias == pytest.approx(100)
    (ours,) = [s for s in scores if (s.method, s.level, s.ages) == ("samspill", "official", "80+")]
    assert ours.units == 2


def test_statistics_norways_2016_projection_missed_80_and_older_in_telemark_by_5_6_percent(
    data_pack: Path,
    real_pack: Pack,
) -> None:
    official = open_official(data_pack)
    assert len({one.vintage for one in official}) == 9
    scores = backtest(
        real_pack.history(), real_pack.rates(), jump_off=2016, horizons=(10,), official=official
    )
    found = {(s.method, s.level, s.ages): s for s in scores}
    main = found["SSB 2016 MMMM", "official", "80+"]
    assert main.units == 17
    assert main.error == pytest.approx(5.6, abs=0.05)
    for alternative in ("LLML", "HHMH"):
        assert found[f"SSB 2016 {alternative}", "all", "80+"].covered is None
