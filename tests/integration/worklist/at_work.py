"""People of these tests, signed in."""

from dataclasses import replace

from django.test import Client
from django.utils import timezone

from samspill.directory.public import Account, Actor


def at_the_door(client: Client, someone: Actor) -> Actor:
    """Sign `someone` in; returns them as the pages see them, on the day it is."""
    client.force_login(Account.objects.get(pk=someone.account_id))
    return replace(someone, today=timezone.localdate())
