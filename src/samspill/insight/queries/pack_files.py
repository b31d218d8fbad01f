"""The files of a pack that more than people are read from, laid out in a folder for as long as one reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext_lazy as _

from samspill.insight.models import DataPack
from samspill.refusal import Refused


@contextmanager
def folder_with(version: str, needed: tuple[str, ...], wanted: tuple[str, ...] = ()) -> Iterator[Path]:
    """A folder with the pack's files whose names begin with one of `needed`, or of `wanted` where there are.

    Refuses a pack that kept no file for one of `needed` (`pack.no_file`).
    """
    pack = DataPack.objects.get(version=version)
    names = [
        name for name in pack.files.values_list("name", flat=True) if name.startswith((*needed, *wanted))
    ]
    lacking = [stem for stem in needed if not any(name.startswith(stem) for name in names)]
    if lacking:
        raise Refused(
            "pack.no_file",
            _("The data pack «%(name)s» has no file called %(stem)s…. Add it with: samspill data add FOLDER")
            % {"name": pack.name, "stem": lacking[0]},
        )
    with TemporaryDirectory() as place:
        for file in pack.files.filter(name__in=names):
            (Path(place) / file.name).write_bytes(bytes(file.content))
        yield Path(place)
