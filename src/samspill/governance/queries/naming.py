"""Seats of open rounds that somebody may name people for: as facts, since a task is made of them.

The same as `rounds.asked_in` with `rounds.may_name`, for every round at once.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from samspill.directory.public import (
    BLOC_OF,
    Actor,
    Facts,
    Organisation,
    Party,
    Region,
    RegionMunicipality,
    Wanted,
    in_force_on,
)
from samspill.governance.models import AppointmentRound, Nomination, Seat, Tenure
from samspill.governance.queries.rounds import whose
from samspill.governance.states import Represents, Role, RoundState

_SEAT = {
    "represents": "represents",
    "bloc": "bloc",
    "label": "label",
    "party": JSONObject(pk="party_id", name="party__name", short_name="party__short_name"),
    "region": JSONObject(pk="region_id", name="region__name"),
    "organisation": JSONObject(
        pk="organisation_id", name="organisation__name", short_name="organisation__short_name"
    ),
    "is_named": "is_named",
    "is_mine": "is_mine",
}
_OTHERS = {"party": Party, "region": Region, "organisation": Organisation}


def what_is_named(actor: Actor) -> Wanted:
    """Open rounds of the actor's community with their seats, in the order of the body."""
    rounds = AppointmentRound.objects.inside(actor).filter(state=RoundState.OPEN)
    seats = ArraySubquery(_seats(actor).order_by("order", "pk").values_list(JSONObject(**_SEAT)))
    return Wanted(
        rounds,
        {
            "body_name": "body__name",
            "short": "body__short_name",
            "words": "words",
            "answer_by": "answer_by",
            "seats": seats,
        },
    )


def empty_for(one: Facts) -> list[str]:
    """Those the actor speaks for who have a seat of the round without a name, in the order of the seats."""
    names: dict[str, str] = {}
    empty: set[str] = set()
    for facts in one["seats"]:
        key, name = whose(_seat(facts))
        names.setdefault(key, name)
        if facts["is_mine"] and not facts["is_named"]:
            empty.add(key)
    return list(dict.fromkeys(name for key, name in names.items() if key in empty))


def _seat(facts: Mapping[str, Any]) -> Seat:
    others = {name: model(**facts[name]) for name, model in _OTHERS.items() if facts[name]["pk"]}
    return Seat(represents=facts["represents"], bloc=facts["bloc"], label=facts["label"], **others)


def _seats(actor: Actor) -> QuerySet[Seat]:
    """Those there will be on the day the period of the round begins."""
    begins = OuterRef("from_day")
    there = Q(from_day__lte=begins) & (Q(to_day__isnull=True) | Q(to_day__gt=begins))
    named = Nomination.objects.filter(round=OuterRef(OuterRef("pk")), seat=OuterRef("pk"))
    return Seat.objects.filter(there, body=OuterRef("body")).annotate(
        is_named=Exists(named.exclude(role=Role.SUBSTITUTE)), is_mine=_speaks_for(actor)
    )


def _speaks_for(actor: Actor) -> Q:
    """The actor speaks for who appoints to a seat; for an organisation, its present holder does."""
    regions = RegionMunicipality.objects.filter(
        in_force_on(actor.today), region=OuterRef("region"), party__in=actor.party_ids
    )
    begins = OuterRef(OuterRef("from_day"))
    holds = Tenure.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gt=begins),
        seat=OuterRef("pk"),
        from_day__lte=begins,
        person__account=actor.account_id,
    ).exclude(role=Role.SUBSTITUTE)
    mine = (
        Q(represents=Represents.PARTY, party__in=actor.party_ids)
        | Q(Exists(regions), represents=Represents.REGION)
        | Q(Exists(holds), represents=Represents.ORGANISATION)
    )
    parties = Party.objects.filter(
        Q(left__isnull=True) | Q(left__gt=actor.today),
        pk__in=actor.party_ids,
        community_id=actor.community_id or 0,
    )
    for kind, bloc in BLOC_OF.items():
        mine |= Q(Exists(parties.filter(kind=kind)), represents=Represents.BLOC, bloc=bloc)
    return mine
