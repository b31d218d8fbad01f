"""Somebody is put into a seat, replaced or taken out of it; what was just done can be undone.

Here: verv. Not here: which seats there are (`representation`), nor the letters of an appointment round
(`rounds`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samspill.directory.public import Account, Actor, AuditEvent, Membership, Person, record
from samspill.governance.actions.access import account_of, give_role, take_role_back
from samspill.governance.models import Seat, Tenure
from samspill.governance.permissions import check_may_act
from samspill.governance.rules.seating import check_days, check_role, check_within, in_words
from samspill.governance.states import HOLDERS, Role
from samspill.refusal import Refused

APPOINT, END, UNDO = "tenure.appoint", "tenure.end", "tenure.undo"


@dataclass(frozen=True)
class Appointee:
    """Somebody known (`person`), or a new name; an address that has an account leads to its person."""

    name: str = ""
    email: str = ""
    title: str = ""
    person: Person | None = None


def lock_seat(seat: Seat) -> Seat:
    """The seat as it stands, kept from others until the transaction ends."""
    locked = Seat.objects.select_for_update(of=("self",)).filter(pk=seat.pk).first()
    if locked is None:
        raise Refused("seat.gone", _("The seat is not here any more. Go back to the body."))
    return locked


def appoint(
    seat: Seat,
    who: Appointee,
    *,
    role: str,
    from_day: date,
    by: Actor,
    to_day: date | None = None,
    appointed_by: str = "",
    replace: bool = False,
    let_in_at: datetime | None = None,
) -> Tenure:
    """`who` holds the seat, or stands in for its holder, from `from_day` until (not including) `to_day`.

    replace    whoever holds it then leaves on that day; otherwise a seat that is held refuses
    let_in_at  a new address gets an account and a mail with the way in, at this moment
    The role in the body goes with it for those who have an account. Refuses a second seat for the same
    person, a seat that is not there that day, and a chair without a vote.
    """
    check_may_act(by, "bodies.manage", seat)
    with transaction.atomic():
        seat = lock_seat(seat)
        to_day = _last(to_day, seat.to_day)
        check_role(role, votes=seat.may_vote)
        check_days(from_day, to_day)
        check_within(from_day, seat.from_day, seat.to_day)
        person = _person(who, seat)
        _check_one_seat(person, seat, role, from_day, to_day)
        left = _make_room(seat, role, from_day, to_day, replace=replace, by=by)
        tenure = Tenure.objects.create(
            community_id=seat.community_id,
            seat=seat,
            person=person,
            name=person.name,
            title=who.title.strip() or person.title,
            role=role,
            from_day=from_day,
            to_day=to_day,
            appointed_by=appointed_by.strip()[:200] or seat.appointed_by,
        )
        given = _let_in(tenure, who, by=by, at=let_in_at)
        record(by=by, act=APPOINT, on=tenure, body=seat.body_id, left=left, given=given)
    return tenure


def end_tenure(tenure: Tenure, *, day: date, by: Actor) -> AuditEvent:
    """The tenure ends: `day` is the first day without it. The row stays as history."""
    check_may_act(by, "bodies.manage", tenure)
    with transaction.atomic():
        lock_seat(tenure.seat)
        tenure = Tenure.objects.select_related("seat__body", "community").get(pk=tenure.pk)
        if day <= tenure.from_day:
            raise Refused(
                "tenure.dates",
                _("%(name)s has the seat from %(day)s. Choose a later day.")
                % {"name": tenure.name, "day": in_words(tenure.from_day)},
                field="to_day",
            )
        if tenure.to_day is not None and day > tenure.to_day:
            raise Refused(
                "tenure.longer",
                _("It ends on %(day)s already. Appoint the person again to make it longer.")
                % {"day": in_words(tenure.to_day)},
                field="to_day",
            )
        before = tenure.to_day
        close_tenure(tenure, day, by=by)
        return record(
            by=by, act=END, on=tenure, body=tenure.seat.body_id, before=_iso(before), after=day.isoformat()
        )


def close_tenure(tenure: Tenure, day: date, *, by: Actor) -> None:
    """Set the end of a tenure and take back the role that goes with it. For acts that record themselves."""
    tenure.to_day = day
    tenure.save(update_fields=["to_day"])
    take_role_back(tenure, day, by=by)


def undo(event_id: int, *, by: Actor) -> AuditEvent:
    """Put back what an appointment or an end changed; refuses when it has been changed again since."""
    check_may_act(by, "bodies.manage")
    event = AuditEvent.objects.visible_to(by).filter(
        pk=event_id, act__in=(APPOINT, END), community_id=by.community_id
    ).first()  # fmt: skip
    if event is None or event.on_id is None:
        raise Refused("undo.unknown", _("There is nothing to undo here."))
    with transaction.atomic():
        tenure = Tenure.objects.filter(pk=event.on_id).select_related("seat__body", "community").first()
        if tenure is None:
            raise _changed()
        check_may_act(by, "bodies.manage", tenure)
        lock_seat(tenure.seat)
        (_undo_appointment if event.act == APPOINT else _undo_end)(tenure, event.details, by=by)
        return record(by=by, act=UNDO, on=tenure, body=tenure.seat.body_id, undone=event.pk)


def _undo_appointment(tenure: Tenure, details: dict[str, Any], *, by: Actor) -> None:
    if hasattr(tenure, "nomination"):
        raise Refused("undo.round", _("It came from an appointment round. End it on the day it is over."))
    if details["given"]:
        Membership.objects.filter(pk=details["given"], body_id=tenure.seat.body_id).delete()
    Tenure.objects.filter(pk=tenure.pk).delete()
    if details["left"]:
        former = Tenure.objects.select_related("seat__body", "community").get(pk=details["left"]["tenure"])
        if _iso(former.to_day) != details["left"]["after"]:
            raise _changed()
        _reopen(former, details["left"]["before"], by=by)


def _undo_end(tenure: Tenure, details: dict[str, Any], *, by: Actor) -> None:
    if _iso(tenure.to_day) != details["after"]:
        raise _changed()
    ended = tenure.to_day
    assert ended is not None  # noqa: S101  it was ended
    until = details["before"] and date.fromisoformat(details["before"])
    if tenure.role in HOLDERS and _holders(tenure.seat, ended, until).exclude(pk=tenure.pk).exists():
        raise _changed()
    _reopen(tenure, details["before"], by=by)


def _reopen(tenure: Tenure, before: str | None, *, by: Actor) -> None:
    ended = tenure.to_day
    tenure.to_day = date.fromisoformat(before) if before else None
    tenure.save(update_fields=["to_day"])
    account = account_of(tenure)
    if account and ended:
        body = {"body_id": tenure.seat.body_id, "community_id": tenure.community_id}
        closed = Membership.objects.filter(account=account, to_day=ended, **body).order_by("-pk").first()
        if closed:
            closed.to_day = tenure.to_day
            closed.save(update_fields=["to_day"])
        else:
            give_role(tenure, account, by=by, from_day=ended)


def _changed() -> Refused:
    return Refused(
        "undo.changed", _("It has been changed again since, so it was not undone. See the history.")
    )


def _person(who: Appointee, seat: Seat) -> Person:
    """The person known already, that of the account with the address, or a new one."""
    if who.person is not None:
        return who.person
    name, email = who.name.strip(), who.email.strip().lower()
    if not name:
        raise Refused("tenure.name", _("Write the name of the one who shall sit here."), field="name")
    account = Account.objects.filter(email__iexact=email).select_related("person").first() if email else None
    if account and account.person:
        return account.person
    known = Person.objects.filter(community_id=seat.community_id, email__iexact=email) if email else None
    found = known.first() if known is not None else None
    return found or Person.objects.create(
        community_id=seat.community_id, name=name[:160], email=email, title=who.title.strip()[:160]
    )


def _holders(seat: Seat, from_day: date, to_day: date | None) -> QuerySet[Tenure]:
    """Tenures of the seat, other than substitutes, on some day of the span."""
    overlap = Q(to_day__isnull=True) | Q(to_day__gt=from_day)
    if to_day is not None:
        overlap &= Q(from_day__lt=to_day)
    return Tenure.objects.filter(overlap, seat=seat).exclude(role=Role.SUBSTITUTE).order_by("from_day")


def _check_one_seat(person: Person, seat: Seat, role: str, from_day: date, to_day: date | None) -> None:
    """Nobody speaks with two voices in one body."""
    if role not in HOLDERS:
        return
    overlap = Q(to_day__isnull=True) | Q(to_day__gt=from_day)
    if to_day is not None:
        overlap &= Q(from_day__lt=to_day)
    others = Tenure.objects.filter(overlap, person=person, seat__body_id=seat.body_id, role__in=HOLDERS)
    if found := others.exclude(seat=seat).first():
        raise Refused(
            "tenure.two_seats",
            _("%(name)s sits in the body already, for %(seat)s. End that first, or choose another.")
            % {"name": person.name, "seat": found.seat},
            field="person",
        )


def _make_room(
    seat: Seat, role: str, from_day: date, to_day: date | None, *, replace: bool, by: Actor
) -> dict[str, Any] | None:
    """Who holds the seat leaves, when they are to be replaced. Refuses two holders at once in a sentence."""
    if role not in HOLDERS:
        return None
    held = list(_holders(seat, from_day, to_day).select_related("seat__body", "community"))
    later = next((one for one in held if one.from_day >= from_day), None)
    if later is not None:
        raise Refused(
            "tenure.overlap",
            _("%(name)s has this seat from %(day)s. Choose a last day before that, or end that first.")
            % {"name": later.name, "day": in_words(later.from_day)},
            field="to_day",
        )
    if held and not replace:
        raise Refused(
            "tenure.overlap",
            _("%(name)s has this seat on that day. Say that the new one takes over, or choose a later day.")
            % {"name": held[0].name},
            field="from_day",
        )
    if not held:
        return None
    former, before = held[0], _iso(held[0].to_day)
    close_tenure(former, from_day, by=by)
    return {"tenure": former.pk, "before": before, "after": from_day.isoformat()}


def _let_in(tenure: Tenure, who: Appointee, *, by: Actor, at: datetime | None) -> int | None:
    """The number of the role that was given, if one was."""
    account = account_of(tenure)
    if account is None and at is not None and tenure.person and tenure.person.email:
        account = Account(email=tenure.person.email.lower(), name=tenure.person.name, person=tenure.person)
        account.set_unusable_password()
        account.save()
    given = give_role(tenure, account, by=by, invited_at=at) if account else None
    return given.pk if given else None


def _last(to_day: date | None, seat_ends: date | None) -> date | None:
    """Nobody sits longer than there is a seat."""
    return min(day for day in (to_day, seat_ends) if day) if to_day or seat_ends else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
