"""One cell that holds several measures, and the cells beside it: how they are divided and dealt out."""

import re

from samspill.documents.blocks import Block
from samspill.documents.public import is_labelled
from samspill.plans.reading.responsible import begins_a_name, unstacked
from samspill.plans.reading.words import LABEL, clean, split_label, word_set

_INLINE = re.compile(r"(?:(?<=^)|(?<=[\s.;]))(?P<letter>[a-zæøå]|\d{1,2})(?P<mark>[).])\s+(?=[A-ZÆØÅ«])")
_NEW = re.compile(r"(?:del)?tiltak\b", re.IGNORECASE)
_BULLET = re.compile(r"\s[•●▪◦]\s+")


def split_measures(cell: str) -> list[str]:
    """The measures of a cell, labels still on. A line without a label goes on with a labelled one."""
    lines = _with_details([line for line in cell.split("\n") if line.strip()])
    labelled = [bool(LABEL.match(line)) for line in lines]
    if sum(labelled) > 1 or (labelled and labelled[0] and len(lines) > 1):
        return [part for line in _labelled(lines) for part in _inline(line)]
    if len(lines) > 1 and all(_stands_alone(line) for line in lines) and not _flows(lines):
        return lines
    return _inline(clean("\n".join(lines)))


def spread(cell: str, parts: int) -> list[str]:
    """What each measure in the cell beside gets: its own line when there are as many, or everything."""
    if parts == 1:
        return [cell]
    lines = [split_label(line)[1] for line in cell.split("\n") if line.strip()]
    if len(lines) == 1:
        lines = unstacked(lines[0])
    if len(lines) == 1:
        lines = _names_in_a_row(lines[0])
    if len(lines) == parts:
        return lines
    inline = _inline(clean(cell))
    return [split_label(part)[1] for part in inline] if len(inline) == parts else [cell] * parts


def _names_in_a_row(text: str) -> list[str]:
    """«Legevakten i Nes Akuttmottaket»: parted where somebody begins that nothing joins to the one before."""
    parts: list[list[str]] = [[]]
    words = text.split()
    for place, word in enumerate(words):
        before = parts[-1][-1] if parts[-1] else ""
        joined = not before or not before[-1].isalnum() or before in OPEN_ENDS
        if not joined and begins_a_name(" ".join(words[place : place + 2])):
            parts.append([])
        parts[-1].append(word)
    return [" ".join(part) for part in parts]


def row_text(row: Block) -> str:
    """A row as a sentence: what its first cell names, and what the others say of it.

    A first cell of whole sentences names nothing; then the others go on after its full stop.
    """
    first, *rest = [said for cell in row.cells if (said := clean(cell.text))] or [""]
    joint = "" if first.endswith((".", "!", "?")) else ":"
    return f"{first.rstrip(' :')}{joint} {' – '.join(rest)}" if rest else first


def _with_details(lines: list[str]) -> list[str]:
    """«Ansvar: …» on a line of its own is said of the measure above it."""
    whole: list[str] = []
    for line in lines:
        if whole and is_labelled(line) and not _NEW.match(line):
            whole[-1] = f"{whole[-1].rstrip('. ')}. {line}"
        else:
            whole.append(line)
    return whole


def _labelled(lines: list[str]) -> list[str]:
    parts: list[str] = []
    for line in lines:
        if parts and not LABEL.match(line):
            parts[-1] = clean(f"{parts[-1]}\n{line}")
        else:
            parts.append(line)
    return parts


def _inline(text: str) -> list[str]:
    """«a) Foo b) Bar» divided where the next letter stands; a lone «b)» inside is only a letter."""
    if len(bullets := _BULLET.split(f" {text}")) > 2 and not bullets[0].strip():
        return [bullet.strip() for bullet in bullets[1:]]
    starts: list[int] = []
    expected = ""
    for found in _INLINE.finditer(text):
        if (not starts and found.start() == 0) or found["letter"] + found["mark"] == expected:
            starts.append(found.start())
            expected = _next(found["letter"]) + found["mark"]
    if len(starts) < 2:
        return [text]
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _next(letter: str) -> str:
    return str(int(letter) + 1) if letter.isdigit() else chr(ord(letter) + 1)


def _stands_alone(line: str) -> bool:
    return line[:1].isupper() and len(line.split()) > 1


def _flows(lines: list[str]) -> bool:
    """A line that ends in the middle of a sentence goes on in the next."""
    return any(
        line.rstrip().endswith((",", ":", "-")) or line.split()[-1] in OPEN_ENDS for line in lines[:-1]
    )


OPEN_ENDS = word_set(
    "og i av for med på til som mellom innen innan ved frå fra om eller samt både en ei et ein eit"
)
