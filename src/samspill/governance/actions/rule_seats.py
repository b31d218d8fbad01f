"""The seats a rule makes: those that go on keep their row and their people, others end, new ones begin."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Bloc, Body, PartyKind, Region, alphabetical, parties_of
from samspill.governance.actions.access import account_of, give_role
from samspill.governance.actions.tenures import close_tenure
from samspill.governance.models import RepresentationRule, Seat, SeatRule, Tenure
from samspill.governance.rules.seating import RIGHTS, in_words
from samspill.governance.states import Parity, Represents
from samspill.refusal import Refused

_Whom = tuple[str, str, int | None, int | None, int | None, str, bool]


def seats_of_rule(
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
