"""What a page offers to keep, and keeping it as its button does."""

import html
import re

from django.http import HttpResponse
from django.test import Client

from samspill.insight.sealing import sealed

KEEP = "/tall/{slug}/utregninger/ta-vare-pa/"
_OFFER = re.compile(
    r'action="(?P<to>/tall/[-\w]+/utregninger/ta-vare-pa/)".*?'
    r'name="kind" value="(?P<kind>\w+)">.*?name="asked" value="(?P<asked>[^"]+)"',
    re.DOTALL,
)


def offer_in(page: str) -> dict[str, str]:
    """`to`, `kind` and `asked` of the page's keep button; it must be there."""
    found = _OFFER.search(page)
    assert found, "the page offers nothing to keep"
    return {name: html.unescape(text) for name, text in found.groupdict().items()}


def keep_from(client: Client, address: str) -> HttpResponse:
    """Press the button of the page at `address`."""
    offer = offer_in(client.get(address).content.decode())
    return client.post(offer.pop("to"), offer)


def keep_question(client: Client, kind: str, asked: dict[str, object], slug: str = "ostfold") -> HttpResponse:
    """Send a question that a page could have sealed."""
    return client.post(KEEP.format(slug=slug), {"kind": kind, "asked": sealed(asked)})
