"""How a body is put together from a day on: the rule, its lines, and the seats they make.

A new rule ends the seats it no longer has and makes the new ones. Who sits in a seat that goes on stays; a
seat that gets other rights is another seat with the same people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samspill.directory.public import (
    Actor,
    Bloc,
    Body,
    Organisation,
    Party,
    PartyKind,
    Region,
    alphabetical,
    parties_of,
    record,
)
from samspill.governance.actions.access import account_of, give_role
from samspill.governance.actions.mandates import lock_body
from samspill.governance.actions.tenures import close_tenure
from samspill.governance.models import RepresentationRule, Seat, SeatRule, Tenure
from samspill.governance.permissions import check_may_act
from samspill.governance.rules.seating import check_line, check_rule, in_words
from samspill.governance.states import DecisionMethod, Parity, Represents
from samspill.refusal import Refused

RIGHTS = ("may_meet", "may_speak", "may_propose", "may_vote")


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


_Whom = tuple[str, str, int | None, int | None, int | None, str, bool]


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
        _make(rule, body, labels, leaving=former, by=by)
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
        return _make(rule, body, [], leaving=[], by=by)


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


def _make(
    rule: RepresentationRule, body: Body, labels: Sequence[str], *, leaving: Sequence[int], by: Actor
) -> list[Seat]:
    """Seats that go on keep their row; others end on the rule's day, and new ones begin there."""
    wanted = list(_wanted(rule, body, labels, leaving))
    _check_parity(rule, wanted)
    day = rule.from_day
    # Those that this rule ended when it was first written may be wanted again.
    ended = _by_whom(Seat.objects.filter(body=body, to_day=day))
    standing = _by_whom(Seat.objects.filter(body=body).exclude(to_day__lte=day))
    made = [_settle(seat, standing[_whom(seat)], ended[_whom(seat)], day, by=by) for seat in wanted]
    for left in standing.values():
        for seat in left:
            _end_seat(seat, day, by=by)
    Seat.objects.filter(seat_rule__in=leaving).update(seat_rule=None)
    return made


def _by_whom(seats: QuerySet[Seat]) -> dict[_Whom, list[Seat]]:
    found: dict[_Whom, list[Seat]] = defaultdict(list)
    for seat in seats.order_by("order", "pk"):
        found[_whom(seat)].append(seat)
    return found


def _wanted(
    rule: RepresentationRule, body: Body, labels: Sequence[str], leaving: Sequence[int]
) -> Iterable[Seat]:
    """Unsaved seats, in the order of the lines."""
    order = 0
    lines = SeatRule.objects.filter(rule=rule).exclude(pk__in=leaving).order_by("order", "pk")
    known = {seat.seat_rule_id: seat.label for seat in Seat.objects.filter(seat_rule__rule=rule)}
    for number, line in enumerate(lines):
        label = labels[number] if labels else known.get(line.pk, "")
        for whom in _each(line, body, rule.from_day):
            yield Seat(
                community_id=body.community_id,
                body=body,
                seat_rule=line,
                order=order,
                label=label,
                bloc=line.bloc,
                appointed_by=line.appointed_by,
                is_user_seat=line.is_user_seat,
                from_day=rule.from_day,
                to_day=body.ends,
                **whom,
                **{right: getattr(line, right) for right in RIGHTS},
            )
            order += 1


def _each(line: SeatRule, body: Body, day: date) -> Iterable[dict[str, object]]:
    """Whom each seat of a line represents."""
    if line.represents == Represents.EACH_MUNICIPALITY:
        here = parties_of(body.community, day).filter(kind=PartyKind.MUNICIPALITY)
        for party in sorted(here, key=lambda one: alphabetical(str(one))):
            yield {"represents": Represents.PARTY, "party": party}
    elif line.represents == Represents.EACH_REGION:
        regions = Region.objects.filter(community_id=body.community_id, kind=line.region_kind)
        for region in sorted(regions, key=lambda one: alphabetical(one.name)):
            yield {"represents": Represents.REGION, "region": region}
    else:
        same = {"party": line.party, "region": line.region, "organisation": line.organisation}
        for _number in range(line.seats):
            yield {"represents": line.represents, **same}


