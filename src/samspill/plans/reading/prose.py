"""Measures in running text: a clause gets a score from signs for and against, and the signs are its rule.

A measure is somebody of the helsefellesskap who is to do something in the period. Against it speak the nation
as subject, definitions, forecasts, effects, mandates, ideals and the past. A measure from prose is never as
sure as one from a table.
Not here: how a sentence is taken apart (`clauses`, `coordination`), what makes an action a measure
(`judging`), or who «utvalget» is (`mentions`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from samspill.documents.blocks import BlockKind, Document
from samspill.plans.reading.candidates import Period
from samspill.plans.reading.clauses import finite_in, is_passive, parse, subject_of_condition, together_with
from samspill.plans.reading.deadlines import deadline_in
from samspill.plans.reading.details import take_details
from samspill.plans.reading.drafts import Draft
from samspill.plans.reading.judging import (
    DEPONENTS,
    PASSIVES,
    Judgement,
    Part,
    judge,
    judged_parts,
    split_actions,
)
from samspill.plans.reading.mentions import community_in, meant_by
from samspill.plans.reading.passages import Passage, anchor_in, passages, promising, sentences
from samspill.plans.reading.prose_signs import ENOUGH, ENOUGH_OUTSIDE, SURE_AT_MOST
from samspill.plans.reading.prose_words import DOING, PRONOUNS, STATES, Who, infinitive
from samspill.plans.reading.subjects import who_is
from samspill.plans.reading.verbs import ACTIONS, begins_with_action, strength_of
from samspill.plans.reading.words import clean, word_set

_DELIVERS = re.compile(
    r"(?:legge|leggje|legg|presentere|sende|levere|legger|presenterer|sender|leverer|fullføre"
    r"|ferdigstille|overlevere)\b",
    re.IGNORECASE,
)
_COMMUNITY = re.compile(r"\bhelsefell?es?skap(?:et)?\b|^part(?:ene|ane)$", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:bes|bedes|(?:blir|vert|er|har blitt|har vorte)(?:\s\w+)? (?:bedt|beden?|bedne)) om å\b"
    r"|\bgis (?:ansvar|oppgave|mandat)"
)
# What every preamble says
_LOFTY = word_set("""
    sikre bidra sørge sørgje fremme fremje gi gje arbeide jobbe samarbeide styrke støtte legge leggje
    utvikle ta følge følgje bygge byggje skape
