"""What our tables are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TABLES: Mapping[str, Promise] = {
    "population": _("Inhabitants by sex and age"),
    "contacts": _("Contacts with hospitals"),
    "services": _("Use of municipal services"),
    "places": _("Places and their use"),
    "staff": _("Staff by profession"),
    "births": _("Births and maternity care"),
    "gp_lists": _("Lists of general practitioners"),
    "platform": _("What Samspill counts itself"),
}
KINDS: Mapping[str, Promise] = {
    "missing": _("missing"),
    "hidden": _("hidden by the source"),
    "not_possible": _("not possible"),
}
