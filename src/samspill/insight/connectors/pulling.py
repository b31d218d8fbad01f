"""Pull a question from a source: part by part, of one version of the table, going on after a break."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path

from samspill.insight import jsonstat
from samspill.insight.connectors.blaming import name_the_code
from samspill.insight.connectors.merging import check_answer, merge
from samspill.insight.connectors.parts import Shelf
from samspill.insight.connectors.selection import resolve, taken_whole
from samspill.insight.connectors.splitting import split
from samspill.insight.connectors.table import Choice, Fetched, Source, Table, UnknownCode
from samspill.insight.jsonstat import Dataset
from samspill.refusal import Refused

STARTS = 3  # a table that changes more often than this while it is fetched is left for later


class _Changed(Exception):
    """Parts are of different versions of the table."""


@dataclass(frozen=True)
class Pulled:
    """`asked` calls for figures were made now; the other parts were on disk."""

    dataset: Dataset
    table: Table
    choice: Choice
    parts: int
    asked: int


def pull(
    source: Source,
    table_id: str,
    wanted: Mapping[str, Sequence[str]],
    *,
    folder: Path,
    resume: bool = False,
    say: Callable[[str], None] = lambda _: None,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Pulled:
    """The figures of `wanted` (expressions by variable). Parts stay in `folder` till somebody clears it.

    With `resume` parts of the same question and the same version that are there are not asked for again.
    Refuses unknown codes by name, and a table that keeps changing. `Unreachable` leaves the parts in place.
    """
    limits = source.limits()
    for start in range(STARTS):
        table = source.table(table_id)
        choice = resolve(table, wanted)
        if start == 0:
            for one in taken_whole(table, wanted):
                say(f"{one.code} is not chosen: taking all {len(one.codes)}.")
        parts = split(table, choice, limits)
        shelf = _shelf(source, table, choice, folder, resume=resume or start > 0)
        kept = sum(shelf.find(part) is not None for part in parts)
        if kept:
            say(f"{kept} of {len(parts)} parts are here from before.")
        cells = prod(len(codes) for codes in choice.values())
        say(f"{table.label}: {cells} figures in {len(parts)} part{'s' if len(parts) > 1 else ''}.")
        try:
            datasets, asked = _collect(source, table, parts, shelf, progress)
            _check_unchanged(source, table, len(parts))
        except _Changed:
            shelf.clear()
            say("The table changed while it was fetched. Starting again.")
            continue
        return Pulled(merge(choice, datasets), table, choice, len(parts), asked)
    raise Refused("source.keeps_changing", f"{table_id} keeps changing while it is fetched. Try again later.")


def _shelf(source: Source, table: Table, choice: Choice, folder: Path, *, resume: bool) -> Shelf:
    plan = {"source": source.address, "table": table.id, "updated": table.updated, "choice": dict(choice)}
    shelf = Shelf(folder, plan)
    if shelf.is_continued and not resume:
        shelf.clear()
        shelf = Shelf(folder, plan)
    return shelf


def _collect(
    source: Source,
    table: Table,
    parts: Sequence[Choice],
    shelf: Shelf,
    progress: Callable[[int, int], None],
) -> tuple[list[Dataset], int]:
    datasets: list[Dataset] = []
    asked, versions = 0, dict[tuple[str, ...], str]()
    for number, part in enumerate(parts, 1):
        kept = shelf.find(part)
        fetched = _fetch(source, table, part) if kept is None else Fetched(kept, jsonstat.read(kept))
        if (
            versions.setdefault(_measures(fetched.dataset), fetched.dataset.updated)
            != fetched.dataset.updated
        ):
            raise _Changed
        check_answer(table, part, fetched.dataset)
        if kept is None:
            shelf.keep(part, fetched.body)
            asked += 1
        datasets.append(fetched.dataset)
        progress(number, len(parts))
    return datasets, asked


def _measures(dataset: Dataset) -> tuple[str, ...]:
    """Each measure of a table has its own time in PxWeb, and an answer the latest of those it has."""
    return tuple(code for one in dataset.with_role("metric") for code in one.codes)


def _check_unchanged(source: Source, table: Table, parts: int) -> None:
    """Sources may write the time in one way with metadata and in another with figures: like with like."""
    if parts > 1 and table.updated and source.table(table.id).updated != table.updated:
        raise _Changed


def _fetch(source: Source, table: Table, part: Choice) -> Fetched:
    try:
        return source.fetch(table, part)
    except UnknownCode as unknown:
        raise name_the_code(source, table, part, unknown) from None
