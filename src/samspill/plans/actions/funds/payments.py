"""The payments of an award after the work has begun: one more, another day or amount, none after all.

Each with its reason, within what was awarded, kept in the log and taken back by `undo_payment`. What is
paid stays as it is until somebody says that it is not paid after all (`reporting.mark_paid`).
"""

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, AuditEvent, record
from samspill.plans.actions.funds.calls import AWARD, check_may_manage
from samspill.plans.models import Award, Payment
from samspill.plans.queries.funds.applications import people_of_party
from samspill.plans.rules.dates import short_day
from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.rules.funds.awards import check_payment, check_reason, check_started, check_unpaid
from samspill.refusal import Refused
from samspill.worklist.public import Words, notify

PLAN, UNDO = "fund.payment", "fund.payment_undo"
_Snapshot = dict[str, Any] | None


def add_payment(award: Award, *, due: date, nok: int, condition: str, because: str, by: Actor) -> AuditEvent:
    """One more payment of what is not planned yet."""
    with transaction.atomic():
        award = _open(award.pk, by)
        _check(award, due, nok, because)
        one = Payment(award=award, community_id=award.community_id, due=due, nok=nok)
        one.condition = condition.strip()[:200]
        one.save()
        return _tell(award, one.pk, None, _snapshot(one), because, by)


def change_payment(
    payment: Payment, *, due: date, nok: int, condition: str, because: str, by: Actor
) -> AuditEvent:
    """Another day, amount or condition. Refuses one that is paid, and more than the award."""
    with transaction.atomic():
        award = _open(payment.award_id, by)
        one = lock_payment(payment)
        check_unpaid(one.paid_on)
        _check(award, due, nok, because, but=one.pk)
        before = _snapshot(one)
        one.due, one.nok, one.condition = due, nok, condition.strip()[:200]
        one.save(update_fields=["due", "nok", "condition"])
        return _tell(award, one.pk, before, _snapshot(one), because, by)


def cancel_payment(payment: Payment, *, because: str, by: Actor) -> AuditEvent:
    """It is not paid. What it was can be planned anew."""
    with transaction.atomic():
        award = _open(payment.award_id, by)
        one = lock_payment(payment)
        check_unpaid(one.paid_on)
        check_reason(because)
        number, before = one.pk, _snapshot(one)
        one.delete()
        return _tell(award, number, before, None, because, by)


def undo_payment(event_id: int, *, by: Actor) -> AuditEvent:
    """Put back what one of these acts did. Refuses when the payment has been changed or paid since, and when
    the award does not hold it any more."""
    found = AuditEvent.objects.visible_to(by).filter(pk=event_id, act=PLAN, on_kind=AWARD)
    with transaction.atomic():
        event = found.first()
        if event is None:
            raise Refused("undo.unknown", gettext_lazy("There is nothing to undo here."))
        award = _open(event.on_id or 0, by)
        number, before, after = (event.details[name] for name in ("payment", "before", "after"))
        present = Payment.objects.select_for_update().filter(pk=number, award=award).first()
        if (_snapshot(present) if present else None) != after:
            raise Refused(
                "undo.changed",
                gettext_lazy("It has been changed again since, so it was not undone. See the history."),
            )
        if before is not None:
            check_payment(before["nok"], awarded=award.nok, planned=_planned(award, but=number))
        _restore(award, number, before)
        return record(by=by, act=UNDO, on=award, payment=number, before=after, after=before)


def lock_payment(payment: Payment) -> Payment:
    found = Payment.objects.select_for_update(of=("self",)).select_related("award").filter(pk=payment.pk)
    one = found.first()
    if one is None:
        raise Refused(
            "funds.payment_gone", gettext_lazy("The payment is not here any more. Go back to the award.")
        )
    return one


def _open(number: int, by: Actor) -> Award:
    """The award, locked, once it is clear that `by` may plan its payments now."""
    rows = Award.objects.visible_to(by).select_for_update(of=("self",)).select_related("application", "call")
    award = rows.filter(pk=number).first()
    if award is None:
        raise Refused("funds.award_gone", gettext_lazy("The award is not here. Go back to the call."))
    check_may_manage(by, award.community_id)
    check_started(award.application.state)
    return award


def _check(award: Award, due: date, nok: int, because: str, but: int | None = None) -> None:
    if due < award.decided_on:
        raise Refused(
            "funds.payment_early",
            gettext_lazy("The money was awarded %(day)s. Choose a day after that.")
            % {"day": short_day(award.decided_on)},
            field="due",
        )
    check_payment(nok, awarded=award.nok, planned=_planned(award, but=but))
    check_reason(because)


def _planned(award: Award, *, but: int | None = None) -> int:
    others = Payment.objects.filter(award=award).exclude(pk=but or 0)
    return others.aggregate(planned=Sum("nok"))["planned"] or 0


def _snapshot(one: Payment) -> dict[str, Any]:
    paid = one.paid_on.isoformat() if one.paid_on else None
    return {"due": one.due.isoformat(), "nok": one.nok, "condition": one.condition, "paid_on": paid}


def _restore(award: Award, number: int, value: _Snapshot) -> None:
    if value is None:
        Payment.objects.filter(pk=number, award=award).delete()
        return
    Payment(
        pk=number,
        community_id=award.community_id,
        award=award,
        due=date.fromisoformat(value["due"]),
        nok=value["nok"],
        condition=value["condition"],
    ).save()


def _tell(
    award: Award, number: int, before: _Snapshot, after: _Snapshot, because: str, by: Actor
) -> AuditEvent:
    """Into the log, and to those who get the money."""
    because = because.strip()[:500]
    event = record(by=by, act=PLAN, on=award, payment=number, before=before, after=after, because=because)
    notify(
        to=people_of_party(award.applicant_id, by),
        key=f"plans.payment:{event.pk}",
        words=partial(_words, award, before, after, because),
        by=by,
        path=reverse("plans:fund-award", args=[award.pk]),
    )
    return event


def _words(award: Award, before: _Snapshot, after: _Snapshot, because: str) -> Words:
    return Words(
        _("The payments of «%(title)s» are changed") % {"title": award.title},
        f"{payment_change(before, after)} {because}",
    )


def payment_change(before: _Snapshot, after: _Snapshot) -> str:
    """What one of these acts did, in a sentence."""
    if before is None:
        return _("New: %(after)s.") % {"after": _amount(after)}
    if after is None:
        return _("Cancelled: %(before)s.") % {"before": _amount(before)}
    if (before["due"], before["nok"]) == (after["due"], after["nok"]):
        return _("Another condition for %(after)s.") % {"after": _amount(after)}
    return _("%(before)s became %(after)s.") % {"before": _amount(before), "after": _amount(after)}


def _amount(value: _Snapshot) -> str:
    assert value is not None  # noqa: S101  asked for only where there is one
    day = short_day(date.fromisoformat(value["due"]))
    return _("%(amount)s on %(day)s") % {"amount": kroner(value["nok"]), "day": day}
