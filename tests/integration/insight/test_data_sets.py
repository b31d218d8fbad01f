"""Data sets: a version is brought in, checked, taken in use, replaced, withdrawn; never half."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError
from pytest_django import Settings

from factories.people import TODAY
from integration.insight.data_files import FAULTY, MENDED, NOW, SAMSPILL, kept, places, version_of
from samspill.analysis.indicators import tables
from samspill.analysis.intake import parse_mapping
from samspill.directory.public import Actor, nobody
from samspill.insight.data_folders import throw_halves_away
from samspill.insight.models import DataEvent, DataSet, DataVersion
from samspill.insight.public import (
    TAKEN,
    bring_in,
    check_version,
    extract_in_use,
    make_data_set,
    refuse,
    take_in_use,
    version_in_use,
    withdraw_version,
)
from samspill.insight.states.data_sets import TRANSITIONS, VersionState
from samspill.refusal import Refused
from unit.analysis.intake.made_files import GOOD, MAPPING, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Path(settings.HOME)


def test_a_good_file_is_checked_and_then_taken_in_use(tmp_path: Path, home: Path) -> None:
    version = version_of(places(), GOOD, tmp_path)
    assert (version.state, version.number, version.rows) == ("checked", 1, 4)
    assert (version.first_year, version.last_year) == (2024, 2025)
    assert version_in_use("places") is None
    take_in_use(version, by=SAMSPILL)
    assert version_in_use("places") == version
    data = extract_in_use(by=SAMSPILL)
    assert set(data.files) == {"places"}
    assert [path.resolve().relative_to(home) for path in data.files["places"]] == [
        Path(f"data/places/1/places/year={year}/part-0.parquet") for year in (2024, 2025)
    ]


def test_a_faulty_file_is_refused_with_row_and_column_and_nothing_of_it_is_kept(
    tmp_path: Path, home: Path
) -> None:
    version = version_of(places(), FAULTY, tmp_path)
    assert version.state == "refused"
    assert [(one["code"], one["column"], one["places"][0]["row"]) for one in version.faults] == [
        ("unknown_code", "Plasstype", 6),
        ("too_low", "Avvist", 5),
        ("unknown_area", "Kommunenr", 6),
    ]
    assert kept(home) == []
    with pytest.raises(Refused) as refused:
        take_in_use(version, by=SAMSPILL)
    assert refused.value.code == "data.state"


def test_a_version_is_compared_with_the_one_in_use_and_replaces_it(tmp_path: Path) -> None:
    data_set = places()
    first = take_in_use(version_of(data_set, GOOD, tmp_path), by=SAMSPILL)
    assert first.difference is None
    second = version_of(data_set, MENDED, tmp_path)
    assert second.difference is not None
    assert second.difference["changed"] == {"places": 1}
    assert second.provenance["compared_with"] == "places 1"
    take_in_use(second, by=SAMSPILL)
    first.refresh_from_db()
    assert (first.state, version_in_use("places")) == ("replaced", second)
    take_in_use(first, by=SAMSPILL)
    assert version_in_use("places") == first


def test_a_withdrawn_version_says_why_and_leaves_the_table_without_data(tmp_path: Path) -> None:
    version = take_in_use(version_of(places(), GOOD, tmp_path), by=SAMSPILL)
    with pytest.raises(Refused):
        withdraw_version(version, " ", by=SAMSPILL)
    gone = withdraw_version(version, "Tallene for 2025 var feil.", by=SAMSPILL)
    assert (gone.state, gone.withdrawn_because) == ("withdrawn", "Tallene for 2025 var feil.")
    assert version_in_use("places") is None
    with pytest.raises(Refused) as refused:
        extract_in_use(by=SAMSPILL)
    assert refused.value.code == "data.none"


def test_a_refused_version_leaves_its_story_and_no_rows(tmp_path: Path, home: Path) -> None:
    version = version_of(places(), GOOD, tmp_path)
    assert kept(home) != []
    refuse(version, by=SAMSPILL)
    assert kept(home) == []
    assert DataVersion.objects.get().rows == 4


@pytest.mark.parametrize("state", VersionState.values)
def test_states_move_as_the_table_says(state: str, tmp_path: Path) -> None:
    version = version_of(places(), GOOD, tmp_path)
    reason = "Feil." if state == "withdrawn" else ""
    DataVersion.objects.filter(pk=version.pk).update(state=state, taken_at=NOW, withdrawn_because=reason)
    acts = {
        VersionState.IN_USE: lambda: take_in_use(version, by=SAMSPILL),
        VersionState.REFUSED: lambda: refuse(version, by=SAMSPILL),
        VersionState.WITHDRAWN: lambda: withdraw_version(version, "Feil.", by=SAMSPILL),
    }
    for to, act in acts.items():
        if to in TRANSITIONS[VersionState(state)]:
            with transaction.atomic():
                act()
                transaction.set_rollback(True)
        else:
            with pytest.raises(Refused):
                act()


def test_the_database_lets_one_version_of_a_table_be_in_use(tmp_path: Path) -> None:
    data_set = places()
    take_in_use(version_of(data_set, GOOD, tmp_path), by=SAMSPILL)
    second = version_of(data_set, MENDED, tmp_path)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataVersion.objects.filter(pk=second.pk).update(state="in_use", taken_at=NOW)


def test_history_only_grows_and_where_a_version_is_from_is_never_rewritten(tmp_path: Path) -> None:
    version = take_in_use(version_of(places(), GOOD, tmp_path), by=SAMSPILL)
    assert list(version.events.values_list("act", flat=True)) == ["data.take", "data.check", "data.bring_in"]
    for wrong in (
        lambda: DataEvent.objects.all().delete(),
        lambda: DataEvent.objects.update(by_name="noen"),
        lambda: DataVersion.objects.filter(pk=version.pk).update(file_name="annet.csv"),
        lambda: connection.cursor().execute("DELETE FROM insight_dataversion"),
    ):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
            wrong()


@pytest.fixture
def taken() -> Iterator[list[str]]:
    told: list[str] = []
    TAKEN.register("test", lambda version, _by: told.append(str(version)))
    yield told
    TAKEN._entries.pop("test")


def test_others_are_told_when_a_version_is_taken_in_use(tmp_path: Path, taken: list[str]) -> None:
    take_in_use(version_of(places(), GOOD, tmp_path), by=SAMSPILL)
    assert taken == ["places 1"]


def test_files_are_for_this_machines_own_user_alone(tmp_path: Path, home: Path) -> None:
    take_in_use(version_of(places(), GOOD, tmp_path), by=SAMSPILL)
    extract_in_use(by=SAMSPILL)
    for path in (home / "data").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert stat.S_IMODE((home / "data").stat().st_mode) == 0o700


def test_what_was_ended_half_written_goes_away_the_next_night(tmp_path: Path, home: Path) -> None:
    version_of(places(), GOOD, tmp_path)
    half = home / "data" / "places" / "2.x.part"
    half.mkdir()
    throw_halves_away(half.stat().st_mtime - 1)
    assert half.is_dir()
    throw_halves_away(half.stat().st_mtime + 1)
    assert [path.name for path in (home / "data" / "places").iterdir()] == ["1"]


def test_a_reading_of_rows_about_persons_is_written_down(tmp_path: Path) -> None:
    table = tables()["services"]
    mapping = "table: services\nwritten: 2026-11-22\ncolumns:\n"
    mapping += "".join(f"  {one}: {one}\n" for one in table.columns)
    data_set = make_data_set("kpr", "services", by=SAMSPILL, titles={"nb": "KPR"}, source="KPR")
    assert data_set.has_persons
    header = ",".join(table.columns)
    faulty = written(tmp_path, ["2024,3101,K,80,1,kad,1,2", "2024,3101,Kari,80,2,kad,1,2"], header)
    version = bring_in(data_set, faulty, mapping=parse_mapping(mapping), retrieved_at=NOW, by=SAMSPILL)
    refused = check_version(version, by=SAMSPILL)
    assert [*refused.faults[0]["places"]] == [{"row": 3, "value": ""}]
    path = written(tmp_path, ["2024,3101,K,80,1,kad,1,2"], header)
    version = bring_in(data_set, path, mapping=parse_mapping(mapping), retrieved_at=NOW, by=SAMSPILL)
    take_in_use(check_version(version, by=SAMSPILL), by=SAMSPILL)
    take_in_use(version_of(places(), GOOD, tmp_path), by=SAMSPILL)
    extract_in_use(by=SAMSPILL)
    read = DataEvent.objects.filter(act="data.read")
    assert [str(one.version) for one in read] == ["kpr 2"]


def test_who_is_no_analyst_and_no_secretariat_brings_nothing_in(tmp_path: Path) -> None:
    data_set = places()
    path = written(tmp_path, GOOD)
    for actor in (nobody(TODAY), Actor(TODAY, account_id=1, name="Kari", roles=frozenset({"member"}))):
        with pytest.raises(Refused) as refused:
            bring_in(data_set, path, mapping=parse_mapping(MAPPING), retrieved_at=NOW, by=actor)
        assert refused.value.forbidden
    assert DataSet.objects.count() == 1


def test_a_mapping_to_another_table_a_taken_key_and_no_source_are_refused(tmp_path: Path) -> None:
    data_set = places()
    other = parse_mapping(
        "table: gp_lists\nwritten: 2026-11-22\ncolumns:\n"
        + "".join(f"  {one}: {one}\n" for one in tables()["gp_lists"].columns)
    )
    with pytest.raises(Refused) as refused:
        bring_in(data_set, written(tmp_path, GOOD), mapping=other, retrieved_at=NOW, by=SAMSPILL)
    assert refused.value.code == "data.mapping_table"
    for code, change in (("data.key", {}), ("data.source", {"source": " "})):
        with pytest.raises(Refused) as refused:
            places(**change)
        assert refused.value.code == code
    with pytest.raises(Refused):
        make_data_set("x", "discharges", by=SAMSPILL, titles={}, source="x")
