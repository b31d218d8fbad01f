"""The audit of everything ever published from the same data: all runs of it, withdrawn ones too.

Pages, files, charts, embedded parts and the API are all made of stored series, so these are what is tried.
Counts of one table are tried with all other counts of the same version of that table, in whatever run. What
is found stands in the `audit` of each run, under «tried»; the findings are for the owner alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from samspill.analysis.indicators import Definition, Part, definition_of
from samspill.analysis.indicators.calculation import (
    Released,
    Tried,
    audit_released,
    parts_of,
    released_of,
    rules_for,
    table_of,
)
from samspill.insight.area_names import ALL, levels
from samspill.insight.models import IndicatorAnswer, IndicatorRun, IndicatorSeries
from samspill.insight.states import Level

TRIED = "tried"
MOST_KEPT = 200  # findings; more say no more
FIGURES = ("area", "counts", "populations", "flags")
Answers = Sequence[IndicatorAnswer]
Found = Mapping[str, tuple[Tried, bool]]


def audit_everything(*, at: datetime) -> dict[str, Tried]:
    """Try all that was published, by version of a table («contacts 3f2a…»), and write it in every run.

    What a withdrawn run gave away is known for ever. Whether those that stand would do it without it is told
    apart: only that can be mended, by withdrawing.
    """
    answers = list(IndicatorAnswer.objects.select_related("run").order_by("pk"))
    by_data: dict[str, list[IndicatorAnswer]] = defaultdict(list)
    for answer in answers:
        for key in sorted(_data_of(answer, definition_of(answer.definition))):
            by_data[key].append(answer)
    found = {key: _tried(key, own) for key, own in sorted(by_data.items())}
    _keep(found, by_data, at)
    return {key: tried for key, (tried, _is_safe) in found.items()}


def _data_of(answer: IndicatorAnswer, definition: Definition) -> set[str]:
    """The versions of tables that persons were counted in."""
    return {_key(answer.run, part) for part in parts_of(definition).values()}


def _key(run: IndicatorRun, part: Part) -> str:
    """A table and its version; a run that does not tell of its tables has one version for all."""
    name = table_of(part)
    known = {one.get("table"): one.get("sha256") for one in run.sources}
    return f"{name} {known.get(name) or run.data_version}"


def _tried(key: str, answers: Answers) -> tuple[Tried, bool]:
    """What was found, and whether those that stand are safe by themselves."""
    found = _try(key, answers)
    standing = [one for one in answers if one.run.withdrawn_at is None]
    is_safe = found.ok or not standing or (len(standing) < len(answers) and _try(key, standing).ok)
    return found, is_safe


def _try(key: str, answers: Answers) -> Tried:
    definitions = {one.pk: definition_of(one.definition) for one in answers}
    day: date = max(one.run.made_at.date() for one in answers)
    released = _released(key, answers, definitions)
    return audit_released(released, _sums(answers), rules_for(definitions.values(), day))


def _released(key: str, answers: Answers, definitions: Mapping[int, Definition]) -> Iterator[Released]:
    for answer in answers:
        for one in released_of(definitions[answer.pk], _rows(answer)):
            if _key(answer.run, one.part) == key:
                yield one


def _rows(answer: IndicatorAnswer) -> Iterator[tuple[str, int, Any, Any, int]]:
    series = IndicatorSeries.objects.filter(answer=answer).values_list(*FIGURES)
    for area, *columns in series.iterator(chunk_size=500):
        for period, count, population, flag in zip(answer.periods, *columns, strict=True):
            yield area, period, count, population, flag


def _sums(answers: Answers) -> dict[str, Sequence[str]]:
    """Which municipalities are in each wider area, as far as the answers have municipalities."""
    rows = IndicatorSeries.objects.filter(answer__in=answers, level=Level.MUNICIPALITY)
    there = sorted(set(rows.values_list("area", flat=True).distinct()))
    wider = {area: within for level in levels().values() for area, within in level.items()}
    return {**wider, ALL: there}


def _keep(found: Found, by_data: Mapping[str, Answers], at: datetime) -> None:
    """Write in each run what was found in the data it rests on."""
    keys: dict[int, set[str]] = defaultdict(set)
    for key, answers in by_data.items():
        for answer in answers:
            keys[answer.run_id].add(key)
    with transaction.atomic():
        for run in IndicatorRun.objects.select_for_update():
            own = [found[key] for key in sorted(keys[run.pk])]
            others = {answer.run_id for key in keys[run.pk] for answer in by_data[key]}
            run.audit = {**run.audit, TRIED: _told([*own], len(others), at)}
            run.save(update_fields=["audit"])


def _told(own: Sequence[tuple[Tried, bool]], runs: int, at: datetime) -> dict[str, Any]:
    findings = [dict(one) for tried, _is_safe in own for one in tried.findings]
    return {
        "at": at.isoformat(),
        "ok": all(tried.ok for tried, _is_safe in own),
        "standing_ok": all(is_safe for _tried, is_safe in own),
        "cells": sum(tried.cells for tried, _is_safe in own),
        "hidden": sum(tried.hidden for tried, _is_safe in own),
        "runs": max(runs, 1),
        "found": len(findings),
        "findings": findings[:MOST_KEPT],
    }
