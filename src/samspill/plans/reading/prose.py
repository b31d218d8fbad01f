"""Measures in running text: a sentence gets a score from signs for and against, and the signs are its rule.

A measure is somebody of the helsefellesskap who is to do something in the period. Against it speak the nation
as subject, definitions, forecasts, effects, mandates, ideals and the past. A measure from prose is never as
sure as one from a table.
Not here: the words themselves (`prose_signs`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samspill.documents.blocks import BlockKind, Document
from samspill.plans.reading.actors import is_somebody
from samspill.plans.reading.candidates import Period
from samspill.plans.reading.deadlines import deadline_in, year_of
from samspill.plans.reading.drafts import Draft, anchor_of
from samspill.plans.reading.prose_signs import ACTS, AND_ACTS, ENOUGH, MODAL, PRONOUNS, SIGNS, SURE_AT_MOST
from samspill.plans.reading.verbs import ACTIONS, strength_of
from samspill.plans.reading.words import clean

_SENTENCE_END = re.compile(r"(?<=[a-zæøåA-ZÆØÅ0-9)»”%][.!?])\s+(?=[A-ZÆØÅ«“(])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:f\.?\s?eks|bl\.?\s?a|jf|ca|nr|iht|mfl|m\.?fl|osv|dvs|inkl|kap|pkt|evt|mv|m\.m|St|Meld|Prop|kl"
    r"|avd|[A-ZÆØÅ]))\.$"
)
_SHORTEST = 25  # characters of a sentence that can say who does what
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SHORT_FORM = re.compile(r"^[A-ZÆØÅ]{2,6}$")
_PREPOSITION = re.compile(r"(?:I|For|Som|Gjennom|Etter|Ved|Under|På|Innen|Innan|Innenfor|Fra|Frå)\s")
# «evaluere den våren 2027» comes after what «den» was made by, and its time is its own
_REFERS_BACK = re.compile(
    r"(?:evaluere|måle|revidere|oppsummere|etterprøve)\s(?:den|det|de|dei|dem|disse|desse|dette)\b",
    re.IGNORECASE,
)
_TIME, _BEFORE = 0.2, -0.3
_SOMEBODY = 0.25
_FEWEST_WORDS = 3  # of an action
_MOST_WORDS_BEFORE = 25  # between the start of a sentence and its verb


@dataclass(frozen=True, slots=True)
class Judgement:
    """`signs` are the names of the signs that were found, those against with a minus."""

    score: float
    signs: tuple[str, ...]


def find_in_prose(document: Document, indexes: Sequence[int], period: Period) -> Iterator[Draft]:
    """Measures in the paragraphs at `indexes`. Coordinated actions are split and share an origin."""
    for index in indexes:
        block = document.blocks[index]
        if block.kind is not BlockKind.PARAGRAPH or block.text.rstrip().endswith((":", ";")):
            continue  # a line that opens a list says what the list holds, not what is done
        for number, sentence in enumerate(sentences(clean(block.text)), start=1):
            judgement = judge(sentence, period)
            if judgement.score >= ENOUGH:
                yield from _drafts(document, index, f"{block.line}:{number}", sentence, judgement, period)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; «f.eks.», «nr. 3» and «jf. Nasjonal …» do not end one."""
    parts: list[str] = []
    for part in _SENTENCE_END.split(text):
        if parts and _ABBREVIATED.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return [part.strip() for part in parts if part.strip()]


def judge(sentence: str, period: Period) -> Judgement:
    """How much a sentence looks like a measure, from 0 on; nothing without a verb of doing."""
    if len(sentence) < _SHORTEST or sentence.endswith("?") or not ACTS.search(sentence):
        return Judgement(0.0, ())
    found = [(name, weight) for name, weight, pattern in SIGNS if pattern.search(sentence)]
    if subject_of(sentence):
        found.append(("subject", _SOMEBODY))
    if time := _time_of(sentence, period):
        found.append(time)
    signs = tuple(name if weight > 0 else f"-{name}" for name, weight in found)
    return Judgement(round(sum(weight for _, weight in found), 2), signs)


