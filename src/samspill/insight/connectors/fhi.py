"""FHI's open statistics API, version 1: tables of a source by number, figures by POST as JSON-stat 2.0.

Source: folkehelseinstituttet/Fhi.Statistikk.OpenAPI. A table is named «source/number», as «nokkel/187». Every
variable must be chosen. Its «top» are the oldest years where SSB's are the latest: here `top` means the same
everywhere, since FHI is only ever asked for codes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from samspill.insight import jsonstat
from samspill.insight.connectors.json_answers import agreed_form, read_object
from samspill.insight.connectors.pxweb.v2 import title_of
from samspill.insight.connectors.table import Choice, Fetched, Limits, Table, UnknownCode, Variable
from samspill.insight.connectors.wire import Answer, Wire
from samspill.refusal import Refused

MOST_ROWS = 50_000  # what FHI's own examples ask for at most
AREA, TIME = "GEO", "AAR"


@dataclass
class Fhi:
    wire: Wire
    address: str
    name: str = "fhi"
    producer: str = "Folkehelseinstituttet (FHI)"
    licence: str = "CC BY 4.0"

    def limits(self) -> Limits:
        """FHI publishes none."""
        return Limits(MOST_ROWS)

    def table(self, table_id: str) -> Table:
        url, problem = self._url(table_id), self._problem_of(table_id)
        told = self.wire.ask("GET", url, read_object, problem=problem)
        under = self.wire.ask("GET", f"{url}/dimension", read_object, problem=problem)
        with agreed_form(f"The dimensions of {table_id}"):
            variables = tuple(_variable(table_id, one) for one in under.get("dimensions") or [])
        if not variables:
            raise Refused("source.schema", f"{table_id} has no dimensions in its metadata.")
        return Table(table_id, str(told.get("title") or table_id), "", variables)

    def fetch(self, table: Table, choice: Choice) -> Fetched:
        body = {
            "dimensions": [
                {"code": name, "filter": "item", "values": list(codes)} for name, codes in choice.items()
            ],
            "response": {"format": "json-stat2", "maxRowCount": MOST_ROWS},
        }
        url, problem = f"{self._url(table.id)}/data", self._problem_of(table.id)
        return self.wire.ask("POST", url, _fetched, body=body, problem=problem)

    def _url(self, table_id: str) -> str:
        source, slash, number = table_id.partition("/")
        if not (source and slash and number.isdigit()):
            raise Refused("source.unknown_table", f"FHI's tables are named as nokkel/187, not {table_id}.")
        return f"{self.address}/{quote(source, safe='')}/table/{number}"

    def _problem_of(self, table_id: str) -> Any:
        def problem(answer: Answer) -> Refused:
            told = title_of(answer.body)
            if answer.status == 404:
                return Refused("source.unknown_table", f"FHI has no table {table_id}: {told}")
            if answer.status == 400:
                return UnknownCode("source.unknown_code", told)
            return Refused("source.refused", f"FHI refused {table_id} ({answer.status}): {told}")

        return problem


def _variable(table_id: str, told: dict[str, Any]) -> Variable:
    code = str(told.get("code"))
    labels = dict(_categories(told.get("categories")))
    if not labels:
        raise Refused("source.schema", f"{table_id}: {code} has no categories in its metadata.")
    return Variable(
        code,
        str(told.get("label") or code),
        tuple(labels),
        labels,
        is_time=code == TIME,
        is_area=code == AREA,
    )


def _categories(told: object) -> Iterator[tuple[str, str]]:
    """Codes and labels, those under a category after it."""
    for one in told if isinstance(told, list) else []:
        yield str(one["value"]), str(one.get("label") or one["value"])
        yield from _categories(one.get("children"))


def _fetched(body: bytes) -> Fetched:
    return Fetched(body, jsonstat.read(body))
