"""`samspill plans`: reading without a database, and importing as Samspill itself."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from factories.people import TODAY, actor
from integration.plans.conftest import TABLE_PLAN
from integration.plans.small_plans import small_plan
from samspill.cli.plans import all_bytes, bring_in, bring_in_all, in_folders, plans, told
from samspill.config.main import main
from samspill.directory.public import AuditEvent, scope
from samspill.plans.public import Measure, Plan
from samspill.refusal import Refused

FIELDS = {
    "title", "kind", "community", "period", "language", "adopted", "abbreviations", "focus_areas", "goals",
    "measures", "bodies", "agreements", "projects", "patient_groups", "questions", "examples", "holes",
}  # fmt: skip
MEASURE_FIELDS = {
    "text", "line", "page", "focus_area", "goal", "responsible", "responsible_from", "deadline_raw",
    "deadline", "strength", "origin", "rule", "confidence",
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "handlingsplan.md"
    path.write_bytes(small_plan())
    return path


def test_reading_prints_everything_as_json(file: Path) -> None:
    done = CliRunner().invoke(plans, ["read", str(file), "--json"], catch_exceptions=False)
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert found.keys() >= FIELDS
    first, _second, third = found["measures"]
    assert first.keys() >= MEASURE_FIELDS
    assert (found["community"], found["period"]) == (
        "Østfold",
        {"start": 2025, "end": 2027},
    )
    assert (first["responsible"], first["deadline"]) == (["SSU"], "2027-06-30")
    assert third["responsible"] == ["Halden", "Moss"]


def test_reading_prints_a_list_for_people(file: Path) -> None:
    done = CliRunner().invoke(plans, ["read", str(file)], catch_exceptions=False)
    assert "Lage felles kurs i samtaler med pårørende" in done.stdout
    assert "3 measures, 2 with a responsible." in done.stdout


def test_the_plan_with_tables_has_25_measures_all_with_a_responsible(seeds: Path) -> None:
    if not (seeds / TABLE_PLAN).exists():
        pytest.skip(f"NOT TESTED: {TABLE_PLAN} is not among the documents beside the checkout")
    done = CliRunner().invoke(plans, ["read", str(seeds / TABLE_PLAN)], catch_exceptions=False)
    assert "25 measures, 25 with a responsible." in done.stdout


def test_reading_needs_neither_django_nor_a_database(file: Path) -> None:
    program = (
        "import sys; from click.testing import CliRunner; from samspill.cli.plans import plans;"
        f"CliRunner().invoke(plans, ['read', {str(file)!r}], catch_exceptions=False);"
        "sys.exit(any(name.split('.')[0] in ('django', 'psycopg') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("name", ["mangler.docx", "."])
def test_a_file_that_is_not_there_is_exit_code_2_with_a_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert main(["plans", "read", str(tmp_path / name)]) == 2
    assert "Check the name" in capsys.readouterr().err


def test_a_file_of_the_wrong_kind_is_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "plan.pdf").write_bytes(small_plan())
    assert main(["plans", "read", str(tmp_path / "plan.pdf")]) == 2
    assert "plan.pdf" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["ostfold", "HF01", "Østfold"])
def test_a_plan_is_imported_by_samspill_itself_in_the_community_one_names(wanted: str) -> None:
    result = bring_in(small_plan(), "handlingsplan.md", wanted, today=TODAY)
    again = bring_in(small_plan(), "handlingsplan.md", wanted, today=TODAY)
    assert (told(result), told(again)) == ("3 measures.", "read in before, 3 measures, nothing is changed.")
    with scope(actor("ostfold")):
        assert Measure.objects.filter(plan=result.plan).count() == 3
        assert [event.by_name for event in AuditEvent.objects.filter(act="plan.import")] == ["Samspill"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "code"), [("soria-moria", "community.unknown"), ("vestfold", "plan.community_other")]
)
def test_an_import_that_cannot_be_is_refused_in_one_english_sentence(wanted: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        bring_in(small_plan(), "handlingsplan.md", wanted, today=date(2026, 11, 22))
    assert refusal.value.code == code
    assert "Choose" in refusal.value.sentence or "choose" in refusal.value.sentence


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two plans, and what becomes none: a torn Word file, a lock of Word, a picture, a link to nothing."""
    (tmp_path / "1.md").write_bytes(small_plan())
    (tmp_path / "2-revet.docx").write_bytes(b"PK\x03\x04" + bytes(200))
    (tmp_path / "3.md").write_bytes(
        small_plan(years="2028-2030", adopted="", rows=(("Lage felles kurs", "SSU", ""),))
    )
    (tmp_path / "4-bilde.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (tmp_path / "~$1.docx").write_bytes(b"randi")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    (tmp_path / "5-borte.md").symlink_to(tmp_path / "finnes-ikke.md")
    return tmp_path


def brought_from(folder: Path) -> tuple[Refused, str, str]:
    with CliRunner().isolation() as (out, err, _both):
        contents, unread = all_bytes(in_folders([folder]))
        with pytest.raises(Refused) as refusal:
            bring_in_all(contents, "", today=TODAY, is_open=False, unread=unread)
        return refusal.value, out.getvalue().decode(), err.getvalue().decode()


@pytest.mark.django_db
def test_broken_files_in_a_folder_are_named_with_their_reasons_and_the_others_come_in(folder: Path) -> None:
    refused, out, err = brought_from(folder)
    assert (refused.code, refused.sentence) == ("plans.some", "2 of 4 documents were not brought in.")
    assert [line.rpartition(": ")[2] for line in out.splitlines() if "measures" in line] == [
        "3 measures.",
        "1 measures.",
    ]
    torn, picture = err.splitlines()
    assert torn.startswith("2-revet.docx: ") and torn.endswith("choose the new file.")
    assert picture.startswith("4-bilde.png: ")
    assert "randi" not in out + err


@pytest.mark.django_db
def test_a_folder_brought_in_again_brings_no_plan_or_measure_twice(folder: Path) -> None:
    brought_from(folder)
    with scope(actor("ostfold")):
        before = sorted(Measure.objects.values_list("pk", "text")), Plan.objects.count()
    _refused, out, _err = brought_from(folder)
    assert out.count("nothing is changed") == 2
    with scope(actor("ostfold")):
        assert (sorted(Measure.objects.values_list("pk", "text")), Plan.objects.count()) == before


def test_files_that_cannot_be_opened_are_named_and_keep_nobody_out(folder: Path) -> None:
    here, missing = folder / "1.md", folder / "5-borte.md"
    contents, unread = all_bytes([missing, here])
    assert [file for file, _content in contents] == [here]
    assert [one.code for one in unread] == ["document.missing"]
    assert "5-borte.md" in unread[0].sentence
    with pytest.raises(Refused, match="Check the name"):
        all_bytes([missing])


@pytest.mark.django_db
def test_one_that_cannot_be_opened_makes_the_exit_code_tell_although_the_rest_came_in(folder: Path) -> None:
    contents, unread = all_bytes([folder / "5-borte.md", folder / "1.md"])
    with pytest.raises(Refused) as refusal:
        bring_in_all(contents, "ostfold", today=TODAY, is_open=False, unread=unread)
    assert refusal.value.sentence == "1 of 2 documents were not brought in."
    with scope(actor("ostfold")):
        assert Measure.objects.count() == 3
