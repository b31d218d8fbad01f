"""Write an invented world as Parquet: a year at a time, a batch of municipalities at a time."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from samspill.analysis.indicators.synthetic.contacts import contacts_of, shared_out
from samspill.analysis.indicators.synthetic.services import population_of, services_of, small_tables_of
from samspill.analysis.indicators.synthetic.worlds import World
from samspill.refusal import Refused

BATCH = 200_000  # rows that are kept before they are written


@dataclass(frozen=True)
class Written:
    """How many rows each table got."""

    rows: dict[str, int]


def synthesise(
    world: World,
    folder: Path,
    contacts: int,
    *,
    workers: int = 1,
    source: str = "",
    progress: Callable[[str], None] = lambda _line: None,
) -> Written:
    """Write all tables of `world` with so many contacts. The same bytes whatever the number of workers.

    `folder` must be empty or not there (`folder_not_empty`). `about.json` tells seed and source, and which
    municipalities truly differ and how much, so that one can see whether a method finds them.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused("folder_not_empty", f"{folder} is not empty. Name a new folder.", field="out")
    folder.mkdir(parents=True, exist_ok=True)
    share = shared_out(world, contacts)
    first = 0
    jobs = []
    for year in range(len(world.years)):
        jobs.append((world, folder, year, [int(one) for one in share[year]], first))
        first += int(share[year].sum())
    total: dict[str, int] = {}
    for (_world, _folder, year, _numbers, _first), rows in zip(jobs, _done(jobs, workers), strict=True):
        progress(f"{world.years[year]}: {rows['contacts']:,} contacts".replace(",", " "))
        total = {name: total.get(name, 0) + number for name, number in rows.items()}
    _tell(world, folder, source, total)
    return Written(total)


def _done(jobs: list[tuple], workers: int) -> Iterator[dict[str, int]]:
    if workers == 1:
        yield from map(_write_year, jobs)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_write_year, jobs)


def _write_year(job: tuple[World, Path, int, list[int], int]) -> dict[str, int]:
    world, folder, year, numbers, first = job
    with ExitStack() as stack:
        files = _Files(folder, world.years[year], stack)
        for area, number in enumerate(numbers):
            files.add("contacts", contacts_of(world, year, area, number, first))
            files.add("population", population_of(world, year, area))
            files.add("services", services_of(world, year, area))
            for name, table in small_tables_of(world, year, area).items():
                files.add(name, table)
            first += number
        files.flush()
        return files.rows


class _Files:
    """The files of a year, one per table, written in batches."""

    def __init__(self, folder: Path, year: int, stack: ExitStack) -> None:
        self.folder, self.year, self.stack = folder, year, stack
        self.writers: dict[str, pq.ParquetWriter] = {}
        self.waiting: dict[str, list[pa.Table]] = {}
        self.rows: dict[str, int] = {}

    def add(self, name: str, table: pa.Table) -> None:
        self.waiting.setdefault(name, []).append(table)
        self.rows[name] = self.rows.get(name, 0) + table.num_rows
        if sum(one.num_rows for one in self.waiting[name]) >= BATCH:
            self._write(name)

    def flush(self) -> None:
        for name in list(self.waiting):
            self._write(name)

    def _write(self, name: str) -> None:
        whole = pa.concat_tables(self.waiting.pop(name))
        if name not in self.writers:
            path = self.folder / name / f"year={self.year}" / "part-0.parquet"
            path.parent.mkdir(parents=True)
            writer = pq.ParquetWriter(path, whole.schema, compression="zstd")
            self.writers[name] = self.stack.enter_context(writer)
        self.writers[name].write_table(whole)


def _tell(world: World, folder: Path, source: str, rows: dict[str, int]) -> None:
    names = ("stays", "readmissions", "days_ready")
    differ = {
        area: {
            name: round(float(effect), 4) for name, effect in zip(names, effects, strict=True) if effect != 1
        }
        for area, effects in zip(world.areas, world.effects, strict=True)
    }
    about = {
        "invented": True,
        "seed": world.seed,
        "population": source,
        "years": list(world.years),
        "rows": rows,
        "differ": {area: found for area, found in differ.items() if found},
    }
    text = json.dumps(about, ensure_ascii=False, indent=2)
    (folder / "about.json").write_text(text + "\n", "utf-8")
