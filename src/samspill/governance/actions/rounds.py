"""An appointment round: everybody who appoints to a body is asked for names, reminded, and put in at once."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Actor, Body, record
from samspill.governance.actions.mandates import lock_body
from samspill.governance.actions.tenures import Appointee, appoint
from samspill.governance.models import AppointmentRound, Nomination, Seat
from samspill.governance.permissions import check_may_act, may_act
from samspill.governance.queries.bodies import SeatOnDay, composition
from samspill.governance.queries.rounds import (
    Asked,
    asked_in,
    may_name,
    seats_of,
    speakers,
    voices_on,
)
from samspill.governance.rules.rounds import check_name, check_open, check_round, is_reminded
from samspill.governance.rules.seating import in_words
from samspill.governance.states import HOLDERS, Role, RoundState
from samspill.refusal import Refused
from samspill.worklist.public import Words, notify


@dataclass(frozen=True)
class RoundWords:
    """The period the names are for (`to_day` is the first day without), when they are due, and a word."""

    from_day: date
    answer_by: date
    to_day: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Named:
    """A name for a seat."""

    name: str
    email: str = ""
    title: str = ""
    role: str = Role.MEMBER


def lock_round(found: AppointmentRound) -> AppointmentRound:
    locked = AppointmentRound.objects.select_for_update(of=("self",)).filter(pk=found.pk).first()
    if locked is None:
        raise Refused("round.gone", _("The round is not here any more. Go back to the body."))
    return locked


def begin_round(body: Body, words: RoundWords, *, by: Actor) -> AppointmentRound:
    """Ask everybody who appoints to the body. Refuses a second open round, and days that do not fit."""
    check_may_act(by, "bodies.manage", body)
    with transaction.atomic():
        body = lock_body(body)
        seats = composition(body.pk, words.from_day).seats
        check_round(words.from_day, words.to_day, words.answer_by, today=by.today, seats=len(seats))
        if AppointmentRound.objects.filter(body=body, state=RoundState.OPEN).exists():
            raise Refused("round.open", _("There is a round for this body already. Finish that one first."))
        found = AppointmentRound.objects.create(
            community_id=body.community_id,
            body=body,
            from_day=words.from_day,
            to_day=words.to_day,
            answer_by=words.answer_by,
            words=words.words.strip(),
        )
        told = _write_to(found, asked_in(found), key=f"governance.round:{found.pk}", by=by)
        record(by=by, act="round.begin", on=found, title=body.name, body=body.pk, told=told)
    return found


def nominate(
    found: AppointmentRound, seat: Seat, who: Named, *, by: Actor, substitute: Named | None = None
) -> Nomination:
    """The name for a seat, and for who stands in; a new name replaces the former. Without one: it is removed.

    By the secretariat, or somebody who speaks for who appoints to the seat.
    """
    with transaction.atomic():
        found = lock_round(found)
        check_open(found.state)
        on_day = next((one for one in seats_of(found) if one.seat.pk == seat.pk), None)
        if on_day is None:
            raise Refused("round.seat", _("The round does not ask for that seat. Go back to the list."))
        check_may_name(found, on_day, by=by)
        check_name(who.name, who.role)
        given = _put(found, on_day.seat, who, by=by)
        if substitute is not None and substitute.name.strip():
            _put(found, on_day.seat, substitute, by=by)
        elif substitute is not None:
            Nomination.objects.filter(round=found, seat=seat, role=Role.SUBSTITUTE).delete()
        record(by=by, act="round.name", on=given, round=found.pk, seat=seat.pk)
    return given


def check_may_name(found: AppointmentRound, on_day: SeatOnDay, *, by: Actor) -> None:
    if may_act(by, "bodies.manage", found):
        return
    if by.community_id != found.community_id or not may_name(by, on_day, voices_on(found.body, by)):
        raise Refused(
            "nomination.whose",
            _("Only those who speak for %(whom)s, and the secretariat, can give a name for this seat.")
            % {"whom": on_day.seat},
            forbidden=True,
        )


def _put(found: AppointmentRound, seat: Seat, who: Named, *, by: Actor) -> Nomination:
    here = Nomination.objects.filter(round=found, seat=seat)
    same = (
        here.filter(role=Role.SUBSTITUTE)
        if who.role == Role.SUBSTITUTE
        else here.exclude(role=Role.SUBSTITUTE)
    )
    given = same.first() or Nomination(community_id=found.community_id, round=found, seat=seat)
    given.role, given.name, given.email = who.role, who.name.strip()[:160], who.email.strip().lower()
    given.title, given.given_by_id = who.title.strip()[:160], by.account_id
    given.save()
    return given


def close_round(found: AppointmentRound, *, by: Actor, let_in_at: datetime | None = None) -> int:
    """Put in everybody who was named, for the round's period; returns how many. Others stay where they are.

    Who held the seat leaves on the first day; who goes on keeps the role they had. All are put in, or none.
    """
    check_may_act(by, "bodies.manage", found)
    with transaction.atomic():
        found = lock_round(found)
        check_open(found.state)
        before = {one.seat.pk: one for one in seats_of(found)}
        named = list(Nomination.objects.filter(round=found, tenure__isnull=True).select_related("seat"))
        if not named:
            raise Refused("round.empty", _("Nobody has been named yet. Wait, or write the names yourself."))
        for given in sorted(named, key=lambda one: one.role == Role.SUBSTITUTE):
            given.tenure = _put_in(found, given, before.get(given.seat_id), by=by, at=let_in_at)
            given.save(update_fields=["tenure"])
        found.state = RoundState.CLOSED
        found.save(update_fields=["state"])
        record(
            by=by, act="round.close", on=found, title=found.body.name, body=found.body_id, seated=len(named)
        )
    return len(named)


def _put_in(  # type: ignore[no-untyped-def]
    found: AppointmentRound, given: Nomination, on_day: SeatOnDay | None, *, by: Actor, at: datetime | None
):
    role = given.role
    holder = on_day.holder if on_day else None
    goes_on = holder is not None and holder.name.casefold() == given.name.casefold()
    if role == Role.MEMBER and goes_on and holder and holder.role in HOLDERS:
        role = holder.role
    if role == Role.MEMBER and not given.seat.may_vote:
        role = Role.OBSERVER
    person = holder.person if goes_on and holder else None
    return appoint(
        given.seat,
        Appointee(given.name, given.email, given.title, person=person),
        role=role,
        from_day=found.from_day,
        to_day=found.to_day,
        by=by,
        replace=True,
        let_in_at=at if given.email else None,
    )


def remind_round(found: AppointmentRound, *, by: Actor) -> int:
    """Write once more today to those who have not answered; returns how many were told."""
    check_may_act(by, "bodies.manage", found)
    check_open(found.state)
    late = [one for one in asked_in(found) if not one.has_answered]
    with transaction.atomic():
        told = _write_to(found, late, key=f"governance.round:{found.pk}:{by.today}", by=by)
        if told:
            record(by=by, act="round.remind", on=found, title=found.body.name, body=found.body_id, told=told)
    return told


def remind_of_rounds(*, by: Actor) -> int:
    """The reminders of a morning, for every open round of the community. `by` is Samspill itself."""
    told = 0
    rounds = AppointmentRound.objects.filter(community_id=by.community_id or 0, state=RoundState.OPEN)
    for found in rounds.select_related("body__community"):
        if is_reminded(found.answer_by, by.today):
            told += remind_round(found, by=by)
    return told


def _write_to(found: AppointmentRound, asked: list[Asked], *, key: str, by: Actor) -> int:
    """A mail with a link to the page of the round, one for each who appoints; returns how many people."""
    voices = voices_on(found.body, by)
    return sum(
        notify(
            to=speakers(one, found.body, voices, by),
            key=f"{key}:{one.key}",
            words=partial(_words, found, one),
            by=by,
            path=reverse("governance:round", args=[found.pk]),
        )
        for one in asked
    )


def _words(found: AppointmentRound, one: Asked) -> Words:
    title = ngettext(
        "Who shall sit in %(body)s for %(whom)s?", "Which %(count)s shall sit in %(body)s for %(whom)s?",
        len(one.lines),
    ) % {"body": found.body, "whom": one.name, "count": len(one.lines)}  # fmt: skip
    text = _("Write the name by %(day)s. It is for the time from %(from_day)s.") % {
        "day": in_words(found.answer_by),
        "from_day": in_words(found.from_day),
    }
    return Words(title, f"{text} {found.words}".strip())
