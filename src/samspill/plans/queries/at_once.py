"""Measures with what tasks are derived from and no more: read in one query, for a page that asks everybody.

Here: the reading. The rows are those of `queries.rows`, which the measures' own pages read with all words.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from samspill.directory.public import Actor
from samspill.plans.models import (
    Measure,
    MeasureParty,
    MeasureResponsible,
    PartyImplementation,
    Plan,
    StatusReport,
)
from samspill.plans.queries.rows import Row, measures_of, row_on


@dataclass(frozen=True)
class AtOnce:
    """A measure with its newest report's word and time, and who answers, as numbers without names.

    told, said  for the parties that were asked for: how far each has come, and whether it concerns it
    """

    row: Row
    told: Mapping[int, PartyImplementation]
    said: Mapping[int, bool]


def rows_at_once(plans: Sequence[Plan], actor: Actor, parties: Collection[int] = ()) -> list[AtOnce]:
    """Every measure that is still in the plans, in their order. 1 query."""
    if not plans:
        return []
    newest = _of_measure(StatusReport, actor).order_by("-at", "-pk")
    who = _of_measure(MeasureResponsible, actor).order_by("order", "pk")
    found = measures_of(plans, actor).annotate(
        said_word=Subquery(newest.values("word")[:1]),
        said_at=Subquery(newest.values("at")[:1]),
        who=ArraySubquery(
            who.values_list(JSONObject(body_id="body", party_id="party", side="side", role="role"))
        ),
    )
    return [_at_once(one, actor) for one in (_with_parties(found, actor, parties) if parties else found)]


def _of_measure(model: type[Any], actor: Actor) -> QuerySet[Any]:
    return model.objects.visible_to(actor).filter(measure=OuterRef("pk"), plan=OuterRef("plan"))


def _with_parties(found: QuerySet[Any], actor: Actor, parties: Collection[int]) -> QuerySet[Any]:
    told = _of_measure(PartyImplementation, actor).filter(party__in=parties)
    said = _of_measure(MeasureParty, actor).filter(party__in=parties)
    return found.annotate(
        told_by=ArraySubquery(told.values_list(JSONObject(party="party", state="state", at="told_at"))),
        said_of=ArraySubquery(said.values_list(JSONObject(party="party", is_concerned="is_concerned"))),
    )


def _at_once(one: Measure, actor: Actor) -> AtOnce:
    facts: Any = one
    report = StatusReport(word=facts.said_word, at=facts.said_at) if facts.said_at else None
    told = {
        it["party"]: PartyImplementation(state=it["state"], told_at=datetime.fromisoformat(it["at"]))
        for it in getattr(one, "told_by", ())
    }
    said = {it["party"]: it["is_concerned"] for it in getattr(one, "said_of", ())}
    return AtOnce(
        row_on(one, report, [MeasureResponsible(**it) for it in facts.who], actor.today), told, said
    )
