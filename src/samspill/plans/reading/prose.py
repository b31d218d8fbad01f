"""Measures in running text: a clause gets a score from signs for and against, and the signs are its rule.

A measure is somebody of the helsefellesskap who is to do something in the period. Against it speak the nation
as subject, definitions, forecasts, effects, mandates, ideals and the past. A measure from prose is never as
sure as one from a table.
Not here: how a sentence is taken apart (`clauses`), the words (`prose_words`), the signs (`prose_signs`), or
who «utvalget» is (`mentions`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from samspill.documents.blocks import BlockKind, Document
from samspill.plans.reading.candidates import Period
from samspill.plans.reading.clauses import Clause, cuts, parse, together_with
from samspill.plans.reading.deadlines import deadline_in, year_of
from samspill.plans.reading.details import take_details
from samspill.plans.reading.drafts import Draft
from samspill.plans.reading.mentions import community_in, meant_by
from samspill.plans.reading.passages import Passage, anchor_in, passages, sentences
from samspill.plans.reading.prose_signs import (
    BY_FORM,
    BY_SUBJECT,
    ENOUGH,
    ENOUGH_OUTSIDE,
    SIGNS,
    SURE_AT_MOST,
)
from samspill.plans.reading.prose_words import DOING, PRONOUNS, VALUES_PASSIVE, Who, infinitive
from samspill.plans.reading.verbs import ACTIONS, begins_with_action, strength_of
from samspill.plans.reading.words import clean, word_set

_SHORTEST = 25  # characters of a sentence that can say who does what
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_VALUE = re.compile(rf"(?:{VALUES_PASSIVE})$", re.IGNORECASE)
# «skal tas i bruk», «takast opp», «tas initiativ»: a change all the same
_TAKEN_UP = re.compile(
    r"\b(?:tas|takast|gis|gjevast)\s(?:i\sbruk|opp\b|fram\b|frem\b|initiativ|oppl)", re.IGNORECASE
)
_DEPONENTS = frozenset({"møtes", "møtast", "enes", "einast", "samles", "samlast"})  # active in meaning
_DELIVERS = re.compile(
    r"(?:legge|leggje|legg|presentere|sende|levere|legger|presenterer|sender|leverer|fullføre"
    r"|ferdigstille|overlevere)\b",
    re.IGNORECASE,
)
_COMMUNITY = re.compile(r"\bhelsefell?es?skap(?:et)?\b|^part(?:ene|ane)$", re.IGNORECASE)
_PASSIVE_FORMS = frozenset({"be-done", "done", "done-unknown"})
_ASKED = re.compile(r"\b(?:bes|bedes|blir bedt|vert bedne?|er bedt) om å\b")
# What every preamble says
_LOFTY = word_set("""
    sikre bidra sørge sørgje fremme fremje gi gje arbeide jobbe samarbeide styrke støtte legge leggje
    utvikle ta følge følgje bygge byggje skape
""")
_IN_INFINITIVE = re.compile(r"[A-ZÆØÅ]\w+e?\s(?!og\s[a-zæøå]+e\s*$)\S+(?:\s\S+)+")  # a verb and its object
_FOR = [sign for sign in SIGNS if sign[1] > 0]
_AGAINST = [sign for sign in SIGNS if sign[1] < 0]
_TIME, _BEFORE = 0.2, -0.3
_FEWEST_WORDS = 3  # of an action
_SPOKEN_TO = (  # who is to do it when another is the subject: «SSU gir FSU i oppdrag å»
    re.compile(r"\b(?:gir|gjev|ga|har gitt|har gjeve)\s(?P<who>.{2,60}?)\si oppdrag å\b"),
    re.compile(
        rf"\bber\s(?!om\b)(?P<who>(?:\w+\s){{1,4}}?)(?:om\s)?(?:å\s)?(?:{'|'.join(sorted(ACTIONS))})\b"
    ),
    re.compile(
        r"\b(?:ønsk(?:elig|eleg|jeleg)|anbefales|foreslås|tilrås"
        r"|tilrådast) at\s(?P<who>[\wæøåÆØÅ-]+(?:\s(?!\w+er\b|\w+ar\b)[\wæøåÆØÅ-]+){0,4}?)\s(?=\w+(?:er"
        r"|ar)\b)"
    ),
    re.compile(
        r"\b[Oo]ppg[aå]ve(?:n|a)?\s(?:for|til)\s(?P<who>[^,.]{3,70}?)(?:\si\s\d{4})?\s(?:er|blir|vert)\så\b"
    ),
)


SectionOf = Callable[[int], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`signs` are the names of the signs that were found, those against with a minus."""

    score: float
    signs: tuple[str, ...]


