"""`samspill data pull` as a shell sees it: a file or none, exit codes, what stands when SSB is away."""

import csv
import json
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from samspill.config.main import main
from samspill.insight.jsonstat import read
from statistics_server import Fault, StatisticsServer, figure_of
from statistics_server.klass import CHANGES, CODES

Capture = pytest.CaptureFixture[str]
CHOSEN = ("--select", "Region=0101,3001,3101,31", "--select", "Tid=top(8)", "--select", "Kjonn=*")


@pytest.fixture
def server() -> Iterator[StatisticsServer]:
    with StatisticsServer(klass_codes=CODES, klass_changes=CHANGES) as started:
        yield started


def pull(server: StatisticsServer, *arguments: object, source: str = "ssb", table: str = "07459") -> int:
    address = {"ssb": server.v2, "ssb-v1": server.v1, "fhi": server.fhi, "klass": server.klass}[source]
    more = () if source == "klass" else ("--klass-address", server.klass)
    given = ("data", "pull", source, table, "--address", address, *more, "--tries", "1", *arguments)
    return main([str(one) for one in given])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_figures_come_with_symbols_and_with_where_they_came_from(
    server: StatisticsServer, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "people.csv"
    server.max_cells = 10
    assert pull(server, *CHOSEN, "--out", out) == 0
    told = capsys.readouterr()
    assert "ContentsCode is not chosen: taking all 1." in told.err
    assert "8 of 8 parts" in told.err
    assert "zeros of codes that were not in use that year are missing, not 0." in told.out
    rows = rows_of(out)
    assert list(rows[0]) == ["Region", "Kjonn", "ContentsCode", "Tid", "value", "status"]
    assert len(rows) == 4 * 2 * 8
    for row in rows:
        cell = {name: row[name] for name in ("Region", "Kjonn", "ContentsCode", "Tid")}
        value, status = figure_of(cell)
        if value == 0 and row["Region"] != "31":
            assert (row["value"], row["status"]) == ("", ".")
        else:
            assert (row["value"], row["status"]) == ("" if value is None else str(value), status or "")
    about = json.loads((tmp_path / "people.csv.source.json").read_text("utf-8"))
    assert about["producer"] == "Statistisk sentralbyrå (SSB)"
    assert (about["table"], about["updated"]) == ("07459", "2026-02-25T07:00:00Z")
    assert about["licence"] == "CC BY 4.0"
    assert about["choice"]["Region"] == ["0101", "3001", "3101", "31"]
    assert about["missing"] == sum(row["value"] == "" for row in rows)
    assert about["zeros_of_codes_not_in_use"] > 0
    assert about["fetched_at"].endswith("+00:00")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.csv", "people.csv.source.json"]


def test_a_code_list_has_codes_of_its_own(server: StatisticsServer, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "people.csv"
    chosen = ("--select", "Region=K-*", "--select", "Tid=top(1)", "--out", out)
    assert pull(server, "--codelist", "Region=agg_KommSummer", *chosen) == 0
    assert [row["Region"] for row in rows_of(out)] == ["K-3101", "K-3103"]
    assert pull(server, *chosen) == 2
    assert "Region=K-* means none of its" in capsys.readouterr().err
    assert pull(server, "--codelist", "Region=agg_None", *chosen) == 2
    assert "Non-existent codelist" in capsys.readouterr().err


def test_zeros_can_be_kept(server: StatisticsServer, tmp_path: Path) -> None:
    out = tmp_path / "people.csv"
    assert pull(server, *CHOSEN, "--keep-zeros", "--out", out) == 0
    assert any(row["value"] == "0" for row in rows_of(out))
    assert not any("/klass/" in one.path for one in server.seen)


def test_the_same_figures_in_three_forms(server: StatisticsServer, tmp_path: Path) -> None:
    for name in ("people.csv", "people.json", "people.parquet"):
        assert pull(server, *CHOSEN, "--out", tmp_path / name) == 0
    dataset = read(tmp_path / "people.json")
    rows = rows_of(tmp_path / "people.csv")
    with duckdb.connect() as connection:
        parquet = connection.read_parquet(str(tmp_path / "people.parquet")).fetchall()
    assert len(rows) == len(parquet) == len(dataset)
    for row, cells, one in zip(rows, parquet, dataset.rows(), strict=True):
        assert tuple(row.values())[:4] == cells[:4] == one.codes
        assert cells[4] == one.value == (float(row["value"]) if row["value"] else None)
        assert (cells[5] or "") == (one.status or "") == row["status"]


@pytest.mark.parametrize(
    ("source", "table", "chosen"),
    [
        ("ssb-v1", "07459", CHOSEN),
        ("fhi", "nokkel/187", ("--select", "GEO=31*", "--select", "AAR=top(2)")),
    ],
)
def test_the_other_sources_are_pulled_the_same_way(
    server: StatisticsServer, tmp_path: Path, source: str, table: str, chosen: tuple[str, ...]
) -> None:
    out = tmp_path / "figures.csv"
    assert pull(server, *chosen, "--out", out, source=source, table=table) == 0
    assert len(rows_of(out)) in (4 * 2 * 8, 4 * 2 * 2 * 2)


def test_without_contact_the_last_version_stands(
    server: StatisticsServer, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "people.csv"
    assert pull(server, *CHOSEN, "--out", out) == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    capsys.readouterr()
    away = ("--address", "http://127.0.0.1:9", "--tries", "1")
    assert main(["data", "pull", "ssb", "07459", *CHOSEN, *away, "--out", str(out)]) == 1
    told = capsys.readouterr()
    assert "127.0.0.1:9 did not answer: there is no contact" in told.err
    assert f"{out} stands as it was fetched 20" in told.err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert main(["data", "pull", "ssb", "07459", *away, "--out", str(tmp_path / "new.csv")]) == 1
    assert "Nothing was written." in capsys.readouterr().err


def test_a_pull_that_broke_off_goes_on(server: StatisticsServer, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "people.csv"
    server.max_cells = 10
    server.faults = deque([Fault(), Fault(), Fault(), Fault(half=True)])
    assert pull(server, *CHOSEN, "--out", out) == 1
    assert "3 parts are kept: go on with --resume." in capsys.readouterr().err
    assert not out.exists()
    server.seen.clear()
    assert pull(server, *CHOSEN, "--out", out, "--resume") == 0
    assert "3 of 8 parts are here from before." in capsys.readouterr().err
    assert len(server.data_calls) == 5
    assert not (tmp_path / "people.csv.parts").exists()


@pytest.mark.parametrize(
    ("arguments", "tells"),
    [
        (("--out", "people.xlsx"), "people.xlsx must end with .csv, .parquet or .json."),
        (("--out", "nowhere/people.csv"), "There is no folder"),
        (("--select", "Tid", "--out", "people.csv"), "«Tid» chooses nothing"),
        (("--select", "Sex=1", "--out", "people.csv"), "07459 has no variable Sex"),
        (("--select", "Region=0301", "--out", "people.csv"), "Region has no code «0301»"),
        (("--select", "Tid=zz*", "--out", "people.csv"), "Tid=zz* means none of its 12 codes."),
        (("--codelist", "Region", "--out", "people.csv"), "«Region» names no code list"),
    ],
)
def test_what_cannot_be_pulled_is_refused_in_one_sentence(
    server: StatisticsServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
    arguments: tuple[str, ...],
    tells: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert pull(server, *arguments) == 2
    assert tells in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_klass_becomes_a_table_of_code_changes_that_packs_read(
    server: StatisticsServer, tmp_path: Path, capsys: Capture
) -> None:
    out, shares = tmp_path / "municipality_code_changes.csv", tmp_path / "known.csv"
    assert pull(server, "--out", out, source="klass", table="131") == 2
    assert "was split into 1508, 1580" in capsys.readouterr().err
    shares.write_text(
        "kommune_nr_original,kommune_nr_2024,weight,year_from,year_to\n"
        "1507,1508,0.8621,2020,2023\n1507,1580,0.1379,2020,2023\n"
        "1504,1508,1.0,2006,2019\n1534,1580,1.0,2006,2019\n"
    )
    assert pull(server, "--shares", shares, "--out", out, source="klass", table="131") == 0
    rows = rows_of(out)
    assert {"kommune_nr_original", "weight", "year_from", "year_to"} < set(rows[0])
    assert [(row["kommune_nr_original"], row["weight"]) for row in rows][4:6] == [
        ("1507", "0.8621"),
        ("1507", "0.1379"),
    ]
    assert rows[0]["year_from"] == "2006"
