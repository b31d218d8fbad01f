"""Links in mails that do one thing after one confirmation: made, opened, used once, taken back."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Account, Actor, acting_as, scope
from samspill.refusal import Refused
from samspill.worklist.models import MailLink
from samspill.worklist.registries import LINK_ACTS, LONGEST_SAID, SAID, Ask, Asked
from samspill.worklist.rules import LINK_LASTS
from samspill.worklist.wording import day_of_month

LONGEST_NUMBER = 18  # digits that a bigint column holds whatever they are


@dataclass(frozen=True)
class OpenLink:
    """A link that may be used now: who it acts as, and what it will do."""

    link: MailLink
    actor: Actor
    asked: Asked

    @property
    def asks_for(self) -> str:
        """What the sentence is called that may be written with it; "" when none is asked for."""
        return str(LINK_ACTS[self.link.act].asks_for)


def make_link(ask: Ask, *, account: Account, community_id: int, now: datetime) -> str:
    """A token that lets `account` do `ask` once, until two weeks from `now`. Inside the community's scope."""
    token = f"{community_id}-{secrets.token_urlsafe(32)}"
    MailLink.objects.create(
        community_id=community_id,
        account=account,
        act=ask.act,
        thing_id=ask.thing,
        arguments=dict(ask.arguments),
        token_hash=_hash(token),
        stamp=account.session_stamp,
        expires_at=now + LINK_LASTS,
    )
    return token


def find_link(token: str) -> MailLink | None:
    """The link's row with its account and community, whatever has become of it; None for a made-up token."""
    community_id = _community(token)
    if community_id is None:
        return None
    with scope(Actor(today=date.min, community_id=community_id)):
        rows = MailLink.objects.select_related("account", "community")
        return rows.filter(token_hash=_hash(token)).first()


def open_link(token: str, *, visitor: Actor, now: datetime) -> OpenLink:
    """What the link will do, without doing it.

    Refuses a link that is unknown, used, too old or taken back, another signed-in person, somebody who
    has left the community, and an act that can no longer be done.
    """
    link = find_link(token)
    if link is None:
        raise Refused(
            "link.unknown",
            _("This link leads nowhere. Perhaps a part of the address is missing: copy all of it."),
        )
    today = timezone.localtime(now).date()
    _check_usable(link, now)
    if visitor.is_known and visitor.account_id != link.account_id:
        raise Refused(
            "link.other_person",
            _("The link was sent to %(name)s, but you are signed in as %(you)s. Sign out to use it.")
            % {"name": link.account.name, "you": visitor.name},
            forbidden=True,
        )
    actor = acting_as(link.account, today=today, community_id=link.community_id)
    if actor.community_id != link.community_id:
        raise Refused(
            "link.left", _("You no longer have a role here, so the link does nothing."), forbidden=True
        )
    with scope(actor):
        asked = LINK_ACTS[link.act].describe(link.thing_id, link.arguments, actor)
    return OpenLink(link, actor, asked)


def use_link(token: str, *, visitor: Actor, now: datetime, said: str = "") -> str:
    """Do what the link is for, and tell it in a sentence. Of two uses at once, one is refused.

    `said` is the sentence somebody wrote, where the act asks for one. A refused one leaves the link unused.
    """
    with transaction.atomic():
        opened = open_link(token, visitor=visitor, now=now)
        arguments = opened.link.arguments
        if opened.asks_for:
            check_said(said)
            arguments = {**arguments, SAID: said.strip()}
        with scope(opened.actor):
            taken = MailLink.objects.filter(pk=opened.link.pk, used__isnull=True).update(used=now)
            if not taken:
                raise _used(opened.link)
            act = LINK_ACTS[opened.link.act]
            return act.perform(opened.link.thing_id, arguments, opened.actor)


def check_said(said: str) -> None:
    """Refuses more than there is room for, so that nothing is cut off unseen."""
    length = len(said.strip())
    if length > LONGEST_SAID:
        raise Refused(
            "link.said_too_long",
            _("The sentence is %(found)s characters long; there is room for %(limit)s. Shorten it.")
            % {"found": length, "limit": LONGEST_SAID},
            field=SAID,
        )


def revoke_links(account: Account, *, community_id: int, now: datetime) -> int:
    """Every unused link of the account in the community stops working; returns how many. Inside its scope."""
    unused = MailLink.objects.filter(account=account, community_id=community_id, used__isnull=True)
    return unused.filter(expires_at__gt=now).update(expires_at=now)


def _check_usable(link: MailLink, now: datetime) -> None:
    if link.used:
        raise _used(link)
    if link.expires_at <= now or link.stamp != link.account.session_stamp or not link.account.is_active:
        raise Refused(
            "link.expired",
            _("This link is too old, or you have signed out everywhere since. Sign in to do it instead."),
        )


def _used(link: MailLink) -> Refused:
    if link.used is None:
        return Refused("link.used", _("This link has just been used. What it was for is done."))
    at = timezone.localtime(link.used)
    return Refused(
        "link.used",
        _("This link was used %(day)s at %(hour)s. What it was for is done.")
        % {"day": day_of_month(at.date(), at.date()), "hour": f"{at:%H.%M}"},
    )


def _community(token: str) -> int | None:
    """The tenant stands first in the token, so that the row can be looked up behind the tenant's wall."""
    number, dash, _secret = token.partition("-")
    is_number = number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER
    return int(number) if dash and is_number else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
