"""What governance keeps of people beyond name and role, and when it goes."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import ERASURES, Actor, Erasure, Person
from samspill.governance.actions.subscribing import forget_unconfirmed
from samspill.governance.models import Nomination, PrivateNote, Subscription


def _unconfirmed(by: Actor) -> int:
    return forget_unconfirmed(by=by, now=timezone.now())


ERASED = (
    Erasure(
        "governance.person",
        Person,
        ("email", "phone"),
        _("Your e-mail address and telephone number as a member of a body"),
        _("%(period)s after your last seat or role ended"),
    ),
    Erasure(
        "governance.nomination",
        Nomination,
        ("email",),
        _("The e-mail address of somebody who was proposed for a seat"),
        _("%(period)s after the round in which they were proposed"),
    ),
    Erasure(
        "governance.private_note",
        PrivateNote,
        ("text",),
        _("Your own notes to a meeting"),
        _("%(period)s after the meeting"),
    ),
    Erasure(
        "governance.subscription",
        Subscription,
        ("email",),
        _("An e-mail address that asked for news, but never confirmed it"),
        _("%(period)s after it was asked for"),
        erase=_unconfirmed,
    ),
)


def register() -> None:
    for one in ERASED:
        ERASURES.register(one.key, one)
