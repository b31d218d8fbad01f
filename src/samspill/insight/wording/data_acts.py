"""What is done with data, as sentences for the log and for the page of the data set."""

from django.utils.translation import gettext_lazy as _

from samspill.worklist.public import Told

TOLD = {
    "data.bring_in": Told(_("%(who)s brought in «%(what)s»."), is_news=False),
    "data.check": Told(_("%(who)s checked «%(what)s»."), is_news=False),
    "data.take": Told(_("%(who)s took «%(what)s» in use.")),
    "data.replace": Told(_("%(who)s replaced «%(what)s» by a newer version."), is_news=False),
    "data.refuse": Told(_("%(who)s refused «%(what)s»."), is_news=False),
    "data.withdraw": Told(_("%(who)s withdrew «%(what)s».")),
    "data.read": Told(_("%(who)s calculated from «%(what)s»."), is_news=False),
}
