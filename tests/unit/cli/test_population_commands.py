"""`samspill population` as a shell sees it: files, tables, exit codes, one sentence on stderr."""

import csv
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import numpy as np
import pytest

from factories.tried import a_few
from samspill.analysis.figures import embedded
from samspill.analysis.packs import open_pack
from samspill.analysis.population import AGES, project
from samspill.config.main import main
from unit.cli.small_packs import DAMAGES, copied, rewritten, small_pack, until

COLUMNS = ["year", "area", "sex", "age", "persons"]
BANDS = ["p10", "p50", "p90"]
Capture = pytest.CaptureFixture[str]


def run(*arguments: str | Path) -> int:
    return main(["population", *map(str, arguments)])


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return small_pack(tmp_path / "pack")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "projection.csv"


def test_without_data_the_figures_that_come_with_samspill_are_projected(out: Path, capsys: Capture) -> None:
    assert run("project", "--jump-off", 2026, "--to", 2028, "--out", out) == 0
    rows = table(out)
    history, rates, _ = embedded()
    expected = project(history, rates, jump_off=2026, to=2028)
    assert list(rows[0]) == COLUMNS
    assert len(rows) == 3 * 13 * 2 * AGES
    last = sum(float(row["persons"]) for row in rows if row["year"] == "2028" and int(row["age"]) >= 80)
    assert last == pytest.approx(expected.total(80)[-1])
    told = capsys.readouterr()
    assert "80 and older: 18 306 on 1 January 2026" in told.out
    assert expected.provenance.inputs[:12] in told.out
    assert told.err == ""


def test_draws_add_the_band_of_each_row_and_can_be_kept(pack: Path, out: Path) -> None:
    wanted = ["--data", pack, "--jump-off", 2018, "--to", 2021, "--draws", 20, "--seed", 3]
    assert run("project", *wanted, "--out", out) == 0
    assert list(table(out)[0]) == COLUMNS + BANDS
    kept = out.with_suffix(".parquet")
    assert run("project", *wanted, "--keep-draws", "--out", kept) == 0
    with duckdb.connect(":memory:") as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(kept)]).fetchnumpy()
    assert list(found) == COLUMNS + BANDS + [f"draw_{number}" for number in range(1, 21)]
    draws = np.stack([found[f"draw_{number}"] for number in range(1, 21)])
    assert np.allclose(np.percentile(draws, 10, axis=0), found["p10"], atol=1e-3)
    opened = open_pack(pack)
    same = project(opened.history(), opened.rates(), jump_off=2018, to=2021, draws=20, seed=3)
    assert same.draws is not None
    assert np.array_equal(draws.T, same.draws.reshape(-1, 20))


def test_csv_and_parquet_hold_the_same_rows(out: Path) -> None:
    wanted = ["--jump-off", 2026, "--to", 2027, "--areas", "3103"]
    assert run("project", *wanted, "--out", out) == 0
    assert run("project", *wanted, "--out", out.with_suffix(".parquet")) == 0
    with duckdb.connect(":memory:") as connection:
        query = "SELECT year::INT, area::VARCHAR, sex::VARCHAR, age::INT, persons::DOUBLE FROM read_{}(?)"
        one, other = (
            connection.execute(query.format(kind), [str(out.with_suffix(f".{kind}"))]).fetchall()
            for kind in ("csv", "parquet")
        )
    assert one == other


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        ("3103", ["3103"]),
        ("3905, 3101", ["3101", "3905"]),
        ("HF01", ["3101", "3103"]),
        ("HF17,3103,HF17", ["3103", "3905"]),
    ],
)
def test_areas_are_municipalities_or_helsefellesskap(
    areas: str, expected: list[str], pack: Path, out: Path
) -> None:
    assert (
        run("project", "--data", pack, "--jump-off", 2018, "--to", 2019, "--areas", areas, "--out", out) == 0
    )
    assert sorted({row["area"] for row in table(out)}) == expected


