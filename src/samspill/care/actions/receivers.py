"""Decide that another system gets what happens in the records of an organisation."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.clients import MANAGE, find_client
from samspill.care.models import CareTeam, Receiver
from samspill.care.outbox_states import IssuerKind, Sends
from samspill.directory.public import Actor, Party, check_may, record
from samspill.refusal import Refused

FORMS = ("batch", "collection")
LOOPBACK = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class NewReceiver:
    """`organisation` is the name of a party, "" for the team's own; `receipts_from` a registered system."""

    name: str
    sends: str
    form: str
    address: str
    organisation: str = ""
    receipts_from: str = ""


@dataclass(frozen=True)
class NewLogin:
    """Who gives the tokens that a receiver wants, and who we are there. All "" for one that wants none."""

    issuer: str = ""
    login_as: str = ""
    scope: str = ""
    kind: str = IssuerKind.SMART
    uses_dpop: bool = True


NO_LOGIN = NewLogin()


def add_receiver(new: NewReceiver, *, team: CareTeam, by: Actor, login: NewLogin = NO_LOGIN) -> Receiver:
    """From now, what is new is sent there too; `team` is told when it does not come through.

    Refused: `receiver.what`, `.form`, `.address`, `.organisation`, `.client`, `.exists`, `.issuer`.
    """
    check_may(by, MANAGE)
    _check(new)
    _check_login(login)
    client = find_client(new.receipts_from) if new.receipts_from else None
    if new.receipts_from and (client is None or client.community_id != by.community_id):
        raise Refused("receiver.client", _("No system of that name is registered here."))
    try:
        with transaction.atomic():
            made = Receiver.objects.create(
                community_id=team.community_id,
                tenant_id=_tenant(new, team, by),
                team=team,
                name=new.name,
                sends=new.sends,
                form=new.form,
                address=new.address,
                client=client,
                **_columns(login),
            )
    except IntegrityError as error:
        raise Refused("receiver.exists", _("A receiver of this name gets it already.")) from error
    record(by=by, act="receiver.add", on=made, sends=new.sends)
    return made


def set_login(receiver: Receiver, login: NewLogin, *, by: Actor) -> Receiver:
    """From the next message, we are who `login` says. Our key is not here. Refused: `receiver.issuer`."""
    check_may(by, MANAGE)
    _check_login(login)
    with transaction.atomic():
        for name, value in _columns(login).items():
            setattr(receiver, name, value)
        receiver.save()
        record(by=by, act="receiver.login", on=receiver, issuer=login.issuer)
    return receiver


def _columns(login: NewLogin) -> dict[str, Any]:
    return {
        "issuer": login.issuer,
        "login_as": login.login_as,
        "scope": login.scope,
        "issuer_kind": login.kind,
        "uses_dpop": login.uses_dpop,
    }


def _check_login(login: NewLogin) -> None:
    if not login.issuer and not login.login_as:
        return
    if not login.issuer or not login.login_as:
        raise Refused(
            "receiver.issuer", _("Say both who gives the tokens and what we are called there, or neither.")
        )
    if not _is_safe(login.issuer) or login.kind not in IssuerKind.values:
        raise Refused(
            "receiver.issuer",
            _("Who gives tokens has an address with https, and is of kind smart or helseid."),
        )


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or parts.hostname in LOOPBACK)


def _check(new: NewReceiver) -> None:
    if new.sends not in Sends.values:
        raise Refused("receiver.what", _("What is sent is measurements or plans."))
    if new.form not in FORMS:
        raise Refused("receiver.form", _("The form is batch or collection."))
    if not _is_safe(new.address):
        raise Refused(
            "receiver.address", _("Patients' values are sent over https alone. Give such an address.")
        )


def _tenant(new: NewReceiver, team: CareTeam, by: Actor) -> int:
    if not new.organisation:
        return team.tenant_id
    found = Party.objects.filter(community_id=by.community_id or 0, name__iexact=new.organisation).first()
    if found is None:
        raise Refused("receiver.organisation", _("No organisation of that name is in the helsefellesskap."))
    return found.pk
