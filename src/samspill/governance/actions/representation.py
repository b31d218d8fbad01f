"""How a body is put together from a day on: the rule, its lines, and the seats they make.

A new rule ends the seats it no longer has and makes the new ones. Who sits in a seat that goes on stays; a
seat that gets other rights is another seat with the same people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samspill.directory.public import (
    Actor,
    Bloc,
    Body,
    Organisation,
    Party,
    Region,
    record,
)
from samspill.governance.actions.mandates import lock_body
from samspill.governance.actions.rule_seats import seats_of_rule
from samspill.governance.models import RepresentationRule, Seat, SeatRule
from samspill.governance.permissions import check_may_act
from samspill.governance.rules.seating import check_line, check_rule, in_words
from samspill.governance.states import DecisionMethod, Parity, Represents
from samspill.refusal import Refused


@dataclass(frozen=True)
class SeatLine:
    """A line of a rule, as `SeatRule` stores it. `label` is what a seat of an organisation is called."""

    represents: str
    seats: int = 1
    bloc: str = ""
    party: Party | None = None
    region: Region | None = None
    region_kind: str = ""
    organisation: Organisation | None = None
    label: str = ""
    appointed_by: str = ""
    is_user_seat: bool = False
    may_meet: bool = True
    may_speak: bool = True
    may_propose: bool = True
    may_vote: bool = True


@dataclass(frozen=True)
class RuleWords:
    """How a body is put together from `from_day`, as `RepresentationRule` stores it."""

    from_day: date
    lines: Sequence[SeatLine] = field(default_factory=tuple)
    parity: str = Parity.EQUAL
    covers_all: bool = False
    users_at_least: int = 0
    chair_months: int | None = None
    chair_begins: str = ""
    deputy_other_side: bool = False
    host_alternates: bool = False
    decision_method: str = DecisionMethod.CONSENSUS
    quorum_per_bloc: int = 0
    open_meetings: bool = False


def set_rule(body: Body, words: RuleWords, *, by: Actor) -> RepresentationRule:
    """The body's rule from a day on, with its seats; the day of the newest rule corrects that one.

    Refuses a rule without seats, lines that name nobody, an alternating chair without a first side, voting
    seats out of balance where the rule says equal, and a day before the newest rule.
    """
    check_may_act(by, "bodies.manage", body)
    lines = [_with_side(line) for line in words.lines]
    _check(words, lines)
    with transaction.atomic():
        body = lock_body(body)
        newest = RepresentationRule.objects.filter(body=body).order_by("-from_day").first()
        if newest and words.from_day < newest.from_day:
            raise Refused(
                "rule.earlier",
                _("The newest rule holds from %(day)s. Choose that day to correct it, or a later one.")
                % {"day": in_words(newest.from_day)},
                field="from_day",
            )
        rule = _rule(body, newest, words)
        former = list(SeatRule.objects.filter(rule=rule).values_list("pk", flat=True))
        for order, line in enumerate(lines):
            SeatRule.objects.create(community_id=body.community_id, rule=rule, order=order, **_stored(line))
        labels = [line.label for line in lines]
        seats_of_rule(rule, body, labels, leaving=former, by=by)
        SeatRule.objects.filter(pk__in=former).delete()
        record(
            by=by, act="rule.set", on=rule, title=body.name, body=body.pk, from_day=words.from_day.isoformat()
        )
    return rule


def make_seats(rule: RepresentationRule, *, by: Actor) -> list[Seat]:
    """The body's seats as the rule has them from its day on. A second time changes nothing."""
    check_may_act(by, "bodies.manage", rule)
    with transaction.atomic():
        body = lock_body(rule.body)
        return seats_of_rule(rule, body, [], leaving=[], by=by)


def _rule(body: Body, newest: RepresentationRule | None, words: RuleWords) -> RepresentationRule:
    if newest and newest.from_day == words.from_day:
        rule = newest
    else:
        if newest and (newest.to_day is None or newest.to_day > words.from_day):
            newest.to_day = words.from_day
            newest.save(update_fields=["to_day"])
        rule = RepresentationRule(community_id=body.community_id, body=body, from_day=words.from_day)
    for name in RuleWords.__dataclass_fields__:
        if name not in {"lines", "from_day"}:
            setattr(rule, name, getattr(words, name))
    rule.save()
    return rule


def _with_side(line: SeatLine) -> SeatLine:
    """A party, a region and each of them stand on the side they belong to; nobody types that."""
    if line.represents == Represents.PARTY and line.party:
        return replace(line, bloc=line.party.bloc, seats=max(1, line.seats))
    if line.represents in {Represents.REGION, Represents.EACH_MUNICIPALITY, Represents.EACH_REGION}:
        return replace(line, bloc=Bloc.MUNICIPAL)
    return line


def _check(words: RuleWords, lines: Sequence[SeatLine]) -> None:
    check_rule(
        parity=words.parity,
        decision_method=words.decision_method,
        chair_months=words.chair_months,
        chair_begins=words.chair_begins,
        lines=len(lines),
    )
    for line in lines:
        check_line(
            represents=line.represents,
            has_party=line.party is not None,
            has_region=line.region is not None,
            has_region_kind=bool(line.region_kind),
            has_organisation=line.organisation is not None,
            label=line.label,
            bloc=line.bloc,
            votes=line.may_vote,
            seats=line.seats,
        )


def _stored(line: SeatLine) -> dict[str, object]:
    kept = {name: getattr(line, name) for name in SeatLine.__dataclass_fields__ if name != "label"}
    return {**kept, "appointed_by": line.appointed_by.strip()[:120]}