""")
_IN_INFINITIVE = re.compile(r"[A-ZÆØÅ]\w+e?\s(?!og\s[a-zæøå]+e\s*$)\S+(?:\s\S+)+")  # a verb and its object
_SPOKEN_TO = (  # who is to do it when another is the subject: «SSU gir FSU i oppdrag å»
    re.compile(r"\b(?:gir|gjev|ga|har gitt|har gjeve)\s(?P<who>.{2,60}?)\si oppdrag å\b"),
    re.compile(
        r"^\W*(?:[Hh]oved|[Hh]ovud)?[Aa]nsvaret for .{3,60}? (?:ligger (?:hos|til)|ligg (?:hos|til)"
        r"|legges til"
        r"|leggjast til|gis til|(?:blir|vert|er) lagt til|overføres til"
        r"|overførast til)\s(?P<who>[^,.;]{3,60})"
    ),
    re.compile(r"\bhar bedt (?P<who>[^,.]{3,60}?) om å\b"),
    re.compile(
        r"\b(?:ber|bed)\s(?!om\b)(?P<who>(?:(?!om\shjelp\b)\w+\s){1,8}?)"
        rf"(?:om\så\s\w+|(?:om\s|å\s)?(?:{'|'.join(sorted(ACTIONS))}|sjå|se))\b"
    ),
    re.compile(
        r"\b(?:ønsk(?:elig|eleg|jeleg)|anbefales|foreslås|tilrås"
        r"|tilrådast) at\s(?P<who>[\wæøåÆØÅ-]+(?:\s(?!\w+er\b|\w+ar\b)[\wæøåÆØÅ-]+){0,4}?)\s(?=\w+(?:er"
        r"|ar)\b)"
    ),
    re.compile(
        r"\b(?:skjer|gjøres|gjerast|gjennomføres|gjennomførast) i samarbeid mellom (?P<who>[^,.;]{3,60})"
    ),
    re.compile(r"^(?!.*\b(?:skal|vil)\b).*\bfår\b.*\bi regi av (?P<who>[^,.;]{3,60})"),
    re.compile(
        r"\b[Oo]ppg[aå]ve(?:n|a)?\s(?:for|til)\s(?P<who>[^,.]{3,70}?)(?:\si\s\d{4})?\s(?:er|blir|vert)\så\b"
    ),
)

# «det er semje om at sjukehuset opnar …»
_AGREED_THAT = re.compile(
    r"(?:^at|\b(?:enige?|enighet|semje|samde|einige|avtalt|avtala|bestemt|besluttet|vedtatt|vedteke)"
    r"(?:\som)?\sat)\s(?P<who>(?!det\b)[\wæøåÆØÅ-]+(?:\s(?!\w+[ea]r\b|skal\b|vil\b)[\wæøåÆØÅ-]+){0,6}?)"
    r"\s(?=\w+[ea]r\b|gjer\b|tek\b|tar\b|gir\b|gjev\b|skal\b|vil\b|må\b)"
)
# Who is offered something, and what begins, is not who does it
_IS_OFFERED = re.compile(
    r"\bfår (?:\w+ ){0,2}?(?:\w*tilgang til|lesetilgang|besøk av|tilsendt|utdelt)\b"
    r"|^(?:(?!\b(?:at|som|slik|skal|vil)\b).)*\bfår \w*tilgang\b"
    r"|\bfår? (?:eit? )?(?:tilbud|tilbod) om\b|\bha fått\b|\bfår (?:et|eit|en|ein|ei|kurs|opplæring"
    r"|rettleiing|veiledning)\b|^(?:to|tre|fire"
    r"|fem|seks"
    r"|nye)\s(?:\w+\s){1,3}(?:starter"
    r"|startar|opner|opnar|åpner)\b",
    re.IGNORECASE,
)


SectionOf = Callable[[int], Sequence[int]]


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
        line = document.blocks[passage.indexes[0]].line
        for number, sentence in enumerate(promising(passage), start=1):
            if sentence.endswith((":", ";")):
                continue  # what opens a list says what the list holds, not what is done
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


def subject_of(sentence: str) -> str:
    """Who is to do it: the words right before the finite verb, or right after («Nå skal utvalget …»)."""
    clause = parse(sentence)
    return clause.subject if clause.who in {Who.OURS, Who.WE} else ""


def who_does(part: Part, sentence: str) -> str:
    """Whom the sentence itself names: its subject, or the one it gives the task. Pronouns are nobody."""
    for pattern in _SPOKEN_TO:
        own = part.text if part.clause.subject not in {"", parse(sentence).subject} else sentence
        if found := pattern.search(part.text) or pattern.search(own):
            return found["who"].strip()
    if (found := _AGREED_THAT.search(part.text)) and who_is(found["who"]) is Who.OURS:
        return found["who"].strip()
    clause = part.clause
    is_done_to = not _is_asked(part, sentence) and clause.form in {*PASSIVES, "becomes"}
    is_done_to = is_done_to and clause.verb not in DEPONENTS
    if clause.subject.casefold() in PRONOUNS and (named := subject_of_condition(part.text)):
        return named
    if clause.who not in {Who.OURS, Who.ROLE} or is_done_to or _IS_OFFERED.search(part.text):
        return ""
    others = together_with(sentence) if clause.subject in sentence else ""
    return f"{clause.subject}, {others}" if others else clause.subject


def _is_asked(part: Part, sentence: str) -> bool:
    """«X blir bedt om å A og å B»: what goes on from being asked is asked for as well."""
    return bool(_ASKED.search(part.text) or (part.goes_on and _ASKED.search(sentence)))


def doer_in(sentence: str) -> str:
    """Whom a sentence, or the first of several, names as the one who does it; "" for an infinitive."""
    first = (sentences(sentence) or [""])[0]
    return who_does(Part(first, parse(first)), first)


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
    finite = finite_in(sentence)
    if finite and not parse(sentence).will:
        return place < finite[0]
    verbs = DOING | STATES
    return not any(infinitive(word.casefold()) in verbs or is_passive(word) for word in words)


__all__ = ["Judgement", "Part", "find_in_prose", "judge", "judged_parts", "sentences", "split_actions"]
