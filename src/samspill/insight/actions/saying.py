"""Say what a signal is, take that back, and name who follows an indicator."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Account, Actor, Membership, in_force_on, record
from samspill.insight.models import Indicator, IndicatorResponsible, IndicatorSignal
from samspill.insight.models.indicator_signals import LONGEST_SAID
from samspill.insight.permissions import check_may_act
from samspill.insight.states.indicator_signals import Meaning
from samspill.refusal import Refused

ACT = "insight.signals"


def say_what_it_is(signal: IndicatorSignal, meaning: str, said: str = "", *, by: Actor) -> IndicatorSignal:
    """Close the signal with what it is. A cause that is known, and a fault, are told in words too."""
    check_may_act(by, ACT, signal)
    said = " ".join(said.split())
    if meaning not in Meaning.values:
        raise Refused("signal.meaning", _("Choose what it is."), field="meaning")
    if meaning in (Meaning.KNOWN, Meaning.FAULT) and not said:
        raise Refused("signal.said", _("Say what the cause is, in a sentence."), field="said")
    if len(said) > LONGEST_SAID:
        raise Refused(
            "signal.said",
            _("The text is %(length)s letters; at most %(most)s fit.")
            % {"length": len(said), "most": LONGEST_SAID},
            field="said",
        )
    return _set(signal, meaning, said, act="signal.said", by=by)


def take_back_said(signal: IndicatorSignal, *, by: Actor) -> IndicatorSignal:
    """It waits again for somebody to look at it."""
    check_may_act(by, ACT, signal)
    return _set(signal, "", "", act="signal.taken_back", by=by)


def name_responsible(indicator: Indicator, account: int | None, *, by: Actor) -> None:
    """From now on `account` follows the indicator in the actor's community; None: its analysts do."""
    check_may_act(by, ACT)
    here = by.community_id or 0
    rows = IndicatorResponsible.objects.filter(community_id=here, indicator=indicator)
    with transaction.atomic():
        if account is None:
            rows.delete()
        else:
            held = Membership.objects.filter(in_force_on(by.today), community_id=here)
            person = Account.objects.filter(pk=account, memberships__in=held, is_active=True).first()
            if person is None:
                raise Refused("signal.who", _("Choose somebody with a role here."), field="who")
            IndicatorResponsible.objects.update_or_create(
                community_id=here,
                indicator=indicator,
                defaults={"account": person, "named_by": by.name},
            )
        record(by=by, act="indicator.followed", on=indicator, title=indicator.title("nb"), account=account)


def _set(signal: IndicatorSignal, meaning: str, said: str, *, act: str, by: Actor) -> IndicatorSignal:
    with transaction.atomic():
        locked = IndicatorSignal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
        locked.meaning, locked.said = meaning, said
        locked.said_at, locked.said_by = (timezone.now(), by.name) if meaning else (None, "")
        locked.save(update_fields=["meaning", "said", "said_at", "said_by"])
        record(by=by, act=act, on=locked, title=signal.indicator.title("nb"), meaning=meaning)
    return locked
