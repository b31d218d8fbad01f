"""`samspill data synth` and `samspill indicators`: from nothing to a file of figures."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from samspill.analysis.indicators.calculation import PUBLISHED, check_data, open_data
from samspill.cli.data_synth import synth
from samspill.cli.indicators import indicators
from samspill.refusal import Refused


def told(*arguments: str) -> str:
    result = CliRunner().invoke(indicators, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("synth") / "extract"
    asked = ["--contacts", "40_000", "--areas", "3101,3103", "--years", "2023-2024", "--out", str(out)]
    result = CliRunner().invoke(synth, [*asked, "--workers", "1"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "40000 contacts" in result.output
    return out


def test_the_list_can_be_of_one_group() -> None:
    lines = told("list", "--group", "svangerskap").splitlines()
    assert any("births-per-midwife" in line for line in lines)
    assert not any("without-gp" in line for line in lines)


def test_a_definition_is_shown_in_the_language_asked_for() -> None:
    shown = told("show", "readmissions-67-plus", "--language", "nn")
    assert "Reinnleggingar 67 år og eldre" in shown
    assert "Norsk pasientregister" in shown


def test_an_id_that_is_none_is_refused_with_those_like_it() -> None:
    with pytest.raises(Refused, match=r"Perhaps: .*readmissions-67-plus"):
        told("show", "readmissions")


def test_figures_are_written_with_their_limits_and_flags(extract: Path, tmp_path: Path) -> None:
    out, log = tmp_path / "figures.csv", tmp_path / "log.jsonl"
    asked = ["--indicator", "acute-stays", "--indicator", "share-80-plus", "--years", "2024"]
    said = told("run", "--data", str(extract), "--log", str(log), "--out", str(out), *asked)
    assert "6 rows of 2 indicators" in said  # two municipalities, and all there are
    assert "nothing can be computed back" in said
    rows = pyarrow.csv.read_csv(out).to_pylist()
    assert list(rows[0]) == PUBLISHED.names
    assert all(row["lower"] < row["value"] < row["upper"] for row in rows)
    assert [json.loads(line)["rows_out"] for line in log.read_text("utf-8").splitlines()] == [3]


@pytest.mark.slow
def test_all_indicators_can_be_asked_for_at_once(extract: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.parquet"
    told("run", "--data", str(extract), "--areas", "3101", "--out", str(out))
    answer = pq.read_table(out)
    assert len(set(answer["indicator"].to_pylist())) >= 60
    assert set(answer["area"].to_pylist()) == {"3101"}
    assert (extract / "questions.jsonl").exists()


@pytest.mark.parametrize("years", ["i fjor", "2024-2020", ""])
def test_years_that_are_none_are_refused(extract: Path, tmp_path: Path, years: str) -> None:
    with pytest.raises(Refused, match="is no year and no years"):
        told("run", "--data", str(extract), "--years", years, "--out", str(tmp_path / "f.csv"))


def test_rows_that_cannot_be_are_told_with_file_and_row(tmp_path: Path) -> None:
    columns = {
        "year": pa.array([2024, 2024, 2024, 1066], pa.int32()),
        "area": ["3101", "3101", "Halden", "3103"],
        "sex": ["K", "K", "X", "M"],
        "age": [3, 3, 4, 200],
        "persons": [10, 10, -1, 5],
    }
    path = tmp_path / "population" / "year=2024" / "part-0.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(pa.table(columns), path)
    with pytest.raises(Refused) as refused:
        check_data(open_data(tmp_path))
    faults = {(one.column, one.row): one for one in refused.value.facts["faults"]}  # type: ignore[union-attr]
    assert set(faults) == {
        ("year", 4), ("area", 3), ("sex", 3), ("age", 4), ("persons", 3), ("year and area and sex and age", 1)
    }  # fmt: skip
    assert "population/year=2024/part-0.parquet, row 3, column area" in refused.value.sentence
    assert "nothing of it is" in refused.value.sentence
