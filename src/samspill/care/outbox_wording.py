"""What went wrong with a message to another system, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_HTTP = "http-"
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
    return str(WHY.get(code, code))
