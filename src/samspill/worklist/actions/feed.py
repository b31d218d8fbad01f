"""The secret address of a person's calendar feed."""

from django.db import transaction

from samspill.directory.public import Account, Actor, record


def new_feed_token(account: Account, *, by: Actor) -> str:
    """A new address; the old one stops working at once. Returns the new token."""
    with transaction.atomic():
        account.feed_token = Account._meta.get_field("feed_token").get_default()
        account.save(update_fields=["feed_token"])
        record(by=by, act="account.new_feed_token", on=account)
    return account.feed_token
