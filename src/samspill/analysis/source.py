"""Where figures come from: producer, table, licence, and the fingerprint that is their version."""

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SourceFile:
    """One file that was read. `sha256` is over its bytes; `source` and `licence` are for people."""

    name: str
    sha256: str
    source: str
    licence: str


@dataclass(frozen=True)
class Source:
    """A set of files read together: what a figure shows as its source, and what a stored run refers to."""

    name: str
    files: tuple[SourceFile, ...]

    @property
    def version(self) -> str:
        """sha256 over names and contents of the files: the same version means the same figures."""
        lines = sorted(f"{file.sha256}  {file.name}\n" for file in self.files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def credit(self) -> str:
        """One line to print under a figure."""
        return "; ".join(dict.fromkeys(f"{file.source}, {file.licence}" for file in self.files))


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