def test_nothing_later_than_the_jump_off_is_read(pack: Path, out: Path, tmp_path: Path) -> None:
    """The same bytes when the later rows are gone, and when they are nonsense."""
    wanted = ["--jump-off", 2016, "--to", 2020, "--draws", 10, "--keep-draws"]
    assert run("project", "--data", pack, *wanted, "--out", out) == 0
    gone, other = small_pack(tmp_path / "gone"), small_pack(tmp_path / "other")
    until(2016)(gone)
    for stem in ("population_municipality_", "population_national_"):
        tenfold = "CASE WHEN year::INT > 2016 THEN 10 ELSE 1 END * population::INT AS population"
        rewritten(stem, f"SELECT * REPLACE ({tenfold}) FROM t")(other)  # noqa: S608
    for folder in (gone, other):
        again = folder.with_suffix(".csv")
        assert run("project", "--data", folder, *wanted, "--out", again) == 0
        assert again.read_bytes() == out.read_bytes()


def test_a_row_of_the_jump_off_itself_is_read(pack: Path, out: Path, tmp_path: Path) -> None:
    """So that the proof above can fail."""
    assert run("project", "--data", pack, "--jump-off", 2016, "--to", 2018, "--out", out) == 0
    other = small_pack(tmp_path / "other")
    for stem in ("population_municipality_", "population_national_"):
        twice = "CASE WHEN year::INT = 2016 THEN 2 ELSE 1 END * population::INT AS population"
        rewritten(stem, f"SELECT * REPLACE ({twice}) FROM t")(other)  # noqa: S608
    again = tmp_path / "again.csv"
    assert run("project", "--data", other, "--jump-off", 2016, "--to", 2018, "--out", again) == 0
    assert again.read_bytes() != out.read_bytes()


@pytest.mark.slow
def test_the_real_figures_after_the_jump_off_change_nothing(
    data_pack: Path, out: Path, tmp_path: Path
) -> None:
    wanted = ["--jump-off", 2016, "--to", 2026, "--areas", "HF01", "--draws", 20]
    known = copied(data_pack, tmp_path / "known")
    until(2016)(known)
    assert run("project", "--data", data_pack, *wanted, "--out", out) == 0
    again = tmp_path / "again.csv"
    assert run("project", "--data", known, *wanted, "--out", again) == 0
    assert again.read_bytes() == out.read_bytes()


BAD = {
    "an unknown municipality": (["--areas", "3101,9999"], "9999"),
    "no municipality at all": (["--areas", " , "], "without a code"),
    "a year before the figures": (["--jump-off", "2010"], "no population for 1 January 2010"),
    "a year between the figures": (["--jump-off", "2024"], "2016, 2021, 2026"),
    "an end before the start": (["--to", "2020"], "2020, is before the first, 2026"),
    "an end too far away": (["--to", "2090"], "2076 or earlier"),
    "too few years to learn from": (["--jump-off", "2016"], "At least two years"),
    "a year that is no number": (["--to", "later"], "'later' is not a valid integer"),
    "fewer draws than none": (["--draws", "-1"], "-1 is not in the range"),
    "a seed below zero": (["--seed", "-1"], "-1 is not in the range"),
    "more draws than fit": (["--draws", "9000000"], "Ask for at most"),
    "draws to keep that are not made": (["--keep-draws"], "--draws"),
    "a folder that is not there": (["--data", "nowhere"], "There is no folder nowhere"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_written(
    what: str, out: Path, capsys: Capture
) -> None:
    wrong, part = BAD[what]
    assert run("project", "--jump-off", 2026, "--to", 2030, "--out", out, *wrong) == 2
    told = capsys.readouterr().err
    assert part in told
    assert told.count("\n") == 1
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("projection.xlsx", "must end in .csv or .parquet"),
        ("projection", "must end in .csv or .parquet"),
        ("nowhere/projection.csv", "does not exist. Make it first."),
        ("taken.csv", "is a folder"),
    ],
)
def test_a_file_that_cannot_be_is_refused_before_the_work(
    name: str, part: str, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "taken.csv").mkdir()
    assert run("project", "--jump-off", 2026, "--to", 2030, "--out", tmp_path / name) == 2
    told = capsys.readouterr()
    assert part in told.err
    assert told.out == ""


