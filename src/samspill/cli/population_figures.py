"""What the commands of `samspill population` share: options, figures, places, and words for them."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from samspill.analysis.figures import embedded
from samspill.analysis.packs import Pack, open_pack
from samspill.analysis.population import FORMATS, METHOD, VERSION, NationalRates, PopulationHistory
from samspill.analysis.source import Source
from samspill.refusal import Refused

SEED = 2026
SHOWN = 12  # characters of a fingerprint that people compare


@dataclass(frozen=True)
class Figures:
    """What is known: the past, the nation's rates, and where both are from; `pack` when all of it is used."""

    history: PopulationHistory
    rates: NationalRates
    source: Source
    pack: Pack | None = None


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option(
            "--data",
            type=click.Path(path_type=Path),
            help="Folder with a data pack. Without it: the figures that come with Samspill (Østfold).",
        ),
        click.option(
            "--jump-off", type=int, required=True, help="Nothing later than 1 January of it is read."
        ),
        click.option(
            "--areas", help="Municipalities (3101) or helsefellesskap (HF01), with commas. Default all."
        ),
        click.option(
            "--seed",
            type=click.IntRange(0),
            default=SEED,
            show_default=True,
            help="The same seed gives the same draws.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def check_may_write(out: Path) -> None:
    """Ask before the work, not after it."""
    if out.suffix not in FORMATS:
        raise Refused(
            "file_kind", f"{out.name} must end in .csv or .parquet. Give it another name.", field="out"
        )
    if out.is_dir():
        raise Refused("cannot_write", f"{out} is a folder. Give the name of a file in it.", field="out")
    folder = out.absolute().parent
    if not folder.is_dir():
        raise Refused("cannot_write", f"The folder {folder} does not exist. Make it first.", field="out")
    if not os.access(folder, os.W_OK):
        raise Refused("cannot_write", f"You may not write in {folder}. Choose another folder.", field="out")


def open_figures(folder: Path | None, *, say: Callable[[str], None]) -> Figures:
    """The figures of the data pack in `folder`, or those that come with Samspill."""
    if folder is None:
        return Figures(*embedded())
    say(f"Reading {folder} …")
    pack = open_pack(folder)
    if pack.code_changes:
        split = sorted({change.former for change in pack.code_changes if change.share < 1})
        former = count(len({change.former for change in pack.code_changes}), "former code", "former codes")
        say(f"{former} counted in the newest borders; split by fixed shares: {', '.join(split) or 'none'}.")
    return Figures(pack.history(), pack.rates(), pack.source, pack)


def choose(figures: Figures, areas: str | None) -> Figures:
    """The same for the municipalities and helsefellesskap that `areas` lists; all when it is None."""
    if areas is None:
        return figures
    known = list(zip(figures.history.areas, figures.history.groups, strict=True))
    wanted = {part.strip() for part in areas.split(",")} - {""}
    unknown = sorted(wanted.difference(*known))
    if unknown or not wanted:
        raise Refused(
            "unknown_area",
            f"The figures hold no municipality or helsefellesskap {', '.join(unknown) or 'without a code'}. "
            f"They hold {told(figures.history)}. A code that ceased in a merger stands under the new one.",
            field="areas",
        )
    codes = tuple(area for area, group in known if {area, group} & wanted)
    return Figures(figures.history.only(codes), figures.rates, figures.source)


def told(history: PopulationHistory) -> str:
    groups = sorted({group for group in history.groups if group})
    codes = f"{history.areas[0]} to {history.areas[-1]}"
    places = f"{count(len(history.areas), 'municipality', 'municipalities')}, {codes}"
    return f"{places}, of {', '.join(groups)}" if groups else places


def count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def origin(source: Source, method: str = f"{METHOD} {VERSION}") -> str:
    figures = f"Figures: {source.name}, version {source.version[:SHOWN]}. {source.credit}."
    return f"Method {method}. {figures}"
