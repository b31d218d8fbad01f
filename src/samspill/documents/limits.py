"""How much a document may cost to read.

Here: the limits, and the ordinary values of them. Not here: who enforces them (`public` time and memory,
`package` what unpacks, the readers pages and characters).
"""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may use. Two thousand pages is ten times the longest plan or meeting book we know of.

    seconds        wall clock for the whole reading, start of the worker included
    memory_bytes   address space of the worker (where the system can limit it)
    file_bytes     of the file as it lies on disk
    unpacked_bytes of all members of a packed file together
    member_bytes   of one member that is parsed (the text of a Word document)
    ratio          unpacked to packed size of one member over a megabyte; plain Word text packs 5–30 times
    members        files inside a packed file
    pages          of a PDF, and page breaks of a Word document or a text
    characters     of text; 2,000 pages of 2,500 characters
    """

    seconds: float = 60.0
    memory_bytes: int = 1_500 * MEGABYTE
    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 500 * MEGABYTE
    member_bytes: int = 60 * MEGABYTE
    ratio: int = 200
    members: int = 10_000
    pages: int = 2_000
    characters: int = 5_000_000


DEFAULT = Limits()
