"""Following along by e-mail without an account: asked for on a page, begun and ended from one's own mail.

Here: the rows, their tokens and the limits. Not here: the mails (`subscription_mail`). Nothing is kept of
somebody who has ended it, and nothing of somebody who never confirmed for more than two days.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, WrittenForm, record
from samspill.governance.models import Subscription
from samspill.governance.queries.open_search import Wanted
from samspill.governance.queries.open_wanted import read_kept
from samspill.governance.states import Follows
from samspill.refusal import Refused

KEPT_UNCONFIRMED = timedelta(days=2)
MOST_A_DAY = 3
"""Mails asking for confirmation that one address gets in a day: nobody is flooded by somebody else."""
MOST_AN_HOUR = 200
"""Unconfirmed of a helsefellesskap in an hour; more is no crowd of readers."""
MOST_OF_ONE = 50
_SALT = "samspill.governance.subscription"


@dataclass(frozen=True)
class Asked:
    """What somebody wants: an address, what to follow as a query string, and in which written form."""

    email: str
    query: str
    language: str


def subscribe(asked: Asked, *, by: Actor, now: datetime) -> tuple[Subscription, str] | None:
    """A subscription that waits for its confirmation, and the token of the mail; None when no more are sent.

    The one who asks is told the same in either case, so that nobody learns who follows what. `by` is Samspill
    in the community whose row it becomes. Refuses what is no address and when too many come at once.
    """
    email = asked.email.strip().lower()
    _check_email(email)
    with transaction.atomic():
        rows = Subscription.objects.select_for_update().filter(community_id=by.community_id or 0)
        mine = rows.filter(email=email)
        if mine.filter(made__gt=now - timedelta(days=1), is_confirmed=False).count() >= MOST_A_DAY:
            return None
        if mine.count() >= MOST_OF_ONE:
            return None
        _check_not_flooded(rows.filter(is_confirmed=False, made__gt=now - timedelta(hours=1)).count())
        made = _make(email, asked, by, now)
        record(by=by, act="subscription.ask", on=made)
    return made, token_of(made)


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(
            "subscription.email",
            _("This is no e-mail address. Check that it has a name, an @ and a place."),
            field="email",
        ) from error


def _check_not_flooded(count: int) -> None:
    if count >= MOST_AN_HOUR:
        raise Refused(
            "subscription.busy",
            _("Very many have asked in the last hour. Try again in an hour; the feed works meanwhile."),
        )


def _make(email: str, asked: Asked, by: Actor, now: datetime) -> Subscription:
    wanted = read_kept(asked.query)
    made = Subscription(
        community_id=by.community_id or 0,
        email=email,
        follows=follows(wanted),
        body_id=wanted.body_id,
        case_id=wanted.case_id,
        query=asked.query.removeprefix("?"),
        language=asked.language if asked.language in WrittenForm.values else WrittenForm.BOKMAL,
        token_hash=hashlib.sha256(f"{email}{now.isoformat()}".encode()).hexdigest(),
        made=now,
    )
    made.save()
    made.token_hash = _hash(token_of(made))
    made.save(update_fields=["token_hash"])
    return made


def follows(wanted: Wanted) -> Follows:
    """What a subscription is about, by what it asks for."""
    if wanted.case_id:
        return Follows.CASE
    if wanted.words or wanted.party_id or wanted.year or wanted.carried or wanted.kind:
        return Follows.SEARCH
    return Follows.BODY if wanted.body_id else Follows.COMMUNITY


def token_of(one: Subscription) -> str:
    """The tenant stands first: the row is behind its wall. Made anew for each mail, never kept."""
    secret = salted_hmac(
        _SALT, f"{one.pk}:{one.email}:{one.made.isoformat()}", algorithm="sha256"
    ).hexdigest()
    return f"{one.community_id}-{secret}"


def keep_token(one: Subscription) -> str:
    """The token for a mail about to be sent; its hash is renewed when the installation's key has changed."""
    token = token_of(one)
    if one.token_hash != _hash(token):
        one.token_hash = _hash(token)
        one.save(update_fields=["token_hash"])
    return token


def community_in(token: str) -> int | None:
    number, dash, _secret = token.partition("-")
    return int(number) if dash and number.isascii() and number.isdecimal() and len(number) < 16 else None


def find_subscription(token: str) -> Subscription | None:
    """In the scope of the community the token names."""
    return Subscription.objects.filter(token_hash=_hash(token)).first()


def confirm(token: str, *, by: Actor, now: datetime) -> Subscription:
    """The subscription begins. Twice changes nothing. Refuses a token that has ended."""
    with transaction.atomic():
        one = Subscription.objects.select_for_update().filter(token_hash=_hash(token)).first()
        if one is None or (not one.is_confirmed and one.made < now - KEPT_UNCONFIRMED):
            raise Refused(
                "subscription.gone",
                _("This link is too old, or it has been ended. Ask again, and you get a new mail."),
            )
        if not one.is_confirmed:
            one.is_confirmed, one.sent_until = True, now
            one.save(update_fields=["is_confirmed", "sent_until"])
            record(by=by, act="subscription.begin", on=one)
    return one


def unsubscribe(token: str, *, by: Actor, is_all: bool = False) -> int:
    """The subscription, or all of the same address, is deleted; returns how many. Gone already: 0."""
    with transaction.atomic():
        one = find_subscription(token)
        if one is None:
            return 0
        rows = (
            Subscription.objects.filter(email=one.email) if is_all else Subscription.objects.filter(pk=one.pk)
        )
        record(by=by, act="subscription.end", on=one)
        count, _kinds = rows.filter(community_id=one.community_id).delete()
    return count


def forget_unconfirmed(*, by: Actor, now: datetime) -> int:
    """Addresses nobody has confirmed are deleted after two days; returns how many."""
    rows = Subscription.objects.filter(community_id=by.community_id or 0, is_confirmed=False)
    count, _kinds = rows.filter(made__lt=now - KEPT_UNCONFIRMED).delete()
    return count


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
