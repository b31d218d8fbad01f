"""The same indicator on DuckDB, PostgreSQL and Spark: equal to the last digit."""

import importlib.util
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

import pyarrow as pa
import pytest
from django.db import connection

from factories.tried import a_few
from samspill.analysis.figures import embedded
from samspill.analysis.indicators import all_definitions
from samspill.analysis.indicators.calculation import DataSet, engine_of, expression, open_data
from samspill.analysis.indicators.synthetic import synthesise, world_of
from samspill.refusal import Refused

ORDER = [("area", "ascending"), ("year", "ascending"), ("stratum", "ascending")]
EVERYTHING = tuple(all_definitions())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataSet:
    where = tmp_path_factory.mktemp("invented") / "data"
    synthesise(world_of(embedded()[0].only(("3101", "3110")), (2023, 2024), seed=12), where, 20_000)
    return open_data(where)


def answers(address: str, data: DataSet, wanted: Sequence[str]) -> dict[str, pa.Table]:
    with engine_of(address, data) as engine:
        return {
            code: engine.fetch(expression(all_definitions()[code], engine.tables)).sort_by(ORDER)
            for code in wanted
        }


@pytest.fixture(scope="module")
def on_duckdb(data: DataSet) -> dict[str, pa.Table]:
    return answers("duckdb", data, EVERYTHING)


def differing(here: dict[str, pa.Table], there: dict[str, pa.Table]) -> list[str]:
    return [code for code, rows in there.items() if rows.to_pylist() != here[code].to_pylist()]


def test_every_indicator_has_rows_to_agree_on(on_duckdb: dict[str, pa.Table]) -> None:
    counted = {code: sum(rows["numerator"].to_pylist()) for code, rows in on_duckdb.items()}
    assert [code for code, number in counted.items() if not number] == []


@a_few("apart", (4, 1), most=1)
def test_postgresql_agrees_on_every_indicator(
    data: DataSet, on_duckdb: dict[str, pa.Table], db: None, apart: int
) -> None:
    there = answers(address_of_the_tests(), data, EVERYTHING[::apart])
    assert there
    assert differing(on_duckdb, there) == []


def address_of_the_tests() -> str:
    told = connection.settings_dict
    user = f"{quote(told['USER'])}:{quote(told['PASSWORD'])}"
    if str(told["HOST"]).startswith("/"):
        return (
            f"postgresql://{user}@/{told['NAME']}?{urlencode({'host': told['HOST'], 'port': told['PORT']})}"
        )
    return f"postgresql://{user}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


def test_nothing_of_the_persons_stays_in_postgresql(data: DataSet, db: None) -> None:
    answers(address_of_the_tests(), data, ("acute-stays",))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname IN ('contacts', 'services')")
        assert cursor.fetchone() == (0,)


def test_a_server_that_is_not_there_is_told_in_a_sentence(data: DataSet) -> None:
    with pytest.raises(Refused, match="PostgreSQL does not let us in"):
        answers("postgresql://nobody@127.0.0.1:1/none", data, ("acute-stays",))


@pytest.mark.slow
def test_spark_agrees_on_every_indicator(
    data: DataSet, on_duckdb: dict[str, pa.Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("NOT TESTED: Spark is not installed; `make test-spark` installs it")
    if shutil.which("java") is None:
        pytest.skip("NOT TESTED: there is no Java for Spark on this machine")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    assert differing(on_duckdb, answers("spark-local", data, EVERYTHING)) == []


def test_files_are_read_where_they_stand(data: DataSet) -> None:
    assert all(isinstance(path, Path) and path.is_file() for paths in data.files.values() for path in paths)