def find_in_prose(
    document: Document,
    indexes: Sequence[int],
    period: Period,
    *,
    outside: Sequence[int] = (),
    section_of: SectionOf = lambda index: (index,),
) -> Iterator[Draft]:
    """Measures in the paragraphs at `indexes`. Coordinated actions are split and share an origin.

    The places in `outside` lie in no focus area; there only what is beyond doubt is taken. `section_of` gives
    the places of the section a block stands in, where «utvalget» may be named.
    """
    far = set(outside)
    for passage in passages(document, sorted({*indexes, *far})):
        if passage.text.rstrip().endswith((":", ";")):
            continue  # a line that opens a list says what the list holds, not what is done
        line = document.blocks[passage.indexes[0]].line
        for number, sentence in enumerate(sentences(passage.text), start=1):
            enough = _enough_outside(sentence) if passage.indexes[0] in far else ENOUGH
            for part, judgement in judged_parts(sentence, period, enough):
                draft = _draft(document, passage, sentence, part, judgement, period)
                draft.origin = f"{line}:{number}"
                name_whom(draft, part, sentence, document, section_of(passage.indexes[0]))
                yield draft


def _enough_outside(sentence: str) -> float:
    """Outside the focus areas plans tell what each body is for; the community itself has no mandate."""
    clause = parse(sentence)
    is_community = bool(_COMMUNITY.search(clause.subject)) and clause.form == "do"
    if clause.verb in _LOFTY:
        return ENOUGH_OUTSIDE
    return ENOUGH if is_community else ENOUGH_OUTSIDE


@dataclass(frozen=True, slots=True)
class Part:
    """One action of a sentence. `clause` says who and what; a later verb has both from the first."""

    text: str
    clause: Clause
    goes_on: bool = False


def judged_parts(sentence: str, period: Period, enough: float = ENOUGH) -> list[tuple[Part, Judgement]]:
    """The actions of a sentence that are measures: each by itself when all are, else the whole sentence."""
    if len(sentence) < _SHORTEST or sentence.endswith("?"):
        return []
    parts = parts_of(sentence)
    verbs_only = all(part.clause.subject == parts[0].clause.subject for part in parts)
    judged = [
        (part, _judge_clause(part.clause, sentence if verbs_only else part.text, period)) for part in parts
    ]
    for place, (part, _) in enumerate(judged):
        if place and part.goes_on:  # a later verb has subject and will from the one before it
            judged[place] = (part, judged[place - 1][1])
    if len(parts) > 1 and all(judgement.score >= enough for _, judgement in judged):
        return judged
    whole = Part(sentence, parts[0].clause)
    own = [_judge_clause(replace(parts[0].clause, text=sentence), sentence, period)]
    own += [judgement for part, judgement in judged if part.clause.subject != parts[0].clause.subject]
    best = max(own, key=lambda judgement: judgement.score)
    if best.score < enough:
        return []
    if best is not own[0]:  # another clause than the first is what makes it a measure
        clause = next(part.clause for part, judgement in judged if judgement is best)
        whole = Part(sentence, clause)
    return [(whole, best)]


def judge(sentence: str, period: Period) -> Judgement:
    """How much a sentence looks like a measure, from 0 on; nothing without a verb of doing."""
    if len(sentence) < _SHORTEST or sentence.endswith("?"):
        return Judgement(0.0, ())
    return max(
        (_judge_clause(part.clause, sentence, period) for part in parts_of(sentence)),
        key=lambda judgement: judgement.score,
    )


