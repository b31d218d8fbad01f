"""People and their keys, kept apart: a person may exist without an account, an account is one person's.

Account has no tenant: sign-in must find it before there is any. It holds no more than signing in needs.
"""

import secrets
import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from samspill.directory.actor import Actor
from samspill.directory.models.base import CommunityOwned, tracked
from samspill.directory.states import RoleCode, WrittenForm


def new_feed_token() -> str:
    return secrets.token_urlsafe(32)


@tracked()
class Person(CommunityOwned):
    """Somebody a community works with. Seen inside that community, and by the person."""

    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=160, blank=True)

    PERSONAL = ("name", "email", "phone", "title")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    def visible_to(self, actor: Actor) -> models.QuerySet["Account"]:
        """One's own account, and those with a role in one's community."""
        own = Q(pk=actor.account_id)
        here = Q(memberships__community_id=actor.community_id) if actor.community_id else Q(pk__in=[])
        return self.filter(own | here).distinct()

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


@tracked(exclude=["password", "last_login", "session_stamp", "feed_token"])
class Account(AbstractBaseUser):
    """A key to Samspill: a local password, or an identity at HelseID or ID-porten.

    `session_stamp` is part of every session: a new stamp ends them all. `feed_token` opens the calendar feed.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=160)
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="account"
    )
    issuer = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    written_form = models.CharField(max_length=2, choices=WrittenForm, blank=True)
    is_active = models.BooleanField(default=True)
    session_stamp = models.UUIDField(default=uuid.uuid4)
    feed_token = models.CharField(max_length=64, unique=True, default=new_feed_token)

    PERSONAL = ("email", "name", "issuer", "subject")
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = AccountManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=~Q(subject=""), name="account_identity_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}-{self.session_stamp}"


@tracked()
class Membership(CommunityOwned):
    """An account has a role in a community, from a day until (not including) another.

    With `party` the role is held for that party, with `body` in that body; with neither, for the community.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=RoleCode)
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gt=F("from_day")),
                name="membership_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["account", "community", "role", "party", "body", "from_day"],
                nulls_distinct=False,
                name="membership_once",
            ),
        ]
