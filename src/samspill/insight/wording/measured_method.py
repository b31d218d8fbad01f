"""How the figures of an indicator were made, as (term, text): counting, limits, hiding, sources."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.analysis.disclosure import SourcedRules, rules_of
from samspill.insight.age_groups import BY_CODE
from samspill.insight.queries.measured import Measured
from samspill.insight.states import Direction
from samspill.insight.wording.measured import is_invented, name_of_source, sources_of, text_of
from samspill.refusal import Refused
from samspill.worklist.public import number_in_words

OPEN = "open"
TABLES: Mapping[str, str | Promise] = {
    "population": gettext_lazy("inhabitants on 1 January"),
    "contacts": gettext_lazy("contacts with hospitals"),
    "discharges": gettext_lazy("stays that ended with a living patient"),
    "services": gettext_lazy("use of municipal services"),
    "births": gettext_lazy("births"),
    "places": gettext_lazy("places and days in municipal services"),
    "gp_lists": gettext_lazy("lists of general practitioners"),
    "staff": gettext_lazy("people and positions in the services"),
    "platform": gettext_lazy("what is kept in Samspill, as numbers"),
}
HOW: Mapping[str, str | Promise] = {
    "count": gettext_lazy("%(table)s, each row once"),
    "sum": gettext_lazy("%(table)s, the sum of %(column)s"),
    "distinct": gettext_lazy("%(table)s, each %(column)s once"),
}
LIMITS: Mapping[str, str | Promise] = {
    "count": gettext_lazy("None: all are counted."),
    "ratio": gettext_lazy("None: two counts set against each other."),
    "share": gettext_lazy("95 %, Wilson's, for a share of a whole."),
    "rate": gettext_lazy("95 %, exact below ten events and Byar's from ten."),
    "mean": gettext_lazy("95 %, Student's, from how much the persons differ."),
    "direct": gettext_lazy("95 %, Dobson's with Byar's, for a standardised rate."),
    "repeated": gettext_lazy(
        "95 %, Dobson's with Byar's, wider since the same person may be counted several times."
    ),
    "indirect": gettext_lazy(
        "95 %, exact below ten events and Byar's from ten, of counted against expected."
    ),
}
STANDARDS: Mapping[str, str | Promise] = {
    "european_2013": gettext_lazy("European standard population 2013"),
}
STANDARDISED: Mapping[str, str | Promise] = {
    "none": gettext_lazy("No: as it is counted. Areas with more old people may differ for that alone."),
    "direct": gettext_lazy("Yes, directly: as if all areas had the ages of the standard %(standard)s."),
    "indirect": gettext_lazy("Yes, indirectly: counted against what the rates of all together would give."),
}


def definition_in_words(definition: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is counted and how, before any data."""
    told = definition["standardisation"]
    rows = [
        (_("Definition"), text_of(definition["means"])),
        (_("Counted"), part_in_words(definition["numerator"])),
        (_("Divided by"), part_in_words(definition["denominator"])),
        (_("Unit"), text_of(definition["unit"])),
        (_("Which way is good"), str(Direction(definition["direction"]).label)),
        (
            _("Standardised"),
            str(STANDARDISED[told["method"]]) % {"standard": STANDARDS.get(str(told.get("standard")), "")},
        ),
        (_("Limits"), str(LIMITS[_limits(definition)])),
        (_("Note"), text_of(definition["caveats"])),
        (_("Source"), str(definition["source"])),
        (_("Owner"), str(definition["owner"])),
        (_("Last reviewed"), _day(str(definition["reviewed"]))),
    ]
    return [(term, text) for term, text in rows if text]


