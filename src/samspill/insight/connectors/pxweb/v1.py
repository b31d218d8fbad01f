"""PxWebApi 1: metadata in its own form, figures by POST. Lives beside version 2 for years to come.

Source: PxWeb API 1.0 and SSB's guide. Its 400 does not tell which code was wrong, and its metadata not when
the table was updated: that stands with the figures.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from samspill.insight import jsonstat
from samspill.insight.connectors.json_answers import agreed_form, read_object
from samspill.insight.connectors.pxweb.v2 import title_of
from samspill.insight.connectors.table import Choice, Fetched, Limits, Table, UnknownCode, Variable
from samspill.insight.connectors.wire import Answer, Wire
from samspill.refusal import Refused

AREAS = ("region", "kommune")  # in the name: 1.0 does not tell which variable is geography


@dataclass
class PxWebV1:
    """`address` ends with the language, `path` stands before the table: SSB's is «table»."""

    wire: Wire
    address: str
    path: str = "table"
    name: str = "ssb-v1"
    producer: str = "Statistisk sentralbyrå (SSB)"
    licence: str = "CC BY 4.0"

    def limits(self) -> Limits:
        """From ?config, a question to the level of the language."""
        config = self.wire.ask("GET", f"{self.address}/?config", read_object)
        cells = config.get("maxCells") or config.get("maxValues")
        if not isinstance(cells, int) or cells < 1:
            raise Refused("source.limits", f"{self.address}/?config has no maxCells. Is this PxWebApi 1?")
        calls, window = config.get("maxCalls"), config.get("timeWindow")
        if isinstance(calls, int) and isinstance(window, int | float):
            self.wire.bucket.adapt(calls, window)
        values = config.get("maxValues")
        return Limits(cells, values if isinstance(values, int) and values > 0 else None)

    def table(self, table_id: str) -> Table:
        told = self.wire.ask("GET", self._url(table_id), read_object, problem=self._problem_of(table_id))
        with agreed_form(f"The variables of {table_id}"):
            variables = tuple(_variable(table_id, one) for one in told.get("variables") or [])
        if not variables:
            raise Refused("source.schema", f"{table_id} has no variables in its metadata.")
        return Table(table_id, str(told.get("title") or table_id), "", variables)

    def fetch(self, table: Table, choice: Choice) -> Fetched:
        query = [
            {"code": name, "selection": {"filter": "item", "values": list(codes)}}
            for name, codes in choice.items()
        ]
        body = {"query": query, "response": {"format": "json-stat2"}}
        url, problem = self._url(table.id), self._problem_of(table.id)
        return self.wire.ask("POST", url, _fetched, body=body, problem=problem)

    def _url(self, table_id: str) -> str:
        return "/".join(filter(None, (self.address, self.path, quote(table_id))))

    def _problem_of(self, table_id: str) -> Any:
        def problem(answer: Answer) -> Refused:
            told = title_of(answer.body)
            if answer.status == 404:
                return Refused("source.unknown_table", f"{self.name} has no table {table_id}.")
            if answer.status == 400 and "for variable" in told:
                return UnknownCode("source.unknown_code", told)
            return Refused("source.refused", f"{self.name} refused {table_id} ({answer.status}): {told}")

        return problem


def _variable(table_id: str, told: dict[str, Any]) -> Variable:
    code, codes, texts = str(told.get("code")), told.get("values"), told.get("valueTexts")
    if not isinstance(codes, list) or not isinstance(texts, list) or len(codes) != len(texts):
        raise Refused("source.schema", f"{table_id}: {code} has no values with a text each in its metadata.")
    return Variable(
        code,
        str(told.get("text") or code),
        tuple(map(str, codes)),
        dict(zip(map(str, codes), map(str, texts), strict=True)),
        is_time=bool(told.get("time")),
        is_area=any(word in code.lower() for word in AREAS),
        may_be_left_out=bool(told.get("elimination")),
    )


def _fetched(body: bytes) -> Fetched:
    return Fetched(body, jsonstat.read(body))
