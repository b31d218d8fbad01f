"""Sentences of the list of a team: how it stands, what was counted, and what came of acknowledging many."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from samspill.care.actions.alert_steps import Together
from samspill.care.alert_wording import clock_time, length
from samspill.care.models import TeamCount
from samspill.care.queries.board import FREE, Board

GROUP_NAMES = {
    "red": pgettext_lazy("group of alerts", "Red"),
    "yellow": pgettext_lazy("group of alerts", "Yellow"),
    "missing": gettext_lazy("Missing or unclear"),
}


def answer_within(span: timedelta | None) -> str:
    return _("Answer within %(time)s") % {"time": length(span)} if span else ""


def summary(shown: Board) -> str:
    """«Rødt: 2. Gult: 4. 5 har ingen eier.» It is read out when it changes."""
    said = [f"{GROUP_NAMES[one.name]}: {len(one.lines)}." for one in shown.groups if one.lines]
    if not said:
        return _("Nothing waits.")
    if free := shown.counts.get(FREE, 0):
        alone = ngettext("%(count)s has no owner.", "%(count)s have no owner.", free)
        said.append(alone % {"count": free})
    return " ".join(said)


def safe(counted: TeamCount) -> str:
    """What Samspill counted for the team, with when: true then, and no guess about now."""
    return " ".join(_counted(counted))


def _counted(counted: TeamCount) -> Iterator[str]:
    if counted.unassessed:
        said = ngettext("%(count)s measurement today.", "%(count)s measurements today.", counted.measured)
    else:
        said = ngettext(
            "%(count)s measurement today, and it is assessed.",
            "%(count)s measurements today, all assessed.",
            counted.measured,
        )
    yield said % {"count": counted.measured}
    inside = ngettext(
        "Nothing waits for %(count)s patient.", "Nothing waits for %(count)s patients.", counted.inside
    )
    yield inside % {"count": counted.inside}
    if counted.paused:
        paused = ngettext("%(count)s is paused.", "%(count)s are paused.", counted.paused)
        yield paused % {"count": counted.paused}
    yield _("Counted at %(time)s.") % {"time": clock_time(counted.counted)}


def lost(counted: TeamCount) -> str:
    """What should never be there, said in red when it is."""
    said = ngettext(
        "%(count)s measurement is not assessed. Tell whoever runs Samspill.",
        "%(count)s measurements are not assessed. Tell whoever runs Samspill.",
        counted.unassessed,
    )
    return said % {"count": counted.unassessed} if counted.unassessed else ""


def told(done: Together) -> Iterator[str]:
    """«11 kvittert. 1 var kvittert eller lukket fra før.»"""
    said = ngettext("%(count)s alert acknowledged.", "%(count)s alerts acknowledged.", done.acknowledged)
    yield said % {"count": done.acknowledged}
    if done.told:
        sent = ngettext(
            "%(count)s patient has got a message.", "%(count)s patients have got a message.", done.told
        )
        yield sent % {"count": done.told}
    if done.before:
        before = ngettext(
            "%(count)s was acknowledged or closed before.",
            "%(count)s were acknowledged or closed before.",
            done.before,
        )
        yield before % {"count": done.before}
    for refused in done.refused:
        yield str(refused.sentence)