def _time_of(sentence: str, period: Period) -> tuple[str, float] | None:
    """A time within the plan speaks for a measure; nothing but years before it speaks of the past."""
    first, last = year_of(period.start), year_of(period.end)
    years = [int(year) for year in _YEAR.findall(sentence)]
    if deadline_in(sentence, period).day or (
        first and last and any(first <= year <= last + 1 for year in years)
    ):
        return ("time", _TIME)
    return ("before-the-plan", _BEFORE) if first and years and max(years) < first else None


def subject_of(sentence: str) -> str:
    """Who is to do it: the words right before the verb of will, or right after («Nå skal utvalget …»)."""
    modal = MODAL.search(sentence)
    if modal is None:
        return ""
    before = re.split(r"[,;:]\s", sentence[: modal.start()].strip())[-1].strip()
    after = sentence[modal.end() :].strip().split(" ")[0].strip(",")
    places = (after,) if _PREPOSITION.match(before) else (before, after)
    return next((words for words in places if _is_subject(words)), "")


def _is_subject(words: str) -> bool:
    named = is_somebody(words) or _SHORT_FORM.search(words) or words.casefold() in PRONOUNS
    return bool(named) and 0 < len(words.split()) <= _MOST_WORDS_BEFORE


def _says_what(part: str) -> bool:
    """An action with what it is done to: «utvikle og prøve ut en modell» is one action, not two."""
    words = part.split()
    return len(words) >= _FEWEST_WORDS and words[-1].casefold() not in ACTIONS


def _drafts(
    document: Document, index: int, origin: str, sentence: str, judgement: Judgement, period: Period
) -> Iterator[Draft]:
    block = document.blocks[index]
    said_by = subject_of(sentence)
    for text in split_actions(sentence):
        anchor = anchor_of(document, block, text)
        yield Draft(
            text=text,
            label="",
            index=index,
            line=anchor.line,
            last_line=anchor.last_line,
            page=block.page,
            verbatim=anchor.verbatim,
            rule="prose: " + ", ".join(judgement.signs),
            confidence=min(SURE_AT_MOST, round(judgement.score, 2)),
            origin=origin,
            responsible="" if said_by.casefold() in PRONOUNS else _bare(said_by),
            responsible_from="sentence" if said_by and said_by.casefold() not in PRONOUNS else "",
            deadline=_deadline_of(text, sentence, period),
            strength=strength_of(sentence),
        )


def _deadline_of(part: str, sentence: str, period: Period) -> str:
    """Of one action among several: its own, else the one that opens or ends the sentence."""
    own, common = deadline_in(part, period).raw, deadline_in(sentence, period).raw
    if own or not common:
        return own
    modal = MODAL.search(sentence)
    place = sentence.find(common)
    opens = modal is None or place < modal.start() or _is_right_after(sentence[modal.end() : place])
    ends = place > sentence.find(part) and not _REFERS_BACK.match(_last_of(sentence, place))
    return common if opens or ends else ""


def _is_right_after(between: str) -> bool:
    """The time comes before the verb of doing: «skal innen utgangen av 2026 lage … og sende …»."""
    words = re.findall(r"\w+", between)
    return len(words) <= _FEWEST_WORDS and not any(word.casefold() in ACTIONS for word in words)


def _last_of(sentence: str, place: int) -> str:
    """The action that a place of the sentence stands in."""
    parts = split_actions(sentence)
    return next((part for part in reversed(parts) if sentence.find(part) <= place), sentence)


def _bare(subject: str) -> str:
    """«Helsefellesskapet» of «Videre Helsefellesskapet»: an opening adverb is no part of the subject."""
    return re.sub(r"^(?:Videre|Vidare|I tillegg|Derfor|Difor|Samtidig|Samstundes|Også)\s+", "", subject)


def split_actions(sentence: str) -> list[str]:
    """«… skal A x, og B y» as two texts of three words or more; the first keeps the start."""
    found = list(AND_ACTS.finditer(sentence))
    starts = [0, *(cut.start("second") for cut in found)]
    ends = [*(cut.start() for cut in found), len(sentence)]
    parts = [sentence[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return parts if all(_says_what(part) for part in parts) else [sentence]
