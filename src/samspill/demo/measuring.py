"""Figures for the demonstration: an invented extract of Østfold's registers, taken in use as a real one.

Everything goes the same way as with real registers: checked, brought in, taken in use, counted, small numbers
hidden. Nobody in the extract has lived, and every page says so.
"""

from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone

from samspill.analysis.figures import embedded
from samspill.analysis.indicators.synthetic import synthesise, world_of
from samspill.demo.extent import Extent
from samspill.directory.public import Actor
from samspill.insight.public import bring_in_extract, count_platform, refresh_figures, take_in_use

SAID = {
    "contacts": ("npr-oppdiktet", "Norsk pasientregister", "Kontakter med sykehus", "Kontaktar med sjukehus"),
    "services": (
        "kpr-oppdiktet",
        "Kommunalt pasient- og brukerregister",
        "Bruk av kommunale tjenester",
        "Bruk av kommunale tenester",
    ),
    "places": ("plasser-oppdiktet", "Helsedirektoratet", "Plasser og belegg", "Plassar og belegg"),
    "staff": (
        "ansatte-oppdiktet",
        "Statistisk sentralbyrå",
        "Ansatte i tjenestene",
        "Tilsette i tenestene",
    ),
    "births": ("fodsler-oppdiktet", "Medisinsk fødselsregister", "Fødsler", "Fødslar"),
    "gp_lists": ("fastlegelister-oppdiktet", "Helfo", "Fastlegelister", "Fastlegelister"),
}
"""By table: its key, who it would be from, and what it is called in either målform."""
POPULATION = {
    "key": "folketall-ostfold",
    "source": "Statistisk sentralbyrå, tabell 07459",
    "licence": "CC BY 4.0",
    "titles": {"nb": "Innbyggere i Østfold", "nn": "Innbyggjarar i Østfold"},
}


def measure(*, seed: int, by: Actor, extent: Extent) -> None:
    """Invent the tables of the last whole years, take them in use, count our own things, work all out."""
    history, _rates, source = embedded()
    years = range(by.today.year - extent.years, by.today.year)
    with TemporaryDirectory(prefix="demo-") as place:
        extract = Path(place) / "extract"
        told = f"{source.name}, {source.version}"
        synthesise(world_of(history, years, seed), extract, extent.contacts, workers=1, source=told)
        # What Samspill itself counts is counted, not invented.
        rmtree(extract / "platform")
        versions = bring_in_extract(extract, by=by, now=timezone.now(), said=_said(), source=source.name)
    for version in versions:
        take_in_use(version, by=by)
    count_platform(by=by, now=timezone.now())
    refresh_figures(by=by)


def _said() -> dict[str, dict[str, Any]]:
    invented = {
        table: {"key": key, "source": f"{who} (oppdiktet)", "titles": {"nb": nb, "nn": nn}}
        for table, (key, who, nb, nn) in SAID.items()
    }
    return {**invented, "population": POPULATION}
