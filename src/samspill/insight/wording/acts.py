"""What was done with answers and scenarios, in words: on their pages, and as news on others' start pages."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import AuditEvent
from samspill.worklist.public import Told

TOLD = {
    "calculation.made": Told(_("%(who)s kept the answer «%(what)s»."), is_news=False),
    "calculation.opened": Told(_("%(who)s opened the answer «%(what)s» to everybody.")),
    "scenario.made": Told(_("%(who)s made the scenario «%(what)s».")),
    "scenario.renewed": Told(_("%(who)s made a new version of the scenario «%(what)s».")),
    "scenario.renamed": Told(_("%(who)s renamed a scenario to «%(what)s»."), is_news=False),
    "scenario.copied": Told(_("%(who)s copied a scenario to «%(what)s»."), is_news=False),
    "scenario.archived": Told(_("%(who)s put away the scenario «%(what)s»."), is_news=False),
    "scenario.brought_back": Told(_("%(who)s brought back the scenario «%(what)s»."), is_news=False),
    "scenario.opened": Told(_("%(who)s opened the scenario «%(what)s» to everybody.")),
}
TOLD_OF_INDICATORS = {
    "expectation.set": Told(_("%(who)s said how far a measure is to move «%(what)s».")),
    "expectation.taken_away": Told(
        _("%(who)s took away what a measure was to do with «%(what)s»."), is_news=False
    ),
    "signal.said": Told(_("%(who)s said why «%(what)s» has changed.")),
}
_ON_ITS_PAGE = {
    "scenario.made": _("Made"),
    "scenario.renewed": _("Version %(number)s: %(note)s"),
    "scenario.renamed": _("Renamed, from «%(before)s»"),
    "scenario.copied": _("Made as a copy"),
    "scenario.archived": _("Put away"),
    "scenario.brought_back": _("Brought back"),
    "scenario.opened": _("Opened to everybody"),
}


def act_in_words(event: AuditEvent) -> str:
    """What the event says on the scenario's own page; "" for an act that is not told there."""
    if event.act not in _ON_ITS_PAGE:
        return ""
    return str(_ON_ITS_PAGE[event.act] % event.details).rstrip(": ")
