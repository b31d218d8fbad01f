"""How a plan writes the items of its lists: a theme before a colon, names in brackets, full stops.

One item alone can be read in several ways («Skole: prøve ut …»); all those of its kind together tell.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samspill.plans.reading.actors import is_somebody
from samspill.plans.reading.deadlines import split_deadline
from samspill.plans.reading.details import split_details, split_name
from samspill.plans.reading.item_forms import does_something
from samspill.plans.reading.tails import have_names, split_tail

_THEME = re.compile(r"(?P<theme>[A-ZÆØÅ][^:.;?!]{1,40}?)\s?:\s+(?P<rest>\S.{3,})")
_LONGEST_THEME = 4  # words
_FEWEST_NAMED, _NAMED_SHARE = 2, 0.2


@dataclass(frozen=True, slots=True)
class Habits:
    """themes  what stands before the colon of an item is what it is about, and not who does it
    names   a name in brackets at the end of an item is who does it
    """

    themes: bool = False
    names: bool = False


def habits_of(texts: Sequence[str]) -> Habits:
    """Of the items of lists with the same words above."""
    bare = [split_name(text)[1] for text in texts]
    return Habits(_have_themes(bare), _name_somebody(bare))


def split_theme(text: str) -> tuple[str, str]:
    """("Utstyr", "samle …") of "Utstyr: samle …"."""
    found = _THEME.fullmatch(text)
    is_one = found is not None and len(found["theme"].split()) <= _LONGEST_THEME
    return (found["theme"], found["rest"]) if found and is_one else ("", text)


def keep_stops(texts: Sequence[str]) -> bool:
    """The items that say no more than what is to be done end with a full stop."""
    plain = [text for text in texts if not split_details(text)[1]]
    return bool(plain) and all(text.endswith(".") for text in plain)


def _have_themes(texts: Sequence[str]) -> bool:
    themes = [split_theme(text)[0] for text in texts]
    if any(map(does_something, themes)):
        return False
    if len(themes) < _FEWEST_NAMED or not all(themes) or any(split_deadline(theme)[1] for theme in themes):
        return False
    return 2 * sum(map(is_somebody, themes)) <= len(themes)


def _name_somebody(texts: Sequence[str]) -> bool:
    said = [split_tail(text, names_count=True)[1] for text in texts]
    named = sum(who[:1].isupper() for who in said)
    return have_names(texts) or (named >= _FEWEST_NAMED and named >= _NAMED_SHARE * len(texts))
