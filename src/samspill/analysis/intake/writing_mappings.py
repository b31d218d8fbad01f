"""A mapping as the YAML that `read_mapping` reads: what a guess is shown and changed as."""

from typing import Any

import yaml

from samspill.analysis.intake.mapping import AREA_YEAR, SYMBOLS, ColumnFrom, FileMapping


def write_mapping(mapping: FileMapping) -> str:
    """Only what differs from what is taken for granted."""
    whole: dict[str, Any] = {"table": mapping.table, "written": mapping.written}
    plain = {
        "note": mapping.note,
        "sheet": mapping.sheet,
        "separator": mapping.separator,
        "encoding": mapping.encoding,
        "thousands": mapping.thousands,
        "status": mapping.status,
    }
    whole |= {key: value for key, value in plain.items() if value}
    if mapping.header != 1:
        whole["header"] = mapping.header
    if mapping.decimal != ".":
        whole["decimal"] = mapping.decimal
    if mapping.lacking != AREA_YEAR:
        whole["lacking"] = mapping.lacking
    own = {symbol: kind for symbol, kind in mapping.missing.items() if SYMBOLS.get(symbol) != kind}
    if own:
        whole["missing"] = own
    for key, patterns in (("only", mapping.only), ("without", mapping.without)):
        if patterns:
            whole[key] = {name: list(values) for name, values in patterns.items()}
    if mapping.spread:
        whole["spread"] = {"from": mapping.spread[0], "value": mapping.spread[1]}
    whole["columns"] = {name: _plain(one) for name, one in mapping.columns.items()}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=100)


def _plain(one: ColumnFrom) -> dict[str, Any]:
    plain: dict[str, Any] = {"from": one.source} if one.constant is None else {"is": one.constant}
    if one.codes:
        plain["codes"] = dict(one.codes)
    if one.formats:
        plain["format"] = one.formats[0] if len(one.formats) == 1 else list(one.formats)
    if one.times != 1:
        plain["times"] = one.times
    if one.may_be_empty:
        plain["may_be_empty"] = True
    return plain