def _judge_clause(clause: Clause, sentence: str, period: Period) -> Judgement:
    found: dict[str, float] = {}
    form = _form(clause)
    if form in BY_FORM:
        name, weight = BY_FORM[form]
        found[name] = weight
    if clause.who in BY_SUBJECT and not (clause.who is Who.IT and form not in {"be-done", "done"}):
        name, weight = BY_SUBJECT[clause.who]
        found[name] = weight
    _look_for(_FOR, clause.text, found)
    time = _time_of(clause.text, period) or (_time_of(sentence, period) if found else None)
    if time and not (time[1] < 0 and (clause.will or "wished" in found)):
        found[time[0]] = time[1]
    if round(sum(found.values()), 2) >= ENOUGH:  # else nothing needs to be said against it
        _look_for(_AGAINST, clause.text, found)
    return Judgement(round(sum(found.values()), 2), tuple(found))


def _look_for(
    signs: Sequence[tuple[str, float, re.Pattern[str]]], text: str, found: dict[str, float]
) -> None:
    for name, weight, pattern in signs:
        key = name if weight > 0 else f"-{name}"
        if key not in found and pattern.search(text):
            found[key] = weight


def _form(clause: Clause) -> str:
    """«skal brukes» says how things are to be, «skal etableres» that something is to be done."""
    if clause.verb in _DEPONENTS:
        return "act" if clause.will else "routine-now"
    if clause.form in {"be-done", "done"} and _VALUE.match(clause.verb) and not _TAKEN_UP.search(clause.text):
        return "be-value" if clause.form == "be-done" else "done-value"
    return "routine-now" if clause.form == "routine" and not clause.will else clause.form


def _time_of(sentence: str, period: Period) -> tuple[str, float] | None:
    """A time within the plan speaks for a measure; nothing but years before it speaks of the past."""
    first, last = year_of(period.start), year_of(period.end)
    years = [int(year) for year in _YEAR.findall(sentence)]
    if deadline_in(sentence, period).day or (
        first and last and any(first <= year <= last + 1 for year in years)
    ):
        return ("time", _TIME)
    return ("-before-the-plan", _BEFORE) if first and years and max(years) < first else None


def subject_of(sentence: str) -> str:
    """Who is to do it: the words right before the finite verb, or right after («Nå skal utvalget …»)."""
    clause = parse(sentence)
    return clause.subject if clause.who in {Who.OURS, Who.WE} else ""


def parts_of(sentence: str) -> list[Part]:
    """The actions of a sentence, each with its clause; one when nothing is coordinated."""
    main = parse(sentence)
    found = sorted(cuts(sentence), key=lambda cut: cut[1])
    starts = [(0, "clause"), *((start, how) for _, start, how in found)]
    ends = [*(end for end, _, _ in found), len(sentence)]
    texts = [sentence[start:end].strip() for (start, _), end in zip(starts, ends, strict=True)]
    if not all(_says_what(text, how) for text, (_, how) in zip(texts, starts, strict=True)):
        return [Part(sentence, main)]
    parts: list[Part] = []
    for text, (_, how) in zip(texts, starts, strict=True):
        clause = parse(text) if how == "clause" else replace((parts[-1].clause if parts else main), text=text)
        parts.append(Part(text, clause, how != "clause"))
    return parts


def _says_what(part: str, how: str) -> bool:
    """An action with what it is done to: «utvikle og prøve ut en modell» is one action, not two."""
    words = part.split() or [""]
    fewest = 2 if how == "clause" and words[-1].casefold().endswith(("s", "ast")) else _FEWEST_WORDS
    return len(words) >= fewest and words[-1].casefold() not in ACTIONS


def split_actions(sentence: str) -> list[str]:
    """«… skal A x, og B y» as two texts; the first keeps the start."""
    return [part.text for part in parts_of(sentence)]