def method_of(measured: Measured, *, hidden: int, shown: int) -> list[tuple[str, str]]:
    """The definition that held, and how it was worked out: `hidden` of the `shown` cells of the page."""
    run = measured.run
    rows = [
        *definition_in_words(measured.definition),
        (_("Hidden"), hiding_in_words(measured, hidden, shown)),
        (_("Data"), " ".join(_source(one) for one in sources_of(measured))),
        (
            _("Worked out"),
            _("%(day)s, version %(version)s of the data")
            % {"day": date_format(run.made_at, "j. F Y"), "version": run.data_version[:12]},
        ),
    ]
    if is_invented(measured):
        rows.append((_("Invented"), _("Nobody in these figures has ever lived. They show how it works.")))
    return [(term, text) for term, text in rows if text]


def _limits(definition: Mapping[str, Any]) -> str:
    told = definition["standardisation"]
    if told["method"] == "direct":
        return "repeated" if told.get("repeated") else "direct"
    return "indirect" if told["method"] == "indirect" else str(definition["kind"])


def part_in_words(part: Any) -> str:
    """A numerator or denominator; "" where there is none. Conditions stand as the tables name them."""
    if part is None:
        return ""
    if not isinstance(part, Mapping):
        return str(BY_CODE[part].label) if part in BY_CODE else str(part)
    of = part["of"]
    how, column = (of, "") if isinstance(of, str) else next(iter(of.items()))
    told = str(HOW[how]) % {"table": TABLES.get(part["table"], part["table"]), "column": column}
    where = "; ".join(_condition(name, wanted) for name, wanted in part.get("where", {}).items())
    return _("%(told)s, where %(where)s") % {"told": told, "where": where} if where else told


def _condition(column: str, wanted: Any) -> str:
    if isinstance(wanted, Mapping):
        if "starts" in wanted:
            return _("%(column)s begins with %(codes)s") % {
                "column": column,
                "codes": ", ".join(wanted["starts"]),
            }
        ends = [str(wanted.get(key, "")) for key in ("from", "to")]
        return f"{column} {'–'.join(ends)}"
    values = wanted if isinstance(wanted, list) else [wanted]
    return f"{column} = {', '.join(map(str, values))}"


def rules_for(measured: Measured) -> SourcedRules | None:
    """The rules of hiding that held when it was worked out; None of open numbers."""
    held = measured.definition["disclosure"]
    if held == OPEN:
        return None
    made: date = measured.run.made_at.date()
    try:
        return rules_of(held, on=made)
    except Refused:
        return None


def hidden_in_words(measured: Measured) -> str:
    """What stands for a hidden figure, by the rule of its class."""
    rules = rules_for(measured)
    fewest = number_in_words(rules.rules.highest_hidden + 1 if rules else 5)
    return _("Fewer than %(fewest)s persons, or a number that would give them away. It is not zero.") % {
        "fewest": fewest
    }


def hiding_in_words(measured: Measured, hidden: int, shown: int) -> str:
    rules = rules_for(measured)
    if rules is None:
        return _("No cell is hidden: the figures are open statistics.")
    told = _("%(hidden)s of %(shown)s figures here.") % {"hidden": hidden, "shown": shown}
    return " ".join([told, hidden_in_words(measured), _("Rule: %(source)s.") % {"source": rules.source}])


def _source(one: Mapping[str, Any]) -> str:
    parts = [name_of_source(one), _title(one), _version(one), one.get("licence"), _credit(one)]
    day = _day(str(one.get("retrieved_at", "")))
    told = ", ".join(str(part) for part in parts if part)
    return _("%(told)s, fetched %(day)s.") % {"told": told, "day": day} if day else f"{told}."


def _title(one: Mapping[str, Any]) -> str:
    return text_of(one["titles"]) if one.get("titles") else ""


def _credit(one: Mapping[str, Any]) -> str:
    """Whom to name, where that is not the source itself."""
    credit = str(one.get("credit") or "")
    return "" if credit == name_of_source(one) else credit


def _version(one: Mapping[str, Any]) -> str:
    version = str(one.get("version") or "")
    return _("version %(version)s") % {"version": version[:12]} if version else ""


def _day(written: str) -> str:
    """«1. november 2026» of 2026-11-01; as it is when it is no date."""
    try:
        return date_format(date.fromisoformat(written[:10]), "j. F Y")
    except ValueError:
        return written
