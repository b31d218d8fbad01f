"""What `samspill staff` is asked with: whose stock, until when, which levers, how many draws."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any

import click

from samspill.analysis.packs import open_pack, read_hospital_staff, read_municipal_nurses
from samspill.analysis.workforce import (
    ALONE,
    Baseline,
    Convention,
    Demand,
    Frozen,
    Measure,
    Shocks,
    Staffing,
    draw_that_fit,
    follow_in_parts,
    gap,
    ostfold,
    published_region,
    read_region,
    uncertainty,
)
from samspill.cli.spread import spread_of, spread_options
from samspill.refusal import Refused

SEED, DRAWS = 2026, 256


@dataclass(frozen=True)
class Asked:
    """What every projection is asked with."""

    stock: Path | None
    data: Path | None
    community: str
    to: int
    draws: int
    seed: int
    pulled: tuple[str, ...]
    convention: str
    cluster: str | None
    workers: int | None
    parts: Path | None
    as_json: bool

    def baseline(self) -> Baseline:
        """The file's stock, a data pack's, or Østfold's."""
        if self.data is None:
            return ostfold() if self.stock is None else read_region(self.stock)
        if self.stock is not None:
            raise Refused("stock", "Give a file with --stock, or a pack with --data, not both.")
        pack = open_pack(self.data)
        hospitals = read_hospital_staff(self.data)
        return published_region(
            hospitals,
            read_municipal_nurses(self.data),
            community=self.community,
            municipalities=pack.of_community(self.community),
            year=hospitals.years[-1],
        )

    def shocks(self, baseline: Baseline) -> Shocks:
        return draw_that_fit(baseline, uncertainty(), to=self.to, draws=self.draws, seed=self.seed)

    def follow(self, baseline: Baseline, shocks: Shocks, *, pulled: bool = True) -> Staffing:
        """With the levers that are pulled, or as it comes without."""
        spread = spread_of(
            self.cluster, self.workers, self.parts, what="parts of the draws", quiet=self.as_json
        )
        return follow_in_parts(
            baseline,
            shocks,
            seed=self.seed,
            measures=measures_of(self.pulled) if pulled else (),
            convention=Convention(self.convention),
            spread=spread or ALONE,
        )

    def project(self, baseline: Baseline) -> Staffing:
        return self.follow(baseline, self.shocks(baseline))

    def freeze(self, baseline: Baseline, shocks: Shocks, staffing: Staffing, demand: Demand) -> Frozen:
        """`staffing` without levers, on these `shocks`."""
        way = Convention(self.convention)
        return Frozen(baseline, shocks, demand, self.seed, way, staffing, gap(staffing, demand))


def staff_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all projections share, handed to the command as one."""

    @wraps(command)
    def asking(**given: Any) -> None:
        shared = {one.name: given.pop(one.name) for one in fields(Asked)}
        command(Asked(**shared), **given)

    options = (
        click.option(
            "--stock",
            type=click.Path(path_type=Path),
            help="A region's FTE and flows (YAML). Without it: Østfold's, mostly assumptions.",
        ),
        click.option(
            "--data",
            type=click.Path(path_type=Path),
            help="A data pack with published FTE; training keeps pace with exits.",
        ),
        click.option(
            "--community", default="HF01", show_default=True, help="The helsefellesskap in the pack."
        ),
        click.option("--to", type=int, default=2040, show_default=True, help="The last 1 January."),
        click.option(
            "--draws", type=click.IntRange(2), default=DRAWS, show_default=True, help="Random futures."
        ),
        click.option(
            "--seed", type=click.IntRange(0), default=SEED, show_default=True, help="Same seed, same draws."
        ),
        click.option(
            "--lever",
            "pulled",
            multiple=True,
            help="NAME=VALUE, NAME=VALUE:PROFESSION or NAME=VALUE:PROFESSION:SECTOR; may be repeated.",
        ),
        click.option(
            "--entrants",
            "convention",
            type=click.Choice([str(one) for one in Convention]),
            default=str(Convention.EVEN),
            show_default=True,
            help="They come evenly through the year, or all at its end.",
        ),
        spread_options,
        click.option("--json", "as_json", is_flag=True, help="Print everything as JSON."),
    )
    for option in reversed(options):
        asking = option(asking)
    return asking


def measures_of(pulled: tuple[str, ...]) -> tuple[Measure, ...]:
    """Each NAME=VALUE[:PROFESSION[:SECTOR]]; tasks are shifted to health-care workers."""
    measures = []
    for written in pulled:
        name, equals, rest = written.partition("=")
        value, *where = rest.split(":")
        try:
            number = float(value)
        except ValueError:
            equals = ""
        if not equals or len(where) > 2:
            raise Refused(
                "lever_written", f"«{written}» is not NAME=VALUE:PROFESSION:SECTOR, say retention=0.2:nurse."
            )
        profession, sector = (*where, None, None)[:2]
        other = "health_care_worker" if name == "task_shift" else None
        measures.append(Measure(name, number, profession, sector, other=other))
    return tuple(measures)
