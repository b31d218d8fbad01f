"""Somebody who signs in at the local issuer: shared by the tests of the protocol."""

import time

import pytest

from oidc_issuer.server import visit
from samspill.directory.oidc import Provider, RelyingParty
from samspill.directory.oidc.keys import new_private_jwk
from samspill.refusal import Refused

KEY = new_private_jwk("ES256")


def party_of(issuer, clock=time.time, **settings):
    return RelyingParty(Provider.from_settings("local", issuer.settings(KEY, **settings)), clock=clock)


def party_with_clock(issuer):
    """A client and an issuer that agree on the time, and a way to let it pass."""
    now = [time.time()]
    issuer.clock = lambda: now[0]

    def move(seconds):
        now[0] += seconds

    return party_of(issuer, clock=issuer.clock), move


def sign_in(party, issuer):
    begun = party.begin(issuer.redirect_uri)
    return party.finish(begun.pending, visit(begun.url))


def refusal_of(act, *args):
    with pytest.raises(Refused) as refused:
        act(*args)
    return refused.value.code


def requests_to(issuer, path):
    return [seen for seen in issuer.seen if seen.path == path]
