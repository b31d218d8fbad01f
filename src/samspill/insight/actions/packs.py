"""Take figures in use, and run the projection of a community on them."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from samspill.analysis.demand import pack_use, use_files
from samspill.analysis.figures import COMMUNITY as EMBEDDED_COMMUNITY
from samspill.analysis.figures import embedded
from samspill.analysis.packs import find_outlines, open_pack, read_outlines
from samspill.analysis.population import VERSION, NationalRates, PopulationHistory, Projection, project
from samspill.analysis.source import Source, sha256_of
from samspill.directory.public import Actor, Community, machine, record, scope
from samspill.insight.actions.files_beside import district_files, keep_beside
from samspill.insight.actions.indexing import index_community
from samspill.insight.actions.staff_files import staff_files
from samspill.insight.age_groups import AGE_GROUPS
from samspill.insight.models import DataPack, PackFile, PopulationRun, PopulationSeries
from samspill.insight.queries.figures import check_standing
from samspill.insight.queries.series import series_of
from samspill.refusal import Refused

TO = 2040
DRAWS = 300
SEED = 2026

Progress = Callable[[str], None]


def silent(_line: str) -> None:
    """Progress that nobody watches."""


def use_embedded(*, by: Actor, progress: Progress = silent) -> DataPack:
    """Take the figures that come with Samspill in use, unless something better is: Østfold only."""
    newest = DataPack.objects.standing().first()
    if newest is not None and not newest.is_embedded:
        return newest
    history, rates, source = embedded()
    withdrawn = DataPack.objects.filter(version=source.version, withdrawn_at__isnull=False).first()
    if withdrawn is not None:
        return newest or withdrawn
    if newest is not None and newest.version == source.version and _has_run(newest):
        return newest
    return _use(history, rates, source, folder="", communities=[EMBEDDED_COMMUNITY], by=by, progress=progress)


def _has_run(pack: DataPack) -> bool:
    return PopulationRun.objects.filter(pack=pack, provenance__version=VERSION).exists()


def use_pack(folder: Path, *, by: Actor, progress: Progress = silent) -> DataPack:
    """Check the pack in `folder`, take it in use and run every community on it.

    All or nothing: a pack that is refused leaves the former in use. See `open_pack` and `pack_use` for what
    it refuses; one that has been withdrawn is refused too.
    """
    progress(f"Reading {folder} …")
    pack = open_pack(folder)
    check_standing(DataPack.objects.filter(version=pack.source.version).first())
    pack_use(folder)
    outlines = _read_map(folder)
    staff, districts = staff_files(folder), district_files(folder)
    groups = sorted({one.community for one in pack.municipalities})
    with transaction.atomic():
        taken = _use(
            pack.history(),
            pack.rates(),
            pack.source,
            folder=str(folder.resolve()),
            communities=groups,
            by=by,
            progress=progress,
        )
        _keep(taken, folder, pack.source)
        _keep_map(taken, outlines)
        keep_beside(taken, [*staff, *districts])
    return taken


def _keep(pack: DataPack, folder: Path, source: Source) -> None:
    """The files that were read, so that what is calculated from them can be calculated again."""
    names = {file.name for file in source.files}
    names |= {path.name for stem in use_files() for path in folder.glob(f"{stem}*")}
    PackFile.objects.bulk_create(
        [
            PackFile(
                pack=pack,
                name=name,
                sha256=sha256_of(folder / name),
                content=(folder / name).read_bytes(),
            )
            for name in sorted(names)
        ],
        ignore_conflicts=True,
    )


def _read_map(folder: Path) -> tuple[str, bytes] | None:
    """Name and content of the pack's outlines, checked; None when it has none."""
    path = find_outlines(folder)
    if path is None:
        return None
    content = path.read_bytes()
    read_outlines(content, path.name)
    return path.name, content


def _keep_map(pack: DataPack, outlines: tuple[str, bytes] | None) -> None:
    """Beside the files that figures are read from: a newer map of the same figures takes the place of it."""
    if outlines is not None:
        name, content = outlines
        pack.files.update_or_create(
            name=name, defaults={"sha256": hashlib.sha256(content).hexdigest(), "content": content}
        )


def _use(
    history: PopulationHistory,
    rates: NationalRates,
    source: Source,
    *,
    folder: str,
    communities: Iterable[str],
    by: Actor,
    progress: Progress,
) -> DataPack:
    with transaction.atomic():
        pack, _ = DataPack.objects.update_or_create(
            version=source.version,
            defaults={
                "name": source.name,
                "folder": folder,
                "credit": source.credit,
                "first_year": history.years[0],
                "last_year": history.years[-1],
                "taken_by": by.name,
            },
        )
        for code in communities:
            community = Community.objects.filter(code=code).first()
            if community is None:
                raise Refused(
                    "pack.community",
                    f"The data pack has the helsefellesskap {code}, which the register does not know. "
                    "Use the codes HF01 to HF19.",
                )
            progress(f"Projecting {community.name} …")
            here = machine(community.pk, by.today)
            with scope(here):
                run_projection(community, history, rates, pack=pack, by=here)
    return pack


def run_projection(
    community: Community, history: PopulationHistory, rates: NationalRates, *, pack: DataPack, by: Actor
) -> PopulationRun:
    """Project the community's municipalities and store it; the same run is not stored twice."""
    codes = tuple(
        area for area, group in zip(history.areas, history.groups, strict=True) if group == community.code
    )
    jump_off = history.years[-1]
    projection = project(history.only(codes), rates, jump_off=jump_off, to=TO, draws=DRAWS, seed=SEED)
    provenance = _as_stored(projection)
    newest = PopulationRun.objects.filter(community=community).first()
    if newest is not None and newest.provenance == provenance and newest.pack_id == pack.pk:
        return newest
    with transaction.atomic():
        run = PopulationRun.objects.create(
            community=community, pack=pack, jump_off=jump_off, to=TO, provenance=provenance, made_by=by.name
        )
        PopulationSeries.objects.bulk_create(
            series_of(run, history.only(codes), projection, area, group)
            for area in ("", *codes)
            for group in AGE_GROUPS
        )
        index_community(community.pk)
        record(by=by, act="projection.run", on=run, version=pack.version)
    return run


def _as_stored(projection: Projection) -> dict[str, object]:
    """The provenance as JSON gives it back, so that a stored one can be compared with a new one."""
    return json.loads(json.dumps(asdict(projection.provenance), default=lambda value: value.item()))
