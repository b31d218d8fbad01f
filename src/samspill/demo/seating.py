"""Mandates, seats and who sits in them: `governing/bodies-*.yaml` put into the bodies of a community.

Through the same acts people use. Not here: the bodies a world has from the start (`settling`), nor what is
decided in them.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from samspill.demo.stage import Stage
from samspill.demo.world import Day, World, on, read_bodies, read_names
from samspill.directory.public import Account, Body, Party, Person, add_body
from samspill.governance.public import (
    Appointee,
    MandateWords,
    Represents,
    Role,
    RuleWords,
    Seat,
    SeatLine,
    Tenure,
    appoint,
    set_mandate,
    set_rule,
)

EACH = {"region": Represents.EACH_REGION, "municipality": Represents.EACH_MUNICIPALITY}
RIGHTS = ("meet", "speak", "propose", "vote")


@dataclass(frozen=True)
class SitsFact:
    """Somebody in a seat: `at` names it, `who` is a key of the world, or somebody without an account."""

    at: str
    from_day: Day
    who: str = ""
    title: str = ""
    role: str = ""
    until: Day | None = None
    times: int = 1

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "SitsFact":
        rest = {key: value for key, value in row.items() if key != "from"}
        return cls(from_day=row["from"], **rest)


@dataclass(frozen=True)
class Seating:
    """What a file says; an unknown key is an error."""

    bodies: tuple[Mapping[str, Any], ...] = ()
    mandates: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    seats: Mapping[str, Any] = field(default_factory=dict)


def has_seating(world: World) -> bool:
    return bool(read_bodies(world.community))


def seat(stage: Stage) -> None:
    """Make the other bodies, then mandates, seats and people of all of them, the oldest first."""
    facts = Seating(**read_bodies(stage.community.slug))
    bodies = {one.short_name: one for one in Body.objects.filter(community=stage.community)}
    for row in facts.bodies:
        bodies[row["short"]] = _make(row, bodies, stage)
    parties = {one.short_name or one.name: one for one in Party.objects.filter(community=stage.community)}
    for short, mandates in facts.mandates.items():
        for row in mandates:
            set_mandate(bodies[short], _mandate(row, bodies, stage.today), by=stage.machine)
    names = _names(stage)
    for short in {**facts.rules, **facts.seats}:
        people = [SitsFact.read(row) for row in facts.seats.get(short, ())]
        rules = facts.rules.get(short, ())
        _fill(bodies[short], list(rules), people, names, parties, stage)


def _make(row: Mapping[str, Any], bodies: Mapping[str, Body], stage: Stage) -> Body:
    return add_body(
        community=stage.community,
        kind=row["kind"],
        name=row["name"],
        short_name=row["short"],
        parent=bodies.get(row.get("parent", "")),
        starts=on(row["starts"], stage.today),
        ends=on(row["ends"], stage.today) if "ends" in row else None,
        by=stage.machine,
    )


def _mandate(row: Mapping[str, Any], bodies: Mapping[str, Body], today: date) -> MandateWords:
    return MandateWords(
        from_day=on(row["from"], today),
        purpose=row["purpose"],
        authority=row["authority"],
        tasks=row.get("tasks", ""),
        limits=row.get("limits", ""),
        lifts_to=bodies.get(row.get("lifts_to", "")),
        review_on=on(row["review"], today) if "review" in row else None,
        given_by_words=row.get("given_by", ""),
    )


def _fill(
    body: Body, rules: list[Mapping[str, Any]], people: list[SitsFact], names: Iterator[str],
    parties: Mapping[str, Party], stage: Stage,
) -> None:  # fmt: skip
    """A rule, those who sat by it before the next, and so on."""
    for place, row in enumerate(rules):
        words = _rule(row, parties, stage)
        set_rule(body, words, by=stage.machine)
        until = on(rules[place + 1]["from"], stage.today) if place + 1 < len(rules) else date.max
        for fact in people:
            if (place == 0 or on(fact.from_day, stage.today) >= words.from_day) and (
                on(fact.from_day, stage.today) < until
            ):
                _sit(body, fact, names, stage)


def _rule(row: Mapping[str, Any], parties: Mapping[str, Party], stage: Stage) -> RuleWords:
    kept = {key: value for key, value in row.items() if key not in {"from", "lines", "method"}}
    if "method" in row:
        kept["decision_method"] = row["method"]
    lines = tuple(_line(line, parties, stage) for line in row["lines"])
    return RuleWords(from_day=on(row["from"], stage.today), lines=lines, **kept)


def _line(row: Mapping[str, Any], parties: Mapping[str, Party], stage: Stage) -> SeatLine:
    rights = set(row.get("rights", RIGHTS))
    same: dict[str, Any] = {f"may_{right}": right in rights for right in RIGHTS}
    same |= {"seats": row.get("seats", 1), "appointed_by": row.get("appointed_by", "")}
    if "each" in row:
        kind = stage.world.region_kind if row["each"] == "region" else ""
        return SeatLine(EACH[row["each"]], region_kind=kind, **same)
    if "party" in row:
        return SeatLine(Represents.PARTY, party=parties[row["party"]], **same)
    if "side" in row:
        return SeatLine(Represents.BLOC, bloc=row["side"], **same)
    return SeatLine(Represents.ORGANISATION, label=row["label"], is_user_seat=row.get("users", False), **same)


def _sit(body: Body, fact: SitsFact, names: Iterator[str], stage: Stage) -> None:
    for _time in range(fact.times):
        who = _person(fact, names, stage)
        from_day = on(fact.from_day, stage.today)
        found = _seat(body, fact, from_day)
        role = fact.role or (Role.MEMBER if found.may_vote else Role.OBSERVER)
        until = None if fact.until is None else on(fact.until, stage.today)
        appoint(found, who, role=role, from_day=max(from_day, found.from_day), to_day=until, by=stage.machine)


def _person(fact: SitsFact, names: Iterator[str], stage: Stage) -> Appointee:
    if not fact.who:
        return Appointee(next(names), title=fact.title)
    player = stage.cast[fact.who]
    account = Account.objects.select_related("person").get(email=player.email)
    person: Person | None = account.person
    return Appointee(player.name, player.email, person=person)


def _seat(body: Body, fact: SitsFact, day: date) -> Seat:
    """The seat somebody takes: for a substitute the first of that name, for others the first that is free."""
    rows = Seat.objects.filter(body=body).exclude(to_day__lte=day).order_by("order", "pk")
    if fact.role != Role.SUBSTITUTE:
        holders = Tenure.objects.filter(seat=OuterRef("pk")).exclude(role=Role.SUBSTITUTE)
        rows = rows.exclude(Exists(holders.exclude(to_day__lte=day)))
    named = [one for one in rows.select_related("party", "region") if fact.at == _name(one)]
    if not named:
        raise ValueError(f"{body} has no free seat for «{fact.at}» on {day}.")
    return named[0]


def _name(one: Seat) -> str:
    return one.bloc if one.represents == Represents.BLOC else str(one)


def _names(stage: Stage) -> Iterator[str]:
    """Names that nobody of the worlds has, the same for the same seed."""
    rng = random.Random(f"samspill seats {stage.seed} {stage.community.slug}")  # noqa: S311  no secret
    given, family = read_names()
    told = {player.name for player in stage.cast.values()}
    while True:
        name = f"{rng.choice(given)} {rng.choice(family)}"
        if name not in told:
            told.add(name)
            yield name
