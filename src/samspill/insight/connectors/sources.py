"""The sources there are, and where they answer."""

from collections.abc import Mapping

from samspill.insight.connectors.fhi import Fhi
from samspill.insight.connectors.pxweb import PxWebV1, PxWebV2
from samspill.insight.connectors.table import Source
from samspill.insight.connectors.wire import Wire
from samspill.refusal import Refused

SOURCES = {
    "ssb": "https://data.ssb.no/api/pxwebapi/v2",
    "ssb-v1": "https://data.ssb.no/api/v0/no",
    "fhi": "https://statistikk-data.fhi.no/api/open/v1",
}
KLASS = "https://data.ssb.no/api/klass/v1"


def open_source(
    name: str,
    wire: Wire,
    *,
    address: str | None = None,
    language: str = "no",
    codelists: Mapping[str, str] | None = None,
) -> Source:
    """A source by name; `address` is another server that speaks the same protocol."""
    if name not in SOURCES:
        raise Refused("source.unknown", f"There is no source {name}; there are {', '.join(SOURCES)}.")
    if codelists and name != "ssb":
        raise Refused("source.codelist", f"{name} has no code lists to choose; ssb has.")
    at = (address or SOURCES[name]).rstrip("/")
    if name == "ssb":
        return PxWebV2(wire, at, language=language, codelists=codelists or {})
    return PxWebV1(wire, at) if name == "ssb-v1" else Fhi(wire, at)
