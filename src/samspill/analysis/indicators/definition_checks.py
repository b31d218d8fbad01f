"""What a definition must be: all keys, known tables, columns and values, three languages."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from samspill.analysis.indicators.ages import ages_of
from samspill.analysis.indicators.tables import Column, Table, tables
from samspill.analysis.rates import standards
from samspill.refusal import Refused

LANGUAGES = ("nb", "nn", "en")
KEYS = frozenset(
    [
        "id",
        "group",
        "theme",
        "kind",
        "title",
        "means",
        "population",
        "numerator",
        "denominator",
        "times",
        "standardisation",
        "unit",
        "direction",
        "source",
        "owner",
        "reviewed",
        "caveats",
        "comparable",
        "disclosure",
        "words",
    ]
)
OPTIONAL = frozenset({"breaks"})
"""`breaks`: by the first year, in three languages, how counting changed; what is before is another series."""
WORDS = {
    "kind": ("count", "share", "rate", "ratio", "mean"),
    "direction": ("high", "low", "none"),
    "disclosure": ("open", "npr_kpr"),
}
METHODS = {
    "none": frozenset({"method", "repeated"}),
    "direct": frozenset({"method", "by", "standard", "repeated"}),
    "indirect": frozenset({"method", "by", "repeated"}),
}
BY = (["age"], ["age", "sex"])
OF = ("sum", "distinct")


@cache
def groups() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The groups of patients and the themes, with their names by language."""
    return yaml.safe_load(Path(__file__).with_name("groups.yaml").read_text("utf-8"))


def check(written: Any, name: str) -> None:
    """Refuses (`indicator.definition`) what is not whole, with the file and what is wrong."""
    if not isinstance(written, Mapping):
        raise refused(name, "it is not a table of keys and values")
    unknown, lacking = set(written) - KEYS - OPTIONAL, KEYS - set(written)
    if unknown or lacking:
        raise refused(name, f"unknown: {_listed(unknown)}; missing: {_listed(lacking)}")
    if written["id"] != Path(name).stem:
        raise refused(name, f"the id is {written['id']}, but the file is called otherwise")
    _check_texts(written, name)
    _check_breaks(written, name)
    _check_words(written, name)
    for key in ("numerator", "denominator"):
        _check_part(written[key], key, name)
    _check_whole(written, name)
    _check_standardisation(written, name)


def _check_texts(written: Mapping[str, Any], name: str) -> None:
    comparable = () if written["comparable"] is True else ("comparable",)
    for key in ("title", "means", "unit", "caveats", *comparable):
        text = written[key]
        if not isinstance(text, Mapping) or set(text) != set(LANGUAGES) or not all(text.values()):
            raise refused(name, f"{key} must be there in {', '.join(LANGUAGES)}")


def _check_breaks(written: Mapping[str, Any], name: str) -> None:
    told = written.get("breaks", {})
    if not isinstance(told, Mapping) or not all(type(year) is int for year in told):
        raise refused(name, "breaks must be years with what changed then")
    for year, text in told.items():
        if not isinstance(text, Mapping) or set(text) != set(LANGUAGES) or not all(text.values()):
            raise refused(name, f"the break of {year} must be there in {', '.join(LANGUAGES)}")


def _check_words(written: Mapping[str, Any], name: str) -> None:
    known = {**WORDS, "group": tuple(groups()["groups"]), "theme": tuple(groups()["themes"])}
    for key, words in known.items():
        if written[key] not in words:
            raise refused(name, f"{key} is {written[key]}; say {', '.join(words)}")
    if not hasattr(written["reviewed"], "isoformat"):
        raise refused(name, "reviewed must be a date")
    people = written["population"]
    if not isinstance(people, Mapping) or set(people) != {"ages", "sex"} or ages_of(people["ages"]) is None:
        raise refused(name, "population must have ages (all, 80+ or 0-17) and sex (K, M or null)")
    if people["sex"] not in ("K", "M", None):
        raise refused(name, f"sex is {people['sex']}; say K, M or null")
    if isinstance(written["times"], bool) or not isinstance(written["times"], int) or written["times"] < 1:
        raise refused(name, "times must be a whole number, 1 or more")


