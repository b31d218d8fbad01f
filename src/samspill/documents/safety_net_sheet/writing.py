"""The sheet as PDF/UA-1 on exactly one page: the letters shrink in steps until all fits.

Letters smaller than the smallest step are too small for those who read it, so then the sheet is refused.
"""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import yaml
from pypdf import PdfReader

from samspill.documents.safety_net_sheet.sheet import LEVELS, Call, SafetyNetSheet, Zone, check_sheet
from samspill.documents.writing.blocks import named, printable
from samspill.documents.writing.pdf import REGIONS, typeset
from samspill.refusal import Refused

HERE = Path(__file__).parent
SIZES = (15.5, 14.6, 13.8, 13.0, 12.2, 11.5, 10.8, 10.2, 9.6)
"""Points of the letters, from those we want to the smallest we print."""
_LONG_WORD, _LONG_IN_STEP = re.compile(r"\S{25,}"), re.compile(r"\S{11,}")
_BIT = 6  # letters of a long word between the places where it may be divided
_TIED = re.compile(r"(\bkl\.|\d\.?) (?=\w)")
"""A number stays with what it counts or belongs to: «9. november», «86 prosent», «116 117»."""


def to_pdf(sheet: SafetyNetSheet) -> bytes:
    """The sheet as bytes; the same sheet always gives the same bytes.

    Refuses as `check_sheet`, and (`sheet.too_long`) what does not fit on one page with the smallest letters;
    the sentence names the part that says most.
    """
    check_sheet(sheet)
    said, images = _said(sheet), _images(sheet)
    for size in SIZES:
        if (made := _on_one_page({**said, "size": size}, images)) is not None:
            return made
    smallest = {**said, "size": SIZES[-1]}
    for few in _fewer(said["medicines"], said["words"]["more"]):
        if (made := _on_one_page({**smallest, "medicines": few}, images)) is not None:
            return made
    part, letters = max(_parts(sheet), key=lambda one: one[1])
    raise Refused(
        "sheet.too_long",
        f"The plan does not fit on one page. {part} is the longest, with {letters} letters: shorten it "
        "first.",
        facts={"part": part, "letters": letters},
    )


def _on_one_page(said: dict[str, Any], images: dict[str, str]) -> bytes | None:
    made = typeset(_look(), said, images)
    return made if len(PdfReader(BytesIO(made)).pages) == 1 else None


def _fewer(lines: list[str], more: str) -> Iterator[list[str]]:
    """Half of the lines, and half of those, down to none; with how many more there are."""
    left = len(lines)
    while left:
        left //= 2
        yield [*lines[:left], more.format(count=len(lines) - left)] if left else []


def _parts(sheet: SafetyNetSheet) -> list[tuple[str, int]]:
    found = [
        (zone.title, sum(map(len, (*zone.signs, zone.do, zone.why, *(call.who for call in zone.calls)))))
        for zone in sheet.zones
    ]
    words = _words()[sheet.language]
    found += [(words["duties"], sum(map(len, sheet.duties))), (words["about"], sum(map(len, sheet.about)))]
    found += [(words["unsure"], len(sheet.unsure_text)), (sheet.title, len(sheet.title) + len(sheet.lead))]
    return found + [(scale.title, sum(len(step.text) for step in scale.steps)) for scale in sheet.scales]


def _said(sheet: SafetyNetSheet) -> dict[str, Any]:
    when = sheet.made_at
    zones = {zone.level: zone for zone in sheet.zones}
    return {
        "title": _divided(named(sheet.title)),
        "document_title": named(sheet.title),
        "language": sheet.language,
        "region": REGIONS[sheet.language],
        "author": printable(sheet.author),
        "lead": _divided(sheet.lead),
        "unsure": _call(sheet.unsure),
        "unsure_text": _divided(sheet.unsure_text),
        "zones": [_zone(zones[level]) for level in LEVELS],
        "scales": [
            {
                "title": _divided(named(scale.title)),
                "steps": [
                    {"level": step.level, "text": _divided(step.text, _LONG_IN_STEP)} for step in scale.steps
                ],
            }
            for scale in sheet.scales
        ],
        "duties": [_divided(text) for text in sheet.duties if printable(text)],
        "medicines": [_divided(text) for text in sheet.medicines if printable(text)],
        "about": [_divided(text) for text in sheet.about if printable(text)],
        "words": _words()[sheet.language],
        "link": printable(sheet.link),
        "made": {name: getattr(when, name) for name in ("year", "month", "day", "hour", "minute", "second")},
    }


def _zone(zone: Zone) -> dict[str, Any]:
    return {
        "level": zone.level,
        "title": _divided(named(zone.title)),
        "signs": [_divided(sign) for sign in zone.signs],
        "do": _divided(zone.do),
        "why": _divided(zone.why),
        "calls": [_call(call) for call in zone.calls],
    }


def _call(call: Call) -> dict[str, str]:
    """The parts of a number stay together."""
    number = printable(call.number).replace(" ", "\xa0")
    dialled = re.sub(r"[^\d+]", "", call.number)
    return {"number": number, "dialled": dialled, "who": _divided(call.who), "when": _divided(call.when)}


def _divided(text: str, long_word: re.Pattern[str] = _LONG_WORD) -> str:
    """Printable, with numbers tied to their words; a word too long for its column may be divided."""
    tied = _TIED.sub("\\1\xa0", printable(text))
    return long_word.sub(_with_breaks, tied)


def _with_breaks(found: re.Match[str]) -> str:
    word = found[0]
    return "\u200b".join(word[at : at + _BIT] for at in range(0, len(word), _BIT))


def _images(sheet: SafetyNetSheet) -> dict[str, str]:
    if not printable(sheet.link):
        return {}
    code = segno.make_qr(printable(sheet.link), error="m")
    return {"qr": code.svg_inline(border=4, omitsize=True)}


@cache
def _look() -> bytes:
    return (HERE / "sheet.typ").read_bytes()


@cache
def _words() -> dict[str, dict[str, str]]:
    return yaml.safe_load((HERE / "words.yaml").read_text("utf-8"))
