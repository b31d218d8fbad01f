"""Copy a data set to temporary tables of a PostgreSQL connection, in batches."""

from typing import Any

import pyarrow.parquet as pq

from samspill.analysis.indicators.data_sets import DataSet
from samspill.analysis.indicators.tables import tables

TYPES = {"int32": "integer", "int64": "bigint", "string": "text", "timestamp": "timestamp"}
BATCH = 65_536  # rows


def copy_in(connection: Any, data: DataSet) -> None:
    """Make a temporary table per table and fill it; they go when the connection closes."""
    for name, paths in data.files.items():
        schema = tables()[name].schema
        columns = ", ".join(f'"{column}" {TYPES[kind]} NOT NULL' for column, kind in schema.items())
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE TEMPORARY TABLE "{name}" ({columns})')
            with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
                for path in paths:
                    for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=list(schema)):
                        columns_of = [batch.column(column).to_pylist() for column in schema]
                        for row in zip(*columns_of, strict=True):
                            copy.write_row(row)
            cursor.execute(f'ANALYZE "{name}"')
    connection.commit()


def drop(connection: Any, data: DataSet) -> None:
    """Take the tables away again, also when a question failed half way."""
    connection.rollback()
    with connection.cursor() as cursor:
        for name in data.files:
            cursor.execute(f'DROP TABLE IF EXISTS pg_temp."{name}"')
    connection.commit()
