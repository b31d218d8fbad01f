"""Indicators, areas and runs as plain values, one for each property of their schemas."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from samspill.insight.api.areas import AreaFact
from samspill.insight.models import Indicator, IndicatorAnswer, IndicatorRun

AS_WRITTEN = (
    "title",
    "means",
    "unit",
    "caveats",
    "group",
    "theme",
    "kind",
    "direction",
    "population",
    "numerator",
    "denominator",
    "times",
    "standardisation",
    "disclosure",
    "source",
    "owner",
    "reviewed",
    "words",
)


def indicator_document(
    indicator: Indicator, answers: Sequence[IndicatorAnswer], origin: str
) -> dict[str, Any]:
    definition = indicator.definition
    comparable = definition["comparable"]
    return {
        "code": indicator.code,
        **{key: definition[key] for key in AS_WRITTEN},
        "notComparable": None if comparable is True else comparable,
        "figures": [_figures(one, indicator.code, origin) for one in answers],
        "html": origin + reverse("insight:indicator", args=[indicator.code]),
    }


def _figures(answer: IndicatorAnswer, code: str, origin: str) -> dict[str, Any]:
    return {
        "per": answer.period,
        "run": answer.run_id,
        "first": answer.periods[0],
        "last": answer.periods[-1],
        "levels": sorted(answer.spread),
        "href": f"{origin}{reverse('insight:api-figures', args=[code])}?per={answer.period}",
    }


def area_document(area: AreaFact, language: str) -> dict[str, Any]:
    return {
        "code": area.code,
        "level": str(area.level),
        "name": area.name(language),
        "partOf": list(area.part_of),
    }


def run_document(run: IndicatorRun, codes: Sequence[str]) -> dict[str, Any]:
    """A withdrawn run says why, and holds nothing."""
    return {
        "id": run.pk,
        "made": run.made_at.isoformat(),
        "dataVersion": run.data_version,
        "isInvented": run.is_invented,
        "sources": run.sources,
        "rules": run.rules,
        "audit": audit_told(run),
        "withdrawn": run.withdrawn_at.isoformat() if run.withdrawn_at else None,
        "withdrawnBecause": run.withdrawn_because,
        "indicators": [] if run.withdrawn_at else list(codes),
    }


def audit_told(run: IndicatorRun) -> dict[str, Any]:
    """What everybody may know of the audit: not what it found, which would help whoever looks for it."""
    tried = run.audit.get("tried") or {}
    found = tried or run.audit
    return {
        "ok": found.get("ok"),
        "cells": found.get("cells"),
        "hidden": found.get("hidden", found.get("hidden_cells")),
        "tried": tried.get("at"),
    }


def provenance(run: IndicatorRun, codes: Sequence[str]) -> Mapping[str, Any]:
    """A run as a stored answer tells of it: without what may still come to be said of the run itself."""
    return run_document(run, codes) | {"audit": dict.fromkeys(("ok", "cells", "hidden", "tried"))}