def _check_part(part: Any, key: str, name: str) -> None:
    if part is None and key == "denominator":
        return
    if not isinstance(part, Mapping):
        if ages_of(part) is None:
            raise refused(name, f"{key} is {part}, which is no age group")
        return
    if not {"table", "of"} <= set(part) <= {"table", "where", "of"}:
        raise refused(name, f"{key} must have table and of, and may have where")
    table = tables().get(part["table"])
    if table is None:
        raise refused(
            name, f"{key} is of {part['table']}, which is no table; there are {', '.join(tables())}"
        )
    _check_of(part["of"], table, key, name)
    for column, wanted in part.get("where", {}).items():
        _check_condition(_column(table, column, key, name), wanted, key, name)


def _check_of(of: Any, table: Table, key: str, name: str) -> None:
    if of == "count":
        return
    if not isinstance(of, Mapping) or len(of) != 1 or next(iter(of)) not in OF:
        raise refused(name, f"{key}: of must be count, {{sum: column}} or {{distinct: column}}")
    how, column = next(iter(of.items()))
    if how == "sum" and _column(table, column, key, name).type != "whole":
        raise refused(name, f"{key}: {column} is not whole numbers, so it has no sum")
    _column(table, column, key, name)


def _column(table: Table, column: str, key: str, name: str) -> Column:
    if column not in table.columns:
        raise refused(name, f"{key}: {table.name} has no column {column}")
    return table.columns[column]


def _check_condition(column: Column, wanted: Any, key: str, name: str) -> None:
    if isinstance(wanted, Mapping):
        if not (set(wanted) == {"starts"} or (wanted and set(wanted) <= {"from", "to"})):
            raise refused(name, f"{key}: {column.name} must be a value, a list, {{from, to}} or {{starts}}")
        return
    values = wanted if isinstance(wanted, list) else [wanted]
    kind = int if column.type in ("whole", "year") else str
    wrong = [one for one in values if type(one) is not kind or (column.codes and one not in column.codes)]
    if wrong or not values:
        raise refused(name, f"{key}: {column.name} is never {', '.join(map(str, wrong)) or 'one of nothing'}")


def _check_whole(written: Mapping[str, Any], name: str) -> None:
    """That kind and denominator go together, and that rows about persons are never called open."""
    if (written["kind"] == "count") != (written["denominator"] is None):
        raise refused(name, "a count has no denominator, and all else has one")
    if written["disclosure"] == "open" and any(table.persons for table in _tables_of(written)):
        raise refused(name, "disclosure is open, but the table has rows about persons")


def _check_standardisation(written: Mapping[str, Any], name: str) -> None:
    told = written["standardisation"]
    allowed = METHODS.get(str(told.get("method"))) if isinstance(told, Mapping) else None
    if allowed is None or set(told) - {"repeated"} != allowed - {"repeated"} or set(told) - allowed:
        raise refused(
            name,
            "standardisation must be {method: none}, {method: direct, by, standard} or"
            " {method: indirect, by}",
        )
    if told["method"] == "none":
        return
    if told["by"] not in BY or not all("age" in table.columns for table in _tables_of(written)):
        raise refused(name, "one standardises by [age] or [age, sex], where both tables have ages")
    if written["kind"] != "rate":
        raise refused(name, "only a rate is standardised")
    if told.get("standard", "european_2013") not in standards():
        raise refused(name, f"the standard is {told['standard']}; there are {', '.join(standards())}")


def _tables_of(written: Mapping[str, Any]) -> list[Table]:
    parts = [part for part in (written["numerator"], written["denominator"]) if part is not None]
    return [tables()[part["table"] if isinstance(part, Mapping) else "population"] for part in parts]


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(sorted(keys)) or "–"


def refused(name: str, why: str) -> Refused:
    return Refused("indicator.definition", f"indicators/{name} cannot be used: {why}.")
