"""PxWeb 2 and 1, FHI and KLASS: what each address answers."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from statistics_server.expressions import Problem, choose
from statistics_server.tables import InventedTable, cells_of, structure, to_jsonstat

if TYPE_CHECKING:
    from statistics_server.server import StatisticsServer

LONGEST_ADDRESS = 2100
V2, V1, FHI, KLASS = "/api/pxwebapi/v2/", "/api/v0/no/", "/api/open/v1/", "/api/klass/v1/"


def answer_to(world: "StatisticsServer", method: str, address: str, body: dict[str, Any] | None) -> Any:
    """The answer as plain values; refusals as `Problem`."""
    if len(address) > LONGEST_ADDRESS:
        raise Problem(404, "Not found")
    parts = urlsplit(address)
    path, query = unquote(parts.path), dict(parse_qsl(parts.query, keep_blank_values=True))
    for start, answer in ((V2, _v2), (V1, _v1), (FHI, _fhi), (KLASS, _klass)):
        if path.startswith(start):
            return answer(world, method, path.removeprefix(start), query, body)
    raise Problem(404, "Not found")


def _v2(
    world: "StatisticsServer", method: str, path: str, query: dict[str, str], body: dict[str, Any] | None
) -> Any:
    if path == "config":
        told = (0, 0) if world.tells_policy else (world.calls, world.window)
        return {"maxDataCells": world.max_cells, "maxCallsPerTimeWindow": told[0], "timeWindow": told[1]}
    if path == "tables":
        return _list(world, query)
    asked_lists = [told for name, told in query.items() if name.startswith("codelist[")]
    asked_lists += [one["codelist"] for one in (body or {}).get("selection", []) if "codelist" in one]
    table = _with_codelist(_table(world, path.split("/")[1]), asked_lists)
    if path.endswith("/metadata"):
        return {**structure(table, {one.code: one.codes for one in table.variables}), "value": []}
    if method == "POST":
        asked = {one["variableCode"]: list(one["valueCodes"]) for one in (body or {})["selection"]}
    else:
        found = {re.fullmatch(r"valueCodes\[(.+)\]", name): told for name, told in query.items()}
        asked = {name[1]: _listed(told) for name, told in found.items() if name}
    return _data(world, table, asked)


def _with_codelist(table: InventedTable, asked: list[str]) -> InventedTable:
    """The table with the codes of a code list for those of Region."""
    for name in asked:
        if name not in table.codelists:
            raise Problem(400, "Non-existent codelist")
        codes = table.codelists[name]
        return replace(
            table,
            variables=tuple(
                replace(one, codes=codes) if one.code == "Region" else one for one in table.variables
            ),
        )
    return table


def _v1(
    world: "StatisticsServer", method: str, path: str, query: dict[str, str], body: dict[str, Any] | None
) -> Any:
    if "config" in query:
        told = {"maxCalls": world.calls, "timeWindow": world.window}
        return {"maxCells": world.max_cells, "maxValues": world.max_values, **told}
    table = _table(world, path.removeprefix("table/"))
    if method == "GET":
        return {"title": table.label, "variables": [_v1_variable(one) for one in table.variables]}
    asked = {}
    for one in (body or {})["query"]:
        variable = table.variable(one["code"])
        values = one["selection"]["values"]
        if variable is None or one["selection"]["filter"] != "item" or set(values) - set(variable.codes):
            raise Problem(400, f"The request for variable '{one['code']}' has an error.")
        asked[one["code"]] = values
    if sum(map(len, asked.values())) > world.max_values:
        raise Problem(403, "Too many values selected")
    try:
        return _data(world, table, asked)
    except Problem as problem:
        if problem.title == "Non-existent value":
            raise Problem(400, "The request for variable 'Region' has an error.") from None
        raise


def _v1_variable(one: Any) -> dict[str, Any]:
    told = {"code": one.code, "text": one.label, "values": one.codes}
    texts = [f"{one.label} {code}" for code in one.codes]
    more = {"time": True} if one.role == "time" else {}
    return {**told, "valueTexts": texts, "elimination": one.elimination, **more}


def _fhi(
    world: "StatisticsServer", method: str, path: str, query: dict[str, str], body: dict[str, Any] | None
) -> Any:
    source, word, number, *rest = path.split("/")
    if word.lower() != "table":
        raise Problem(404, "Not found")
    table = _table(world, f"{source}/{number}")
    if not rest:
        return {"tableId": int(number), "title": table.label, "modifiedAt": table.updated}
    if rest == ["dimension"]:
        return {"dimensions": [_fhi_dimension(one) for one in table.variables]}
    asked = {one["code"]: one["values"] for one in (body or {})["dimensions"] if one["filter"] == "item"}
    if set(asked) != {one.code for one in table.variables}:
        raise Problem(400, "Every dimension must have a filter")
    for variable in table.variables:
        if set(asked[variable.code]) - set(variable.codes):
            raise Problem(400, f"Invalid category in dimension {variable.code}")
    document = to_jsonstat(table, asked, seed=world.seed)
    document["dimension"] = {
        name: {**node, "category": {**node["category"], "index": list(node["category"]["index"])}}
        for name, node in document["dimension"].items()
    }
    return {**document, "role": None, "href": None, "source": None, "status": document.get("status", "")}


def _fhi_dimension(one: Any) -> dict[str, Any]:
    """The first code stands over the others, as the country does over the counties."""
    first, *others = one.codes
    under = [{"value": code, "label": f"{one.label} {code}", "children": []} for code in others]
    top = {"value": first, "label": f"{one.label} {first}", "children": under}
    return {"code": one.code, "label": one.label, "categories": [top]}


def _klass(
    world: "StatisticsServer", method: str, path: str, query: dict[str, str], body: dict[str, Any] | None
) -> Any:
    first, end = query.get("from", ""), query.get("to", "9999-12-31")
    if not path.startswith("classifications/131/"):
        raise Problem(404, "Classification not found")
    if path.endswith("changes.json"):
        return {"codeChanges": [one for one in world.klass_changes if first <= one["changeOccurred"] < end]}
    codes = []
    for one in world.klass_codes:
        cut = (max(one["from"], first), min(one["to"], end))
        if cut[0] < cut[1]:
            valid = {"validFromInRequestedRange": cut[0], "validToInRequestedRange": cut[1]}
            codes.append({"code": one["code"], "name": one["name"], "level": "1", **valid})
    return {"codes": codes}


def _list(world: "StatisticsServer", query: dict[str, str]) -> dict[str, Any]:
    """One table to a page, so that pages are turned."""
    found = [one for one in world.tables.values() if query.get("query", "").lower() in one.label.lower()]
    number = int(query.get("pageNumber", "1"))
    shown = found[number - 1 : number]
    return {
        "tables": [
            {"id": one.id, "label": one.label, "updated": one.updated, "firstPeriod": "2015"} for one in shown
        ],
        "page": {"pageNumber": number, "totalPages": len(found)},
    }


def _table(world: "StatisticsServer", table_id: str) -> InventedTable:
    if table_id not in world.tables:
        raise Problem(404, "Non-existent table")
    return world.tables[table_id]


def _data(world: "StatisticsServer", table: InventedTable, asked: dict[str, list[str]]) -> dict[str, Any]:
    choice = choose(table, asked)
    if cells_of(choice) > world.max_cells:
        raise Problem(400, "Too many cells selected")
    return to_jsonstat(table, choice, seed=world.seed)


def _listed(told: str) -> list[str]:
    """Commas part a list in an address, but not inside the brackets that stand for it."""
    return [part.strip("[]") for part in re.split(r",(?![^\[]*\])", told)]
