"""The levers as people see them: names, what the ends of the slider mean, what they rest on, what they take.

Ranges and sources are those of `analysis.workforce`; here are the words, and which of them concern whom.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.analysis.workforce import Lever, Profession, levers
from samspill.insight.wording import decimal

Text = str | Promise
COME, STAY, HOURS, OTHERWISE = "come", "stay", "hours", "otherwise"
GROUPS: dict[str, Text] = {
    COME: gettext_lazy("More come"),
    STAY: gettext_lazy("Fewer go"),
    HOURS: gettext_lazy("More of the hours we have"),
    OTHERWISE: gettext_lazy("Do it otherwise"),
}


class LeverWords(NamedTuple):
    """`field` is its name in addresses, `says` what the number means, `takes` what it rests on."""

    field: str
    group: str
    label: Text
    says: Text
    takes: Text


LEVERS: dict[str, LeverWords] = {
    "retention": LeverWords(
        "bli",
        STAY,
        gettext_lazy("Fewer quit"),
        gettext_lazy("Of those who would leave the profession or the region, so many stay."),
        gettext_lazy(
            "How many quit differs much between employers, so a third fewer is within what some have."
        ),
    ),
    "later_retirement": LeverWords(
        "lenger",
        STAY,
        gettext_lazy("More work longer"),
        gettext_lazy("So many fewer retire each year, at every age."),
        gettext_lazy("The effect of bonuses on health personnel has been small and uncertain."),
    ),
    "training_places": LeverWords(
        "studieplasser",
        COME,
        gettext_lazy("More training places"),
        gettext_lazy("More who begin each year. They are at work when the years of training have passed."),
        gettext_lazy("Bounded by places to practise and by applicants. Ask the university and the hospital."),
    ),
    "completion": LeverWords(
        "fullforer",
        COME,
        gettext_lazy("More complete and take work here"),
        gettext_lazy("Of those who drop out or take work elsewhere, so many come to us."),
        gettext_lazy("Drop-out differs by place of study; what support does is uncertain."),
    ),
    "return_to_service": LeverWords(
        "tilbake",
        COME,
        gettext_lazy("More come back"),
        gettext_lazy("Of those with other work, so many come back each year."),
        gettext_lazy("About one in ten midwives works outside the services, and that has been steady."),
    ),
    "recruitment": LeverWords(
        "andre-regioner",
        COME,
        gettext_lazy("More from other regions"),
        gettext_lazy("More who come each year, to each level."),
        gettext_lazy("What we win, another region loses."),
    ),
    "international": LeverWords(
        "utlandet",
        COME,
        gettext_lazy("More from abroad"),
        gettext_lazy("More who come each year."),
        gettext_lazy("Authorisations from abroad fell markedly from 2015 to 2020. Not to be counted on."),
    ),
    "full_time": LeverWords(
        "heltid",
        HOURS,
        gettext_lazy("From part-time to full-time"),
        gettext_lazy("Of the hours that part-timers lack to full posts, so many are worked."),
        gettext_lazy(
            "About 30 percent of part-time midwives at hospitals wished for a larger post. "
            "A wish is the most one can hope for."
        ),
    ),
    "sickness": LeverWords(
        "sykefravar",
        HOURS,
        gettext_lazy("Less sick leave"),
        gettext_lazy("Sick leave falls by so much of what it is."),
        gettext_lazy(
            "In 2020 midwives had 6.1 and nurses 8.7 percent: the difference shows what is within reach."
        ),
    ),
    "combined_posts": LeverWords(
        "kombinert",
        HOURS,
        gettext_lazy("Combined posts at hospital and municipality"),
        gettext_lazy("Of the hours that part-timers lack at one level, so many are worked at the other."),
        gettext_lazy("Fills part-timers' posts at the other level. How many accept is not known."),
    ),
    "rotation": LeverWords(
        "rotasjon",
        HOURS,
        gettext_lazy("Rotation between the levels"),
        gettext_lazy("So much of the hours of each level is worked at the other."),
        gettext_lazy(
            "Shares competence, but wins no hours. If more stay because of it, move that slider too."
        ),
    ),
    "task_shift": LeverWords(
        "oppgavedeling",
        OTHERWISE,
        gettext_lazy("Health-care workers take over tasks"),
        gettext_lazy("So much of the work is done by health-care workers, hour for hour."),
        gettext_lazy(
            "What can be handed over safely depends on the task. The hours come back in another profession."
        ),
    ),
    "vacancy": LeverWords(
        "ledig",
        OTHERWISE,
        gettext_lazy("Posts that may stand empty"),
        gettext_lazy("So many of the posts are left empty on purpose."),
        gettext_lazy("Wins nobody: some of the need is left unmet."),
    ),
}
FIRST = ("retention", "training_places", "full_time", "sickness", "task_shift")
"""The five that are always open; the rest stand folded below."""
BETWEEN_LEVELS = ("combined_posts", "rotation")


def levers_for(profession: str, sectors: Sequence[str]) -> tuple[str, ...]:
    """The levers that make sense for a profession at its levels, in the order they are shown."""
    left_out = set(BETWEEN_LEVELS) if len(sectors) < 2 else set()
    if profession == Profession.HEALTH_CARE_WORKER:
        left_out.add("task_shift")
    rest = [code for code in LEVERS if code not in FIRST]
    return tuple(code for code in (*FIRST, *rest) if code not in left_out)


def is_share(lever: Lever) -> bool:
    return lever.unit.startswith("share")


def shown_value(code: str, value: float) -> float:
    """A value as it stands on the slider: percent of a share, or persons."""
    return 100 * value if is_share(levers()[code]) else value


def own_value(code: str, shown: float) -> float:
    """A slider's value in the lever's own unit."""
    return shown / 100 if is_share(levers()[code]) else shown


def value_in_words(code: str, value: float) -> str:
    """«12 %», or «20 a year»."""
    shown = shown_value(code, value)
    places = 0 if abs(shown - round(shown)) < 0.05 or shown >= 10 else 1
    if is_share(levers()[code]):
        return _("%(number)s %%") % {"number": decimal(shown, places)}
    return _("%(number)s a year") % {"number": decimal(shown, places)}


def name_of_lever(code: str) -> str:
    return str(LEVERS[code].label)
