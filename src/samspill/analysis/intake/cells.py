"""What the text of a cell is: SQL that makes a value of it, by the kind of the column and the mapping."""

from samspill.analysis.indicators import Column
from samspill.analysis.intake.mapping import ColumnFrom, FileMapping
from samspill.analysis.intake.quoting import literal, quoted
from samspill.analysis.intake.staging import NUMBER

BLANKS = "\u00a0\u202f\u2009"  # those that do not break, and thin ones
EXACT = 2**53
"""Beyond this a figure with decimals, or with an exponent, is not known to the last digit."""


def clean(source: str) -> str:
    """The text of a cell without blanks around it, "" where there is none."""
    return f"trim(translate(coalesce({quoted(source)}, ''), '{BLANKS}', '   '))"


def text_of(one: ColumnFrom, mapping: FileMapping, *, is_figure: bool) -> str:
    """What stands in the file, by our codes; a figure's symbol where it stands in another column."""
    if one.constant is not None:
        return literal(one.constant)
    text = clean(one.source)
    if is_figure and mapping.status and not mapping.spread:
        text = f"coalesce(nullif({text}, ''), {clean(mapping.status)})"
    if not one.codes:
        return text
    cases = " ".join(f"WHEN {literal(key)} THEN {literal(value)}" for key, value in one.codes.items())
    return f"CASE {text} {cases} ELSE {text} END"


def value_of(text: str, column: Column, one: ColumnFrom, mapping: FileMapping) -> str:
    """SQL of the value; NULL where the text is none."""
    if column.type == "year":
        return _year(text, one)
    if column.type == "area":
        return _area(text)
    if column.type == "moment":
        formats = ", ".join(map(literal, one.formats))
        return f"try_strptime({text}, [{formats}])" if formats else f"TRY_CAST({text} AS TIMESTAMP)"
    if column.type == "whole":
        return _whole(text, one, mapping)
    return text if one.may_be_empty else f"nullif({text}, '')"


def _year(text: str, one: ColumnFrom) -> str:
    """2024; 2024_2024, as FHI writes it; or the year of a time, when the mapping says how it is written."""
    if one.formats:
        return f"CAST(year(try_strptime({text}, [{', '.join(map(literal, one.formats))}])) AS INTEGER)"
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{4}}') THEN CAST({text} AS INTEGER) "
        f"WHEN regexp_full_match({text}, '[0-9]{{4}}[_-][0-9]{{4}}') AND left({text}, 4) = right({text}, 4) "
        f"THEN CAST(left({text}, 4) AS INTEGER) END"
    )


def _area(text: str) -> str:
    """3101, K-3101, «3101 Halden»; 301 is Oslo after a spreadsheet took its 0."""
    code = rf"regexp_extract({text}, '^(K[-_])?([0-9]{{3,4}})( .*)?$', 2)"
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{4}}') THEN {text} "
        f"WHEN length({code}) = 3 THEN '0' || {code} ELSE nullif({code}, '') END"
    )


def plain_number(text: str, mapping: FileMapping) -> str:
    """The figure with a point before decimals and nothing between thousands."""
    plain = f"replace({text}, ' ', '')"
    if mapping.thousands:
        plain = f"replace({plain}, {literal(mapping.thousands)}, '')"
    return plain if mapping.decimal == "." else f"replace(replace({plain}, '.', '?'), ',', '.')"


def _whole(text: str, one: ColumnFrom, mapping: FileMapping) -> str:
    plain = plain_number(text, mapping)
    number = f"TRY_CAST({plain} AS DOUBLE)"
    if one.times != 1:
        factor = str(one.times)
        if isinstance(one.times, str):
            factor = f"TRY_CAST({plain_number(clean(one.times), mapping)} AS DOUBLE)"
        return f"TRY_CAST(round({number} * {factor}) AS BIGINT)"
    return (
        f"CASE WHEN NOT contains({plain}, '.') THEN TRY_CAST({plain} AS BIGINT) "
        f"WHEN {number} = floor({number}) AND abs({number}) <= {EXACT} THEN TRY_CAST({number} AS BIGINT) END"
    )


def rows_that_count(mapping: FileMapping) -> str:
    """The condition of `only` and `without`, true for the rows that are read."""
    kept = [_matches(name, patterns) for name, patterns in mapping.only.items()]
    kept += [f"NOT {_matches(name, patterns)}" for name, patterns in mapping.without.items()]
    return " AND ".join(kept) or "true"


def _matches(name: str, patterns: tuple[str, ...]) -> str:
    each = " OR ".join(f"{clean(name)} GLOB {literal(pattern)}" for pattern in patterns)
    return f"({each})"


def spread_rows(mapping: FileMapping, spread: tuple[str, str], staged: str) -> str:
    """SQL of a row for each combination of the other columns, with a column for each figure."""
    which, value = spread
    others = [name for name in mapping.sources() if name not in (which, value, mapping.status)]
    figure = clean(value)
    if mapping.status:
        figure = f"coalesce(nullif({figure}, ''), {clean(mapping.status)})"
    figures = [
        f"max({figure}) FILTER ({clean(which)} = {literal(name)}) AS {quoted(name)}"
        for name in dict.fromkeys(mapping.spread_figures())
    ]
    kept = ", ".join(map(quoted, others))
    return (
        f"SELECT min({quoted(NUMBER)}) AS {quoted(NUMBER)}, {', '.join([*map(quoted, others), *figures])} "
        f"FROM {staged} WHERE {rows_that_count(mapping)} GROUP BY {kept or 'ALL'}"
    )
