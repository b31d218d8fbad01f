"""Use of services that was published: what comes with Samspill, and what was kept of a pack in its place."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from samspill.analysis.demand import Use, embedded_use, pack_use, use_files
from samspill.insight.models import PackFile

KeptUse = tuple[tuple[str, str], ...]
"""(name, SHA-256) of the files of published use that were kept with a pack."""


def kept_use(version: str) -> KeptUse:
    """What was kept with the pack of that version; one query."""
    files = PackFile.objects.filter(pack__version=version).values_list("name", "sha256")
    return tuple(sorted(pair for pair in files if pair[0].startswith(use_files())))


@lru_cache(maxsize=2)
def use_of(version: str, files: KeptUse) -> Mapping[str, Use]:
    """Published use by series: what comes with Samspill, and what was kept of the pack in its place."""
    kept = PackFile.objects.filter(pack__version=version, name__in=[name for name, _sha in files])
    with TemporaryDirectory() as place:
        for file in kept:
            (Path(place) / file.name).write_bytes(bytes(file.content))
        return {**embedded_use(), **pack_use(Path(place))}
