"""Give somebody a key, a role, and take all sessions back."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.actions.invitations import invite, record_own
from samspill.directory.actor import Actor
from samspill.directory.audit import record
from samspill.directory.models import Account, Body, Community, Membership, Party, Person
from samspill.directory.permissions import MAY, check_may
from samspill.directory.queries import in_force_on
from samspill.directory.states import WrittenForm
from samspill.refusal import Refused

if TYPE_CHECKING:
    from samspill.directory.oidc import Identity


@dataclass(frozen=True)
class NewMember:
    """What is asked when somebody is let in."""

    name: str
    email: str
    role: str
    from_day: date
    to_day: date | None = None
    title: str = ""
    phone: str = ""


def add_member(
    *, community: Community, new: NewMember, by: Actor, party: Party | None = None, body: Body | None = None,
    invited_at: datetime | None = None,
) -> Membership:  # fmt: skip
    """A person with an account and a role; who has an account gets the role added.

    The account has no key until its owner chooses one. With `invited_at` a new member gets a mail: the way
    in, or word of the role (`invitations.invite`). Refuses an end before the start.
    """
    check_may(by, "directory.manage_people")
    if new.to_day and new.to_day <= new.from_day:
        raise Refused(
            "membership.dates", _("The last day is before the first day. Change one of them."), field="to_day"
        )
    with transaction.atomic():
        account = Account.objects.filter(email__iexact=new.email).first()
        if account is None:
            account = _new_account(community, new)
        membership, is_new = Membership.objects.get_or_create(
            community=community,
            account=account,
            role=new.role,
            party=party,
            body=body,
            from_day=new.from_day,
            defaults={"to_day": new.to_day},
        )
        if is_new:
            record(by=by, act="membership.add", on=account, role=new.role, membership=membership.pk)
            if invited_at is not None:
                invite(membership, now=invited_at)
    return membership


def _new_account(community: Community, new: NewMember) -> Account:
    person = Person.objects.create(
        community=community, name=new.name, email=new.email, phone=new.phone, title=new.title
    )
    account = Account(email=new.email.lower(), name=new.name, person=person)
    account.set_unusable_password()
    account.save()
    return account


def end_membership(membership: Membership, *, day: date, by: Actor) -> None:
    """The role ends on `day` (the first day without it); the row stays as history.

    Refuses a day before the role began, and the end of the only one who can let others in.
    """
    check_may(by, "directory.manage_people")
    if day <= membership.from_day:
        raise Refused(
            "membership.dates", _("The role began later than that. Choose a later day."), field="to_day"
        )
    _check_somebody_keeps_the_key(membership, day)
    with transaction.atomic():
        membership.to_day = day
        membership.save(update_fields=["to_day"])
        record(by=by, act="membership.end", on=membership.account, membership=membership.pk)


def _check_somebody_keeps_the_key(membership: Membership, day: date) -> None:
    keepers = MAY["directory.manage_people"]
    others = Membership.objects.filter(
        in_force_on(day), community_id=membership.community_id, role__in=keepers, account__is_active=True
    ).exclude(pk=membership.pk)
    if membership.role in keepers and not others.exists():
        raise Refused(
            "membership.last_keeper",
            _("Nobody else can let people in then. Give somebody that role first, and end this one after."),
            field="to_day",
        )


def choose_written_form(account: Account, written_form: str) -> None:
    """What the account's owner reads, and gets mails in. Refuses nothing: another code is no choice."""
    if written_form in WrittenForm.values and written_form != account.written_form:
        account.written_form = written_form
        account.save(update_fields=["written_form"])


def sign_out_everywhere(account: Account, *, by: Actor) -> None:
    """End every session of the account, this one too."""
    with transaction.atomic():
        account.session_stamp = uuid.uuid4()
        account.save(update_fields=["session_stamp"])
        record(by=by, act="account.sign_out_everywhere", on=account)


def change_password(account: Account, password: str, *, by: Actor) -> None:
    """A new password; every session but the one that is kept by the caller ends."""
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        record(by=by, act="account.change_password", on=account)


def record_sign_in(account: Account, *, how: str, today: date) -> None:
    """`how`: "password", or the name of the identity provider."""
    record_own(account, "account.sign_in", today=today, how=how)


def account_for_identity(identity: "Identity") -> Account:
    """The account that belongs to an identity from HelseID or ID-porten.

    Refuses when nobody has it: an account is made by the secretariat, never by signing in.
    """
    account = Account.objects.filter(issuer=identity.issuer, subject=identity.subject, is_active=True).first()
    if account is None:
        raise Refused(
            "identity.unknown",
            _(
                "You are signed in with %(issuer)s, but have no account here. "
                "Ask your secretariat to let you in."
            )
            % {"issuer": identity.issuer},
            forbidden=True,
        )
    return account
