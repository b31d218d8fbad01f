"""What professions and levels are called, in addresses and in words, and the plain words of a gap."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.analysis.workforce import Profession, Sector
from samspill.insight.wording import about, decimal, rounded

Text = str | Promise


class Called(NamedTuple):
    """`slug` stands in addresses."""

    slug: str
    plural: Text


PROFESSIONS: dict[str, Called] = {
    str(Profession.NURSE): Called("sykepleiere", gettext_lazy("nurses")),
    str(Profession.SPECIALIST_NURSE): Called("spesialsykepleiere", gettext_lazy("specialist nurses")),
    str(Profession.HEALTH_CARE_WORKER): Called("helsefagarbeidere", gettext_lazy("health-care workers")),
    str(Profession.PHYSICIAN): Called("leger", gettext_lazy("physicians other than GPs")),
    str(Profession.GENERAL_PRACTITIONER): Called("fastleger", gettext_lazy("GPs")),
    str(Profession.MIDWIFE): Called("jordmodre", gettext_lazy("midwives")),
}
"""In the order they are shown."""
BY_SLUG = {called.slug: code for code, called in PROFESSIONS.items()}
SECTOR_NAMES: dict[str, Text] = {
    "": gettext_lazy("hospital and municipalities"),
    str(Sector.HOSPITAL): gettext_lazy("the hospital"),
    str(Sector.MUNICIPALITY): gettext_lazy("the municipalities"),
}
AT_SECTOR: dict[str, Text] = {
    "": gettext_lazy("at the hospital and in the municipalities"),
    str(Sector.HOSPITAL): gettext_lazy("at the hospital"),
    str(Sector.MUNICIPALITY): gettext_lazy("in the municipalities"),
}
FOLLOWED: dict[str, Text] = {
    "births": gettext_lazy("the number of births"),
    "hospital_bed_days": gettext_lazy("bed-days at the hospital"),
    "hospital_stays": gettext_lazy("stays at the hospital"),
    "nurse_fte": gettext_lazy("the use of municipal care by age"),
    "housing_and_long_stay": gettext_lazy("residents of nursing homes and staffed housing"),
    "people": gettext_lazy("the number of inhabitants"),
}
"""What the need of a profession follows, by the code of the service."""
OF_ALL = 0.02  # of the need: less than this is neither a lack nor to spare


def name_of(profession: str) -> str:
    return str(PROFESSIONS[profession].plural)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def fte(value: float) -> str:
    """«390 FTE»"""
    return _("%(number)s FTE") % {"number": about(abs(value))}


def is_even(gap: float, need: float) -> bool:
    return abs(gap) < max(1.0, OF_ALL * need)


def gap_in_words(gap: float, need: float) -> str:
    """«390 FTE lack», «40 FTE to spare», or that there are enough."""
    if is_even(gap, need):
        return _("as many as needed")
    if gap > 0:
        return _("%(fte)s lack") % {"fte": fte(gap)}
    return _("%(fte)s to spare") % {"fte": fte(gap)}


def headline(profession: str, gap: float, need: float, year: int, sector: str = "") -> str:
    """The message of a page about one profession."""
    who = f"{name_of(profession)} {AT_SECTOR[sector]}" if sector else name_of(profession)
    values = {"who": who, "number": about(abs(gap)), "year": year}
    if is_even(gap, need):
        return _("In %(year)s there are probably about as many %(who)s as needed.") % values
    if gap > 0:
        return _("In %(year)s we probably lack %(number)s FTE of %(who)s.") % values
    return _("In %(year)s there are probably %(number)s FTE more of %(who)s than needed.") % values


def between(low: float, high: float) -> str:
    """Eight times of ten, of what lacks; below 0 there are some to spare."""
    return _("%(span)s That holds eight times of ten.") % {"span": span(low, high)}


def span(low: float, high: float) -> str:
    """The same without how sure it is, where that is said once for many."""
    values = {"low": about(abs(low)), "high": about(abs(high))}
    if low < 0 < high and rounded(abs(low)) and rounded(high):
        return _("Anything from %(low)s too many to %(high)s too few.") % values
    if high <= 0:
        return _("Probably between %(high)s and %(low)s more than needed.") % values
    return _("Probably between %(low)s and %(high)s too few.") % values


def likely(share: float) -> str:
    """In how many of ten futures somebody lacks."""
    tenths = round(10 * share)
    if tenths >= 10:
        return _("Somebody lacks in almost every one of the futures we have drawn.")
    if tenths <= 0:
        return _("Somebody lacks in hardly any of the futures we have drawn.")
    return _("Somebody lacks in %(tenths)s of ten futures we have drawn.") % {"tenths": tenths}


def share_in_words(share: float) -> str:
    """«Every fifth», or a share in percent."""
    parts = {2: _("half"), 3: _("one in three"), 4: _("one in four"), 5: _("one in five"), 6: _("one in six")}
    nearest = round(1 / share) if share > 0 else 0
    if nearest in parts and abs(share - 1 / nearest) < 0.015:
        return parts[nearest]
    return _("%(percent)s percent") % {"percent": decimal(100 * share, 0)}


def listed(words: Sequence[str]) -> str:
    """«a, b and c»"""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def assumption_in_words(note: str) -> tuple[str, str]:
    """(whom it concerns, the note of the stock) of «nurse, hospital: Antakelse: …»."""
    head, _colon, rest = note.partition(": ")
    profession, _comma, sector = head.partition(", ")
    if profession not in PROFESSIONS:
        return _("All"), note
    where = f", {SECTOR_NAMES[sector]}" if sector in SECTOR_NAMES else ""
    return capital(name_of(profession)) + where, rest