def test_a_folder_one_may_not_write_in_is_refused(tmp_path: Path, capsys: Capture) -> None:
    locked = Path("/proc") if os.geteuid() == 0 else tmp_path / "locked"
    if locked != Path("/proc"):
        locked.mkdir(mode=0o500)
    elif not locked.is_dir():
        pytest.skip("NOT TESTED: root may write everywhere on this machine")
    assert run("project", "--jump-off", 2026, "--to", 2027, "--out", locked / "projection.csv") == 2
    assert "Choose" in capsys.readouterr().err
    assert not (locked / "projection.csv").exists()


@a_few("keep", [[], ["--keep-draws"]], most=1)
@a_few("name", ["projection.parquet", "projection.csv"], most=1)
def test_a_former_file_stands_when_there_is_no_room_for_the_new(
    name: str, keep: list[str], tmp_path: Path
) -> None:
    out = tmp_path / name
    out.write_text("former", "utf-8")
    wanted = ["--jump-off", "2026", "--to", "2027", "--draws", "2", *keep, "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "samspill.config.main", "population", "project", *wanted],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert out.read_text("utf-8") == "former"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_pack_is_refused_by_both_commands(
    what: str, pack: Path, out: Path, capsys: Capture
) -> None:
    damage, _, parts = DAMAGES[what]
    damage(pack)
    for arguments in (
        ["project", "--jump-off", 2018, "--to", 2020, "--out", out],
        ["backtest", "--jump-off", 2014, "--horizon", 2],
    ):
        assert run(*arguments, "--data", pack) == 2
        told = capsys.readouterr().err
        assert all(part in told for part in parts), told
        assert told.count("\n") == 1
    assert not out.exists()


def test_the_backtest_prints_our_errors_beside_the_naive_ones(capsys: Capture) -> None:
    assert run("backtest", "--jump-off", 2021, "--horizon", 5) == 0
    told = capsys.readouterr().out
    assert "From 1 January 2021, 5 years ahead: 2026" in told
    (head,) = (line for line in told.splitlines() if line.startswith("ages"))
    assert head.split() == [
        "ages", "level", "units", "bias", "in", "interval", "samspill", "no", "change", "constant", "ratios",
    ]  # fmt: skip
    (line,) = (line for line in told.splitlines() if line.startswith("80+") and "municipality" in line)
    assert line.split()[2] == "13"
    ours, nothing = (float(line.split()[place]) for place in (5, 6))
    assert ours < nothing


def test_the_backtest_as_json_is_json_alone(pack: Path, capsys: Capture) -> None:
    assert run("backtest", "--data", pack, "--jump-off", 2016, "--horizon", 1, "--horizon", 2, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["figures"]["version"] == open_pack(pack).source.version
    scores = found["scores"]
    assert {score["horizon"] for score in scores} == {1, 2}
    assert {score["method"] for score in scores} == {"samspill", "no change", "constant ratios"}
    assert {"municipality", "community", "all"} <= {score["level"] for score in scores}
    assert all((score["covered"] is None) == (score["method"] != "samspill") for score in scores)


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        (["--jump-off", "2021", "--horizon", "4"], "no population for 1 January 2025"),
        (["--jump-off", "2016", "--horizon", "10"], "At least two years"),
        (["--jump-off", "2021", "--horizon", "0"], "0 is not in the range"),
        (["--jump-off", "2021"], "Missing option '--horizon'"),
        (["--jump-off", "2021", "--horizon", "5", "--areas", "HF99"], "HF99"),
    ],
)
def test_a_backtest_that_cannot_be_is_refused(wrong: list[str], part: str, capsys: Capture) -> None:
    assert run("backtest", *wrong) == 2
    told = capsys.readouterr().err
    assert part in told
    assert told.count("\n") == 1


@pytest.mark.slow
def test_the_real_pack_is_judged_over_357_municipalities(data_pack: Path, capsys: Capture) -> None:
    assert run("backtest", "--data", data_pack, "--jump-off", 2016, "--horizon", 8, "--json") == 0
    scores = json.loads(capsys.readouterr().out)["scores"]
    (ours, *naive) = (s for s in scores if s["level"] == "municipality" and s["ages"] == "80+")
    assert ours["units"] == 357
    assert ours["error"] < 5.6
    assert all(ours["error"] < other["error"] for other in naive)


