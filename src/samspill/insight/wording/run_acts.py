"""What is done with published figures, as sentences for the log."""

from django.utils.translation import gettext_lazy as _

from samspill.worklist.public import Told

TOLD = {
    "run.withdraw": Told(_("%(who)s withdrew the figures of «%(what)s».")),
    "run.take_back": Told(_("%(who)s took the figures of «%(what)s» in use again.")),
}
