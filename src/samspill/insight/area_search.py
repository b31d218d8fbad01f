"""Areas by name, as one writes them: municipalities, helsefellesskap, health regions, the country."""

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext as _

from samspill.insight.area_names import COUNTRY, WHOLE, levels, name_of
from samspill.insight.states import Level


def area_labels() -> Mapping[str, str]:
    """Every area that has figures with a name nobody else has: «Halden, municipality»."""
    kinds = {
        Level.MUNICIPALITY: _("municipality"),
        Level.COMMUNITY: _("helsefellesskap"),
        Level.REGION: _("health region"),
    }
    codes = {
        Level.MUNICIPALITY: sorted(levels()["country"][COUNTRY]),
        Level.COMMUNITY: sorted(levels()["community"]),
        Level.REGION: sorted(levels()["region"]),
    }
    found = {code: f"{name_of(code)}, {kinds[level]}" for level in codes for code in codes[level]}
    twice = {label for label, times in Counter(found.values()).items() if times > 1}
    alone = {code: f"{label} {code}" if label in twice else label for code, label in found.items()}
    return {code: str(name) for code, name in WHOLE.items()} | alone


def area_named(words: str) -> str:
    """The code of the area that is called so: by label, by code or by name. "" when none or several are."""
    said = " ".join(words.split()).casefold()
    labels = area_labels()
    exact = [code for code, label in labels.items() if said in (label.casefold(), code.casefold())]
    named = [code for code in labels if name_of(code).casefold() == said]
    begun = [code for code, label in labels.items() if said and label.casefold().startswith(said)]
    return next((found[0] for found in (exact, named, begun) if len(found) == 1), "")


def is_area(code: str) -> bool:
    return code in WHOLE or code in levels()["region"] or code in levels()["community"] or _is_place(code)


def _is_place(code: str) -> bool:
    return code in levels()["country"][COUNTRY]


def level_of(code: str) -> str:
    """How wide the area is."""
    if code in WHOLE:
        return Level.COUNTRY
    for level in (Level.REGION, Level.COMMUNITY):
        if code in levels()[level]:
            return level
    return Level.MUNICIPALITY
