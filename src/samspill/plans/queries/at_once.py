"""Measures with what tasks are derived from and no more: read in one query, for a page that asks everybody.

Here: the reading. The rows are those of `queries.rows`, which the measures' own pages read with all words.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject, Substr

from samspill.directory.public import Actor, Facts, Wanted, read_facts
from samspill.plans.models import (
    Measure,
    MeasureParty,
    MeasureResponsible,
    PartyImplementation,
    Plan,
    PlanDocument,
    StatusReport,
)
from samspill.plans.queries.rows import Row, row_on

SHOWN = 300  # characters of a measure, more than a task shows


@dataclass(frozen=True)
class AtOnce:
    """A measure with its newest report's word and time, and who answers, as numbers without names.

    told, said  for the parties that were asked for: how far each has come, and whether it concerns it
    """

    row: Row
    told: Mapping[int, PartyImplementation]
    said: Mapping[int, bool]


def rows_at_once(plans: Sequence[Plan], actor: Actor, parties: Collection[int] = ()) -> list[AtOnce]:
    """Every measure that is still in plans of the actor's community, in their order. 1 query."""
    if not plans:
        return []
    wanted = _wanted(Measure.objects.inside(actor).filter(plan__in=plans), actor, parties)
    return rows_in(read_facts({"measures": wanted})["measures"], actor)


def what_is_planned(actor: Actor, parties: Collection[int] = ()) -> Wanted:
    """Every measure that is still in a plan of the actor's community, and what `rows_in` needs of it."""
    return _wanted(Measure.objects.inside(actor), actor, parties)


def _wanted(measures: QuerySet[Measure], actor: Actor, parties: Collection[int]) -> Wanted:
    newest = _of_measure(StatusReport, actor).order_by("-at", "-pk")
    who = _of_measure(MeasureResponsible, actor).order_by("order", "pk")
    facts: dict[str, Any] = {
        "plan": "plan_id",
        "order": "order",
        "title": "title",
        "text": Substr("text", 1, SHOWN),
        "state": "state",
        "deadline": "deadline",
        "precision": "deadline_precision",
        "read_at": "document__read_at",
        "said_word": Subquery(newest.values("word")[:1]),
        "said_at": Subquery(newest.values("at")[:1]),
        "who": ArraySubquery(
            who.values_list(JSONObject(body_id="body", party_id="party", side="side", role="role"))
        ),
    }
    if parties:
        facts |= _of_parties(actor, parties)
    return Wanted(measures.filter(Measure.in_plan()), facts)


def _of_measure(model: type[Any], actor: Actor) -> QuerySet[Any]:
    return model.objects.inside(actor).filter(measure=OuterRef("pk"), plan=OuterRef("plan"))


def _of_parties(actor: Actor, parties: Collection[int]) -> dict[str, ArraySubquery]:
    told = _of_measure(PartyImplementation, actor).filter(party__in=parties)
    said = _of_measure(MeasureParty, actor).filter(party__in=parties)
    return {
        "told": ArraySubquery(told.values_list(JSONObject(party="party", state="state", at="told_at"))),
        "said": ArraySubquery(said.values_list(JSONObject(party="party", is_concerned="is_concerned"))),
    }


def rows_in(found: Iterable[Facts], actor: Actor) -> list[AtOnce]:
    """What was found of measures, in the order of their plans. No query."""
    who, document = cache(_who), cache(_document)  # a few answer for most, and most are of one document
    return [
        _at_once(one, actor, [who(**it) for it in one["who"]], document(one["read_at"]))
        for one in sorted(found, key=lambda one: (one["plan"], one["order"], one.pk))
    ]


def _who(**said: Any) -> MeasureResponsible:
    return MeasureResponsible(**said)


def _document(read_at: str) -> PlanDocument:
    return PlanDocument(read_at=datetime.fromisoformat(read_at))


def _at_once(one: Facts, actor: Actor, who: list[MeasureResponsible], document: PlanDocument) -> AtOnce:
    at = one.at("said_at")
    report = StatusReport(word=one["said_word"], at=at) if at else None
    told = {
        it["party"]: PartyImplementation(state=it["state"], told_at=datetime.fromisoformat(it["at"]))
        for it in one.facts.get("told", ())
    }
    said = {it["party"]: it["is_concerned"] for it in one.facts.get("said", ())}
    return AtOnce(row_on(_measure(one, document), report, who, actor.today), told, said)


def _measure(one: Facts, document: PlanDocument) -> Measure:
    return Measure(
        pk=one.pk,
        plan_id=one["plan"],
        title=one["title"],
        text=one["text"],
        state=one["state"],
        deadline=one.day("deadline"),
        deadline_precision=one["precision"],
        document=document,
    )
