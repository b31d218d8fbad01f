"""Give somebody the way in: a signed link that is good once, and what it opens.

The link names an account and a mark of its keys as they were. Choosing a password, binding an identity,
signing in or ending all sessions changes the mark, and the link is dead; nothing has to be kept or swept.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samspill.directory.actions.letters import Letter, send_letter, written_for
from samspill.directory.actor import Actor
from samspill.directory.audit import record
from samspill.directory.isolation import scope
from samspill.directory.models import Account, AuditEvent, Membership
from samspill.directory.permissions import check_may
from samspill.directory.queries import acting_as
from samspill.directory.states import RoleCode
from samspill.refusal import Refused

if TYPE_CHECKING:
    from samspill.directory.oidc import Identity

SALT = "samspill.invitation"
INVITATION_LASTS = timedelta(days=7)
NEW_PASSWORD_LASTS = timedelta(hours=24)
BETWEEN_REQUESTS = timedelta(minutes=5)  # nobody's inbox is filled by somebody who presses a button

SENTENCES = {
    "invitation.broken": gettext_lazy(
        "The link is not whole. Copy all of it from the mail, or ask for a new one on the sign-in page."
    ),
    "invitation.expired": gettext_lazy(
        "The link is too old. Ask for a new one on the sign-in page, and you have it in a minute."
    ),
    "invitation.used": gettext_lazy(
        "The link has been used. Sign in, or ask for a new one on the sign-in page."
    ),
}


def has_key(account: Account) -> bool:
    """Whether its owner can sign in already, with a password or with HelseID or ID-porten."""
    return account.has_usable_password() or bool(account.subject)


def make_token(account: Account, *, until: datetime) -> str:
    """The last part of a link that opens `account` once, until `until`."""
    content = {"account": account.pk, "mark": _mark(account), "until": int(until.timestamp())}
    return signing.Signer(salt=SALT).sign_object(content)


def account_of(token: str, *, now: datetime) -> Account:
    """The account a link opens, locked until the transaction ends. Refuses what is broken, old or used."""
    try:
        content = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature as error:
        raise _refused("invitation.broken") from error
    if now.timestamp() > content["until"]:
        raise _refused("invitation.expired")
    account = Account.objects.select_for_update().filter(pk=content["account"], is_active=True).first()
    if account is None or not constant_time_compare(_mark(account), content["mark"]):
        raise _refused("invitation.used")
    return account


def _refused(code: str) -> Refused:
    return Refused(code, SENTENCES[code])


def _mark(account: Account) -> str:
    keys = (
        account.pk, account.email, account.password, account.issuer, account.subject,
        account.session_stamp, account.last_login and account.last_login.timestamp(),
    )  # fmt: skip
    return salted_hmac(SALT, "\n".join(str(key) for key in keys), algorithm="sha256").hexdigest()[:32]


def choose_password(token: str, password: str, *, now: datetime) -> Account:
    """The link's account gets its password; other sessions of it end, and the link with them."""
    with transaction.atomic():
        account = account_of(token, now=now)
        account.set_password(password)
        account.save(update_fields=["password"])
        record_own(account, "account.choose_password", today=_day(now))
    return account


def bind_identity(token: str, identity: "Identity", *, now: datetime) -> Account:
    """The link's account is opened by this identity at HelseID or ID-porten from now on.

    Refuses an identity that opens another account: one person, one key.
    """
    with transaction.atomic():
        account = account_of(token, now=now)
        holder = Account.objects.filter(issuer=identity.issuer, subject=identity.subject).first()
        if holder is not None and holder != account:
            raise Refused(
                "identity.taken",
                _(
                    "You have an account here already. Sign in without the invitation, and ask your "
                    "secretariat to give the role to that account."
                ),
            )
        account.issuer, account.subject = identity.issuer, identity.subject
        account.save(update_fields=["issuer", "subject"])
        record_own(account, "account.bind_identity", today=_day(now), issuer=identity.issuer)
    return account


def record_own(account: Account, act: str, *, today: date, **details: Any) -> None:
    """Record what an account's owner did to it before there was a session."""
    actor = acting_as(account, today=today)
    with scope(actor):
        record(by=actor, act=act, on=account, **details)


def invite(membership: Membership, *, now: datetime) -> None:
    """Mail the one who got a role: the way in to who has no key yet, word of the role to who has."""
    account, community = membership.account, membership.community
    if not account.is_active:
        return
    with written_for(account, community.written_form):
        send_letter(_new_role(membership) if has_key(account) else _welcome(membership, now), account)


