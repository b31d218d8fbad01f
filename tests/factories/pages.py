"""A browser that somebody is signed in with, at the level that opens records."""

from django.test import Client

from samspill.directory.public import Account, Actor

BACKEND = "django.contrib.auth.backends.ModelBackend"
LEVEL = "oidc_level"


def signed_in(who: Actor, language: str = "nb") -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=who.account_id), backend=BACKEND)
    session = client.session
    session[LEVEL] = 4
    session.save()
    client.cookies["samspill_language"] = language
    return client
