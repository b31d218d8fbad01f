"""Do two short Norwegian texts speak of the same? Enough for a proposal that a person says yes or no to."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from samspill.directory.register.themes import is_alike

# Words that say what kind of thing something is, in either målform; they tell nothing apart.
_GENERIC = """
alderen alle andel annet antall arbeid arbeide arbeidet arbeidsgruppe av avtale bedre behov betre bidra
bruk bruke den der det dette eige ein eit en er et etablere etter fagleg faglege faglig faglige felles
fleire flere for fra frå få gjennom gjere gjøre god gode gruppe grupper heile hele helse helsefellesskap
helsefellesskapet helseteneste helsetenester helsetjeneste helsetjenester hos hver hvert i ikke ikkje
inn innan innbyggere innbyggerne innbyggjarane innbyggjarar innen innenfor kan kommunane kommune
kommunene kommuner kompetanse kvalitet kvar kvart lage legge mange med medisinsk mellom mer mot måte
møte nettverk ny nye når og om område ordning pasientar pasienter pasientgruppe pasientgruppen
pasientgruppene per personar personer plan planen på resultat samarbeid samarbeide samarbeidet
samarbeidsutval samarbeidsutvalg samhandling seg sikre sin sine sjukehus sjukehuset skal skape skulle
som strategisk styrke sykehus sykehuset sørge ta tal tall teneste tenester til tilbod tilbud tiltak
tjeneste tjenester ulike under underutval underutvalg ut utarbeide uten utval utvalg utvikle utvikling
ved vere vi vil være å år årleg årlig
"""
GENERIC = frozenset(_GENERIC.split())
SHORTEST = 3
LONGEST_ENDING = 3
_WORD = re.compile(r"[a-zæøåäöéèáčđŋšŧž]+", re.IGNORECASE)


def significant(text: str) -> frozenset[str]:
    """The words of `text` that carry meaning, in small letters."""
    words = {word.lower() for word in _WORD.findall(text)}
    return frozenset(word for word in words if len(word) >= SHORTEST and word not in GENERIC)


def count_found(wanted: frozenset[str], text: frozenset[str]) -> int:
    """How many of `wanted` have a word like it in `text`."""
    return sum(any(is_alike(word, other) for other in text) for word in wanted)


def is_said(wanted: str, word: str) -> bool:
    """Whether `word` is `wanted` in another ending, or a compound of it: not «fast» for «fastlege»."""
    return is_alike(wanted, word) and len(wanted) - len(word) <= LONGEST_ENDING


def share_found(wanted: frozenset[str], text: frozenset[str]) -> float:
    """The same as a share; 0 when nothing is wanted."""
    return count_found(wanted, text) / len(wanted) if wanted else 0.0


class Difference(NamedTuple):
    """A piece of a text: `kind` is "same", "gone" or "new"."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Difference]:
    """What was changed between two texts, word by word, in the order they are read."""
    old, new = before.split(), after.split()
    pieces = []
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Difference("same", " ".join(old[first:last])))
            continue
        if last > first:
            pieces.append(Difference("gone", " ".join(old[first:last])))
        if end > start:
            pieces.append(Difference("new", " ".join(new[start:end])))
    return pieces
