"""Where a second action begins in a sentence: «X skal A, og deretter B», «A, og kommunene stiller med Y».

A conjunction binds nouns far oftener than actions, so what follows it must be an infinitive that the verb of
will carries on to, or have a finite verb of its own. What only speaks on about the first action («og denne
skal være klar …», «og set av midlar til det») is part of it.
Not here: whether an action is a measure (`prose`), or what is said in one clause (`clauses`).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from samspill.plans.reading.clauses import WILL, Clause, finite_in, parse
from samspill.plans.reading.prose_words import (
    CHANGE_PASSIVE,
    DOING,
    PRESENT_CHANGES,
    PRESENT_PHRASES,
    PRESENTS,
    Who,
    infinitive,
)


class Cut(NamedTuple):
    """`end` of the first action and `start` of the second in the sentence.

    how  "verb": an infinitive with the will and subject before it; "present": a finite verb with the same
         subject; "will": a verb of will with the same subject; "clause": a subject of its own; "more": it
         speaks on about the first («og denne skal …»)
    """

    end: int
    start: int
    how: str


_JOINT = re.compile(
    r"(?<=[\w»)%])(?:(?P<stop>[;:])\s|(?P<comma>,)\s(?:(?:og|samt|men|mens|medan)\s)?|\s(?:og|samt)\s)"
    r"(?P<then>(?:(?:deretter|dermed|så|også|òg|samtidig|samstundes|videre|vidare|i tillegg|etterpå|til slutt"
    r"|dessuten|dessutan)\s)?(?:å\s(?=\w+e\b))?)",
    re.IGNORECASE,
)
_HAS_WORD = re.compile(r"\s?(?:og|samt|men|mens|medan)\s", re.IGNORECASE)
_WILL_DO = re.compile(rf"{WILL}\s(?!(?:det|dei?|vi|me)\b)")
_FRONT = re.compile(
    r"(?:på|i|etter|ut fra|ut frå|innen|innan|senest|seinast|gjennom|ved|til)\s"
    rf"(?:(?!(?:og|som|at|å)\b)[\wæøå.]+\s){{1,6}}?(?=(?:{'|'.join(sorted(DOING))})\s)"
)
_GETS = re.compile(r"\bfår (?:kurs|opplæring|rettleiing|veiledning|undervisning|tilbud om|tilbod om)\b")
_BETTER = re.compile(
    r"bedre\s(?![\wæøå]+(?:et|en|a|ene|ane)\b)", re.IGNORECASE
)  # «bedre varsling» is no action
_FIRST = re.compile(r"[\wæøåÆØÅ-]+")
_OBJECT = re.compile(r"\s(?!og\b|eller\b|,)\S+")  # something it is done to
_FOR_TO = re.compile(r"for\så\s(?P<verb>\w+)\s", re.IGNORECASE)
_IN_CHARGE = re.compile(r"\bansvar for å\b")
_TO_WHAT_END = re.compile(r"\b(?:for|ved|uten|utan|mot|med) å\b(?!.*\bog for å\b)")
_WORKED_FOR = re.compile(r"\b(?:arbeide?s?r?|arbeidd|arbeidet|jobbe?s?r?|jobba|jobbet|ansvar(?:et)?) for å\b")
_SUBORDINATE = re.compile(
    r"(?<!\w)(?:som|at|dersom|hvis|viss|når|fordi|slik|mens|medan|ettersom|siden|sidan|der|hvor|kor|hvem|kven"
    r"|hva|kva|hvordan|korleis|om hvordan|om korleis|hvilke)\s",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"\b(?:enige?|enighet|semje|samde|einige|avtalt|avtala|avtale|vedtatt|vedteke|bestemt|besluttet|vedtak)"
    r"\b(?:\som)?\sat\s",
    re.IGNORECASE,
)
_SPEAKS_ON = re.compile(r"(?:denne|dette|disse|desse|den|de|dei|han|ho|hun|det)\s", re.IGNORECASE)
# «det skal etablerast ei teneste», «det planlegges et kurs»: new, not «det skal behandles i SSU»
_IT = re.compile(
    r"det\s(?:skal|vil|må|bør|blir|vert)?\s?(?:også\s|òg\s|derfor\s|difor\s)?\w+(?:\s(?:i|ned|opp|av|ut"
    r"|om))?\s"
    r"(?!(?:i|på|av|ved|til|for|med|innen|innan|senest|seinast|når|som|videre|vidare|fra|frå)\b)\w",
    re.IGNORECASE,
)
_OF_IT = re.compile(r"\b(?:til|om|av|på|med|for|over)\s(?:det|dette|denne|desse|disse)\W*$", re.IGNORECASE)
_NO_COMMA = frozenset(
    {"det", "vi", "me", "ein", "man"}
)  # subjects that no noun before «og» can be mixed with
_DEEDS = frozenset({"done", "done-unknown", "changes", "acts-now", "becomes", "do", "act", "be-done"})
_PRESENT_FIRST = re.compile(
    rf"(?:(?:ber|bed)\s(?:\w+\s){{1,4}}om|{CHANGE_PASSIVE}|{PRESENT_PHRASES}|\w{{3,}}(?:es|ast)"
    rf"|{'|'.join(sorted(PRESENT_CHANGES | PRESENTS))})\s",
    re.IGNORECASE,
)
_HOLDS = frozenset({"holder", "held", "tilbyr", "tilbyd"})  # «holder kurs og svarer på spørsmål»
_FEW = 3  # words of a subject that «og» may join to another clause without a comma
_MOST_WORDS = 9  # of a subject before its verb


def cuts(sentence: str) -> Iterator[Cut]:
    """Where further actions begin, in order. The first begins with the sentence."""
    finite = finite_in(sentence)
    if finite is None:
        return
    main, last = parse(sentence), 0
    brackets = [(found.start(), found.end()) for found in re.finditer(r"\([^()]*\)", sentence)]
    for joint in _JOINT.finditer(sentence, finite[1]):
        if any(start < joint.start() < end for start, end in brackets):
            continue
        cut = _cut_at(sentence, joint, main, last)
        if cut:
            last = cut.start
            yield cut


def _cut_at(sentence: str, joint: re.Match[str], main: Clause, last: int) -> Cut | None:
    left, right = sentence[last : joint.start()], sentence[joint.end() :]
    start = joint.start("then")
    said = _HAS_WORD.search(sentence[joint.start() : joint.end()])
    if joint["stop"]:
        return Cut(joint.start(), start, "clause") if _has_own_verb(left, right, has_comma=True) else None
    if right.startswith("at ") and _AGREED.search(sentence[: joint.start()]):
        return Cut(joint.start(), start, "clause")
    if _IN_CHARGE.search(sentence) and (found := _FOR_TO.match(right)) and found["verb"].casefold() in DOING:
        return Cut(joint.start(), start, "verb")
    if _carries_on(sentence, left, right, main, joint):
        return Cut(joint.start(), _after_to(sentence, start), "verb")
    if not said:
        return Cut(joint.start(), start, "clause") if _is_next_clause(left, right, joint["then"]) else None
    if joint["comma"] and _tells_more(right) and finite_in(right):
        return Cut(joint.start(), start, "more")
    if _has_own_verb(left, right, has_comma=bool(joint["comma"])):
        return Cut(joint.start(), start, "clause")
    does = main.form in _DEEDS or (main.verb in _HOLDS and main.who is Who.OURS)
    if does and not main.will and _same_does(left, right, has_comma=bool(joint["comma"])):
        return Cut(joint.start(), start, "present")
    tells_of_meeting = main.verb.startswith(("møt", "saml")) and not main.will
    if (
        _WILL_DO.match(right)
        and not tells_of_meeting
        and parse(f"Vi {right}").verb
        and not _is_subordinate(left)
    ):
        return Cut(joint.start(), start, "will")
    return None


def _is_next_clause(left: str, right: str, then: str) -> bool:
    """A comma alone between two main clauses: «FSU lager en plan, kommunene stiller med lokaler, og …»."""
    finite, clause = finite_in(right), parse(right)
    if finite is None or finite_in(left) is None or _is_subordinate(left) or parse(left).form not in _DEEDS:
        return False
    before = right[: finite[0]].strip()
    is_ours = clause.who in {Who.OURS, Who.WE} and clause.form in _DEEDS
    return is_ours and (before == clause.subject or (bool(then) and not before))


def _after_to(sentence: str, start: int) -> int:
    """Past the «å» of «og å lage …»."""
    return start + 2 if sentence.startswith("å ", start) else start


def _carries_on(sentence: str, left: str, right: str, main: Clause, joint: re.Match[str]) -> bool:
    """An infinitive with its object: «skal lage …, og deretter vurdere om …»."""
    said = joint["comma"] and _FRONT.match(right)  # «, og på grunnlag av dette foreslå …»
    right = right[said.end() :] if said else right
    found = _FIRST.match(right)
    if (
        found is None
        or infinitive(found[0].casefold()) not in DOING
        or not _OBJECT.match(right[found.end() :])
    ):
        return False
    if _BETTER.match(right):
        return False
    before = sentence[: joint.start()]
    end = _TO_WHAT_END.search(_WORKED_FOR.sub("", before))
    return (not main.will or bool(parse(before).verb)) and not end


def _has_own_verb(left: str, right: str, *, has_comma: bool) -> bool:
    """«det skal etablerast …», «kommunane stiller med …», «deretter overføres ansvaret …»."""
    finite = finite_in(right)
    if finite is None or _tells_more(right):
        return False
    before = right[: finite[0]].split()
    clause = parse(right)
    if not before:  # the verb stands first: the subject comes after it, or is that of the first action
        return has_comma and clause.form in {"done", "done-unknown"} and clause.who is not Who.OTHER
    if len(before) > _MOST_WORDS or _SUBORDINATE.search(right[: finite[0]]) or before[0] == "å":
        return False
    binds = before[0].casefold() in _NO_COMMA or (
        clause.will and clause.who is Who.OURS and len(before) <= _FEW
    )
    if not has_comma and (not binds or _is_subordinate(left)):
        return False
    is_deed = clause.form in _DEEDS or bool(clause.will) or clause.who in {Who.OURS, Who.WE}
    return is_deed or bool(_GETS.search(right))


def _same_does(left: str, right: str, *, has_comma: bool) -> bool:
    """«FSU lager … og legger fram …»: one subject, two verbs in the present."""
    if not _PRESENT_FIRST.match(right) or _OF_IT.search(right):
        return False
    return (has_comma or not _is_subordinate(left)) and len(right.split()) > 1


def _is_subordinate(left: str) -> bool:
    """What stands since the last comma hangs on «som», «at», «når»: then «og» goes on within it."""
    return bool(_SUBORDINATE.search(re.split(r"[,;:]\s", left)[-1]))


def _tells_more(right: str) -> bool:
    """It speaks on about the first action: «denne skal være klar …», «det skal behandles i SSU»."""
    found, finite = _SPEAKS_ON.match(right), finite_in(right)
    if found is None or finite is None or finite[0] > found.end():
        return False  # «dei to fyrste blir lyste ut»: more than a pronoun
    return not (right.casefold().startswith("det ") and _IT.match(right))


__all__ = ["Cut", "cuts"]
