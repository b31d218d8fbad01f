"""Indicators over a small invented data set on DuckDB, against a slow count of the same rows."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from samspill.analysis.figures import embedded
from samspill.analysis.indicators import all_definitions
from samspill.analysis.indicators.calculation import Asked, Engine, engine_of, expression, open_data, run
from samspill.analysis.indicators.synthetic import synthesise, world_of
from samspill.refusal import Refused

YEARS = (2023, 2024)
AT = datetime(2026, 11, 23, 12, 0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("invented") / "data"
    history = embedded()[0].only(("3101", "3103", "3110"))
    synthesise(world_of(history, YEARS, seed=5), where, 60_000)
    return where


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    with engine_of("duckdb", open_data(folder)) as found:
        yield found


@pytest.fixture(scope="module")
def contacts(folder: Path) -> list[dict]:
    return pq.read_table(folder / "contacts", partitioning=None).to_pylist()


def fetched(engine: Engine, code: str) -> dict[tuple, dict]:
    rows = engine.fetch(expression(all_definitions()[code], engine.tables)).to_pylist()
    return {(row["area"], row["year"], row["stratum"]): row for row in rows}


def acutely_admitted(row: dict) -> bool:
    return row["kind"] == "stay" and row["urgency"] == "acute" and row["service"] == "somatic"


@pytest.mark.slow
def test_every_definition_can_be_calculated(engine: Engine) -> None:
    for definition in all_definitions().values():
        rows = engine.fetch(expression(definition, engine.tables))
        assert rows.num_rows > 0, definition.id
        assert [str(field.type) for field in rows.schema][1:] == ["int32", *["int64"] * 4], definition.id


def test_events_persons_and_squares_are_those_of_a_slow_count(engine: Engine, contacts: list[dict]) -> None:
    events: dict[tuple, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in contacts:
        if acutely_admitted(row) and row["age"] >= 80:
            stratum = min(row["age"] // 5 * 5, 90)
            events[row["area"], row["year"], stratum][row["person"]] += 1
    found = fetched(engine, "acute-stays-80-plus")
    for cell, persons in events.items():
        assert found[cell]["numerator"] == sum(persons.values())
        assert found[cell]["squares"] == sum(number**2 for number in persons.values())
    assert sum(row["numerator"] for row in found.values()) == sum(sum(p.values()) for p in events.values())


def test_readmissions_are_those_of_a_slow_search(engine: Engine, contacts: list[dict]) -> None:
    of = defaultdict(list)
    for row in contacts:
        if row["kind"] == "stay" and row["service"] == "somatic":
            of[row["person"]].append(row)
    expected: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
    for stays in of.values():
        joined = joined_slowly(sorted(stays, key=lambda row: (row["admitted_at"], row["contact"])))
        for place, row in enumerate(joined):
            if row["died"] or row["age"] < 18 or row["diagnosis"] != "J44":
                continue
            later = [one["admitted_at"] for one in joined[place + 1 :] if one["urgency"] == "acute"]
            waited = min(later) - row["discharged_at"] if later else timedelta(days=999)
            back = timedelta(hours=8) <= waited <= timedelta(days=30)
            cell = expected[row["area"], row["year"], 0]
            cell[0] += back
            cell[1] += 1
    found = fetched(engine, "readmissions-copd")
    assert {cell: [row["numerator"], row["denominator"]] for cell, row in found.items()} == expected
    assert sum(back for back, _stays in expected.values()) > 0


def joined_slowly(stays: list[dict]) -> list[dict]:
    """Stays in their order; one that begins within eight hours of the one before is the same."""
    joined: list[dict] = []
    for row in stays:
        if joined and row["admitted_at"] - joined[-1]["discharged_at"] < timedelta(hours=8):
            last = joined[-1]
            last["discharged_at"] = max(last["discharged_at"], row["discharged_at"])
            last["died"] += row["died"]
        else:
            joined.append(dict(row))
    return joined


def test_inhabitants_are_those_of_the_population(engine: Engine, folder: Path) -> None:
    people = pq.read_table(folder / "population", partitioning=None)
    old = people.filter(pc.and_(pc.greater_equal(people["age"], 80), pc.equal(people["area"], "3101")))
    found = fetched(engine, "population-80-plus")
    for year in YEARS:
        there = pc.sum(old.filter(pc.equal(old["year"], year))["persons"]).as_py()
        assert found["3101", year, 0]["numerator"] == there


def asked(log: Path, **more: object) -> Asked:
    return Asked("Kari Planlegger", AT, log, **more)  # type: ignore[arg-type]


def test_an_answer_has_limits_around_its_value_and_hides_what_is_small(
    engine: Engine, tmp_path: Path
) -> None:
    log = tmp_path / "questions.jsonl"
    wanted = [all_definitions()[code] for code in ("acute-stays-80-plus", "copd-stays", "child-asthma-stays")]
    answer = run(engine, wanted, asked(log)).to_pylist()
    assert len(answer) == 3 * 3 * len(YEARS)
    for row in answer:
        if row["flag"] == 0:
            assert row["lower"] <= row["value"] <= row["upper"]
            assert row["count"] == 0 or row["count"] > 4
        else:
            assert row["value"] is None and row["lower"] is None and row["upper"] is None
        if row["flag"] == 3:
            assert row["count"] is None and row["note"] == ""
    assert {row["flag"] for row in answer} == {0, 3} | {row["flag"] for row in answer}


def test_questions_about_persons_are_logged_and_others_are_not(engine: Engine, tmp_path: Path) -> None:
    log = tmp_path / "questions.jsonl"
    wanted = [all_definitions()[code] for code in ("acute-stays", "share-80-plus")]
    run(engine, wanted, asked(log, years=(2024,), areas=("3101",)))
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [(one["by"], one["indicator"], one["rows_out"]) for one in lines] == [
        ("Kari Planlegger", "acute-stays", 1)
    ]


def test_a_question_that_cannot_be_logged_is_not_answered(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be written"):
        run(engine, [all_definitions()["acute-stays"]], asked(tmp_path / "nowhere" / "log"))


def test_areas_that_are_not_there_are_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no area 9999"):
        run(engine, [all_definitions()["share-80-plus"]], asked(tmp_path / "log", areas=("9999",)))


def test_indirectly_standardised_against_all_areas_they_are_the_country(
    engine: Engine, tmp_path: Path
) -> None:
    answer = run(engine, [all_definitions()["avoidable-stays"]], asked(tmp_path / "log"))
    rows = [row for row in answer.to_pylist() if row["flag"] == 0]
    assert min(row["value"] for row in rows) < max(row["value"] for row in rows)
    assert all(row["method"] in ("byar", "exact") for row in rows)


def test_an_engine_nobody_knows_is_refused(folder: Path) -> None:
    with pytest.raises(Refused, match="There is no engine abacus"), engine_of("abacus", open_data(folder)):
        pass


def test_a_file_that_changed_its_columns_is_refused_whole(folder: Path, tmp_path: Path) -> None:
    part = tmp_path / "data" / "population" / "year=2024"
    part.mkdir(parents=True)
    pq.write_table(pa.table({"year": [2024], "area": ["3101"], "sex": [1]}), part / "a.parquet")
    with pytest.raises(Refused) as refused:
        open_data(tmp_path / "data")
    assert "has no column age" in refused.value.sentence
    assert "column sex is int64, and must be text" in refused.value.sentence


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="has no tables"):
        open_data(tmp_path)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_files_whatever_the_workers(folder: Path, tmp_path: Path) -> None:
    world = world_of(embedded()[0].only(("3101", "3103", "3110")), YEARS, seed=5)
    synthesise(world, tmp_path / "again", 60_000, workers=2)
    for path in sorted(folder.glob("**/*.*")):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(folder)).read_bytes(), path


def test_as_many_contacts_are_written_as_were_asked_for(folder: Path) -> None:
    table = pq.read_table(folder / "contacts", partitioning=None)
    assert table.num_rows == 60_000
    assert len(set(table["contact"].to_pylist())) == 60_000
