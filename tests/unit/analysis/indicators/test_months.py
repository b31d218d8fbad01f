"""Figures by month: they sum to the year, are annual rates, and hide whole years where persons are few."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from samspill.analysis.figures import embedded
from samspill.analysis.indicators import all_definitions
from samspill.analysis.indicators.calculation import (
    PUBLISHED,
    Asked,
    engine_of,
    has_months,
    open_data,
    publish_months,
)
from samspill.analysis.indicators.months import share_of_year
from samspill.analysis.indicators.synthetic import synthesise, world_of

LEVELS = {"community": {"HF01": ["3101", "3103", "3105", "3107"]}}
WANTED = ("acute-stays-80-plus", "readmissions-67-plus", "hip-fractures-67-plus", "population-80-plus")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("months") / "extract"
    history, _rates, source = embedded()
    synthesise(world_of(history, (2023, 2024), 11), place, 40_000, source=source.name)
    return place


@pytest.fixture(scope="module")
def answer(folder: Path) -> pa.Table:
    return asked_of(folder, WANTED)


def asked_of(folder: Path, wanted: tuple[str, ...], years: pa.Table | None = None) -> pa.Table:
    data = open_data(folder)
    asked = Asked(by="Test", at=datetime(2026, 11, 23, tzinfo=UTC), log=folder / "questions.jsonl")
    definitions = [all_definitions()[one] for one in wanted]
    covered = embedded()[0].areas
    with engine_of("duckdb", data) as engine:
        return publish_months(engine, definitions, asked, levels=LEVELS, covered=covered, years=years)


def of(answer: pa.Table, indicator: str, area: str) -> dict[int, dict]:
    rows = answer.to_pylist()
    return {one["year"]: one for one in rows if (one["indicator"], one["area"]) == (indicator, area)}


def stays_80_plus(folder: Path, areas: list[str]) -> Counter:
    found: Counter = Counter()
    for path in (folder / "contacts").rglob("*.parquet"):
        for row in pq.ParquetFile(path).read().to_pylist():
            counted = row["kind"] == "stay" and row["urgency"] == "acute" and row["service"] == "somatic"
            if counted and row["age"] >= 80 and row["area"] in areas:
                found[row["year"] * 100 + row["admitted_at"].month] += 1
    return found


def test_months_are_those_of_a_slow_count(answer: pa.Table, folder: Path) -> None:
    slow = stays_80_plus(folder, LEVELS["community"]["HF01"])
    shown = {month: one["count"] for month, one in of(answer, "acute-stays-80-plus", "HF01").items()}
    assert len(shown) == 24
    assert all(count in (None, slow[month]) for month, count in shown.items())
    assert any(count is not None for count in shown.values())


def test_only_sums_have_months_and_only_what_has_a_day(answer: pa.Table) -> None:
    assert answer.schema.equals(PUBLISHED)
    assert set(answer["area"].to_pylist()) == {"HF01", "ALL"}
    assert "population-80-plus" not in answer["indicator"].to_pylist()
    assert not has_months(all_definitions()["population-80-plus"])
    assert not has_months(all_definitions()["home-nursing-80-plus"])


def test_a_rate_of_inhabitants_is_that_of_a_year(answer: pa.Table) -> None:
    years = of(answer, "acute-stays-80-plus", "ALL")
    january, february = years[202401], years[202402]
    assert january["population"] / february["population"] == pytest.approx(31 / 29, rel=0.02)
    crude = 1000 * january["count"] / january["population"]
    assert january["value"] == pytest.approx(crude, rel=0.5)


def test_months_do_not_sum_to_a_year_that_is_hidden(folder: Path, answer: pa.Table) -> None:
    assert any(one["count"] is not None for one in of(answer, "acute-stays-80-plus", "HF01").values())
    row = {"indicator": "acute-stays-80-plus", "area": "HF01", "flag": 0}
    rows = [{**row, "area": "ALL", "year": 2023}, {**row, "year": 2023, "flag": 3}, {**row, "year": 2024}]
    beside = pa.Table.from_pylist(rows)
    months = asked_of(folder, ("acute-stays-80-plus",), beside)
    for area in ("HF01", "ALL"):
        shown = {
            month // 100
            for month, one in of(months, "acute-stays-80-plus", area).items()
            if one["count"] is not None
        }
        assert shown <= ({2024} if area == "HF01" else set())


def test_the_parts_of_a_year_are_a_year() -> None:
    for year in (2023, 2024):
        assert np.isclose(sum(share_of_year(year, month) for month in range(1, 13)), 1)


def test_a_month_with_few_persons_hides_its_year_here_and_in_all(folder: Path) -> None:
    answer = asked_of(folder, ("hip-fractures-67-plus",))
    for area in ("HF01", "ALL"):
        flags = {month: one["flag"] for month, one in of(answer, "hip-fractures-67-plus", area).items()}
        for year in (2023, 2024):
            assert len({flag for month, flag in flags.items() if month // 100 == year}) == 1
    hidden = [one for one in answer.to_pylist() if one["flag"] == 3]
    assert hidden
    assert all(one["value"] is None and one["count"] is None for one in hidden)
    within = {one["year"] // 100 for one in hidden if one["area"] == "HF01"}
    assert within <= {one["year"] // 100 for one in hidden if one["area"] == "ALL"}


def test_what_is_nearly_all_is_hidden_when_the_few_others_would_be_told(folder: Path) -> None:
    """Acute stays at 0–79 are all of them but those of 80 and older: beside both, few are told."""
    both = asked_of(folder, ("acute-stays", "acute-stays-0-79", "acute-stays-80-plus"))
    for month, old in of(both, "acute-stays-80-plus", "HF01").items():
        others = (of(both, one, "HF01")[month]["count"] for one in ("acute-stays", "acute-stays-0-79"))
        whole, young = others
        if old["count"] is None and whole is not None:
            assert young is None


def test_after_the_last_month_with_anything_nothing_is_zero(folder: Path, tmp_path: Path) -> None:
    for path in folder.rglob("*.parquet"):
        rows = pq.ParquetFile(path).read()
        if path.parts[-3] == "contacts":
            early = [one["admitted_at"].month <= 6 or one["year"] < 2024 for one in rows.to_pylist()]
            rows = rows.filter(pa.array(early))
        place = tmp_path / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(rows, place)
    answer = asked_of(tmp_path, ("acute-stays-80-plus",))
    assert max(answer["year"].to_pylist()) == 202406
