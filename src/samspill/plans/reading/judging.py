"""Which actions of a sentence are measures: a score from signs for and against, by clause.

Not here: how a sentence is taken apart (`clauses`, `coordination`), the signs and their weights
(`prose_signs`), or who and when (`prose`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from samspill.plans.reading.candidates import Period
from samspill.plans.reading.clauses import Clause, finite_in, parse
from samspill.plans.reading.coordination import cuts
from samspill.plans.reading.deadlines import deadline_in, year_of
from samspill.plans.reading.prose_signs import BY_FORM, BY_SUBJECT, ENOUGH, SIGNS
from samspill.plans.reading.prose_words import DOING, PRONOUNS, VALUES_PASSIVE, WE, Who
from samspill.plans.reading.verbs import ACTIONS
from samspill.plans.reading.weighing import chance, strongest, traits_of

_SHORTEST = 22  # characters of a sentence that can say who does what
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PAPER = re.compile(
    r"(?:(?:en|ein|den|nye?|felles|ferdige?|endelig|endeleg)\s)*(?:\w*veileder|\w*rettleiar|\w*rapport)\w*\b",
    re.IGNORECASE,
)
_EXAMINED = re.compile(
    r"(?:kartlegg|utred|evaluer|mål|undersøk|gjennomgå|analyser|beskriv|vurder)(?:es|ast|jast|s)$"
)
_VALUE = re.compile(rf"(?:{VALUES_PASSIVE})$", re.IGNORECASE)
# «skal tas i bruk», «takast opp», «tas initiativ»: a change all the same
_TAKEN_UP = re.compile(
    r"\b(?:tas|takast|gis|gjevast)\s(?:det\s)?(?:stilling|i\sbruk|opp\b|fram\b|frem\b|initiativ|oppl"
    r"|tilbud\som|tilbod\som)"
    r"|\b(?:deles|delast)\sut\b|\b(?:bygges|byggjast)\s(?!på)|\b(?:ses|sees|sjåast)\s(?:nærmere\s"
    r"|nærare\s)?på\b",
    re.IGNORECASE,
)
DEPONENTS = frozenset(
    {"møtes", "møtast", "enes", "einast", "samles", "samlast", "møtest"}
)  # active in meaning
PASSIVES = frozenset({"be-done", "done", "done-unknown"})
_DEEDS = frozenset({"do", "act", "changes", "acts-now", "becomes", *PASSIVES})
_KNOWN = re.compile(
    r"(?!.*(?:helse|liv))\w{5,}(?:et|en|a|ene|ane)(?:\s(?:for|om|med|i|mellom|av)\s.*)?$", re.IGNORECASE
)
_FOR = [sign for sign in SIGNS if sign[1] > 0]
_AGAINST = [sign for sign in SIGNS if sign[1] < 0 and sign[0] != "condition"]
_CONDITION = [sign for sign in SIGNS if sign[0] == "condition"]
_TIME, _BEFORE = 0.2, -0.3
LIKELY, UNLIKELY = 0.55, 0.3  # from here it is a measure without the rules, below it is none in spite of them
_UNLIKE = -0.5
_JOINED = 0.3  # an action that goes on from one that is a measure
_OWN = frozenset({"clause", "more"})  # kinds of actions with a subject of their own
_FEWEST_WORDS = 2  # of an action
_PARTICLES = frozenset(["ut", "opp", "inn", "fram", "frem", "ned", "på", "av", "til", "med", "over"])
_OF_PERSONS = frozenset(
    {
        "offered",
        "brought-in",
        "done-by-then",
        "to-be-ready",
        "gets-access",
        "gets",
        "trained",
        "called-in",
        "may-from",
        "within",
        "are-with-us",
    }
)  # what happens to persons
_EXPLAINED = re.compile(r"(?<=\w{4}),\ssom\s[^,]*$")  # «…, som skal være tilgjengelig for alle»
_ADDED = re.compile(r";\s.*$")  # «…; målet er at …» explains the action


@dataclass(frozen=True, slots=True)
class Judgement:
    """`signs` are the names of the signs that were found, those against with a minus."""

    score: float
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One action of a sentence. `clause` says who and what; a later verb has both from the first."""

    text: str
    clause: Clause
    goes_on: bool = False
    tells_more: bool = False


def judged_parts(sentence: str, period: Period, enough: float = ENOUGH) -> list[tuple[Part, Judgement]]:
    """The actions of a sentence that are measures; what is none goes with the one it stands beside."""
    if len(sentence) < _SHORTEST or sentence.endswith("?"):
        return []
    parts = parts_of(sentence)
    judged = _judge_each(parts, sentence, period, enough)
    measures = [place for place, (_, judgement) in enumerate(judged) if judgement.score >= enough]
    if len(measures) > 1:
        return _merged(sentence, judged, measures)
    whole = Part(sentence, parts[0].clause)
    own = [_judge_clause(replace(parts[0].clause, text=sentence), sentence, period)]
    own += [judgement for part, judgement in judged if not part.goes_on or part is parts[0]]
    best = max(own, key=lambda judgement: judgement.score)
    if best.score < enough:
        return []
    if best is not own[0]:  # another clause than the first is what makes it a measure
        clause = next(part.clause for part, judgement in judged if judgement is best)
        speaks_on = clause.subject.casefold() in PRONOUNS - WE and parts[0].clause.who is Who.OURS
        whole = Part(sentence, parts[0].clause if speaks_on else clause)
    return [(whole, best)]


