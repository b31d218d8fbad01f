"""Figures of indicators follow the data in use: what is older than its tables is worked out again.

What was published before from the same rows about persons stands in files beside the data, also of runs that
were withdrawn: what somebody has seen cannot be taken back, and the next run must not give it away.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils import timezone

from samspill.analysis.indicators import Definition, all_definitions
from samspill.analysis.indicators.calculation import (
    Asked,
    Engine,
    Published,
    by_coverage,
    can_run,
    engine_of,
    publish,
    publish_months,
)
from samspill.directory.public import Actor
from samspill.insight.actions.measuring import keep_figures
from samspill.insight.area_names import levels
from samspill.insight.data_folders import data_folder
from samspill.insight.models import DataVersion, IndicatorRun
from samspill.insight.queries.data_sets import extract_in_use, versions_in_use
from samspill.insight.queries.measured import newest
from samspill.insight.states import Level, Period

ENGINE = "duckdb"
QUESTIONS = "questions.jsonl"
PUBLISHED = "published"
SHORT = 16  # characters of a fingerprint; 64 bits

Progress = Callable[[str], None]


def silent(_line: str) -> None:
    """Progress that nobody watches."""


def refresh_figures(*, by: Actor, progress: Progress = silent) -> IndicatorRun | None:
    """A run of every indicator whose tables, or whose definition, are other than when it was worked out.

    None when all are as they should be, or no data are in use. Refuses as `publish`.
    """
    versions = list(versions_in_use())
    wanted = outdated({one.table: one for one in versions})
    if not wanted:
        return None
    extract = extract_in_use(by=by)
    asked = Asked(by=by.name, at=timezone.localtime(), log=data_folder() / QUESTIONS)
    with engine_of(ENGINE, extract) as engine:
        found = _publish(engine, wanted, asked, versions, progress)
    run = IndicatorRun(
        data_version=_persons_of(versions),
        sources=[source_of(one) for one in versions],
        is_invented=any(one.provenance.get("invented") for one in versions),
        **_audited([one for one, _months in found]),
    )
    for one, _months in found:
        _write(one.table, run)
    years, months = (pa.concat_tables(tables) for tables in zip(*map(_tables, found), strict=True))
    return keep_figures(years, run, by=by, months=months)


def _publish(
    engine: Engine,
    wanted: Sequence[Definition],
    asked: Asked,
    versions: Sequence[DataVersion],
    progress: Progress,
) -> list[tuple[Published, pa.Table]]:
    """Years and months, for each set of municipalities that tables have."""
    sums = _sums()
    found: list[tuple[Published, pa.Table]] = []
    for there, ours in by_coverage(engine, [one for one in wanted if can_run(one, engine)]).items():
        before = [*_published_before(versions, ours), *(done.table for done, _months in found)]
        years = publish(engine, ours, asked, levels=sums, published=before, progress=progress)
        months = publish_months(
            engine, ours, asked, levels=sums, covered=there, years=years.table, progress=progress
        )
        found.append((years, months))
    return found


def _tables(found: tuple[Published, pa.Table]) -> tuple[pa.Table, pa.Table]:
    years, months = found
    return years.table.replace_schema_metadata(None), months.replace_schema_metadata(None)


def _audited(found: Sequence[Published]) -> dict[str, Any]:
    """The audits and the rules of what was published together."""
    reports = [one.audit.report() for one in found]
    return {
        "rules": {name: rule for one in reports for name, rule in one["rules"].items()},
        "audit": {
            "ok": all(one["ok"] for one in reports),
            "cells": sum(one["cells"] for one in reports),
            "hidden_cells": sum(one["hidden_cells"] for one in reports),
        },
    }


def outdated(versions: Mapping[str, DataVersion]) -> list[Definition]:
    """Those whose tables are all in use, and whose newest figures rest on others, or on another text."""
    stored = {one.indicator.code: one for one in newest(Period.YEAR)}
    found = []
    for code, definition in all_definitions().items():
        needed = definition.files
        answer = stored.get(code)
        if not needed <= set(versions):
            continue
        rests_on = {one["table"]: one["sha256"] for one in answer.run.sources} if answer else {}
        same = all(rests_on.get(table) == versions[table].sha256 for table in needed)
        if answer is None or not same or answer.definition != answer.indicator.definition:
            found.append(definition)
    return found


def source_of(version: DataVersion) -> dict[str, Any]:
    """What a run tells of a table it rests on."""
    data_set = version.data_set
    return {
        "table": version.table,
        "key": version.table,
        "data_set": data_set.key,
        "name": data_set.source,
        "titles": data_set.titles,
        "version": version.number,
        "sha256": version.sha256,
        "credit": data_set.credit,
        "licence": data_set.licence,
        "retrieved_at": timezone.localtime(version.retrieved_at).date().isoformat(),
        "updated": version.source_updated,
        "invented": bool(version.provenance.get("invented")),
        "persons": data_set.has_persons,
    }


def _sums() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The country is added by `publish` itself."""
    return {name: areas for name, areas in levels().items() if name != Level.COUNTRY}


def _persons_of(versions: Sequence[DataVersion]) -> str:
    """One word for the tables about persons: what is published from the same belongs together."""
    about = sorted(_short(one) for one in versions if one.data_set.has_persons)
    return "-".join(about) or "open"


def _short(version: DataVersion) -> str:
    return version.sha256[:SHORT]


def _folder() -> Path:
    folder = data_folder() / PUBLISHED
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _published_before(versions: Sequence[DataVersion], wanted: Sequence[Definition]) -> list[pa.Table]:
    """Everything published from any of the tables about persons that `wanted` count in."""
    counted = {table for one in wanted for table in one.files}
    about = {_short(one) for one in versions if one.data_set.has_persons and one.table in counted}
    return [
        pq.read_table(path)
        for path in sorted(_folder().glob("*.parquet"))
        if about & set(path.stem.partition("_")[0].split("-"))
    ]


def _write(table: pa.Table, run: IndicatorRun) -> None:
    """Before the figures are stored: a file too many hides too much, one too few gives away."""
    number = len(list(_folder().iterdir())) + 1
    path = _folder() / f"{run.data_version}_{number:04}.parquet"
    part = path.with_suffix(".part")
    pq.write_table(table, part)
    part.replace(path)
