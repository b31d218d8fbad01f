"""Take figures in use, and run the projection of a community on them."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from samspill.analysis.figures import COMMUNITY as EMBEDDED_COMMUNITY
from samspill.analysis.figures import embedded
from samspill.analysis.packs import open_pack
from samspill.analysis.population import VERSION, NationalRates, PopulationHistory, Projection, project
from samspill.analysis.source import Source
from samspill.directory.public import Actor, Community, machine, record, scope
from samspill.insight.actions.indexing import index_community
from samspill.insight.age_groups import AGE_GROUPS, AgeGroup
from samspill.insight.models import DataPack, PackFile, PopulationRun, PopulationSeries
from samspill.insight.models.population import PERCENTILES
from samspill.refusal import Refused

TO = 2040
DRAWS = 300
SEED = 2026

Progress = Callable[[str], None]


def silent(_line: str) -> None:
    """Progress that nobody watches."""


def use_embedded(*, by: Actor, progress: Progress = silent) -> DataPack:
    """Take the figures that come with Samspill in use, unless something better is: Østfold only."""
    newest = DataPack.objects.first()
    if newest is not None and not newest.is_embedded:
        return newest
    history, rates, source = embedded()
    if newest is not None and newest.version == source.version and _has_run(newest):
        return newest
    return _use(history, rates, source, folder="", communities=[EMBEDDED_COMMUNITY], by=by, progress=progress)


def _has_run(pack: DataPack) -> bool:
    return PopulationRun.objects.filter(pack=pack, provenance__version=VERSION).exists()


def use_pack(folder: Path, *, by: Actor, progress: Progress = silent) -> DataPack:
    """Check the pack in `folder`, take it in use and run every community on it.

    All or nothing: a pack that is refused leaves the former in use. See `open_pack` for what it refuses.
    """
    progress(f"Reading {folder} …")
    pack = open_pack(folder)
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
    return taken


def _keep(pack: DataPack, folder: Path, source: Source) -> None:
    """The files that were read, so that what is calculated from them can be calculated again."""
    PackFile.objects.bulk_create(
        [
            PackFile(pack=pack, name=file.name, sha256=file.sha256, content=(folder / file.name).read_bytes())
            for file in source.files
        ],
        ignore_conflicts=True,
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
            _series(run, history.only(codes), projection, area, group)
            for area in ("", *codes)
            for group in AGE_GROUPS
        )
        index_community(community.pk)
        record(by=by, act="projection.run", on=run, version=pack.version)
    return run


def _series(
    run: PopulationRun, history: PopulationHistory, projection: Projection, area: str, group: AgeGroup
) -> PopulationSeries:
    areas = (area,) if area else None
    ages = slice(group.low, group.high + 1)
    rows = [history.areas.index(area)] if area else range(len(history.areas))
    known = history.persons[:, rows][..., ages].sum(axis=(1, 2, 3))
    ahead = projection.total(group.low, group.high, areas=areas)[1:]
    band = projection.band(group.low, group.high, areas=areas, percentiles=PERCENTILES)[1:]
    return PopulationSeries(
        community_id=run.community_id,
        run=run,
        area=area,
        group=group.code,
        years=[*history.years, *projection.years[1:]],
        persons=[round(float(value), 2) for value in (*known, *ahead)],
        bands=[[round(float(value), 2) for value in row] for row in band],
    )


def _as_stored(projection: Projection) -> dict[str, object]:
    """The provenance as JSON gives it back, so that a stored one can be compared with a new one."""
    return json.loads(json.dumps(asdict(projection.provenance), default=lambda value: value.item()))
