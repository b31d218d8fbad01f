"""An indicator as an Ibis expression, made from its definition: the same on every engine.

Rows are area, year, stratum, and whole numbers: numerator, denominator, squares. Nothing is divided here, so
that engines agree to the last digit.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from samspill.analysis.indicators.definitions import Definition, Part
from samspill.analysis.indicators.discharges import WHOLE, discharges
from samspill.analysis.indicators.tables import Table, tables
from samspill.analysis.rates import standard_population

BAND = 5  # years of an age group
MEN = 1000  # added to the first age of a group when strata are by sex too
OPEN_AGE = 90  # first age of the last group where no standard says another
MOMENT = "admitted_at"
KEYS, COUNTED = ("area", "year", "stratum"), ("numerator", "denominator", "squares")


def expression(
    definition: Definition,
    of: Mapping[str, ir.Table] | None = None,
    *,
    years: Sequence[int] | None = None,
    by_month: bool = False,
) -> ir.Table:
    """Rows (area, year, stratum, numerator, denominator, squares) of an indicator, in no order.

    `of` has the tables by name; without it they are named and have no data yet, and an engine that has tables
    of these names can run it. `stratum` is 0 where nothing is standardised, else the first age of a group of
    five years, plus 1000 for men when by sex too. `squares` is the sum over persons of the square of their
    part of the numerator, where a person can have several; over rows, for a mean; else 0.
    `by_month`: rows that have a day are counted by month, and `year` is 202401; others keep their year.
    """
    known = of if of is not None else unbound()
    above, below = definition.numerator, definition.denominator
    rows = _rows(definition, above, known, years, by_month=by_month)
    if below is None:
        return _cast(_counted(definition, {"numerator": above}, rows))
    if _same_rows(definition, above, below):
        return _cast(_counted(definition, {"numerator": above, "denominator": below}, rows))
    others = _rows(definition, below, known, years, by_month=by_month)
    both = ibis.union(
        _cast(_counted(definition, {"numerator": above}, rows)),
        _cast(_counted(definition, {"denominator": below}, others)),
        distinct=False,
    )
    return _cast(both.group_by(list(KEYS)).aggregate(**{name: both[name].sum() for name in COUNTED}))


def _same_rows(definition: Definition, above: Part, below: Part) -> bool:
    """Whether both are counted in the same rows, which are then read once."""
    same = [(one.table, one.where, one.ages, one.sex) for one in (above, below)]
    return same[0] == same[1] and not definition.by_person


def unbound() -> dict[str, ir.Table]:
    """The tables by name, with the columns they are to have."""
    return {
        name: ibis.table(table.schema, name=name) for name, table in tables().items() if not table.made_from
    }


def _rows(
    definition: Definition,
    part: Part,
    known: Mapping[str, ir.Table],
    years: Sequence[int] | None,
    *,
    by_month: bool,
) -> ir.Table:
    """Those a part is counted in, each with its stratum."""
    about = tables()[part.table]
    rows = _rows_of(about, known, part)
    for wanted in _conditions(rows, about, part, years):
        rows = rows.filter(wanted)
    if by_month and MOMENT in rows.columns:
        rows = rows.mutate(year=rows.year * 100 + rows[MOMENT].month())
    return rows.mutate(stratum=_stratum(definition, rows))


def _rows_of(about: Table, known: Mapping[str, ir.Table], part: Part) -> ir.Table:
    if not about.made_from:
        return known[about.name]
    return discharges(known[about.made_from], part)


def _conditions(
    rows: ir.Table, about: Table, part: Part, years: Sequence[int] | None
) -> list[ir.BooleanValue]:
    found = [_holds(rows[column], wanted) for column, wanted in part.where.items()]
    if years is not None:
        found.append(rows.year.isin(list(years)))
    if "age" in about.columns and part.ages[0] > 0:
        found.append(rows.age >= part.ages[0])
    if "age" in about.columns and part.ages[1] < (about.columns["age"].highest or 0):
        found.append(rows.age <= part.ages[1])
    if "sex" in about.columns and part.sex is not None:
        found.append(rows.sex == part.sex)
    return found


def _holds(column: Any, wanted: Any) -> ir.BooleanValue:
    """Whether a column is as a definition wants it."""
    if isinstance(wanted, list):
        return column.isin(wanted)
    if not isinstance(wanted, Mapping):
        return column == wanted
    if "starts" in wanted:
        return _starts(column, wanted["starts"])
    conditions = [column >= wanted["from"]] if "from" in wanted else []
    conditions += [column <= wanted["to"]] if "to" in wanted else []
    return ibis.and_(*conditions)


def _starts(column: Any, beginnings: Sequence[str]) -> ir.BooleanValue:
    """Whether a code starts with one of some: a list of whole codes of three characters is fastest."""
    if all(len(one) == 3 for one in beginnings):
        return column.left(3).isin(list(beginnings))
    return ibis.or_(*(column.startswith(one) for one in beginnings))


def _stratum(definition: Definition, rows: ir.Table) -> ir.IntegerValue:
    told = definition.standardisation
    if told.method == "none":
        return ibis.literal(0, WHOLE)
    last = standard_population(told.standard).ages[-1] if told.standard else OPEN_AGE
    group = ibis.least(rows.age - rows.age % BAND, ibis.literal(last, WHOLE))
    if "sex" in told.by:
        group = group + ibis.ifelse(rows.sex == "M", MEN, 0)
    return group.cast(WHOLE)


def _counted(definition: Definition, parts: Mapping[str, Part], rows: ir.Table) -> ir.Table:
    """Rows by area, year and stratum, with the numbers of some parts, by role; what is not counted is 0."""
    above = parts.get("numerator")
    if above is not None and definition.by_person:
        rows = rows.group_by([*KEYS, "person"]).aggregate(each=_number(above, rows))
        numbers = {"numerator": rows.each.sum(), "squares": (rows.each * rows.each).sum()}
    else:
        numbers = {role: _number(part, rows) for role, part in parts.items()}
        if above is not None and definition.kind == "mean":
            numbers["squares"] = (rows[above.column] * rows[above.column]).sum()
    found = rows.group_by(list(KEYS)).aggregate(**numbers)
    return found.mutate(**{name: ibis.literal(0, WHOLE) for name in COUNTED if name not in numbers})


def _number(part: Part, rows: ir.Table) -> ir.IntegerScalar:
    if part.how == "count":
        return rows.count()
    return rows[part.column].nunique() if part.how == "distinct" else rows[part.column].sum()


def _cast(rows: ir.Table) -> ir.Table:
    """The columns in their order, as whole numbers of 64 bits: engines widen sums each in its own way."""
    numbers = {name: rows[name].cast(WHOLE) for name in ("stratum", *COUNTED)}
    return rows.select(area=rows.area, year=rows.year.cast("int32"), **numbers)
