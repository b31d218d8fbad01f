"""A question sealed for a form or an address: what comes back is a question a page has told the answer to.

So nobody keeps sums of a file that was never read, or a question so large that no page would ask it.
"""

from urllib.parse import urlencode

from django.core import signing
from django.utils.translation import gettext_lazy as _

from samspill.insight.calculating import Plain
from samspill.refusal import Refused

LARGEST = 200_000  # characters: a question is made of choices, not of data
SEAL = "sporsmal"
_SALT = "insight.question"


def sealed(asked: Plain) -> str:
    return signing.dumps(dict(asked), salt=_SALT, compress=True)


def sealed_query(asked: Plain) -> str:
    """The query of an address that holds the question."""
    return "?" + urlencode({SEAL: sealed(asked)})


def question_from(text: str) -> Plain:
    """The question in a seal. Refuses what was changed on the way, or is none (`calculation.asked`)."""
    try:
        found = signing.loads(text, salt=_SALT) if len(text) <= LARGEST else None
    except (signing.BadSignature, ValueError):
        found = None
    if not isinstance(found, dict):
        raise Refused(
            "calculation.asked",
            _("The question did not come along. Go back to the page with the answer, and try again."),
        )
    return found
