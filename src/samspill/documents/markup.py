"""Take the markup of Markdown and stray HTML out of a line, so that only what a person reads is left.

Unmatched markup is left as it is. Not here: markup that shapes whole lines (`#`, lists, tables: `text`).
"""

import html
import re
import unicodedata

from samspill.documents.marks import raised

# Control characters, soft hyphens, zero-width signs, marks that turn the direction of the text around them
# (and can show another text than the one that is kept), and halves of a pair that stand alone
_INVISIBLE = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0B, 0x20),
        *range(0x7F, 0xA0),
        0xAD,
        0x61C,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        0x2060,
        *range(0x2066, 0x206A),
        0xFEFF,
        *range(0xD800, 0xE000),
    ]
)
_TAG = re.compile(r"</?(?:b|strong|i|em|u|s|mark|small|span|font|a)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_RAISED_TAG = re.compile(r"<sup>\s{0,3}(\d{1,3})\s{0,3}</sup>", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\[\^(\d{1,3})\]")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:\s\"[^\"]{0,200}\")?\)")
_STRONG = re.compile(r"\*{2,3}(?=[^\s*])([^*]{1,5000})\*{2,3}|(?<!\w)__(?=[^\s_])([^_]{1,5000})__(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]{1,500})(?<![\s\\])\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_\\])_(?=[^\s_])([^_]{1,500})(?<![\s\\])_(?![\w_])")
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|nbsp|quot|ndash|mdash|laquo|raquo|aring|oslash|aelig|#\d{1,6});", re.IGNORECASE
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>-])")
_BOLD = re.compile(
    r"\s*(?:\*\*(?=\S)(?:[^*]|\*(?!\*)){1,2000}\*\*|<(b|strong)>[^<]{1,2000}</\1>|__[^_]{1,2000}__)\s*",
    re.IGNORECASE,
)


def visible(line: str) -> str:
    """Without signs nobody sees, with plain spaces, and each letter as one sign (NFC)."""
    plain = line.translate(_INVISIBLE).replace("\u00a0", " ").replace("\u202f", " ")
    return unicodedata.normalize("NFC", plain)


def strip_markup(line: str) -> str:
    """The words of a line. `<br>` becomes a newline, `[^1]` and `<sup>1</sup>` a raised digit."""
    if not any(sign in line for sign in "*_[<&\\"):
        return line
    text = _RAISED_TAG.sub(lambda found: raised(found[1]), line)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _NOTE_MARK.sub(lambda found: raised(found[1]), text)
    text = _LINK.sub(r"\1", text)
    text = _UNDERLINED.sub(r"\1", _EMPHASIS.sub(r"\1", text))
    text = _STRONG.sub(lambda found: found[1] or found[2], text)
    text = _ESCAPE.sub(r"\1", text)
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def is_bold(markup: str) -> bool:
    """All of it stands in bold, as Markdown or HTML writes that."""
    return bool(_BOLD.fullmatch(markup))
