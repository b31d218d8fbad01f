"""The figures of a pack, read again from what was kept of it; held in the process that read them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext_lazy as _

from samspill.analysis.figures import embedded
from samspill.analysis.packs import Pack, open_pack
from samspill.analysis.population import NationalRates, PopulationHistory
from samspill.analysis.source import Source
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