def way_in(account: Account, *, now: datetime) -> str:
    """The address of a link that opens `account` once; "" for one whose owner can sign in already."""
    return "" if has_key(account) else settings.ORIGIN + _path_in(account, now + INVITATION_LASTS)


def _path_in(account: Account, until: datetime) -> str:
    return reverse("directory:invitation-link", args=[make_token(account, until=until)])


def _let_in(membership: Membership) -> str:
    return _("%(community)s has given you a place in Samspill, as %(role)s.") % {
        "community": membership.community.full_name,
        "role": RoleCode(membership.role).label,
    }


def _new_role(membership: Membership) -> Letter:
    return Letter(
        headline=_("You have a new role in %(community)s") % {"community": membership.community.full_name},
        paragraphs=[_let_in(membership)],
        act=_("Open Samspill"),
        path="/",
        footer=_("You sign in as you use to."),
    )


def _welcome(membership: Membership, now: datetime) -> Letter:
    welcome = _("Welcome to Samspill for %(community)s") % {"community": membership.community.full_name}
    what = _("In Samspill hospital and municipalities plan together. Choose how you will sign in, and go in.")
    return _way_in(
        membership.account,
        now=now,
        lasts=INVITATION_LASTS,
        headline=welcome,
        paragraphs=[_let_in(membership), what],
        act=_("Open Samspill"),
    )


def invite_again(membership: Membership, *, by: Actor, now: datetime) -> None:
    """A new invitation, which ends no older one. Refuses when the person has been in already."""
    check_may(by, "directory.manage_people")
    if has_key(membership.account):
        raise Refused(
            "invitation.not_needed",
            _("%(name)s has come in already, and can ask for a new password on the sign-in page.")
            % {"name": membership.account.name},
        )
    with transaction.atomic():
        invite(membership, now=now)
        record(by=by, act="membership.invite", on=membership.account, role=membership.role)


def ask_new_password(email: str, *, now: datetime) -> None:
    """Mail a link to the account with this address, if there is one; the caller is told the same either way.

    Who signs in with HelseID or ID-porten only is told so: a mail must not open what BankID protects.
    """
    account = Account.objects.filter(email__iexact=email, is_active=True).first()
    if account is None or _has_just_asked(account, now):
        return
    actor = acting_as(account, today=_day(now))
    home = actor.community.written_form if actor.community else ""
    with transaction.atomic(), written_for(account, home):
        send_letter(_new_password_letter(account, now), account)
        with scope(actor):
            record(by=actor, act="account.ask_password", on=account)


def _has_just_asked(account: Account, now: datetime) -> bool:
    asked = AuditEvent.objects.filter(
        by=account, act="account.ask_password", at__gt=now - BETWEEN_REQUESTS, at__lte=now
    )
    with scope(Actor(today=_day(now), account_id=account.pk)):
        return asked.exists()


def _new_password_letter(account: Account, now: datetime) -> Letter:
    if account.subject and not account.has_usable_password():
        return Letter(
            headline=_("You sign in to Samspill without a password"),
            paragraphs=[_("Your account opens with HelseID or ID-porten. Choose it on the sign-in page.")],
            act=_("Sign in to Samspill"),
            path=reverse("directory:sign-in"),
            footer=_("If it was not you who asked for this, there is nothing you need to do."),
        )
    return _way_in(
        account, now=now, lasts=NEW_PASSWORD_LASTS,
        headline=_("New password for Samspill"),
        paragraphs=[_("Somebody, most likely you, asked for a new password for this address.")],
        act=_("Choose a new password"),
    )  # fmt: skip


def _way_in(
    account: Account, *, now: datetime, lasts: timedelta, headline: str, paragraphs: list[str], act: str
) -> Letter:
    until = timezone.localtime(now + lasts)
    last = dateformat.format(until, pgettext("date and time in a mail", "j F, H:i"))
    return Letter(
        headline=headline,
        paragraphs=paragraphs,
        act=act,
        path=_path_in(account, now + lasts),
        footer=_(
            "The link is yours alone, can be used once and holds until %(last)s. "
            "If you did not expect this mail, leave it be."
        )
        % {"last": last},
    )


def _day(now: datetime) -> date:
    return timezone.localtime(now).date()
