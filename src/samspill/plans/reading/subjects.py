"""What kind of subject some words are: somebody of ours, the nation, persons, a thing, something abstract.

Not here: the words themselves (`prose_words`), names of places (`names`), or which words are the subject
(`clauses`).
"""

import re

from samspill.plans.reading.names import is_place
from samspill.plans.reading.prose_words import ABSTRACT, IT, NATION, OURS, PERSONS, ROLE, THING, WE, Who

_HEAD_ENDS = re.compile(
    r"\s(?:for|i|ved|innen|innan|på|til|med|som|frå|fra|av|om|mellom|blant|under|der)\s|\s?[(,]",
    re.IGNORECASE,
)
# «SHU»: a short form is a body, unless it is a service or a diagnosis
_SHORT_FORM = re.compile(
    r"(?:^|\s)(?!FACT|ACT|DHO|KOLS|IHT|KAD|KI\b|IKT|LAR|TUD|ROP|NPR|KPR|EPJ|HMS)[A-ZÆØÅ]{2,5}$"
)
_IS_THING = re.compile(  # «kompetanseplanen»
    r"(?:plan|avtale|ordning|prosjekt|program|nettverk|modell|oversikt|kartlegging)(?:en|n|a|et)?$"
)
# «Sarpsborg og Fredrikstad»: two names or more are places
NAME = r"[A-ZÆØÅ][a-zæøå]+(?:-[A-ZÆØÅ][a-zæøå]+)?(?:\s(?:i|på)\s[A-ZÆØÅ][a-zæøå]+)?"
_MUNICIPALITIES = re.compile(
    rf"{NAME}(?:,\s{NAME})*\sog\s{NAME}(?:\s(?:kommuner|kommunar|kommune|sykehus|sjukehus))?"
)
# «Helse Fonna»: a health trust; the four regions are not part of any helsefellesskap
_TRUST = re.compile(r"Helse\s(?!Vest\b|Nord\b|Midt\b|Sør\b|og\b)[A-ZÆØÅ][\w-]+(?:\sHF)?")


# «sykehusets fysioterapeuter», «kommunenes ergoterapeuter»
_STAFF = re.compile(r"(?P<whose>[\wæøåÆØÅ-]+(?:et|en|a|ene|ane))s\s[a-zæøå]+(?:er|ar|e)")


def who_is(subject: str) -> Who:
    """What kind of subject some words are; the head of them decides, before «for …» or «i …»."""
    folded = subject.casefold().strip()
    if not folded or folded.startswith("å "):  # «Å prioritere denne gruppa er …»
        return Who.OTHER
    if folded in WE:
        return Who.WE
    if folded in IT:
        return Who.IT
    head = _HEAD_ENDS.split(subject.strip())[0]
    if NATION.search(head) and not re.search(r"(?:ets|ens)\s\w", head):
        return Who.NATION
    if _SHORT_FORM.search(head) or any(OURS.search(word) for word in re.findall(r"[\wæøåÆØÅ-]+", head)):
        return Who.OURS
    if _is_named(subject.strip()) or _TRUST.fullmatch(head) or _is_staff(head):
        return Who.OURS
    if PERSONS.search(head):
        return Who.PERSONS
    if ROLE.search(head):
        return Who.ROLE
    if ABSTRACT.search(head) and not _IS_THING.search(head):
        return Who.ABSTRACT
    return Who.THING if THING.search(head) else Who.OTHER


def _is_named(subject: str) -> bool:
    return bool(_MUNICIPALITIES.fullmatch(subject)) or is_place(subject)


def _is_staff(head: str) -> bool:
    found = _STAFF.fullmatch(head)
    return bool(found and OURS.search(found["whose"]))