def _draft(
    document: Document,
    passage: Passage,
    sentence: str,
    part: Part,
    judgement: Judgement,
    period: Period,
) -> Draft:
    anchor = anchor_in(document, passage, part.text)
    said = who_does(part, sentence)
    return Draft(
        text=part.text,
        label="",
        index=passage.indexes[0],
        line=anchor.line,
        last_line=anchor.last_line,
        page=document.blocks[passage.indexes[0]].page,
        verbatim=anchor.verbatim,
        rule="prose: " + ", ".join(judgement.signs),
        confidence=min(SURE_AT_MOST, round(judgement.score, 2)),
        origin="",
        responsible=said,
        responsible_from="sentence" if said else "",
        deadline=_deadline_of(part.text, sentence, period),
        strength=strength_of(sentence),
    )


def who_does(part: Part, sentence: str) -> str:
    """Whom the sentence itself names: its subject, or the one it gives the task. Pronouns are nobody."""
    for pattern in _SPOKEN_TO:
        if found := pattern.search(part.text) or pattern.search(sentence):
            return found["who"].strip()
    clause = part.clause
    is_done_to = not _ASKED.search(part.text) and clause.form in _PASSIVE_FORMS
    is_done_to = is_done_to and clause.verb not in _DEPONENTS
    if clause.who is not Who.OURS or is_done_to:
        return ""
    others = together_with(sentence) if clause.subject in sentence else ""
    return f"{clause.subject}, {others}" if others else clause.subject


def find_in_headings(
    document: Document, indexes: Sequence[int], areas: Iterable[str], period: Period
) -> Iterator[Draft]:
    """Headings that are measures themselves: «Etablere felles opplæring i palliasjon», with text below.

    Only two or more of them in a plan are believed, and never one that names a focus area. Who and when
    may be
    said in the first paragraph below.
    """
    blocks = document.blocks
    named = set(areas)
    found = [
        index
        for index in indexes
        if blocks[index].kind is BlockKind.HEADING
        and clean(blocks[index].text) not in named
        and _IN_INFINITIVE.match(clean(blocks[index].text))
        and begins_with_action(blocks[index].text)
    ]
    for index in found if len(found) > 1 else ():
        block, text = blocks[index], clean(blocks[index].text)
        anchor = anchor_in(document, Passage((index,), text), text)
        draft = Draft(
            text=text,
            label=block.label,
            index=index,
            line=anchor.line,
            last_line=anchor.last_line,
            page=block.page,
            verbatim=anchor.verbatim,
            rule="heading: infinitive",
            confidence=SURE_AT_MOST,
            origin=str(block.line),
        )
        if index + 1 < len(blocks) and blocks[index + 1].kind is BlockKind.PARAGRAPH:
            take_details(draft, clean(blocks[index + 1].text))
        yield draft


def name_whom(draft: Draft, part: Part, sentence: str, document: Document, section: Sequence[int]) -> None:
    """«Utvalget» and «vi» become who they mean, and are marked as inferred unless the sentence says it."""
    subject = part.clause.subject
    if part.clause.who is Who.WE and (community := community_in(sentence)):
        draft.responsible, draft.responsible_from = community, "sentence"
    elif (part.clause.who is Who.WE or draft.responsible == subject or _ASKED.search(part.text)) and (
        meant := meant_by(subject, document, draft.index, part.text, section)
    ):
        draft.responsible, draft.responsible_from = meant, "section"


def _deadline_of(part: str, sentence: str, period: Period) -> str:
    """Of one action among several: its own, else the one that opens the sentence or ends it for all."""
    own, common = deadline_in(part, period).raw, deadline_in(sentence, period).raw
    if own or not common or part == sentence:
        return own
    texts = split_actions(sentence)
    place = sentence.find(common)
    holder = next((text for text in reversed(texts) if sentence.find(text) <= place), sentence)
    before = sentence.find(holder) < sentence.find(part)
    if before:  # said before this action: for all when it comes before the first verb of doing
        return common if _opens(sentence, place) else ""
    shared = _DELIVERS.match(holder) or len(part.split()) <= 2
    return common if shared else ""


def _opens(sentence: str, place: int) -> bool:
    """The time comes before the verb of doing: «skal innen utgangen av 2026 lage … og sende …»."""
    words = re.findall(r"\w+", sentence[:place])
    return not any(infinitive(word.casefold()) in DOING for word in words)


__all__ = ["PRONOUNS", "Judgement", "Part", "find_in_prose", "judge", "judged_parts", "sentences"]
