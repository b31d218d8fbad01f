"""What governance offers the house: the open side, its jobs, and its acts in words."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import INDEXERS
from samspill.governance import jobs_open
from samspill.governance.actions.indexing_open import index_open
from samspill.governance.actions.opening import open_what_is_due
from samspill.worklist.public import ACTS, REMINDERS, Told

JOBS = (jobs_open.open_due, jobs_open.send_news_due)
"""Named here so that starting the app is enough for a worker to know them."""
TOLD = {
    "screening.end": Told(_("«%(what)s» is no longer closed: the day it was closed until has come.")),
    "decision.open": Told(_("«%(what)s» is open to everybody."), is_news=False),
    "access_address.choose": Told(_("%(who)s changed where requests for access go."), is_news=False),
    "access_address.back": Told(
        _("%(who)s took back a change of where requests for access go."), is_news=False
    ),
    "delivery.make": Told(_("%(who)s made the package for the archives of «%(what)s».")),
    "delivery.receive": Told(_("%(who)s noted that an archive has got the package of «%(what)s».")),
}


def register() -> None:
    """Things, tasks, acts in words and acts of mail links of this part."""
    INDEXERS.register("governance.open", index_open)
    REMINDERS["governance.open"] = open_what_is_due
    ACTS.update(TOLD)
