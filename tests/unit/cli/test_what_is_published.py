"""From an invented extract to files anybody may have, and an attack on all of the files together."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from samspill.cli.data_synth import synth
from samspill.cli.indicators import indicators
from unit.analysis.published_attack import attack

pytestmark = pytest.mark.slow
ALL_BUT_ONE = "3101,3103,3105,3107,3110,3112,3114,3116,3118,3120,3122,3124"


def told(*arguments: str) -> str:
    result = CliRunner().invoke(indicators, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("synth") / "extract"
    asked = ["--contacts", "200_000", "--years", "2024", "--out", str(out), "--workers", "1"]
    result = CliRunner().invoke(synth, asked, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return out


def test_all_of_two_hundred_thousand_contacts_can_be_published_and_nothing_comes_back(
    extract: Path, tmp_path: Path
) -> None:
    first, later, report = (tmp_path / name for name in ("all.parquet", "twelve.parquet", "audit.json"))
    said = told("run", "--data", str(extract), "--out", str(first), "--audit", str(report))
    assert "nothing can be computed back" in said
    told("run", "--data", str(extract), "--areas", ALL_BUT_ONE, "--no-levels", "--out", str(later))
    tables = [pq.read_table(path) for path in (first, later)]
    levels = set(tables[0]["level"].to_pylist())
    assert levels == {"municipality", "community", "country"}  # the region has others too
    assert set(tables[1]["level"].to_pylist()) == {"municipality"}
    assert attack(tables) == []
    audit = json.loads(report.read_text("utf-8"))
    assert audit["ok"] and audit["hidden_cells"] > 50
    assert audit["rules"]["npr_kpr"]["from"] == "2024-01-01"
    assert len(list((extract / "published").glob("*.parquet"))) == 2
