"""`samspill data look|take|versions`: from a file to data in use, or to a report and nothing else."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from factories.people import TODAY
from samspill.analysis.intake import guess, parse_mapping, read_mapping
from samspill.cli.data_look import as_table, look
from samspill.cli.data_take import bring_in_file, tell, use, version_rows
from samspill.insight.public import version_in_use
from samspill.refusal import Refused
from unit.analysis.intake.made_files import GOOD, MAPPING, written


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Path(settings.HOME)


def test_a_file_is_looked_at_and_its_mapping_saved(tmp_path: Path) -> None:
    path, mapping = written(tmp_path, [*GOOD, "2025;3101;Hotell;1;1;1;1;1"]), tmp_path / "m.yaml"
    result = CliRunner().invoke(look, [str(path), "--save", str(mapping)], catch_exceptions=False)
    assert result.exit_code == 0
    assert "table: places" in result.output
    assert "row 6, column Plasstype: it is none of kad" in result.output
    assert read_mapping(mapping).table == "places"


def test_a_table_we_do_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        CliRunner().invoke(look, [str(written(tmp_path, GOOD)), "--as", "beds"], catch_exceptions=False)


@pytest.mark.django_db
def test_a_file_is_brought_in_taken_in_use_and_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version = bring_in_file(
        written(tmp_path, GOOD), parse_mapping(MAPPING), "places", today=TODAY, source="Kommunene"
    )
    use(version, today=TODAY)
    assert version_in_use("places") == version
    assert version_rows()[0][:6] == ("places", "places", "1", "in use", "2024–2025", "4")
    mended = [*GOOD[:3], GOOD[3].replace(";6;", ";7;")]
    tell(bring_in_file(written(tmp_path, mended), parse_mapping(MAPPING), "places", today=TODAY))
    said = capsys.readouterr().out
    assert "0 rows added, 0 removed, 1 figures changed." in said
    assert "2025, 3103, kad: places 6 → 7" in said


@pytest.mark.django_db
def test_a_faulty_file_is_told_of_with_row_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*GOOD, "2025;3101;KAD;-1;1;1;1;1"]
    version = bring_in_file(
        written(tmp_path, rows), parse_mapping(MAPPING), "places", today=TODAY, source="Kommunene"
    )
    tell(version)
    assert version.state == "refused"
    assert "row 6, column Plasser: it is below 0: «-1»" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_pulled_file_brings_with_it_where_it_came_from(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    about = {"producer": "SSB", "table": "12345", "licence": "CC BY 4.0", "updated": "2026-02-25T07:00:00Z"}
    path.with_name("file.csv.source.json").write_text(
        json.dumps({**about, "fetched_at": "2026-11-20T10:00:00+00:00"}), "utf-8"
    )
    version = bring_in_file(path, parse_mapping(MAPPING), "places", today=TODAY)
    assert (version.data_set.source, version.data_set.licence) == ("SSB, 12345", "CC BY 4.0")
    assert version.source_updated == "2026-02-25T07:00:00Z"
    assert f"{version.retrieved_at:%Y-%m-%d}" == "2026-11-20"


@pytest.mark.django_db
def test_a_json_stat_answer_is_a_table_too(tmp_path: Path) -> None:
    names = (
        "births",
        "preterm",
        "caesarean",
        "unplanned_outside",
        "midwife_home_visit",
        "mental_health_asked",
    )
    document = {
        "version": "2.0",
        "class": "dataset",
        "id": ["Region", "ContentsCode", "Tid"],
        "size": [1, len(names), 2],
        "dimension": {
            "Region": {"category": {"index": ["3101"]}},
            "ContentsCode": {"category": {"index": names}},
            "Tid": {"category": {"index": ["2024", "2025"]}},
        },
        "value": [9, 8, 1, None, 2, 2, 0, 0, 5, 5, 5, 5],
        "status": {"3": ":"},
    }
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(document), "utf-8")
    with as_table(path) as plain:
        mapping = guess(plain, today=TODAY, table="births")
    version = bring_in_file(path, mapping, "births", today=TODAY, source="SSB")
    assert (version.state, version.rows, version.provenance["lacking_by_kind"]) == (
        "checked",
        1,
        {"hidden": 1},
    )
