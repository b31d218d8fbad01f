"""Finished parts on disk, so that a run which stopped can go on where it was. Only arrays, no code."""

import os
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.cluster.jobs import Arrays, Job
from samspill.refusal import Refused


class Shelf:
    """A folder with a file for each finished part; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as problem:
                raise Refused(
                    "cannot_write", f"The folder {folder} cannot be made: {problem}. Choose another one."
                ) from problem

    def has(self, job: Job) -> bool:
        """Whether this very part was kept, and can be read."""
        path = self._path(job)
        return path is not None and path.is_file() and zipfile.is_zipfile(path)

    def find(self, job: Job) -> dict[str, NDArray] | None:
        """What was kept of this very part; None when there is nothing, or when it is not readable."""
        path = self._path(job)
        if path is None or not path.is_file():
            return None
        try:
            with np.load(path, allow_pickle=False) as kept:
                return {name: kept[name] for name in kept.files}
        except (OSError, ValueError, zipfile.BadZipFile):
            return None  # half a file of a full disk; the part is computed again

    def keep(self, job: Job, result: Arrays) -> None:
        """Write the part whole, or not at all."""
        path = self._path(job)
        if path is None:
            return
        unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
        try:
            with unfinished.open("wb") as file:
                np.savez(file, allow_pickle=False, **result)
            unfinished.replace(path)
        except OSError as problem:
            raise Refused(
                "cannot_write", f"{path.parent} cannot be written: {problem}. Make room, and run it again."
            ) from problem
        finally:
            unfinished.unlink(missing_ok=True)

    def _path(self, job: Job) -> Path | None:
        return self.folder / f"{job.identity()}.npz" if self.folder is not None else None
