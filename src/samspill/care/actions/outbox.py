"""The outbox: what is to be sent is written with what caused it, and is done when the receipt is in.

It is sent later, by a job (`samspill.fhir.jobs`), so that a receiver that is away stops nobody here. One may
get the same twice, under the same number, and never nothing: what is given up waits for a person.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.opening import opening
from samspill.care.models import Measurement, Outgoing, Receiver, SafetyNetPlan
from samspill.care.outbox_states import OUTGOING_MOVES, OutgoingState, Sends
from samspill.care.states import Act
from samspill.directory.public import Actor
from samspill.refusal import Refused

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
"""How long until it is tried again, after each time that it failed; then it is given up (17 hours in all)."""
LEASE = timedelta(minutes=5)
"""How long one worker has it alone. One that dies meanwhile has sent it, or not: it is sent again."""
RECEIPT_WITHIN = timedelta(hours=1)
WHAT = "care.outbox"


def messages_of(measurement: Measurement, to: Iterable[Receiver], *, now: datetime) -> list[Outgoing]:
    """A message to each, to be kept with the measurement."""
    return _messages(to, measurement, {"measurement": measurement}, now)


def queue_plan(plan: SafetyNetPlan, *, now: datetime) -> None:
    """To every receiver of plans from the organisation that sends it."""
    open_now = Q(ends__isnull=True) | Q(ends__gt=timezone.localdate(now))
    to = Receiver.objects.filter(open_now, tenant=plan.tenant_id, sends=Sends.PLANS).order_by("pk")
    _queue(to, plan, {"plan": plan}, now)


def queue_end_of_plan(plan: SafetyNetPlan, *, now: datetime) -> None:
    """That it is taken back, to every receiver that was to have it."""
    told = Receiver.objects.filter(outgoing__plan=plan, outgoing__is_end=False).order_by("pk")
    _queue(told, plan, {"plan": plan, "is_end": True}, now)


def _queue(to: Iterable[Receiver], plan: SafetyNetPlan, about: dict[str, Any], now: datetime) -> None:
    Outgoing.objects.bulk_create(_messages(to, plan, about, now), ignore_conflicts=True)


def _messages(
    to: Iterable[Receiver], thing: Measurement | SafetyNetPlan, about: dict[str, Any], now: datetime
) -> list[Outgoing]:
    return [
        Outgoing(
            community_id=thing.community_id,
            tenant_id=thing.tenant_id,
            patient_id=thing.patient_id,
            receiver=one,
            team_id=one.team_id,
            number=uuid.uuid4(),
            made=now,
            next_try=now,
            **about,
        )
        for one in to
    ]


def claim_due(*, now: datetime, most: int = 100) -> list[Outgoing]:
    """What is due now, for this worker alone until the lease ends. For Samspill on duty, in a transaction.

    One whose receipt did not come is sent once more, and given up in the end.
    """
    rows = Outgoing.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_try__lte=now)
    found = []
    for row in rows.select_related("receiver").order_by("next_try", "pk")[:most]:
        if row.tries > len(WAITS):
            _moved(row, OutgoingState.DEAD, next_try=None, why=row.why or "no-receipt")
            continue
        if row.state == OutgoingState.SENT:
            _moved(row, OutgoingState.QUEUED, next_try=None, why="no-receipt")
        row.tries, row.next_try = row.tries + 1, now + LEASE
        row.save()
        found.append(row)
    return found


@dataclass(frozen=True)
class Delivered:
    """What became of one try. `is_final` tells that sending it again would not help; `why` is a code."""

    is_accepted: bool
    awaits_receipt: bool = False
    is_final: bool = False
    why: str = ""


def tell_delivered(outgoing_id: int, came: Delivered, *, now: datetime) -> Outgoing:
    """Keep what became of a try. For Samspill on duty. A receipt that came first stands."""
    with transaction.atomic():
        row = Outgoing.objects.select_for_update(of=("self",)).get(pk=outgoing_id)
        if row.state != OutgoingState.QUEUED:
            return row
        if came.is_accepted:
            sent = _moved(row, OutgoingState.SENT, next_try=now + RECEIPT_WITHIN, why="")
            return sent if came.awaits_receipt else _moved(sent, OutgoingState.RECEIVED, next_try=None)
        if came.is_final:
            sent = _moved(row, OutgoingState.SENT, next_try=None, why=came.why)
            return _moved(sent, OutgoingState.REFUSED, next_try=None)
        if row.tries > len(WAITS):
            return _moved(row, OutgoingState.DEAD, next_try=None, why=came.why)
        row.next_try, row.why = now + WAITS[max(row.tries, 1) - 1], came.why
        row.save()
    return row


def take_receipt(number: uuid.UUID, *, client: int, is_accepted: bool) -> Outgoing:
    """A receiver says that it has it, or will not. For Samspill on duty; `client` is who says so.

    Refused (`receipt.unknown`): a number that was not sent to that system. Said twice, it changes nothing.
    """
    with transaction.atomic():
        found = Outgoing.objects.select_for_update(of=("self",)).filter(
            number=number, receiver__client=client
        )
        row = found.first()
        if row is None:
            raise Refused("receipt.unknown", _("Nothing with this number was sent to you."))
        wanted = OutgoingState.RECEIVED if is_accepted else OutgoingState.REFUSED
        if wanted in OUTGOING_MOVES[row.state]:
            _moved(row, wanted, next_try=None, why="" if is_accepted else "receipt-refused")
    return row


def resend(outgoing_id: int, patient_id: int, *, by: Actor, now: datetime) -> Outgoing:
    """A person sends again what was refused or given up. Refused as `opening`, and `outgoing.state`."""
    with transaction.atomic(), opening(patient_id, by=by, what=WHAT, act=Act.WRITE):
        row = Outgoing.objects.select_for_update(of=("self",)).filter(pk=outgoing_id).first()
        if row is None or row.state not in (OutgoingState.REFUSED, OutgoingState.DEAD):
            raise Refused("outgoing.state", _("This does not wait for you any more. Look at the list again."))
        row.tries = 0
        return _moved(row, OutgoingState.QUEUED, next_try=now)


def _moved(row: Outgoing, state: str, **said: Any) -> Outgoing:
    """By the table. ValueError: a move that is not in it is a fault of ours."""
    if state not in OUTGOING_MOVES[row.state]:
        raise ValueError(
            f"Outgoing goes from {row.state} to {sorted(OUTGOING_MOVES[row.state])}, not {state}."
        )
    row.state = state
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    return row
