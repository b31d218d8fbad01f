"""The rest of a search, as an opaque token: sealed, for who asked alone, since it stands in an address."""

import json
from dataclasses import astuple, dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from samspill.fhir.http.keys import seal
from samspill.refusal import Refused, Sentence

HOLDS_SECONDS = 3600
USUAL, MOST = 50, 200


@dataclass(frozen=True)
class Page:
    """Where a search goes on. `patient` is the row of the patient it is about; `newest` the row that was
    newest when it began, so that what comes meanwhile moves nothing.
    """

    type: str
    patient: int | None
    parameters: tuple[tuple[str, str], ...]
    count: int
    offset: int
    newest: int

    def token(self, account: int | None) -> str:
        said = json.dumps([*astuple(self), account]).encode()
        return Fernet(seal(settings.SECRET_KEY)).encrypt(said).decode()


def read_page(token: str, kind: str, account: int | None) -> Page:
    """Refused (`fhir.search`): a token that is not ours, is too old, or was made for somebody else."""
    try:
        opened = Fernet(seal(settings.SECRET_KEY)).decrypt(token.encode(), ttl=HOLDS_SECONDS)
        name, patient, parameters, count, offset, newest, asked_by = json.loads(opened)
    except (InvalidToken, ValueError, TypeError):  # sealed by a version before, it may be of another form
        raise _stale() from None
    if name != kind or asked_by != account:
        raise _stale()
    return Page(name, patient, tuple((one[0], one[1]) for one in parameters), count, offset, newest)


def count_of(said: str) -> int:
    """How many on a page: what was asked for, and at most MOST. 0 asks for the number alone."""
    if not said.isascii() or not said.isdecimal() or len(said) > 9:
        raise Refused("fhir.parameter", Sentence("The parameter _count is a whole number."), field="_count")
    return min(int(said), MOST)


def _stale() -> Refused:
    return Refused("fhir.search", Sentence("This page of the search is no longer there. Search again."))
