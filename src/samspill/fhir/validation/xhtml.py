"""The XHTML of a narrative: the elements and attributes of HTML 4.0 that R4 allows, and nothing that runs.

https://hl7.org/fhir/R4/narrative.html: chapters 7-11 (but not section 4 of chapter 9) and 15 of HTML 4.0,
links, images and styles inside; no scripts, forms, frames, objects or event attributes (txt-1, txt-2).
"""

import html.entities
import re
from xml.parsers import expat

_WORDS = re.compile(r"\S+")
NAMESPACE = "http://www.w3.org/1999/xhtml"
ELEMENTS = frozenset(
    _WORDS.findall("""
    a abbr acronym address b bdo big blockquote br caption center cite code col colgroup dd del dfn div
    dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins kbd li map area ol p pre q s samp small span strike
    strong sub sup table tbody td tfoot th thead tr tt u ul var
    """)
)
ATTRIBUTES = frozenset(
    _WORDS.findall("""
    abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char
    charoff charset cite class clear color colspan compact coords datetime dir face frame headers height
    href hreflang hspace id ismap lang longdesc name noshade nowrap rel rev rowspan rules scope shape
    size span src start style summary tabindex title type usemap valign value vspace width xml:lang
    xmlns xml:space
    """)
)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);", re.ASCII)
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_RUNS = re.compile(r"\s*(javascript|vbscript|data:text/html)", re.IGNORECASE | re.ASCII)


class _Refused(Exception):
    """Why this XHTML is not a narrative."""


def fault_in_xhtml(text: str) -> str:
    """Why `text` is not allowed as Narrative.div, or "" when it is."""
    if "<!" in text.replace("<!--", "").replace("<![CDATA[", ""):
        return "it has a document type or an entity declaration"
    seen: list[str] = []
    content = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        _check_start(name, attributes, is_outermost=not seen)
        seen.append(name)
        content[0] = content[0] or name == "img"

    def characters(data: str) -> None:
        content[0] = content[0] or bool(data.strip())

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler = start, characters
    try:
        parser.Parse(_ENTITY.sub(_as_number, text).encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError:
        return "it is not well-formed XML"
    except _Refused as refused:
        return str(refused)
    return "" if content[0] else "it has no text and no image"


def _as_number(match: re.Match[str]) -> str:
    """HTML's named characters as numbers, which every XML parser reads; others are left to be refused."""
    name = match.group(1)
    character = html.entities.name2codepoint.get(name)
    return match.group(0) if name in _XML_ENTITIES or character is None else f"&#{character};"


def _check_start(name: str, attributes: dict[str, str], *, is_outermost: bool) -> None:
    if is_outermost and (name != "div" or attributes.get("xmlns") != NAMESPACE):
        raise _Refused(f"the outermost element must be div with xmlns {NAMESPACE}")
    if name not in ELEMENTS:
        raise _Refused(
            "it has an element that is not allowed, such as a script, a form, a frame or an object"
        )
    for attribute, value in attributes.items():
        if attribute not in ATTRIBUTES:
            raise _Refused("it has an attribute that is not allowed, such as an event")
        if attribute in {"href", "src"} and _RUNS.match(value):
            raise _Refused("it has a link that runs a script")
