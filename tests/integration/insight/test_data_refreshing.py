"""Sources are asked again: what is new becomes a version, and one that is away leaves the last standing."""

import random
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from factories.clocks import Clock
from factories.people import TODAY
from integration.insight.data_files import NOW, SAMSPILL
from samspill.directory.public import PLATFORM_COUNTS, machine
from samspill.insight import jobs_data
from samspill.insight.actions.data_refreshing import sets_due
from samspill.insight.connectors import Bucket, Patience, Wire
from samspill.insight.known_data_sets import find_or_make
from samspill.insight.models import DataSet, DataVersion
from samspill.insight.public import count_platform, refresh, take_in_use, version_in_use
from samspill.refusal import Refused
from statistics_server import Fault, InventedTable, InventedVariable, StatisticsServer

pytestmark = pytest.mark.django_db
AGES = (*(f"{age:03}" for age in range(105)), "105+")
WHOLE = InventedTable(
    "07459",
    "07459: Befolkning",
    (
        InventedVariable("Region", "region", ("K-3101", "K-3103"), "geo"),
        InventedVariable("Kjonn", "kjønn", ("1", "2")),
        InventedVariable("Alder", "alder", AGES),
        InventedVariable("ContentsCode", "statistikkvariabel", ("Personer1",), "metric"),
        InventedVariable("Tid", "år", ("2024", "2025", "2026"), "time"),
    ),
    codelists={"agg_KommSummer": ("K-3101", "K-3103")},
)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Path(settings.HOME)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[StatisticsServer]:
    """Every figure is there and whole, so that a population may be used."""
    monkeypatch.setattr("statistics_server.tables.figure_of", lambda codes, seed="": (len(seed) + 7, None))
    with StatisticsServer(clock=clock, tables={"07459": WHOLE}) as started:
        yield started


@pytest.fixture
def population(server: StatisticsServer) -> DataSet:
    return find_or_make("population", by=SAMSPILL, address=server.v2)


def ask(data_set: DataSet, clock: Clock, **later: int) -> DataVersion | None:
    def wire() -> Wire:
        bucket = Bucket(clock=clock, sleep=clock.sleep)
        return Wire(bucket, Patience(timeout_seconds=5), sleep=clock.sleep, clock=clock, rng=random.Random(1))

    data_set.refresh_from_db()
    return refresh(data_set, by=SAMSPILL, now=NOW + timedelta(**later), open_wire=wire)


def test_the_population_is_fetched_and_checked_whole(population: DataSet, clock: Clock) -> None:
    version = ask(population, clock)
    assert version is not None
    assert (version.state, version.rows, version.faults) == ("checked", 2 * 2 * 106 * 3, [])
    assert (version.first_year, version.last_year) == (2024, 2026)
    assert version.source_updated == WHOLE.updated
    assert version.provenance["asked_table"] == "07459"
    population.refresh_from_db()
    assert (population.last_asked, population.last_refusal) == (NOW, "")


def test_the_same_answer_makes_no_new_version(population: DataSet, clock: Clock) -> None:
    first = ask(population, clock)
    assert ask(population, clock, days=7) is None
    assert list(population.versions.all()) == [first]


@pytest.mark.parametrize(
    "fault",
    [Fault(status=429, retry_after="1"), Fault(status=500), Fault(half=True), Fault(half=True, honest=False)],
)
def test_passing_faults_are_lived_through_to_a_whole_version(
    population: DataSet, clock: Clock, server: StatisticsServer, fault: Fault
) -> None:
    server.faults = deque([fault])
    version = ask(population, clock)
    assert version is not None
    assert version.rows == 2 * 2 * 106 * 3


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(half=True), Fault(hangs_up=True)])
def test_a_source_that_is_away_leaves_the_last_version_standing_and_says_so(
    population: DataSet, clock: Clock, server: StatisticsServer, fault: Fault, home: Path
) -> None:
    version = ask(population, clock)
    assert version is not None
    take_in_use(version, by=SAMSPILL)
    server.faults = deque([fault] * 50)
    assert ask(population, clock, days=7) is None
    population.refresh_from_db()
    assert population.last_asked == NOW + timedelta(days=7)
    assert "did not answer" in population.last_refusal
    assert version_in_use("population") == version
    assert [path.name for path in (home / "data" / "population").iterdir()] == ["1"]


def test_a_question_that_is_wrong_is_told_at_once(population: DataSet, clock: Clock) -> None:
    population.question = population.question | {"table": "00000"}
    population.save()
    with pytest.raises(Refused):
        ask(population, clock)
    population.refresh_from_db()
    assert population.last_refusal


def test_a_data_set_that_is_taken_by_itself_is_so_when_nothing_is_to_be_looked_at(
    population: DataSet, clock: Clock
) -> None:
    DataSet.objects.filter(pk=population.pk).update(is_taken_by_itself=True)
    version = ask(population, clock)
    assert version is not None
    assert version.state == "in_use"


def test_each_is_asked_when_its_time_has_come(population: DataSet, clock: Clock) -> None:
    assert sets_due(NOW) == [population]
    ask(population, clock)
    assert sets_due(NOW + timedelta(days=6)) == []
    assert sets_due(NOW + timedelta(days=7, hours=-1)) == [population]
    jobs_data.refresh_due(timestamp=int((NOW + timedelta(days=8)).timestamp()))
    assert ProcrastinateJob.objects.filter(task_name="insight.refresh_one_data_set").count() == 1


def test_a_data_set_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        find_or_make("vaeret", by=SAMSPILL)
    assert refused.value.code == "data.unknown"


def test_the_platform_counts_its_own_things_and_takes_them_in_use() -> None:
    version = count_platform(by=SAMSPILL, now=NOW)
    assert version is not None
    assert (version.state, version.faults) == ("in_use", [])
    assert count_platform(by=SAMSPILL, now=NOW) is None
    assert version.rows % len(PLATFORM_COUNTS.all()) == 0


def test_former_years_stay_as_they_were_counted() -> None:
    count_platform(by=SAMSPILL, now=NOW)
    later = machine(None, TODAY.replace(year=TODAY.year + 1))
    version = count_platform(by=later, now=NOW + timedelta(days=365))
    assert version is not None
    assert (version.state, version.first_year, version.last_year) == ("in_use", 2026, 2027)
