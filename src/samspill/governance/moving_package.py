"""The package bodies move in: one ZIP with their values as JSON and the papers they name, by SHA-256."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Body
from samspill.governance.actions.importing import import_bodies
from samspill.governance.actions.papers import place_of
from samspill.governance.queries.exporting import exported
from samspill.refusal import Refused

VALUES, PAPERS = "bodies.json", "papers"


def pack_bodies(bodies: Iterable[Body], out: Path) -> int:
    """Write the bodies of one community to the file; returns how many. Refuses when a paper is lost here."""
    said = exported(bodies)
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        package.writestr(VALUES, json.dumps(said, ensure_ascii=False, indent=1) + "\n")
        for sha256, name in sorted({one["sha256"]: one["name"] for one in _files(said)}.items()):
            if not default_storage.exists(place_of(sha256)):
                raise Refused(
                    "transfer.lost",
                    _("«%(file)s» is not among the files here. Bring it back from a backup, then export.")
                    % {"file": name},
                )
            with default_storage.open(place_of(sha256), "rb") as file:
                package.writestr(f"{PAPERS}/{sha256}", file.read())
    return len(said["bodies"])


def _files(said: Any) -> Iterator[dict[str, Any]]:
    """Every version of a paper, wherever it stands."""
    if isinstance(said, list):
        for one in said:
            yield from _files(one)
    elif isinstance(said, dict):
        if {"sha256", "size_bytes"} <= said.keys():
            yield said
        for one in said.values():
            yield from _files(one)


def unpack_bodies(path: Path, *, by: Actor) -> list[Body]:
    """Make what the package holds; returns the bodies that are new. Nothing is written half.

    A file of values alone, as version 1 was, is read too, when it names no papers that are not here.
    """
    try:
        with ZipFile(path) as package:
            names = set(package.namelist())

            def paper(sha256: str) -> bytes | None:
                name = f"{PAPERS}/{sha256}"
                return package.read(name) if name in names else None

            said = json.loads(package.read(VALUES)) if VALUES in names else None
            with transaction.atomic():
                return import_bodies(said, by=by, files=paper)
    except BadZipFile:
        return import_bodies(_alone(path), by=by)


def _alone(path: Path) -> object:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise Refused(
            "transfer.format",
            _("This is no file of bodies from Samspill. Make one with «samspill governance export»."),
        ) from error