def judge(sentence: str, period: Period) -> Judgement:
    """How much a sentence looks like a measure, from 0 on; nothing without a verb of doing."""
    if len(sentence) < _SHORTEST or sentence.endswith("?"):
        return Judgement(0.0, ())
    return max(
        (_judge_clause(part.clause, sentence, period) for part in parts_of(sentence)),
        key=lambda judgement: judgement.score,
    )


def _judge_each(
    parts: Sequence[Part], sentence: str, period: Period, enough: float
) -> list[tuple[Part, Judgement]]:
    """A later verb has subject and will, and so its judgement, from the one before it."""
    verbs_only = all(part.goes_on or part is parts[0] for part in parts)
    judged: list[tuple[Part, Judgement]] = []
    for part in parts:
        judgement = _judge_clause(part.clause, sentence if verbs_only else part.text, period)
        if judged and part.goes_on:
            judgement = judged[-1][1]
        elif any(one.score >= enough for _, one in judged):
            judgement = Judgement(0.0, ()) if part.tells_more else _joined(part, judgement)
        judged.append((part, judgement))
    return judged


def _joined(part: Part, judgement: Judgement) -> Judgement:
    """«…, og kommunene stiller med lokaler»: what somebody of ours does after a measure is one as well."""
    against = any(sign.startswith("-") for sign in judgement.signs)
    is_deed = part.clause.form in _DEEDS or part.clause.will in {"skal", "må", "bør"}
    if against or not is_deed or (part.clause.who is Who.PERSONS and not _OF_PERSONS & {*judgement.signs}):
        return judgement
    return Judgement(round(judgement.score + _JOINED, 2), (*judgement.signs, "joined"))


def _merged(
    sentence: str, judged: Sequence[tuple[Part, Judgement]], measures: Sequence[int]
) -> list[tuple[Part, Judgement]]:
    """Each measure with the parts after it that are none; what stands before the first goes with it."""
    starts = [0, *(_place(sentence, judged[place][0].text) for place in measures[1:])]
    if len(measures) == len(judged):
        return list(judged)
    ends = [*starts[1:], len(sentence)]
    found = []
    for place, start, end in zip(measures, starts, ends, strict=True):
        part, judgement = judged[place]
        text = re.sub(
            r"(?:,\s)?\b(?:og|samt|men|mens|medan)\s(?:å\s)?$|[,;:]\s$", "", sentence[start:end]
        ).strip()
        found.append((replace(part, text=text), judgement))
    return found


def _place(sentence: str, text: str) -> int:
    return max(sentence.find(text), 0)


@lru_cache(maxsize=2048)  # the ways of reading judge the same clauses one after the other
def _judge_clause(clause: Clause, sentence: str, period: Period) -> Judgement:
    """By the rules, and by how the clause is like those that were measures elsewhere."""
    found = _signs_in(clause, sentence, period)
    ruled = round(sum(found.values()), 2)
    traits = traits_in(clause, found)
    likeness = chance(traits)
    if ruled < ENOUGH and likeness >= LIKELY and not _is_spoken_against(clause, found):
        words = " ".join(strongest(traits))
        return Judgement(round(ENOUGH + (likeness - LIKELY) / 2, 2), (*found, f"like others ({words})"))
    if ruled >= ENOUGH and likeness < UNLIKELY:
        return Judgement(round(ruled + _UNLIKE, 2), (*found, "-unlike others"))
    return Judgement(ruled, tuple(found))


def _is_spoken_against(clause: Clause, found: Mapping[str, float]) -> bool:
    """What a rule knows as none stays none, however like others it is."""
    against: dict[str, float] = {}
    _look_for(_CONDITION, clause.text, against)
    _look_for(_AGAINST, _main_of(clause.text), against)
    return bool(against) or _form(clause) in {"", "state"} or any(sign.startswith("-") for sign in found)


def traits_in(clause: Clause, signs: Iterable[str]) -> frozenset[str]:
    """What is weighed of a clause when these signs are found in it."""
    return traits_of(clause.text, clause, kind=_form(clause), who=_who(clause), signs=signs)


