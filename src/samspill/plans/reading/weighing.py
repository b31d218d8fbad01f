"""How much a clause is like those that are measures in annotated plans, from the words it is made of.

Rules know the turns somebody thought of; plans have more ways of promising than that. Each trait of a clause
(a word, the kind of its subject, a sign the rules found) has a weight, learned from the plans in
`tests/rules/plans` by `python -m scripts.learn_prose`, and the weights are added up: a logistic regression.
The weights stand in `weights.tsv`, one trait a line, and the strongest are told with each measure.
Not here: the signs and what they say (`prose_signs`, `judging`).
"""

import math
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from samspill.plans.reading.clauses import Clause
from samspill.plans.reading.one_form import one_form
from samspill.plans.reading.prose_words import Who

WEIGHTS = Path(__file__).with_name("weights.tsv")
ALWAYS = "always"  # the weight that every clause has

_OURS, _NAMED = "ourselves", "named"  # no words of Norwegian
# «FSU», «Tinn kommune», «Helse Førde HF»; the first word of a sentence has a capital anyway
_NAME = re.compile(
    r"(?<!\w)[A-ZÆØÅ][\wæøåÆØÅ&/-]*(?:\s(?:og\s)?(?:[A-ZÆØÅ][\wæøåÆØÅ&/-]*|kommune|sykehus|sjukehus))*"
)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_YEAR = re.compile(r"20\d\d")
_LONG = 5  # characters of a word that are the same in all its forms: «etabl» of «etablerast»
_WORDS_A_STEP, _MOST_STEPS = 6, 6  # a clause of 13 words has the length 2


def traits_of(text: str, clause: Clause, *, kind: str, who: str, signs: Iterable[str]) -> frozenset[str]:
    """What can be weighed of a clause: `kind` is what its verb tells, `who` what its subject is."""
    tokens = [_masked(token) for token in _TOKEN.findall(_without_names(text, clause))]
    return frozenset(
        {
            ALWAYS,
            f"kind {kind}",
            f"who {who}",
            f"kind {kind} who {who}",
            f"will {clause.will}",
            f"length {min(len(tokens) // _WORDS_A_STEP, _MOST_STEPS)}",
            f"first {' '.join(tokens[:1])}",
            f"first {' '.join(tokens[:2])}",
            *(f"sign {sign}" for sign in signs),
            *(f"word {token}" for token in tokens),
            *(f"stem {token[:_LONG]}" for token in tokens if len(token) > _LONG),
            *_of_subject(clause),
        }
    )


def _of_subject(clause: Clause) -> Iterator[str]:
    words = [one_form(word) for word in re.findall(r"\w+", clause.subject.casefold())]
    if clause.who is Who.OURS:  # who of ours it is must not matter, only that it is
        return
    if not words:
        yield "subject none"
        return
    yield f"subject begins {words[0]}"
    yield f"subject is {words[-1]}"
    yield f"subject ends {words[-1][-4:]}"
    yield f"subject ends {words[-1][-2:]}"
    yield f"subject length {min(len(words), 5)}"


def _without_names(text: str, clause: Clause) -> str:
    """In small letters, but for what has a name: a plan is the same when the names are others."""
    if clause.who is Who.OURS and clause.subject:
        text = text.replace(clause.subject, _OURS, 1)
    first, rest = text[:1], text[1:]
    return first.casefold() + _NAME.sub(_NAMED, rest).casefold()


def _masked(token: str) -> str:
    if _YEAR.fullmatch(token):
        return "year"
    return "number" if token.isdigit() else one_form(token)


@cache
def weights() -> dict[str, float]:
    """Trait -> weight; for a measure when above 0."""
    lines = WEIGHTS.read_text("utf-8").splitlines()
    return {trait: float(weight) for trait, _, weight in (line.rpartition("\t") for line in lines)}


def chance(traits: Collection[str]) -> float:
    """How likely a clause with these traits is a measure, from 0 to 1, going by the annotated plans."""
    known = weights()
    return 1 / (1 + math.exp(-sum(known.get(trait, 0.0) for trait in traits)))


def strongest(traits: Collection[str], most: int = 2) -> list[str]:
    """The words that speak most for a measure, for a person to look at."""
    known = weights()
    words = {
        trait.split()[-1] for trait in sorted(traits) if trait.startswith("word ") and trait[-1].isalpha()
    }
    told = sorted(words, key=lambda word: (-known.get(f"word {word}", 0.0), word))
    return [word for word in told[:most] if known.get(f"word {word}", 0.0) > 0]
