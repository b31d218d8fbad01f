"""From an extract to stored figures, and again when a table is another: nothing hidden is given away."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.utils import timezone
from pytest_django import Settings

from factories.people import TODAY
from samspill.analysis.figures import embedded
from samspill.analysis.indicators import all_definitions
from samspill.analysis.indicators.synthetic import synthesise, world_of
from samspill.directory.public import machine
from samspill.insight.actions import refreshing
from samspill.insight.models import DataSet, DataVersion, IndicatorAnswer, IndicatorRun
from samspill.insight.public import bring_in_extract, refresh_figures, sync_indicators, take_in_use
from samspill.insight.queries.measured import measured
from samspill.insight.states import Level, Period
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db

SAMSPILL = machine(None, TODAY)
YEARS = (2023, 2024, 2025)
FEW = (
    "acute-stays", "acute-stays-0-79", "acute-stays-80-plus", "caesareans", "kad-occupancy",
    "population-80-plus", "readmissions-67-plus",
)  # fmt: skip


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough indicators to count, divide, standardise and sum; all eighty take their time."""
    chosen = {code: all_definitions()[code] for code in FEW}
    monkeypatch.setattr(refreshing, "all_definitions", lambda: chosen)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Path(settings.HOME)


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("synth") / "extract"
    history, _rates, source = embedded()
    synthesise(world_of(history, YEARS, 7), folder, 20_000, source=source.name)
    yield folder


def taken(folder: Path) -> list[DataVersion]:
    versions = bring_in_extract(folder, by=SAMSPILL, now=timezone.now(), said={}, source="Oppdiktet")
    return [take_in_use(one, by=SAMSPILL) for one in versions]


def test_an_extract_becomes_figures_for_every_level(extract: Path) -> None:
    sync_indicators()
    taken(extract)
    run = refresh_figures(by=SAMSPILL)
    assert run is not None
    assert run.is_invented
    assert run.audit["ok"]
    assert {one["table"] for one in run.sources} >= {"contacts", "population", "services"}
    found = measured("readmissions-67-plus")
    assert found is not None
    assert tuple(found.periods) == YEARS
    assert [len(found.of_level(level)) for level in (Level.MUNICIPALITY, Level.COMMUNITY)] == [13, 1]
    assert found.whole is not None
    assert found.whole.code == "ALL"


def test_what_is_up_to_date_is_not_worked_out_again(extract: Path) -> None:
    sync_indicators()
    taken(extract)
    refresh_figures(by=SAMSPILL)
    assert refresh_figures(by=SAMSPILL) is None
    assert IndicatorRun.objects.count() == 1


def test_only_what_rests_on_a_new_table_is_worked_out_again(extract: Path, tmp_path: Path) -> None:
    sync_indicators()
    taken(extract)
    refresh_figures(by=SAMSPILL)
    other = tmp_path / "births"
    for path in (extract / "births").rglob("*.parquet"):
        rows = pq.ParquetFile(path).read()
        part = other / "births" / path.parent.name / path.name
        part.parent.mkdir(parents=True)
        pq.write_table(rows.slice(0, rows.num_rows - 1), part)
    taken(other)
    run = refresh_figures(by=SAMSPILL)
    assert run is not None
    answers = IndicatorAnswer.objects.filter(run=run).values_list("indicator__code", flat=True)
    assert "caesareans" in answers
    assert "acute-stays" not in answers


def test_an_extract_that_cannot_be_leaves_nothing(extract: Path, tmp_path: Path, home: Path) -> None:
    bad = tmp_path / "bad"
    for path in (extract / "places").rglob("*.parquet"):
        rows = pq.ParquetFile(path).read().to_pylist()
        rows[3]["days_used"] = rows[3]["days_open"] + 1
        part = bad / "places" / path.parent.name / path.name
        part.parent.mkdir(parents=True)
        pq.write_table(pq.ParquetFile(path).read().from_pylist(rows, pq.ParquetFile(path).schema_arrow), part)
    with pytest.raises(Refused, match="days_used"):
        taken(bad)
    assert not DataSet.objects.exists()
    assert not list(home.rglob("*.parquet"))


def test_no_data_gives_no_run() -> None:
    assert refresh_figures(by=SAMSPILL) is None


def test_a_table_of_fewer_municipalities_has_its_own_all(extract: Path, tmp_path: Path) -> None:
    """Births of three municipalities are no sum of Østfold, whatever the other tables have."""
    sync_indicators()
    partly = tmp_path / "partly"
    shutil.copytree(extract, partly)
    for path in (partly / "births").rglob("*.parquet"):
        pq.write_table(pq.ParquetFile(path).read().slice(0, 3), path)
    taken(partly)
    refresh_figures(by=SAMSPILL)
    births, stays = measured("caesareans"), measured("acute-stays")
    assert births is not None
    assert stays is not None
    assert [one.code for one in births.of_level(Level.COMMUNITY)] == []
    assert [one.code for one in stays.of_level(Level.COMMUNITY)] == ["HF01"]
    by_month = measured("acute-stays", period=Period.MONTH)
    assert by_month is not None
    assert by_month.periods[0] == YEARS[0] * 100 + 1
    assert set(by_month.areas) == {"HF01", "ALL"}
