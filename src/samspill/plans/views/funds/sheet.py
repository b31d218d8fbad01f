"""The budget as a sheet: a row per cost and per payer, a column per year. Stored or as it was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from samspill.directory.public import Party
from samspill.plans.models import BudgetLine
from samspill.plans.rules.funds.amounts import figures, read_amount
from samspill.plans.rules.funds.budget import Balance, Line, balances
from samspill.plans.states import BudgetSource
from samspill.refusal import Refused

BLANK_COSTS, BLANK_OTHERS, MOST_ROWS = 3, 1, 60


@dataclass
class Row:
    """One row: `key` names its fields, `label` is typed for costs and others, `cells` are (field, typed).

    `name` is who pays, for rows that are given.
    """

    key: str
    source: str
    label: str = ""
    party_id: int | None = None
    name: str = ""
    cells: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Sheet:
    """What the template draws. `error` is (field, sentence) of the first amount that is none."""

    years: list[int]
    costs: list[Row]
    payers: list[Row]
    others: list[Row]
    lines: list[Line]
    error: tuple[str, str] | None = None

    @property
    def balances(self) -> list[Balance]:
        return balances(self.lines, self.years)

    @property
    def is_balanced(self) -> bool:
        return bool(self.lines) and all(not one.missing for one in self.balances)


def stored_sheet(lines: Iterable[BudgetLine], years: list[int], parties: Iterable[Party]) -> Sheet:
    """The sheet as it is saved, with room for more."""
    typed: dict[str, str] = {}
    plain = [Line(one.year, one.source, one.nok, one.party_id, one.label) for one in lines]
    labels = {source: _labels(plain, source) for source in (BudgetSource.COST, BudgetSource.OTHER)}
    for one in plain:
        typed[f"{_key(one, labels)}-{one.year}"] = figures(one.nok)
    for source, names in labels.items():
        for number, name in enumerate(names):
            typed[f"{_PREFIX[source]}{number}-label"] = name
    return _drawn(typed, years, parties, plain)


def typed_sheet(data: Mapping[str, str], years: list[int], parties: Iterable[Party]) -> Sheet:
    """The sheet as somebody typed it. What cannot be read stands as it was typed, with the sentence."""
    parties = list(parties)
    sheet = _drawn(data, years, parties, [])
    for row in [*sheet.costs, *sheet.payers, *sheet.others]:
        for year, (name, text) in zip(years, row.cells, strict=True):
            try:
                nok = read_amount(text, field=name)
            except Refused as refused:
                sheet.error = sheet.error or (name, refused.sentence)
                continue
            if nok:
                sheet.lines.append(Line(year, row.source, nok, row.party_id, row.label or _unnamed(row)))
    return sheet


_PREFIX = {BudgetSource.COST: "k", BudgetSource.OTHER: "o"}


def _unnamed(row: Row) -> str:
    """Money in a row without a name is kept under its number, so that nothing typed is lost."""
    if row.source not in _PREFIX:
        return ""
    return _("Without a name %(number)s") % {"number": int(row.key[1:]) + 1}


def _labels(lines: Iterable[Line], source: str) -> list[str]:
    return list(dict.fromkeys(one.label for one in lines if one.source == source))


def _key(line: Line, labels: Mapping[BudgetSource, list[str]]) -> str:
    if line.source == BudgetSource.GRANT:
        return "g"
    if line.source == BudgetSource.PARTY:
        return f"p{line.party_id}"
    source = BudgetSource(line.source)
    return f"{_PREFIX[source]}{labels[source].index(line.label)}"


def _drawn(typed: Mapping[str, str], years: list[int], parties: Iterable[Party], lines: list[Line]) -> Sheet:
    def row(key: str, source: str, label: str = "", party_id: int | None = None) -> Row:
        cells = [(f"{key}-{year}", typed.get(f"{key}-{year}", "")) for year in years]
        return Row(key, source, label, party_id, cells=cells)

    def named(source: BudgetSource, blanks: int) -> list[Row]:
        prefix = _PREFIX[source]
        used = [number for number in range(MOST_ROWS) if _is_used(typed, f"{prefix}{number}")]
        count = (max(used) + 1 if used else 0) + blanks
        return [
            row(f"{prefix}{number}", source, typed.get(f"{prefix}{number}-label", "").strip()[:160])
            for number in range(count)
        ]

    payers = [row("g", BudgetSource.GRANT)]
    for party in parties:
        payers.append(row(f"p{party.pk}", BudgetSource.PARTY, "", party.pk))
        payers[-1].name = party.name
    costs, others = named(BudgetSource.COST, BLANK_COSTS), named(BudgetSource.OTHER, BLANK_OTHERS)
    return Sheet(years, costs, payers, others, lines)


def _is_used(typed: Mapping[str, str], key: str) -> bool:
    return any(value.strip() for name, value in typed.items() if name.startswith(f"{key}-"))
