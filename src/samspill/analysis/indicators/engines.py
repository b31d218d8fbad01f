"""Where an indicator is calculated: DuckDB in this process, PostgreSQL, or Spark – here or on a cluster.

An engine opens the tables of a data set and fetches what an expression comes to. It is closed when done; what
it was given of persons goes with it.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from samspill.analysis.indicators.data_sets import DataSet
from samspill.refusal import Refused

DUCKDB, SPARK_LOCAL = "duckdb", "spark-local"
MEMORY = {DUCKDB: "400MB", "spark": "2GB"}
"""What the engine itself may use. Python, and files as they are read, have 0.4 GB beside DuckDB's."""
THREADS = 4  # of DuckDB, each of which needs a hundred megabytes
SPARK = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class Engine(Protocol):
    """One that can calculate; `tables` are those of the data set, by name."""

    name: str
    tables: Mapping[str, ir.Table]

    def fetch(self, rows: ir.Table) -> pa.Table:
        """What an expression over the tables comes to."""


class _Connected:
    """An engine that Ibis knows."""

    def __init__(self, name: str, connection: Any, opened: Mapping[str, ir.Table]) -> None:
        self.name, self.connection, self.tables = name, connection, opened

    def fetch(self, rows: ir.Table) -> pa.Table:
        return self.connection.to_pyarrow(rows)


class _Opened(Mapping[str, ir.Table]):
    """The tables of a data set, each opened when it is first asked for: most questions are of two."""

    def __init__(self, data: DataSet, read: Callable[[str, Sequence[str]], ir.Table]) -> None:
        self.data, self.read = data, read
        self.opened: dict[str, ir.Table] = {}

    def __getitem__(self, name: str) -> ir.Table:
        if name not in self.opened:
            self.opened[name] = _typed(name, self.read(name, [str(path) for path in self.data.files[name]]))
        return self.opened[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.data.files)

    def __len__(self) -> int:
        return len(self.data.files)


@contextmanager
def engine_of(address: str, data: DataSet, *, memory: str | None = None) -> Iterator[Engine]:
    """The engine with `address` over a data set: duckdb, postgresql://…, spark-local, spark://… or sc://….

    `memory` is the engine's own, as "400MB" or "2GB"; what does not fit goes to disk. Refuses an address that
    is none (`unknown_engine`) and an engine that is not there (`engine_missing`, `engine_unreachable`).
    """
    open_engine = next((OPENED[start] for start in OPENED if address.startswith(start)), None)
    if open_engine is None:
        raise Refused(
            "unknown_engine",
            f"There is no engine {address}; say duckdb, postgresql://…, spark-local or spark://….",
            field="engine",
        )
    with open_engine(address, data, memory) as engine:
        yield engine


@contextmanager
def _duckdb(_address: str, data: DataSet, memory: str | None) -> Iterator[Engine]:
    """What does not fit in memory goes to a folder that is taken away afterwards."""
    with tempfile.TemporaryDirectory(prefix="samspill-") as spill:
        connection = ibis.duckdb.connect(**duckdb_settings(memory, spill))
        try:
            yield _Connected(DUCKDB, connection, _Opened(data, partial(_read_by_duckdb, connection)))
        finally:
            connection.disconnect()


def duckdb_settings(memory: str | None, spill: str) -> dict[str, Any]:
    """How DuckDB is opened; `spill` is the folder for what does not fit in memory."""
    return {
        "memory_limit": memory or MEMORY[DUCKDB],
        "temp_directory": spill,
        "threads": min(os.cpu_count() or 1, THREADS),
        "preserve_insertion_order": False,
    }


@contextmanager
def _spark(address: str, data: DataSet, memory: str | None) -> Iterator[Engine]:
    """Spark reads the files itself, so a cluster must see them under the same path."""
    session = _session(address, memory or MEMORY["spark"])
    connection = ibis.pyspark.connect(session)
    try:
        yield _Connected("spark", connection, _Opened(data, partial(_read_by_spark, session, connection)))
    finally:
        session.stop()


def _read_by_duckdb(connection: Any, name: str, paths: Sequence[str]) -> ir.Table:
    return connection.read_parquet(paths, table_name=name)


def _read_by_spark(session: Any, connection: Any, name: str, paths: Sequence[str]) -> ir.Table:
    session.read.parquet(*paths).createOrReplaceTempView(name)
    return connection.table(name)


def _session(address: str, memory: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Refused(
            "engine_missing",
            "Spark is not installed. Install requirements/spark.txt, and Java 17 or newer.",
            field="engine",
        ) from error
    builder = SparkSession.builder.appName("samspill indicators")
    for name, value in SPARK.items():
        builder = builder.config(name, value)
    if address.startswith("sc://"):
        return builder.remote(address).getOrCreate()
    master = "local[*]" if address == SPARK_LOCAL else address
    if address == SPARK_LOCAL:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config(
            "spark.sql.shuffle.partitions", "8"
        )
    builder = builder.config("spark.driver.memory", memory.replace("GB", "g").replace("MB", "m"))
    return builder.master(master).getOrCreate()


@contextmanager
def _postgresql(address: str, data: DataSet, _memory: str | None) -> Iterator[Engine]:
    """The files are copied to temporary tables, which go when the connection closes."""
    from samspill.analysis.indicators.postgresql import copy_in, drop

    try:
        connection = ibis.connect(address)
    except Exception as error:
        raise Refused(
            "engine_unreachable",
            f"PostgreSQL does not let us in: {str(error).splitlines()[0]}",
            field="engine",
        ) from error
    try:
        copy_in(connection.con, data)
        yield _Connected("postgresql", connection, unbound_of(data))
    finally:
        drop(connection.con, data)
        connection.disconnect()


def unbound_of(data: DataSet) -> dict[str, ir.Table]:
    return {name: ibis.table(data.schema(name), name=name) for name in data.files}


def _typed(name: str, opened: ir.Table) -> ir.Table:
    """The columns we know, each of its type."""
    from samspill.analysis.indicators.tables import tables

    return opened.select(
        **{column: opened[column].cast(kind) for column, kind in tables()[name].schema.items()}
    )


OPENED = {
    DUCKDB: _duckdb,
    "postgresql://": _postgresql,
    "postgres://": _postgresql,
    SPARK_LOCAL: _spark,
    "spark://": _spark,
    "sc://": _spark,
}
