"""The process that opens one file: `python -m samspill.documents.worker PATH NAME LIMITS`.

It takes its limits before it looks at the file, writes one answer to standard output and ends. It is started
by `public.read` and by nobody else; whatever a hostile file does to it, the server that asked is not touched.
When it fails it says where in our code and with which kind of error, never in which words: those may be the
document's own.
"""

import logging
import math
import sys
import warnings
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

from samspill.documents.limits import Limits
from samspill.documents.reading import read_here
from samspill.documents.refusals import Unreadable
from samspill.documents.wire import FAILED, pack_document, pack_refusal, unpack_limits

_FRAMES = 6  # of the functions an error came through, the innermost


def main(path: str, file: str, packed_limits: str) -> None:
    limits = unpack_limits(packed_limits)
    _take_limits(limits)
    logging.disable(logging.CRITICAL)  # libraries comment on every oddity of a PDF
    warnings.simplefilter("ignore")
    sys.excepthook = _say_where
    sys.stdout.buffer.write(_answer(Path(path), file, limits))
    sys.stdout.buffer.flush()


def _answer(path: Path, file: str, limits: Limits) -> bytes:
    try:
        return pack_document(read_here(path, limits=limits, name=file))
    except Unreadable as refused:
        return pack_refusal(refused)
    except MemoryError:
        return pack_refusal(Unreadable("document.too_much_memory", file=file))


def _say_where(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """One line for the log: the kind of error and the functions it came through, nothing of the document."""
    places = [f"{Path(one.filename).stem}.{one.name}:{one.lineno}" for one in extract_tb(trace)]
    sys.stderr.write(f"\n{FAILED}{kind.__name__} in {' > '.join(places[-_FRAMES:])}\n")


def _take_limits(limits: Limits) -> None:
    """Memory, processor time, no files to write. Where the system cannot, the clock of `public` remains."""
    try:
        import resource
    except ImportError:  # Windows
        return
    seconds = (
        math.ceil(limits.seconds) + 1
    )  # the clock outside is stricter; this one works when nobody waits any more
    wanted = {"RLIMIT_AS": limits.memory_bytes, "RLIMIT_CPU": seconds, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    for name, value in wanted.items():
        kind = getattr(resource, name)
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (allowed, hard))
        except (ValueError, OSError):  # macOS has the names but refuses some of them
            continue


if __name__ == "__main__":
    main(*sys.argv[1:])
