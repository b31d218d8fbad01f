"""The audit of everything ever published from the same data: all runs of a version, withdrawn ones too.

Pages, files, charts, embedded parts and the API are all made of stored series, so these are what is tried.
What is found stands in the `audit` of each run, under «tried»; the findings are for the owner alone.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from samspill.analysis.indicators import Definition, definition_of
from samspill.analysis.indicators.calculation import (
    Released,
    Tried,
    audit_released,
    released_of,
    rules_for,
)
from samspill.insight.area_names import ALL, levels
from samspill.insight.models import IndicatorAnswer, IndicatorRun, IndicatorSeries
from samspill.insight.states import Level

TRIED = "tried"
MOST_KEPT = 200  # findings; more say no more
FIGURES = ("area", "counts", "populations", "flags")


def audit_everything(*, at: datetime) -> dict[str, Tried]:
    """Try every version of the data that anything was published from, the newest first."""
    runs = IndicatorRun.objects.order_by("-made_at", "-pk")
    versions = dict.fromkeys(runs.values_list("data_version", flat=True))
    return {version: audit_version(version, at=at) for version in versions}


def audit_version(version: str, *, at: datetime) -> Tried:
    """Try all runs of the data together, and write in each what was found.

    What a withdrawn run gave away is known for ever. Whether those that stand would do it without it is told
    apart: only that can be mended, by withdrawing.
    """
    runs = list(IndicatorRun.objects.filter(data_version=version).order_by("pk"))
    found = _try(runs)
    standing = [one for one in runs if one.withdrawn_at is None]
    is_safe = found.ok or not standing or (len(standing) < len(runs) and _try(standing).ok)
    told = {
        "at": at.isoformat(),
        "ok": found.ok,
        "standing_ok": is_safe,
        "cells": found.cells,
        "hidden": found.hidden,
        "runs": len(runs),
        "found": len(found.findings),
        "findings": [dict(one) for one in found.findings[:MOST_KEPT]],
    }
    with transaction.atomic():
        for run in IndicatorRun.objects.select_for_update().filter(pk__in=[one.pk for one in runs]):
            run.audit = {**run.audit, TRIED: told}
            run.save(update_fields=["audit"])
    return found


def _try(runs: Sequence[IndicatorRun]) -> Tried:
    answers = list(IndicatorAnswer.objects.filter(run__in=runs).select_related("run").order_by("pk"))
    definitions = {one.pk: definition_of(one.definition) for one in answers}
    day = max((one.made_at.date() for one in runs), default=None)
    rules = rules_for(definitions.values(), day)
    return audit_released(_released(answers, definitions), _sums(runs), rules)


def _released(answers: Sequence[IndicatorAnswer], definitions: dict[int, Definition]) -> Iterator[Released]:
    for answer in answers:
        yield from released_of(definitions[answer.pk], list(_rows(answer)))


def _rows(answer: IndicatorAnswer) -> Iterator[tuple[str, int, Any, Any, int]]:
    series = IndicatorSeries.objects.filter(answer=answer).values_list(*FIGURES)
    for area, *columns in series.iterator(chunk_size=500):
        for period, count, population, flag in zip(answer.periods, *columns, strict=True):
            yield area, period, count, population, flag


def _sums(runs: Sequence[IndicatorRun]) -> dict[str, Sequence[str]]:
    """Which municipalities are in each wider area, as far as the runs have municipalities."""
    rows = IndicatorSeries.objects.filter(answer__run__in=runs, level=Level.MUNICIPALITY)
    there = sorted(set(rows.values_list("area", flat=True).distinct()))
    wider = {area: within for level in levels().values() for area, within in level.items()}
    return {**wider, ALL: there}