def test_neither_command_needs_django_or_a_database(tmp_path: Path) -> None:
    program = (
        "import sys; from samspill.config.main import main;"
        f"out = {str(tmp_path / 'a.csv')!r};"
        "main(['population', 'project', '--jump-off', '2026', '--to', '2027', '--out', out]);"
        "main(['population', 'backtest', '--jump-off', '2021', '--horizon', '5']);"
        "sys.exit(any(name.split('.')[0] in ('django', 'psycopg') for name in sys.modules))"
    )
    home = tmp_path / "home"
    environ = os.environ | {"SAMSPILL_HOME": str(home)}
    assert subprocess.run([sys.executable, "-c", program], env=environ, check=False).returncode == 0
    assert (tmp_path / "a.csv").exists()
    assert not home.exists()


def test_regions_of_ones_own_are_projected_with_bands_of_their_sums(out: Path, capsys: Capture) -> None:
    wanted = ["--jump-off", 2026, "--to", 2028, "--draws", 40, "--seed", 3]
    assert run("regions", *wanted, "--region", "Kysten=3103,3110", "--out", out) == 0
    (row,) = (
        row
        for row in table(out)
        if (row["year"], row["region"], row["sex"], row["ages"]) == ("2028", "Kysten", "", "80+")
    )
    history, rates, _ = embedded()
    same = project(history, rates, jump_off=2026, to=2028, draws=40, seed=3)
    low, middle, high = same.band(80, areas=("3103", "3110"))[-1]
    assert [float(row[name]) for name in BANDS] == pytest.approx([low, middle, high], rel=1e-5)
    assert "Kysten: " in capsys.readouterr().out


def test_every_helsefellesskap_of_a_pack_is_a_region(pack: Path, out: Path) -> None:
    wanted = ["--data", pack, "--jump-off", 2018, "--to", 2019, "--draws", 0, "--kind", "helsefellesskap"]
    assert run("regions", *wanted, "--out", out) == 0
    assert {row["region"] for row in table(out)} == {
        "Helsefellesskapet Østfold",
        "Helsefellesskapet Vestfold",
    }


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ([], "at least one region"),
        (["--region", "A=9999"], "9999"),
        (["--region", "3101"], "NAME=3101,3103"),
        (["--kind", "county"], "--data"),
        (["--region", "A=3101", "--areas", "3103"], "--areas"),
    ],
)
def test_regions_that_cannot_be_are_refused(wrong: list[str], part: str, out: Path, capsys: Capture) -> None:
    assert run("regions", "--jump-off", 2026, "--to", 2027, *wrong, "--out", out) == 2
    told = capsys.readouterr().err
    assert part in told
    assert told.count("\n") == 1
    assert not out.exists()


@pytest.mark.slow
def test_the_backtest_names_official_projections_and_leaves_a_dash_where_they_do_not_cover(
    data_pack: Path, capsys: Capture
) -> None:
    arguments = ["--data", data_pack, "--jump-off", 2016, "--horizon", 10, "--draws", 0]
    assert run("backtest", *arguments) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    (official,) = (line for line in lines if line[:2] == ["80+", "official"])
    (every,) = (line for line in lines if line[:2] == ["80+", "municipality"])
    assert official[-1] == "5.6"
    assert every[-1] == "–"


@pytest.mark.slow
def test_the_districts_of_a_city_are_projected_from_a_pack_that_has_them(
    data_pack: Path, pack: Path, out: Path, capsys: Capture
) -> None:
    wanted = ["--jump-off", 2026, "--to", 2027, "--districts", 5001]
    assert run("project", "--data", data_pack, *wanted, "--out", out) == 0
    assert sorted({row["area"] for row in table(out)})[-1] == "500199"
    assert sum(float(row["persons"]) for row in table(out) if row["year"] == "2026") == 218460
    out.unlink()
    for folder in (["--data", pack], []):
        assert run("project", *folder, *wanted, "--out", out) == 2
        assert "--districts needs" in capsys.readouterr().err
        assert not out.exists()
