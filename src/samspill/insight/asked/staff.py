"""A question about staff as it stands in an address: what was typed, read into what is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from samspill.analysis.workforce import Sector, levers
from samspill.insight.wording import decimal
from samspill.insight.wording.levers import (
    FIRST,
    GROUPS,
    LEVERS,
    is_share,
    levers_for,
    own_value,
    shown_value,
)
from samspill.refusal import Refused

SECTORS = {"sykehus": str(Sector.HOSPITAL), "kommuner": str(Sector.MUNICIPALITY)}
SECTOR_WORDS = {code: word for word, code in SECTORS.items()}
YEARS = (2030, 2035, 2040)
STEP_OF_SHARE, VACANCY, VACANCY_MOST = 0.5, 4.0, 20.0


@dataclass(frozen=True)
class Pull:
    """A lever as it stands on the page. Numbers are as the number field takes them: with a point."""

    code: str
    field: str
    label: str
    says: str
    takes: str
    source: str
    value: str
    most: str
    step: str
    unit: str
    high: str
    is_assumed: bool
    error: str = ""


def asked_in(query: QueryDict, profession: str = "") -> dict[str, object]:
    """The question of an address. Refuses what is no number, with the field it stands in."""
    return {
        "profession": profession,
        "sector": SECTORS.get(query.get("niva", ""), ""),
        "to": _year(query.get("til", "")),
        "vacancy": _number(query, "tomme", VACANCY) / 100,
        "levers": {code: own_value(code, _number(query, words.field, 0.0)) for code, words in LEVERS.items()},
    }


def kept_of(query: QueryDict) -> list[tuple[str, str]]:
    """The parts of an address that make the question, as (field, value)."""
    known = ("niva", "til", "tomme", *(words.field for words in LEVERS.values()))
    return [(field, str(query[field])) for field in known if query.get(field)]


def pulls_of(
    query: QueryDict, profession: str, sectors: Sequence[str], refused: Refused | None = None
) -> tuple[list[Pull], list[tuple[str, list[Pull]]]]:
    """The levers that are always open, and the rest by group."""
    shown = [
        _pull(code, query, refused.sentence if refused is not None and refused.field == code else "")
        for code in levers_for(profession, sectors)
    ]
    first = [one for one in shown if one.code in FIRST]
    rest = [one for one in shown if one.code not in FIRST]
    folded: list[tuple[str, list[Pull]]] = []
    for key, label in GROUPS.items():
        ones = [one for one in rest if LEVERS[one.code].group == key]
        if ones:
            folded.append((str(label), ones))
    return first, folded


def _pull(code: str, query: QueryDict, error: str) -> Pull:
    words, lever = LEVERS[code], levers()[code]
    most = shown_value(code, lever.high)
    unit = "%" if is_share(lever) else _("a year")
    return Pull(
        code,
        words.field,
        str(words.label),
        str(words.says),
        str(words.takes),
        lever.source,
        query.get(words.field, "") or "0",
        _plain(most),
        _plain(STEP_OF_SHARE if is_share(lever) and most <= 15 else 1),
        unit,
        _("at most %(number)s") % {"number": decimal(most, 0)},
        lever.assumption,
        error,
    )


def _plain(value: float) -> str:
    return f"{value:g}"


def _year(text: str) -> int:
    return int(text) if text.isdigit() and len(text) == 4 else YEARS[-1]


def _number(query: Mapping[str, str], field: str, default: float) -> float:
    """What was typed, with a decimal comma or point."""
    text = "".join(query.get(field, "").split()).replace(",", ".").replace("%", "")
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if value != value or abs(value) == float("inf"):
        code = next((one for one, words in LEVERS.items() if words.field == field), field)
        raise Refused(
            "staff.number",
            _("«%(value)s» is no number. Write one, such as 5 or 2.5.") % {"value": query.get(field, "")},
            field=code,
        )
    return value