def _whom(seat: Seat) -> _Whom:
    return (
        seat.represents, seat.bloc, seat.party_id, seat.region_id, seat.organisation_id,
        seat.label, seat.is_user_seat,
    )  # fmt: skip


def _rights(seat: Seat) -> tuple[bool, ...]:
    return tuple(getattr(seat, right) for right in RIGHTS)


def _settle(wanted: Seat, standing: list[Seat], ended: list[Seat], day: date, *, by: Actor) -> Seat:
    """The wanted seat: one that stands with the same rights, or a new one that takes over its people."""
    for known in (standing, ended):
        same = next((one for one in known if _rights(one) == _rights(wanted)), None)
        if same is None:
            continue
        known.remove(same)
        if same.to_day == day:
            _reopen(same, wanted.to_day, by=by)
        same.seat_rule, same.order, same.appointed_by = wanted.seat_rule, wanted.order, wanted.appointed_by
        same.save(update_fields=["seat_rule", "order", "appointed_by"])
        return same
    wanted.save()
    if standing:
        _hand_over(standing.pop(0), wanted, day, by=by)
    return wanted


def _reopen(seat: Seat, until: date | None, *, by: Actor) -> None:
    """A seat that ended goes on, with those who sat in it until then."""
    ended = seat.to_day
    seat.to_day = until
    seat.save(update_fields=["to_day"])
    for tenure in Tenure.objects.filter(seat=seat, to_day=ended).select_related("seat__body", "person"):
        tenure.to_day = until
        tenure.save(update_fields=["to_day"])
        account = account_of(tenure)
        if account:
            give_role(tenure, account, by=by, from_day=ended)


def _hand_over(old: Seat, new: Seat, day: date, *, by: Actor) -> None:
    """The people of a seat go on in the one that takes its place, with its other rights."""
    for tenure in Tenure.objects.filter(seat=old).exclude(to_day__lte=day):
        if tenure.from_day >= day:
            tenure.seat = new
            tenure.save(update_fields=["seat"])
            continue
        until, tenure.to_day = tenure.to_day, day
        tenure.save(update_fields=["to_day"])
        Tenure.objects.create(
            community_id=new.community_id, seat=new, person=tenure.person, name=tenure.name,
            title=tenure.title, role=tenure.role, from_day=day, to_day=until,
            appointed_by=tenure.appointed_by,
        )  # fmt: skip
    _end_seat(old, day, by=by)


def _end_seat(seat: Seat, day: date, *, by: Actor) -> None:
    """The seat is gone from `day`. One that has not begun is removed, unless somebody is to sit in it."""
    coming = Tenure.objects.filter(seat=seat, from_day__gte=day).first()
    if coming is not None:
        raise Refused(
            "rule.seat_taken",
            _("%(name)s has a seat from %(day)s that the new rule does not have. End that first.")
            % {"name": coming.name, "day": in_words(coming.from_day)},
        )
    if seat.from_day >= day:
        if seat.nominations.exists():
            raise Refused(
                "rule.seat_asked",
                _("Names are given for a seat that the new rule does not have. Finish that round first."),
            )
        seat.delete()
        return
    for tenure in Tenure.objects.filter(seat=seat).exclude(to_day__lte=day).select_related("seat__body"):
        close_tenure(tenure, day, by=by)
    seat.to_day = day
    seat.save(update_fields=["to_day"])


def _check_parity(rule: RepresentationRule, wanted: Iterable[Seat]) -> None:
    """Where the rule says equal, the voting seats it makes are equal; people who are missing only warn."""
    if rule.parity != Parity.EQUAL:
        return
    voting = [seat.bloc for seat in wanted if seat.may_vote]
    municipal, hospital = voting.count(Bloc.MUNICIPAL), voting.count(Bloc.HOSPITAL)
    if municipal != hospital:
        raise Refused(
            "rule.parity",
            _(
                "The rule says as many from each side, but the municipal side gets %(municipal)s voting "
                "seats and the hospital %(hospital)s. Change the lines, or choose another rule for the sides."
            )
            % {"municipal": municipal, "hospital": hospital},
            field="parity",
        )
