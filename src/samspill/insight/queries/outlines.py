"""The outlines of municipalities that a pack came with; nothing for a pack without a map."""

from collections.abc import Mapping
from functools import lru_cache

from samspill.analysis.packs import Outline, read_outlines
from samspill.insight.models import DataPack, PackFile

MAPS_HELD = 2
SUFFIX = ".geojson"


def outlines_of(pack: DataPack) -> Mapping[str, Outline]:
    """Outlines by the municipality's code; one query, and one more when the map was not read before."""
    kept = pack.files.filter(name__endswith=SUFFIX).order_by("-name").values_list("pk", "sha256").first()
    return _outlines(*kept) if kept else {}


def newest_outlines() -> Mapping[str, Outline]:
    """Those of the set that was taken in use last, of those that have a map; one query, or two."""
    standing = PackFile.objects.filter(name__endswith=SUFFIX, pack__withdrawn_at__isnull=True)
    kept = standing.order_by("-pack__taken_at", "-name").values_list("pk", "sha256").first()
    return _outlines(*kept) if kept else {}


@lru_cache(maxsize=MAPS_HELD)
def _outlines(pk: int, _sha256: str) -> Mapping[str, Outline]:
    file = PackFile.objects.get(pk=pk)
    return read_outlines(bytes(file.content), file.name)
