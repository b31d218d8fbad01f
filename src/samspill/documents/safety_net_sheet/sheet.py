"""What stands on the sheet: plain values, in the order they are read."""

from dataclasses import dataclass
from datetime import datetime

from samspill.documents.writing.blocks import printable
from samspill.refusal import Refused

LANGUAGES = ("nb", "nn", "en")
LEVELS = ("red", "yellow", "green")
"""In the order of the sheet: what matters most stands first."""
MOST_LINK = 300  # letters of a link; a QR code of more is too fine for a phone


@dataclass(frozen=True, slots=True)
class Call:
    """A number in a frame, whom it goes to, and when they answer. `number` is as it is dialled."""

    number: str
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A level: its title, what it looks like, what to do and why, and whom to call."""

    level: str
    title: str
    signs: tuple[str, ...]
    do: str
    why: str = ""
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a scale, as «under 86»."""

    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The limits of a measurement on one line, lowest first."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class SafetyNetSheet:
    """All that stands on the sheet. Texts are text, whatever signs they have.

    lead      to whom, about whom, from and until when
    unsure    whom to call when in doubt, and in `unsure_text` what they can do; left out when both say
              nothing
    zones     one for each of `LEVELS`, in any order
    duties    who answers for what
    medicines  what is new, changed and stopped of what is taken. Those that do not fit on the page are left
              out from the end, and it is said how many
    about     who made the plan, and with whom
    link      to the living plan, as a QR code; none when it is ""
    author    whose document it is, for the file's own facts
    """

    title: str
    language: str
    author: str
    lead: str
    zones: tuple[Zone, ...]
    duties: tuple[str, ...]
    about: tuple[str, ...]
    made_at: datetime
    unsure: Call = Call("")
    unsure_text: str = ""
    scales: tuple[Scale, ...] = ()
    link: str = ""
    medicines: tuple[str, ...] = ()


def check_sheet(sheet: SafetyNetSheet) -> None:
    """Refuses a sheet that cannot be.

    Codes: `sheet.language`; `sheet.levels` without just one zone for each level; `sheet.empty` a title, what
    to do, a sign or a number that says nothing; `sheet.link` a link too long for a QR code.
    """
    if sheet.language not in LANGUAGES:
        raise Refused("sheet.language", f"The sheet is in {sheet.language!r}. Choose {', '.join(LANGUAGES)}.")
    if sorted(zone.level for zone in sheet.zones) != sorted(LEVELS):
        raise Refused("sheet.levels", f"The sheet needs one part for each of {', '.join(LEVELS)}.")
    steps = [step.level for scale in sheet.scales for step in scale.steps]
    if not set(steps) <= set(LEVELS) or any(not scale.steps for scale in sheet.scales):
        raise Refused("sheet.levels", f"A scale has steps, each of them one of {', '.join(LEVELS)}.")
    for where, text in _needed(sheet):
        if not printable(text):
            raise Refused("sheet.empty", f"{where} says nothing. Write it, or take it out.")
    if len(sheet.link) > MOST_LINK:
        raise Refused("sheet.link", f"The link has {len(sheet.link)} letters; {MOST_LINK} is the most.")


def _needed(sheet: SafetyNetSheet) -> list[tuple[str, str]]:
    found = [("The title", sheet.title)]
    for zone in sheet.zones:
        found += [
            (f"The title of {zone.level}", zone.title),
            (f"What to do when it is {zone.level}", zone.do),
        ]
        found += [(f"A sign of {zone.level}", sign) for sign in zone.signs]
        found += [(f"A number of {zone.level}", call.number) for call in zone.calls]
    return found
