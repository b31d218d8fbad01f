"""What a spreadsheet would run (OWASP: CSV injection), guarded on the way out and on the way in.

Out: such a text gets an apostrophe in front. In: the apostrophe is taken away again where we put it, and a
text of somebody else's that would run is found. `bared(disarmed(text)) == text` for every text.
"""

import re
import unicodedata

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL = 32_767  # characters Excel keeps of a cell
_APOSTROPHE = "'"
# No spreadsheet file can hold these (XML 1.0), or they turn the text around so that it shows another.
_NOT_KEPT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
# A sum, a call, another sheet or a command: «=…», «+1+1», «@SUM(…)», «-2+3+cmd|…».
# «- Lage kurs» and «+47 69 00 00 00» are texts.
_RUNS = re.compile(r"=|[+\-@]\s*(?:[A-Za-z_][\w.]{0,60}\s*[(|!]|\d[\d.,]{0,20}\s*[-+*/^]\s*[\d(])")


def disarmed(text: str) -> str:
    """With an apostrophe in front where a spreadsheet would run it; one that has some gets one more."""
    return f"{_APOSTROPHE}{text}" if text.lstrip(_APOSTROPHE).startswith(FORMULA_STARTS) else text


def bared(text: str) -> str:
    """Without the apostrophe that `disarmed` put in front."""
    is_ours = text.startswith(_APOSTROPHE) and text.lstrip(_APOSTROPHE).startswith(FORMULA_STARTS)
    return text[1:] if is_ours else text


def would_run(text: str) -> bool:
    """Whether a text that was typed begins as a formula does."""
    return bool(_RUNS.match(text.lstrip("\t\r\n ")))


def printable(text: str) -> str:
    """Without the characters that no file of ours may hold."""
    return _NOT_KEPT.sub("", text)


def plain(text: str) -> str:
    """As any spreadsheet gives it back: for comparing what stands here with what stands in a file."""
    text = printable(unicodedata.normalize("NFC", text)).replace("\r\n", "\n").replace("\r", "\n")
    return text[:LONGEST_CELL].strip()


def same_text(one: str, other: str) -> bool:
    """The same once both have been through a file."""
    one, other = plain(one), plain(other)
    return one == other or plain(bared(one)) == other or one == plain(bared(other))
