"""A link in a mail that does one thing, once, for one person."""

from django.db import models

from samspill.directory.public import CommunityOwned, tracked


@tracked(exclude=["token_hash"])
class MailLink(CommunityOwned):
    """The address holds a random token; only its SHA-256 is kept here, so that a backup opens nothing.

    `stamp` is the account's session stamp when the link was made: signing out everywhere ends it too.
    `used` is when it was used, which can be done once.
    """

    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    arguments = models.JSONField(default=dict, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    stamp = models.UUIDField()
    made = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.act}:{self.thing_id}"
