"""What the letters of a PDF tell: the ordinary size and distance of lines, and which letters make headings.

Not here: what a line becomes (`reader`).
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from samspill.documents.marks import is_open, starts_small
from samspill.documents.pdf.layout import Line, Page

HEADING_SIZE = 1.12  # of the ordinary size
_LONGEST_BOLD = 100
_MOST_BOLD = 0.4  # of the lines: where more are bold, bold is not what makes a heading
_SHORT_SHARE = 0.75  # of the bold lines: where more are long, bold is stress
_DEEPEST = 6
_TABLES_RULE = 2  # times as many letters in tables as outside

_LEADING = 1.25  # of the size, where no sentence tells how far apart its lines stand


def ordinary_size(lines: Sequence[Line], pages: Sequence[Page] = ()) -> float:
    """The size most letters have; that of the tables where little stands outside of them."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    tabled: Counter[float] = sum((page.tabled for page in pages), Counter[float]())
    if _TABLES_RULE * sizes.total() < tabled.total():
        sizes = tabled
    return sizes.most_common(1)[0][0] if sizes else 0.0


def ordinary_step(pages: Sequence[Page], size: float) -> float:
    """The usual distance from one line to the next in running text."""
    steps = [
        (below.top - above.top, is_open(above.text) and starts_small(below.text))
        for page in pages
        for above, below in pairwise(page.items)
        if isinstance(above, Line) and isinstance(below, Line) and above.size == below.size == size
    ]
    near = [step for step, _ in steps if 0 < step < 2.5 * size]
    inside = [step for step, goes_on in steps if goes_on and 0 < step < 2.5 * size]
    if inside:
        return median(inside)
    return min([*near, _LEADING * size])


def heading_levels(lines: Sequence[Line], size: float, rows: int = 0) -> dict[tuple[float, bool], int]:
    """Levels of headings by size and boldness of their letters, largest first.

    `rows` of tables count as lines that are not bold: a plan may have little but headings beside them.
    """
    large = {(line.size, line.is_bold) for line in lines if line.size >= HEADING_SIZE * size}
    bold = [line for line in lines if line.is_bold and abs(line.size - size) < 0.12 * size]
    if bold and len(bold) <= _MOST_BOLD * (len(lines) + rows):
        short = [line for line in bold if len(line.text) <= _LONGEST_BOLD]
        if len(short) >= _SHORT_SHARE * len(bold):
            large |= {(line.size, True) for line in short if line.text[-1:] not in ".,;:"}
    ordered = sorted(large, reverse=True)
    return {found: min(level, _DEEPEST) for level, found in enumerate(ordered, start=1)}
