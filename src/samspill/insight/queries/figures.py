"""The figures of a pack, read again from what was kept of it; held in the process that read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from samspill.analysis.figures import embedded
from samspill.analysis.packs import Pack, open_pack
from samspill.analysis.population import NationalRates, PopulationHistory
from samspill.analysis.source import Source
from samspill.directory.public import Community, Party, alphabetical
from samspill.insight.models import DataPack
from samspill.refusal import Refused

PACKS_HELD = 2  # of some 60 MB each: the one in use, and the one before while calculations are made anew


@dataclass(frozen=True)
class Figures:
    """What calculations read: people by municipality and year, the nation's rates, and where they are from.

    `pack` is None for the figures that come with Samspill.
    """

    history: PopulationHistory
    rates: NationalRates
    source: Source
    pack: Pack | None = None


@lru_cache(maxsize=PACKS_HELD)
def figures_of(version: str) -> Figures:
    """The figures of the pack with that version. The first read in a process takes a second or two.

    Refuses (`pack.gone`) figures that came with an earlier Samspill, and a pack that was taken in use
    before files were kept.
    """
    pack = DataPack.objects.get(version=version)
    found = Figures(*embedded()) if pack.is_embedded else _from_files(pack)
    if found is None or found.source.version != version:
        raise Refused(
            "pack.gone",
            _("The figures «%(name)s», version %(version)s, are not at hand any more. Use those in use now.")
            % {"name": pack.name, "version": version[:12]},
        )
    return found


def _from_files(pack: DataPack) -> Figures | None:
    files = list(pack.files.all())
    if not files:
        return None
    with TemporaryDirectory() as place:
        folder = Path(place) / pack.name
        folder.mkdir()
        for file in files:
            (folder / file.name).write_bytes(bytes(file.content))
        read = open_pack(folder)
    return Figures(read.history(), read.rates(), read.source, read)


def pack_in_use() -> DataPack:
    """The pack that is calculated from: the newest that is not withdrawn.

    Refuses when there is none (`calculation.no_figures`), or all are withdrawn (`pack.withdrawn`).
    """
    pack = DataPack.objects.standing().first()
    if pack is None:
        check_standing(DataPack.objects.first())
        raise Refused(
            "calculation.no_figures",
            _("There are no figures to calculate from. Add a data pack with: samspill data add FOLDER"),
        )
    return pack


def check_standing(pack: DataPack | None) -> None:
    """Refuses figures that were withdrawn, with the reason and the way out."""
    if pack is not None and pack.is_withdrawn:
        raise Refused(
            "pack.withdrawn",
            _("The figures «%(name)s» were withdrawn: %(because)s Calculate from other figures instead.")
            % {"name": pack, "because": as_sentence(pack.withdrawn_because)},
        )


def as_sentence(text: str) -> str:
    """With a full stop, when it does not end in one."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def municipalities_of(figures: Figures, community: Community) -> tuple[str, ...]:
    """The codes of its municipalities. Refuses when `figures` hold none (`calculation.no_municipalities`)."""
    pairs = zip(figures.history.areas, figures.history.groups, strict=True)
    found = tuple(area for area, group in pairs if group == community.code)
    if not found:
        raise Refused(
            "calculation.no_municipalities",
            _("The figures in use hold no municipality of this helsefellesskap. Add a data pack that does."),
        )
    return found


def names_of(codes: Sequence[str]) -> dict[str, str]:
    """What the municipalities with `codes` are called, in the order of the language; one query."""
    parties = Party.objects.filter(municipality_code__in=codes).order_by(
        F("left").desc(nulls_first=True), "-pk"
    )
    found = {code: code for code in codes}
    for party in reversed(list(parties)):
        found[party.municipality_code] = str(party)
    return dict(sorted(found.items(), key=lambda pair: alphabetical(pair[1])))
