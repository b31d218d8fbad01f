"""The question «demand» as it stands in an address, so that it can be shared: read from it, written to it.

tjeneste   the service, by its word        kommune   a municipality by its number
til        the last year                   WORD      how much of a mitigator, in per cent
WORD-minst, WORD-mest   how much less at least and at most, in per cent      WORD-ar   years until it works
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from samspill.analysis.demand import mitigators
from samspill.insight.wording.mitigators import MITIGATORS, name_of
from samspill.insight.wording.services import BY_SLUG, SERVICES
from samspill.refusal import Refused

SERVICE, AREA, TO = "tjeneste", "kommune", "til"
LEAST, MOST, YEARS = "-minst", "-mest", "-ar"
PLACES = 4  # decimals of a factor


def asked_in(query: Mapping[str, str]) -> dict[str, object]:
    """What an address asks; a field that is left empty is as it comes. Refuses what is no number."""
    asked: dict[str, object] = {}
    service = query.get(SERVICE, "")
    if service:
        asked["services"] = [_service(service)]
    if query.get(AREA):
        asked["areas"] = [query[AREA]]
    if query.get(TO):
        asked["to"] = _whole(query[TO], TO, _("Last year"))
    tables: dict[str, dict[str, object]] = {"sizes": {}, "ranges": {}, "years": {}}
    for code, words in MITIGATORS.items():
        if query.get(words.slug):
            tables["sizes"][code] = _whole(query[words.slug], words.slug, name_of(code))
        if query.get(words.slug + YEARS):
            tables["years"][code] = _whole(query[words.slug + YEARS], words.slug + YEARS, name_of(code))
        if query.get(words.slug + LEAST) or query.get(words.slug + MOST):
            tables["ranges"][code] = _range(query, code)
    return asked | tables


def pairs_of(whole: Mapping[str, object]) -> list[tuple[str, str]]:
    """The shortest pairs of an address that ask `whole`."""
    pairs: list[tuple[str, str]] = []
    services, areas = list(_of(whole, "services")), list(_of(whole, "areas"))
    if len(services) == 1:
        pairs.append((SERVICE, SERVICES[services[0]].slug))
    pairs += [(AREA, str(area)) for area in areas]
    pairs.append((TO, str(whole["to"])))
    for code, words in MITIGATORS.items():
        sizes, ranges, years = (_table(whole, key) for key in ("sizes", "ranges", "years"))
        if code in sizes:
            pairs.append((words.slug, str(sizes[code])))
        if code in ranges:
            least, most = percents(*ranges[code])
            pairs += [(words.slug + LEAST, least), (words.slug + MOST, most)]
        if code in years:
            pairs.append((words.slug + YEARS, str(years[code])))
    return pairs


def address_of(whole: Mapping[str, object]) -> str:
    return "?" + urlencode(pairs_of(whole))


def percents(low: float, high: float) -> tuple[str, str]:
    """What is left, as how much less at least and at most: «0», «8», «2.5»."""
    return f"{round(100 * (1 - high), 2):g}", f"{round(100 * (1 - low), 2):g}"


def _of(whole: Mapping[str, object], key: str) -> list[str]:
    found = whole[key]
    return [str(one) for one in found] if isinstance(found, list) else []


def _table(whole: Mapping[str, object], key: str) -> dict:
    found = whole[key]
    return found if isinstance(found, dict) else {}


def _service(word: str) -> str:
    if word not in BY_SLUG:
        raise Refused(
            "calculation.service",
            _("There is no service «%(name)s» to ask for.") % {"name": word},
            field=SERVICE,
        )
    return BY_SLUG[word]


def _range(query: Mapping[str, str], code: str) -> list[float]:
    """A range that is half written takes its other end from the one that comes."""
    slug = MITIGATORS[code].slug
    least, most = percents(*mitigators()[code].factor)
    ends = [
        _number(query.get(slug + end) or given, slug, name_of(code))
        for end, given in ((MOST, most), (LEAST, least))
    ]
    return [round(1 - end / 100, PLACES) for end in ends]


def _whole(written: str, field: str, name: str) -> int:
    number = _number(written, field, name)
    if number != int(number):
        raise _no_number(written, field, name)
    return int(number)


def _number(written: str, field: str, name: str) -> float:
    """As people write it, with a comma or a point. Refuses what is none, and what is not finite."""
    text = written.strip().replace(",", ".").replace("−", "-")
    try:
        number = float(text)
    except ValueError as problem:
        raise _no_number(written, field, name) from problem
    if not abs(number) < 1e9:
        raise _no_number(written, field, name)
    return number


def _no_number(written: str, field: str, name: str) -> Refused:
    return Refused(
        "calculation.number_written",
        _("%(name)s: «%(value)s» is not a number that can be used here. Write a whole number.")
        % {"name": name, "value": written},
        field=field,
    )
