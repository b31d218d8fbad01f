"""PxWebApi 2: metadata and figures as JSON-stat 2.0; short questions by GET, long ones by POST.

Source: PxTools/PxApiSpecs and SSB's guide to PxWebApi 2. SSB answers an address above about 2,100 characters
with 404, and a code that comes twice with 500.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from samspill.insight import jsonstat
from samspill.insight.connectors.json_answers import agreed_form, read_object
from samspill.insight.connectors.table import Choice, Fetched, Limits, Table, UnknownCode, Variable
from samspill.insight.connectors.wire import Answer, Wire, told_in
from samspill.refusal import Refused

LONGEST_ADDRESS = 2000
# Characters of a code that mean something in an address: such questions go by POST.
SPECIAL = frozenset(",()[]*?")
UNKNOWN = ("Non-existent value", "Illegal selection")


@dataclass(frozen=True)
class Listed:
    """A table in the list of a source."""

    id: str
    label: str
    updated: str
    first_period: str
    last_period: str


@dataclass
class PxWebV2:
    """`codelists` by variable, as {"Region": "agg_KommSummer"}: their codes stand for the variable's own."""

    wire: Wire
    address: str
    name: str = "ssb"
    producer: str = "Statistisk sentralbyrå (SSB)"
    licence: str = "CC BY 4.0"
    language: str = "no"
    codelists: Mapping[str, str] = field(default_factory=dict)

    def limits(self) -> Limits:
        """From /config. SSB has 0 calls there, which means that its answers tell instead."""
        config = self._object("config")
        cells = config.get("maxDataCells")
        if not isinstance(cells, int) or cells < 1:
            raise Refused("source.limits", f"{self.address}/config has no maxDataCells. Is this PxWebApi 2?")
        calls, window = config.get("maxCallsPerTimeWindow"), config.get("timeWindow")
        if isinstance(calls, int) and isinstance(window, int | float):
            self.wire.bucket.adapt(calls, window)
        return Limits(cells)

    def tables(self, query: str = "") -> Iterator[Listed]:
        """The tables that match, page by page."""
        number = pages = 1
        while number <= pages:
            asked = {"query": query} if query else {}
            page = self._object("tables", {**asked, "pageNumber": str(number), "pageSize": "100"})
            with agreed_form("The list of tables"):
                found = [_listed(one) for one in page["tables"]]
                pages = int(page["page"]["totalPages"])
            yield from found
            number += 1

    def table(self, table_id: str) -> Table:
        url = self._url(
            f"tables/{quote(table_id, safe='')}/metadata", {"outputFormat": "json-stat2", **self._codelists()}
        )
        structure = self.wire.ask("GET", url, jsonstat.read_structure, problem=self._problem_of(table_id))
        roles = structure.roles or {}
        with agreed_form(f"The variables of {table_id}"):
            variables = tuple(
                Variable(
                    one.id,
                    one.label,
                    one.codes,
                    one.labels,
                    is_time=one.id in roles.get("time", ()),
                    is_area=one.id in roles.get("geo", ()),
                    may_be_left_out=bool((one.about.get("extension") or {}).get("elimination")),
                )
                for one in structure.dimensions
            )
        return Table(table_id, structure.label or table_id, structure.updated, variables)

    def fetch(self, table: Table, choice: Choice) -> Fetched:
        path = f"tables/{quote(table.id, safe='')}/data"
        asked = {f"valueCodes[{name}]": ",".join(codes) for name, codes in choice.items()}
        url = self._url(path, {"outputFormat": "json-stat2", **asked, **self._codelists()})
        is_plain = not any(SPECIAL & set(code) for codes in choice.values() for code in codes)
        problem = self._problem_of(table.id)
        if is_plain and len(url) <= LONGEST_ADDRESS:
            return self.wire.ask("GET", url, _fetched, problem=problem)
        url = self._url(path, {"outputFormat": "json-stat2"})
        return self.wire.ask("POST", url, _fetched, body=self._body(choice), problem=problem)

    def _body(self, choice: Choice) -> dict[str, Any]:
        return {
            "selection": [
                {
                    "variableCode": name,
                    **({"codelist": self.codelists[name]} if name in self.codelists else {}),
                    "valueCodes": list(codes),
                }
                for name, codes in choice.items()
            ]
        }

    def _codelists(self) -> dict[str, str]:
        return {f"codelist[{name}]": codelist for name, codelist in self.codelists.items()}

    def _url(self, path: str, query: Mapping[str, str]) -> str:
        return f"{self.address}/{path}?{urlencode({'lang': self.language, **query}, safe=',[]')}"

    def _object(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any]:
        return self.wire.ask("GET", self._url(path, query or {}), read_object)

    def _problem_of(self, table_id: str) -> Any:
        def problem(answer: Answer) -> Refused:
            title = title_of(answer.body)
            if answer.status == 404:
                return Refused("source.unknown_table", f"{self.name} has no table {table_id}: {title}")
            if answer.status == 400 and title.startswith(UNKNOWN):
                return UnknownCode("source.unknown_code", f"{title}.")
            return Refused("source.refused", f"{self.name} refused {table_id} ({answer.status}): {title}")

        return problem


def _listed(told: Mapping[str, Any]) -> Listed:
    periods = (str(told.get("firstPeriod") or ""), str(told.get("lastPeriod") or ""))
    return Listed(str(told["id"]), str(told["label"]), str(told.get("updated") or ""), *periods)


def title_of(body: bytes) -> str:
    """What went wrong; SSB tells it in `title`, version 1 in `error`."""
    try:
        problem = json.loads(body)
    except ValueError:
        return told_in(body)
    if not isinstance(problem, dict):
        return told_in(body)
    return str(problem.get("title") or problem.get("error") or problem.get("detail") or told_in(body))


def _fetched(body: bytes) -> Fetched:
    return Fetched(body, jsonstat.read(body))
