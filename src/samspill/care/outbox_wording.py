"""What went wrong with a message to another system, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_HTTP, _ISSUER = "http-", "issuer-"
ISSUER_SAID: Mapping[str, Promise | str] = {
    "unreachable": gettext_lazy("who gives the tokens for it did not answer"),
    "no": gettext_lazy(
        "who gives the tokens for it said no. See over the address and the name we have there"
    ),
    "invalid_client": gettext_lazy(
        "who gives the tokens for it does not know us. Give them our public key: samspill systems show"
    ),
    "unauthorized_client": gettext_lazy("we may not ask for tokens for it. Ask who gives them to let us"),
    "invalid_scope": gettext_lazy(
        "we may not have what we ask for there. See over what is asked for (scope)"
    ),
    "invalid_dpop_proof": gettext_lazy("our proof was not taken. See over the clock of this machine"),
}
"""What an issuer said, by the error of OAuth (RFC 6749 §5.2, RFC 9449 §5): for whoever mends it."""
WHY: Mapping[str, Promise | str] = {
    "unreachable": gettext_lazy("nobody answered"),
    "no-receipt": gettext_lazy("no receipt came"),
    "receipt-refused": gettext_lazy("the receiver said no"),
    "no-national-number": gettext_lazy("the patient has no national number here"),
    "no-organisation-number": gettext_lazy("the organisation has no number here"),
}


def why_in_words(code: str) -> str:
    """ "" for what has not gone wrong. A status is told as the number it is, for whoever is called."""
    if code.startswith(_HTTP):
        return _("the receiver answered %(status)s") % {"status": code.removeprefix(_HTTP)}
    if code.startswith(_ISSUER):
        return str(ISSUER_SAID.get(code.removeprefix(_ISSUER), ISSUER_SAID["no"]))
    return str(WHY.get(code, code))
