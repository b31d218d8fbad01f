"""Why something is not open, in plain words. Source: offentleglova (lov 2006-05-19 nr. 16)."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Ground(NamedTuple):
    """A paragraph, and what it is about in plain words."""

    law: str
    words: str | Promise


GROUNDS: tuple[Ground, ...] = (
    Ground(
        "offentleglova § 13",
        _("It tells of somebody's health or private life, or of a business secret. This must be closed."),
    ),
    Ground("offentleglova § 14", _("It is written for one's own work within one body, and is not finished.")),
    Ground(
        "offentleglova § 15",
        _("It is advice asked for from others, who must be able to speak freely before it is decided."),
    ),
    Ground("offentleglova § 23", _("It would harm a negotiation, or the public economy, to tell of it now.")),
    Ground("offentleglova § 24", _("It tells how control is done, or could be used to break the law.")),
    Ground("offentleglova § 25", _("It is about who is to get a post, and about those who applied.")),
)