def _signs_in(clause: Clause, sentence: str, period: Period) -> dict[str, float]:
    found: dict[str, float] = {}
    form, who = _form(clause), _who(clause)
    if form in BY_FORM:
        name, weight = BY_FORM[form]
        found[name] = weight
    if who in BY_SUBJECT and not (who is Who.IT and form not in {"be-done", "done"}):
        name, weight = BY_SUBJECT[who]
        found[name] = weight
    text = _ADDED.sub("", clause.text)
    _look_for(_FOR, text, found)
    if (main := _main_of(text)) != text:  # «For at meldingane skal nytte, blir det oppretta …»
        _look_for(_FOR, main, found)
    time = _time_of(text, period) or (_time_of(sentence, period) if found else None)
    if time and not (time[1] < 0 and (clause.will or "wished" in found)):
        found[time[0]] = time[1]
    if (
        round(sum(weight for weight in found.values()), 2) >= ENOUGH
    ):  # else nothing needs to be said against it
        _look_for(_CONDITION, text, found)
        _look_for(_AGAINST, _EXPLAINED.sub("", _main_of(text)), found)
    if found.keys() & _OF_PERSONS:
        found.pop("-persons", None)
    return found


def seen_in(sentence: str, period: Period) -> list[tuple[Part, frozenset[str]]]:
    """The actions of a sentence with what is weighed of each, for learning the weights."""
    return [
        (part, traits_in(part.clause, _signs_in(part.clause, sentence, period)))
        for part in parts_of(sentence)
    ]


def _main_of(text: str) -> str:
    """«vil partene opprette …» of «I lys av at antallet har økt, vil partene opprette …»."""
    finite = finite_in(text)
    return text[finite[0] :] if finite and text[: finite[0]].rstrip().endswith(",") else text


def _look_for(
    signs: Sequence[tuple[str, float, re.Pattern[str]]], text: str, found: dict[str, float]
) -> None:
    for name, weight, pattern in signs:
        key = name if weight > 0 else f"-{name}"
        if key not in found and pattern.search(text):
            found[key] = weight


def _who(clause: Clause) -> Who:
    """«ho skal breiast ut»: what is done to a pronoun is done to a thing."""
    said_again = clause.subject.casefold() in PRONOUNS and clause.who is Who.PERSONS
    if (
        clause.who is Who.OTHER
        and clause.form in {"be-done", "done", "becomes"}
        and _KNOWN.match(clause.subject)
    ):
        return Who.THING  # «Kontaktkortet oppdateres»: what everybody knows of
    if (
        clause.who is Who.NATION
        and clause.form in {"be-done", "done", "becomes"}
        and _PAPER.match(clause.subject)
    ):
        return Who.THING  # «Rapporten legges fram»
    if clause.who is Who.ABSTRACT and clause.form in PASSIVES and _EXAMINED.match(clause.verb):
        return Who.THING  # «kompetansen kartlegges»
    return Who.THING if said_again and clause.form in PASSIVES else clause.who


def _form(clause: Clause) -> str:
    """«skal brukes» says how things are to be, «skal etableres» that something is to be done."""
    if clause.verb in DEPONENTS:
        return "act" if clause.will else "acts-now"
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


def parts_of(sentence: str) -> list[Part]:
    """The actions of a sentence, each with its clause; one when nothing is coordinated."""
    main = parse(sentence)
    parts: list[Part] = []
    for start, end, how in _pieces(sentence):
        text = sentence[start:end].strip()
        before = parts[-1].clause if parts else main
        clause = _clause_of(text, how, before)
        parts.append(Part(text, clause, how not in {*_OWN, "will"}, how == "more"))
    return parts


def _clause_of(text: str, how: str, before: Clause) -> Clause:
    if how in _OWN:
        return parse(text.removeprefix("at "))
    if how == "will":  # «…, og vil difor be høgskulen om …»
        return replace(parse(f"{before.subject} {text}"), text=text)
    return replace(before, text=text)


def _pieces(sentence: str) -> list[tuple[int, int, str]]:
    """Start, end and kind of each action; what says too little alone goes with the next, the last back."""
    pieces: list[tuple[int, int, str]] = []
    start, how = 0, "clause"
    for cut in cuts(sentence):
        if _says_what(sentence[start : cut.end].strip()):
            pieces.append((start, cut.end, how))
            start, how = cut.start, cut.how
    if pieces and not _says_what(sentence[start:].strip()):
        start, _, how = pieces.pop()
    return [*pieces, (start, len(sentence), how)]


def _says_what(part: str) -> bool:
    """An action with what it is done to: «utvikle og prøve ut en modell» is one action, not two."""
    words = part.split() or [""]
    *_, before, last = ["", *words] if len(words) > 1 else ["", ""]
    is_bare = last.casefold() in _PARTICLES and before.casefold() in DOING
    return len(words) >= _FEWEST_WORDS and last.casefold() not in ACTIONS and not is_bare


def split_actions(sentence: str) -> list[str]:
    """«… skal A x, og B y» as two texts; the first keeps the start."""
    return [part.text for part in parts_of(sentence)]
