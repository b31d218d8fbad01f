"""Figures as a cube of JSON-stat 2.0: area × period × measure, with symbols where a cell is empty."""

from collections.abc import Mapping, Sequence
from typing import Any

from samspill.insight.api.figures import MEASURES, Chosen
from samspill.insight.api.schemas import STATUSES
from samspill.insight.jsonstat import Dataset, Dimension

SYMBOLS = {"shown": ".", "not_possible": ".", "missing": "..", "hidden": ":"}
"""The symbols of official tables where a figure lacks: does not apply, not known, must not be shown."""
LABELS = {
    "nb": {
        "area": "Område",
        "period": "Periode",
        "measure": "Måltall",
        "value": "Verdi",
        "lower": "Nedre grense, 95 %",
        "upper": "Øvre grense, 95 %",
        "count": "Teller",
        "population": "Nevner",
        "note": "«:» er skjult: for få personer står bak, og det er ikke null. «..» finnes ikke. "
        "«.» gjelder ikke.",
        "invented": "Tallene er oppdiktet. Ingen i dem har noen gang levd.",
    },
    "nn": {
        "area": "Område",
        "period": "Periode",
        "measure": "Måltal",
        "value": "Verdi",
        "lower": "Nedre grense, 95 %",
        "upper": "Øvre grense, 95 %",
        "count": "Teljar",
        "population": "Nemnar",
        "note": "«:» er skjult: for få personar står bak, og det er ikkje null. «..» finst ikkje. "
        "«.» gjeld ikkje.",
        "invented": "Tala er oppdikta. Ingen i dei har nokon gong levd.",
    },
    "en": {
        "area": "Area",
        "period": "Period",
        "measure": "Measure",
        "value": "Value",
        "lower": "Lower limit, 95 %",
        "upper": "Upper limit, 95 %",
        "count": "Numerator",
        "population": "Denominator",
        "note": "«:» is hidden: too few persons are behind it, and it is not 0. «..» is not there. "
        "«.» does not apply.",
        "invented": "The figures are invented. Nobody in them has ever lived.",
    },
}
"""Not from the catalogues: a stored answer must read the same after their next change."""


def as_jsonstat(chosen: Chosen) -> bytes:
    """A whole cube: area × period × measure; symbols tell why a cell is empty."""
    values: list[float | int | None] = []
    statuses: dict[int, str | None] = {}
    for area in chosen.areas:
        for period in chosen.periods:
            point = area.at(period)
            status = STATUSES[point.flag] if point else "missing"
            for measure in MEASURES:
                value = getattr(point, measure) if point else None
                if value is None:
                    statuses[len(values)] = SYMBOLS[status]
                values.append(value)
    dataset = Dataset(
        dimensions=_dimensions(chosen),
        values=tuple(values),
        statuses=statuses or None,
        roles={"geo": ("area",), "time": ("period",), "metric": ("measure",)},
        about=_about(chosen),
    )
    return dataset.to_json().encode()


def _dimensions(chosen: Chosen) -> tuple[Dimension, ...]:
    words = LABELS[chosen.language]
    codes = tuple(one.code for one in chosen.areas)
    periods = tuple(str(one) for one in chosen.periods)
    names = {"label": {code: chosen.name(code) for code in codes}}
    children = _children(chosen, codes)
    figures = {one: {"base": chosen.unit()} for one in MEASURES[:3]}
    said = {"label": {one: _said(one) for one in periods}}
    measures = {"label": {one: words[one] for one in MEASURES}, "unit": figures}
    return (
        Dimension("area", codes, names | children, {"label": words["area"]}),
        Dimension("period", periods, said, {"label": words["period"]}),
        Dimension("measure", MEASURES, measures, {"label": words["measure"]}),
    )


def _said(period: str) -> str:
    return f"{period[:4]}M{period[4:]}" if len(period) > 4 else period


def _children(chosen: Chosen, codes: Sequence[str]) -> dict[str, Any]:
    """Which municipalities lie in which helsefellesskap, where both are here."""
    under: dict[str, list[str]] = {}
    for code in codes:
        fact = chosen.facts.get(code)
        if fact and fact.part_of and fact.part_of[0] in codes:
            under.setdefault(fact.part_of[0], []).append(code)
    return {"child": under} if under else {}


def _about(chosen: Chosen) -> dict[str, Any]:
    run, words = chosen.answer.run, LABELS[chosen.language]
    definition = chosen.answer.definition
    notes = [definition["means"][chosen.language], definition["caveats"][chosen.language], words["note"]]
    if definition["comparable"] is not True:
        notes.append(definition["comparable"][chosen.language])
    if run.is_invented:
        notes.append(words["invented"])
    return {
        "label": f"{chosen.title()}, {chosen.unit()}",
        "source": _sources(run.sources) or definition["source"],
        "updated": run.made_at.isoformat(),
        "note": notes,
        "extension": {
            "indicator": chosen.code,
            "run": run.pk,
            "dataVersion": run.data_version,
            "isInvented": run.is_invented,
            "sources": run.sources,
            "rules": run.rules,
            "definition": definition,
        },
    }


def _sources(sources: Sequence[Mapping[str, Any]]) -> str:
    """Who the tables are from, each once."""
    return "; ".join(dict.fromkeys(str(one.get("source") or one.get("name", "")) for one in sources))
