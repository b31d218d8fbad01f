"""The signs that shape whole lines of a text: hashes, rules, quotes, notes, bullets that were lost.

Not here: labels and captions, which other formats have too (`marks`), and signs inside a line (`markup`).
"""

import re
from collections.abc import Sequence

from samspill.documents.marks import RAISED, leading_label

_MARKDOWN = re.compile(
    r"^#{1,6}\s\S|^\|?\s?:?-{3,}:?\s?\||\*\*[^\s*][^*\n]{0,300}\*\*|\[[^\[\]\n]{1,300}\]\([^()\s]{0,300}\)",
    re.MULTILINE,
)
HASHES = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*)")
QUOTE = re.compile(r"^\s{0,3}(?:>\s?){1,9}")
RULE = re.compile(
    r"\s{0,3}(?:(?:-\s?){3,200}|(?:\*\s?){3,200}|(?:_\s?){3,200}|={3,200}|`{3}\w{0,20}|~{3}|<!--.{0,500}-->)\s*"
)
NOTE = re.compile(rf"\s{{0,3}}(?:\[\^(\w{{1,20}})\]:\s*|([{RAISED}]{{1,3}})\s?)(\S.*)")
NOTE_BELOW_RULE = re.compile(r"(\d{1,2})\s+(\S.*)")
NOTE_RULE = re.compile(r"\s{20,}|_{5,}\s*")
LOST_BULLET = re.compile(r" (?=\S)")
_FEWEST_LOST = 3


def is_markdown(text: str) -> bool:
    return bool(_MARKDOWN.search(text))


def loses_bullets(lines: Sequence[str]) -> bool:
    """Several lines begin with the one space that a lost bullet leaves."""
    lost = sum(bool(LOST_BULLET.match(line)) and leading_label(line.strip()) is None for line in lines)
    return lost >= _FEWEST_LOST
