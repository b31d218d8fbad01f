"""What a list item is made of, in one word: an infinitive, an order, what somebody shall, a thing, a fact.

Not here: what a list of such items is (`list_signs`, `weighing_lists`), or what the words of running text
promise (`prose_signs`).
"""

import re
from functools import lru_cache

from samspill.plans.reading.actors import is_somebody
from samspill.plans.reading.clauses import finite_in
from samspill.plans.reading.details import split_name
from samspill.plans.reading.names import known_names
from samspill.plans.reading.prose_words import DOING, PRESENTS, infinitive
from samspill.plans.reading.words import clean, word_set

_KEYWORD = re.compile(r"(?P<key>[A-ZÆØÅ][^:.;?!]{1,40}):\s+(?P<rest>\S.*)")
_BEGINS_WITH_DOING = ("to-infinitive", "infinitive", "infinitive-like", "order")
_WORD = re.compile(r"[\wæøåÆØÅ-]+")
_WILL = re.compile(r"\b(?:skal|vil|må|lyt)\b", re.IGNORECASE)
_NAMED = re.compile(r"[A-ZÆØÅ][a-zæøå]+\s[A-ZÆØÅ][a-zæøå]+(?:\s[A-ZÆØÅ][a-zæøå]+)?(?:[,(]|\s\(|$)")
_COMPARED = word_set("""
    flere færre fleire bedre betre større mindre mer meir høyere høgare lavere lågare kortere kortare lengre
    lenger tryggere tryggare raskere raskare enklere enklare tidligere tidlegare sterkere sterkare likere
    jevnere jamnare roligere økt auka redusert redusere_t ingen ingenting alle hver kvar
""")
# Ends with -e and is no infinitive
_NO_VERB = word_set("""
    gode nye faste like lik alle noen nokre felles stabile korte lange høye høge store små eldre unge mange
    få både ikke ikkje klare tydelige tydelege trygge rette våre sine dette disse desse helse rutine liste
    gruppe skole skule side linje line teneste tjeneste pakke smerte lege mappe kilde kjelde uke veke periode
    time ramme rolle foreldre familie mestring meistre_ing bedre betre større mindre avtale møte pleie
    strategi evne tilgjengelige digitale lokale kommunale regionale nasjonale psykiske fysiske alvorlige
    sårbare frie ærlige kjente ulike egne eigne viktige mulige vanlige regelmessige årlige månedlige
    tverrfaglige
""")
# What rules of spelling would take for something else
_VERBS = word_set("leige leie låne bytte byte minne møte rydde prate snakke ansette tilsette")
_NO_VERB_ENDS = re.compile(r"(?:ene|ane|ende|ande|else|este|aste|ige|lege|iske|bare|same|lause|løse|ingane)$")
_ACTION_NOUN = re.compile(
    r"(?:[a-zæøå]{3,}(?:ing|ering|føring|setting|setjing|legging)(?:en|a)?|etablering\w*|kurs\w*"
    r"|\w*(?:opplæring|evaluering|revisjon|oppstart|innkjøp|implementering))"
)
_PAST = word_set("""
    inngått gjort tatt teke gitt gjeve satt holdt halde hatt fått gjennomgått ble vart blei hadde var
    tilsatt ansatt tilsett oppnevnt oppnemnt
""")


def _done(verbs: frozenset[str]) -> frozenset[str]:
    """«etablert», «lansert», «utviklet» of what can be done."""
    return (
        frozenset(f"{verb[:-1]}{end}" for verb in verbs if verb[-1] == "e" for end in ("t", "et", "te", "de"))
        - verbs
    )


_DONE = _done(DOING) | _PAST


def bare_item(text: str) -> str:
    """The item without its number, its box, and a keyword before a colon: «Utstyr: samle …»."""
    text = split_name(clean(text))[1]
    found = _KEYWORD.fullmatch(text)
    return found["rest"] if found else text


def form_of(text: str) -> str:
    """The form of an item, by its first words and its finite verb."""
    return _form_of(bare_item(text), known_names())


def does_something(text: str) -> bool:
    """It begins with what is to be done: nobody stands before it."""
    return form_of(text) in _BEGINS_WITH_DOING


@lru_cache(maxsize=2048)
def _form_of(text: str, names: frozenset[str]) -> str:
    """`names` are what is known of names now: finite verbs are told by them."""
    words = [word.casefold() for word in _WORD.findall(text)] or [""]
    first = words[0]
    if form := _by_first_word(first, words, text):
        return form
    finite = finite_in(text)
    if finite is not None:
        verb = text[slice(*finite)].casefold()
        return "will" if _WILL.fullmatch(verb) else "present" if finite[0] == 0 else "fact"
    return _by_noun(first, text)


def _by_first_word(first: str, words: list[str], text: str) -> str:
    if first == "å":
        return "to-infinitive"
    if text.endswith("?"):
        return "question"
    if first in {"at", "som", "når", "der", "hvis", "dersom"}:
        return "clause"
    if first in _COMPARED:
        return "compared"
    if first in DOING or (infinitive(first) in DOING and first[-1:] == "a"):
        return "infinitive"
    if first in _DONE:
        return "done"
    if first in PRESENTS:
        return "present"
    if _is_order(first):
        return "order"
    return "infinitive-like" if _may_be_infinitive(first, words) else ""


def _is_order(first: str) -> bool:
    """«Innfør», «Bruk», «Prøv»: the stem of what is done."""
    return len(first) > 2 and (f"{first}e" in DOING or f"{first}{first[-1]}e" in DOING)


def _may_be_infinitive(first: str, words: list[str]) -> bool:
    if first in _VERBS and len(words) > 1:
        return True
    is_one = re.fullmatch(r"[a-zæøå]{2,}e", first) and first not in _NO_VERB
    return bool(is_one and len(words) > 1 and not _NO_VERB_ENDS.search(first) and not is_somebody(first))


def _by_noun(first: str, text: str) -> str:
    if _NAMED.match(text):
        return "person"
    if _ACTION_NOUN.fullmatch(first):
        return "action-noun"
    if first.isdigit():
        return "number"
    if is_somebody(text) and len(text.split()) < 5:
        return "somebody"
    return "thing"
