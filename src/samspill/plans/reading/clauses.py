"""A sentence taken apart: its main verb, who is its subject, and where a second action begins.

Norwegian has its finite verb in the second place, so the subject stands right before it, or right after it
when something else opens the sentence («I perioden skal partane …»).
Not here: whether a clause is a measure (`prose`), or the words (`prose_words`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from samspill.plans.reading.names import known_names
from samspill.plans.reading.prose_words import (
    BECOMES,
    CHANGE_PASSIVE,
    DESCRIBES,
    DOING,
    IT,
    PRESENT_CHANGES,
    PRESENT_PHRASES,
    PRESENT_ROUTINES,
    PRESENTS,
    ROUTINES,
    STATES,
    UNKNOWN_PASSIVE,
    VALUES_PASSIVE,
    WE,
    Who,
    infinitive,
)
from samspill.plans.reading.subjects import NAME, who_is
from samspill.plans.reading.words import word_set

WILL = r"(?:skal|vil|må|lyt|bør|ønsker|ønskjer|ynskjer)"
_HAPPENS = r"(?:er|var|blir|vert|ble|vart|blei|har|hadde|kan|kunne|skulle|får|fikk|fekk)"
_PASSIVE = re.compile(rf"(?:{CHANGE_PASSIVE}|{VALUES_PASSIVE}|planlegges|planleggast)$", re.IGNORECASE)
_FINITE = re.compile(rf"(?:{WILL}|{_HAPPENS})$", re.IGNORECASE)
_BECOMES = re.compile(BECOMES, re.IGNORECASE)
_PHRASE = re.compile(PRESENT_PHRASES, re.IGNORECASE)
_OTHER_FINITE = re.compile(
    r"(?:bes|bedes|viser|visar|sier|seier|peiker|peker|peikar|anbefaler|tilrår|mener|meiner|handler|handlar"
    r"|gjelder|gjeld"
    r"|finnes|finst|mangler|manglar|trenger|treng|øker|aukar|består|følger|følgjer|varer|gikk|gjekk|startet"
    r"|starta|forutsettes|føresetst|vises|visast|kjennetegnes|ber|gir|gjev|pliktar|plikter|forplikter"
    r"|forpliktar"
    r"|planlegger|planlegg|bed|heter|heiter|står|ligger|ligg|bor|bur|kommer|kjem|vidarefører|skriver|skriv"
    r"|forventes|ventast|trengs|trengst|avgir|beskriver|beskriv|skjer|trer|trår|utgår|foregår|finner|foreslår"
    r"|føreslår|omfatter|innebærer|inneber|pålegger|pålegg|krever|krev|peika|pekte|oppfordrer|oppmodar|sa"
    r"|kjem"
    r"|samla|samlet|lukkast|lykkes|tredde|trådte|stod|stoppa|stoppet|meldte|melde|sto|foreslås|føreslåast)$",
    re.IGNORECASE,
)
_OTHER = re.compile(rf"{_HAPPENS}$|{_OTHER_FINITE.pattern}", re.IGNORECASE)
_TOKEN = re.compile(r"[\wæøåÆØÅ«»§/&%-]+(?:\.(?=\w))?|[,;:()–]")
_OPENS_CLAUSE = word_set("""
    som at dersom hvis viss når fordi hvordan korleis hvor der slik mens medan ettersom siden sidan hva
    kva hvilke hvem kven hvorvidt
""")
_FRONTED = re.compile(
    r"(?:I|For|Som|Gjennom|Etter|Ved|Under|På|Innen|Innan|Innenfor|Innafor|Fra|Frå|Med|Til|Sammen|Saman"
    r"|Dersom"
    r"|Hvis|Når|Mens|Medan|Våren|Høsten|Hausten|Sommeren|Sommaren|Vinteren|Uten|Utan|Blant|Mellom|Over|Mot"
    r"|Først|Nå|No|Her|Der|Derfor|Difor|Videre|Vidare|Deretter|Samtidig|Samstundes|Likevel|Også|Dessuten"
    r"|Dessutan|Etterpå|Så|Da|Slik|Spesielt|Særlig|Særleg|Årlig|Årleg|Innen|Hjå|Hos|Fram|Frem|Inntil|Utover"
    r"|Allerede|Allereie|Tidlig|Tidleg|Sent|Seint|Snarest|Snarast|Parallelt|Framover|Fremover|Senest|Seinast"
    r"|Primo|Medio|Ultimo|Ved siden|Hvert år|Kvart år|Hver vår|Kvar vår|Hver høst|Kvar haust|Per|Utenom"
    r"|Utanom"
    r"|Omkring|Rundt|Dernest|Dinest|Til slutt|Konkret|I praksis|Likeså|Likeledes|Herunder|Ut fra|Ut frå)\b",
    re.IGNORECASE,
)
_CONNECTOR = re.compile(
    r"^(?:Videre|Vidare|I tillegg|Derfor|Difor|Samtidig|Samstundes|Også|Og|Men|Nå|No|Deretter|Dessuten"
    r"|Dessutan"
    r"|og|men|samt)\s+"
)
_AFTER_SUBJECT = re.compile(
    r"\s(?:også|òg|derfor|difor|deretter|både|enten|saman|sammen|selv|selve|sjølv|sjølve|nå|no|dermed"
    r"|videre|vidare"
    r"|ikke|ikkje|blant|i (?:samarbeid|fellesskap|løpet|tillegg|planperioden|handlingsplanperioden"
    r"|strategiperioden"
    r"|perioden|komm?[ae]nde|større|nært|lag|\d{4}|samråd|dialog)|innen|innan|gjennom|som|etter|ved"
    r"|hvert|kvart"
    r"|hver|kvar|årlig|årleg|i\sår|våren|høsten|hausten|ha\s|konsentrere|snarest|fortløpende|løpende)\b.*$",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    rf"{WILL}\W+(?:\w+\s)?(?P<with>(?:i\s(?:nært\s|tett\s)?samarbeid|i\slag|sammen|saman)\smed\s"
    r"(?P<others>[a-zæøåA-ZÆØÅ][^,;.]*?)),?\s(?=[a-zæøå]+e\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"^(?:\W*(?:også|òg|derfor|difor|deretter|aktivt|selv|saman|sammen|fortsatt|framleis|så|gradvis"
    r"|særlig|særleg"
    r"|snarest|løpende|løpande|nå|no|først|videre|vidare|årlig|årleg|jevnlig|jamleg|bl\.?a\.?|(?:mellom"
    r"|blant) (?:anna|annet)"
    r"|i (?:fellesskap|lag|perioden|planperioden|handlingsplanperioden|strategiperioden|tillegg"
    r"|større grad|\d{4})"
    r"|i løpet av (?:\w+ )?\w+|(?:inn[ea]n|før|seinast|senest) (?:ut(?:gangen|løpet) av )?"
    r"(?:\d{4}|\d{1,2}\. \w+ \d{4}|(?:[\w.]+ ){1,2}\d{4})|etter planen|på sikt"
    r"|(?:sammen|saman|i samarbeid) med \w+(?: og \w+)?)\b)+",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\s(?=(?:felles|en|ei|et|ein|eit|nye?|sine?|sitt|to|tre|fire|\d+)\s)"
)  # begins with such a word
_PARTICIPLE_LAST = re.compile(
    r"(?<=\w)\s[a-zæøå]{3,}(?:et|t|a|d|dd)(?:\s(?:ut|opp|inn|fram|frem|av"
    r"|i bruk))?$"
)
_MOST_WORDS = 16  # of a subject
# «Lukkast utprøvinga, vil vi …»: the verb first, and its sentence after the comma
_IF = re.compile(
    r"(?:Lukkast|Lykkes|Blir|Vert|Viser|Gir|Gjev|Går|Får|Er|Har|Fungerer|Skulle|Kommer|Kjem|Finner|Finn)\s"
    rf"(?!det\sbesluttet)[^,.?]{{3,80}},\s(?=(?:{WILL}|blir|vert|kan|[a-zæøå]+(?:es|ast|er|ar))\s)"
)
# «Så framt føretaket får midlar, opprettar det …», «Inntil avtalen er klar, held …»
_UNTIL = re.compile(
    r"(?:(?:så (?:framt|fremt|sant|snart|lenge)|med mindre|forutsatt at|føresett at|inntil|etter at|før"
    r"|sjølv om|selv om|straks|idet)\s)(?P<said>[^,.?]{8,90}),\s(?=\w+)",
    re.IGNORECASE,
)
_THEREFORE = re.compile(
    r"(?:Derfor|Difor|Nå|No|Framover|Fremover|Heretter|I stedet|I staden)\b", re.IGNORECASE
)
_SO_THAT = re.compile(r"slik\s(?:at|som|vi|dei?|det)\b", re.IGNORECASE)
_AS = re.compile(
    r"som\s(?:pårørende|pårørande|en|et|ein|eit|ei|fast|ny|ledd|del|arena|metode|arbeidsform|ordinær|eigen"
    r"|egen)\b"
)
# Words that are a verb after somebody and a noun after an adjective
_ALSO_NOUNS = word_set("""
    møter møtar tester testar prøver planer planar målinger bruker brukar leder leier leiar støtter følger
    kurs kurser saker kåre svar kjøp rutiner lister øvinger reiser turar turer besøk stillinger sender varsler
    varslar
""")
_ADJECTIVE = re.compile(r"(?:^|\s)(?!(?:de|kommune|ikke|\w*(?:ene|ane))\s)\w{2,}e\s$", re.IGNORECASE)
# «ein» before a verb is an article, unless it is all there is: «ein tek sikte på …»
_BEFORE_NOUN = re.compile(r"(?<![\w-])(?:å|og|til|for|av|ei|et|eit|(?<=\s)ein|(?<=\s)en)\s$", re.IGNORECASE)
_ASIDE = re.compile(
    r",\s(?:med|som|der|inkludert|herunder|leda?|leia|ledet|bestående|beståande|under|gjennom|ved)\s.*$"
)  # «Arbeidsgruppen for barsel, med tre jordmødre, …»
# «reviderer FSU utskriving retningslina»: where the subject ends and the object begins
_DEFINITE = r"[\wæøåÆØÅ-]+(?:et|en|a|ene|ane)"
_ALONE = re.compile(
    rf"(?:(?P<body>(?:FSU|SSU)(?:\s(?!{_DEFINITE}\b)"
    r"(?!(?:en|ei|et|ein|eit|nye?|felles|sine?|om|i|på)\b)[a-zæøå]+(?:\sog\s[a-zæøå]+)?)?)"
    rf"|(?P<name>[A-ZÆØÅ][a-zæøå]+(?:\s(?:kommune|sykehus|sjukehus|HF))?)|(?P<one>(?:(?:alle|de|dei|begge|kvar|hver)\s)?{_DEFINITE}))\s(?!(?:og|i"
    rf"|for|ved|på|innen|innan|samt|mellom|HF)\b)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """`verb` is what is done, in the form `form` says: do, be-done, done, changes, routine, state, other."""

    text: str
    subject: str = ""
    who: Who = Who.OTHER
    will: str = ""
    verb: str = ""
    form: str = ""


def parse(text: str) -> Clause:
    """The main clause of a sentence, or of a part of one."""
    return _parse(text, known_names())


@lru_cache(maxsize=1024)
def _parse(text: str, names: frozenset[str]) -> Clause:
    """`names` are those `who_is` knows now: another plan may read the same words in another way."""
    finite = finite_in(text)
    if finite is None:
        return Clause(text)
    start, end = finite
    word = text[start:end].casefold()
    subject = _subject(text, start, end)
    who = who_is(subject)
    if re.fullmatch(WILL, word):
        verb, form = _verb_after(text, end, subject)
        return Clause(text, subject, who, word, verb, form)
    return Clause(text, subject, who, "", word, _form_of(text, start, word))


@lru_cache(maxsize=4096)
def finite_in(text: str) -> tuple[int, int] | None:
    """The place of the finite verb of the main clause: not one after «som», «at», «når» before a comma."""
    hidden, bracketed = bool(_IF.match(text) or _opens_with_condition(text)), False
    for found in _TOKEN.finditer(text):
        word = found[0].casefold()
        if word in "()":
            bracketed = word == "("
        elif word in {",", ";", ":", "–"}:
            hidden = False
        elif word in _OPENS_CLAUSE and not (word == "slik" and not _SO_THAT.match(text, found.start())):
            is_as = (found.start() == 0 and word in {"som", "slik", "der"}) or _AS.match(text, found.start())
            hidden = hidden or not is_as  # «Som en del av …», «barn som pårørende»
        elif not hidden and not bracketed and _is_finite(text, found.start(), word):
            return found.start(), found.end()
    return None


def _opens_with_condition(text: str) -> re.Match[str] | None:
    """«Inntil avtalen er klar, …» has a verb before its comma, «Inntil videre, …» has none."""
    found = _UNTIL.match(text)
    return found if found and finite_in(found["said"]) else None


def subject_of_condition(text: str) -> str:
    """«føretaket» of «Så framt føretaket får midlar, opprettar det …»: whom the pronoun after it means."""
    found = _opens_with_condition(text)
    clause = parse(found["said"]) if found else None
    return clause.subject if clause and clause.who is Who.OURS else ""


def _is_finite(text: str, start: int, word: str) -> bool:
    if _FINITE.match(word):
        return True
    if word in _ALSO_NOUNS and _is_after_adjective(text[:start]):
        return False  # «Faste møter …»
    return bool(
        word in PRESENTS
        or word in PRESENT_CHANGES
        or word in DESCRIBES
        or word in PRESENT_ROUTINES
        or _PASSIVE.match(word)
        or _PHRASE.match(text, start)
        or _OTHER_FINITE.match(word)
        or (UNKNOWN_PASSIVE.match(word) and text[start].islower())
        or _is_unknown_present(text, start, word)
    ) and not _BEFORE_NOUN.search(text[:start])


def _is_after_adjective(before: str) -> bool:
    """«Forpliktende » and «Nye, faste »; not «Porsanger kommune », which somebody is."""
    known = who_is(before.strip()) in {Who.OURS, Who.WE, Who.ROLE, Who.PERSONS}
    return bool(_ADJECTIVE.search(before)) and not known


def _is_unknown_present(text: str, start: int, word: str) -> bool:
    """«trener» of «Sykehuset og kommunene trener sammen»: an -r after somebody of ours that is no plural."""
    before = _CONNECTOR.sub("", text[:start].strip(), count=1)
    if (
        not re.fullmatch(
            r"(?!kvar$|hver$|under$|etter$|over$|eller$|klar$|snar$|sier$)[a-zæøå]{3,}[ea]?r", word
        )
        or not before
        or _is_theme(text, start, word)
    ):
        return False
    if _FRONTED.match(before):  # «Fra årsskiftet overtar Levanger kommune …»
        we = "|vi|me" if _THEREFORE.match(before) else ""
        after = re.match(
            rf"\s({NAME}(?:\s(?:kommune|sykehus|sjukehus))?|{_DEFINITE}{we})\b", text[start + len(word) :]
        )
        return bool(after and who_is(after[1]) in {Who.OURS, Who.WE} and who_is(word) is Who.OTHER)
    return who_is(before) in {Who.OURS, Who.WE, Who.ROLE} and who_is(word) is Who.OTHER


def _is_theme(text: str, start: int, word: str) -> bool:
    """«legemidler» of «underutvalg legemidler bes om …»: the verb comes right after."""
    after = re.match(r"\s([a-zæøå]+)", text[start + len(word) :])
    return bool(
        after and (_FINITE.match(after[1]) or _OTHER_FINITE.match(after[1]) or _PASSIVE.match(after[1]))
    )


def _form_of(text: str, start: int, word: str) -> str:
    if _PASSIVE.match(word):
        return "done"
    if word in {"blir", "vert"} and _BECOMES.match(text, start + len(word)):
        return "becomes"
    if _PHRASE.match(text, start) or word in PRESENT_CHANGES:
        return "changes"
    if UNKNOWN_PASSIVE.match(word):
        return "done-unknown"
    if word in PRESENT_ROUTINES:
        return "routine"
    if word in DESCRIBES:
        return "routine"
    return "other" if _OTHER.match(word) and word not in PRESENTS else "acts-now"


def _subject(text: str, start: int, end: int) -> str:
    """The words before the finite verb, or after it when something else stands first."""
    before = _CONNECTOR.sub("", text[:start].strip(), count=1)
    if before.endswith(",") and (_FRONTED.match(before) or _IF.match(text) or _opens_with_condition(text)):
        return _after_verb(text, start, end)
    before = _ASIDE.sub("", before) if before.endswith(",") or _ASIDE.search(before) else before
    before = re.split(r"[,;:]\s", before)[-1].strip() if not _is_list(before) else before
    first = _FRONTED.match(before) if before else None
    if before and not first:
        return before if len(before.split()) <= _MOST_WORDS else ""
    return _after_verb(text, start, end)


def _after_verb(text: str, start: int, end: int) -> str:
    """The subject after the finite verb; with a verb in the present its object follows right upon it."""
    after = _after(text[end:])
    if not re.fullmatch(WILL, text[start:end], re.IGNORECASE):
        after = _OBJECT.split(after)[0]
    alone = None if re.fullmatch(WILL, text[start:end], re.IGNORECASE) else _ALONE.match(after)
    if re.fullmatch(r"har|hadde", text[start:end], re.IGNORECASE):  # «har kvar kommune peika ut»
        after = _PARTICIPLE_LAST.sub("", after)
    said = (alone["body"] or alone["name"] or alone["one"]) if alone else ""
    return said if said and who_is(said) is Who.OURS else after


def is_passive(word: str) -> bool:
    """«revideres», «takast»."""
    return bool(_PASSIVE.match(word) or UNKNOWN_PASSIVE.match(word))


def _is_list(before: str) -> bool:
    """«Sykehuset, kommunene og fastlegene»: commas between names, not between clauses."""
    parts = re.split(r",\s|\sog\s", before)
    return len(parts) > 1 and all(0 < len(part.split()) <= 4 for part in parts) and not _FRONTED.match(before)


def _after(rest: str) -> str:
    """The subject after the finite verb, up to the verb of doing or an adverb."""
    words: list[str] = []
    for found in re.finditer(r"[^\s]+", rest):
        word = found[0].strip(".,;:").casefold()
        if words and (word in DOING or word in STATES or word in ROUTINES or _PASSIVE.match(word)):
            break
        if _is_infinitive_after(words, word):
            break
        if len(words) >= _MOST_WORDS or word in {"å", "som", "at", "ikke", "ikkje"}:
            break
        words.append(found[0])
        if found[0].endswith((",", ".", ";", ":")):
            break
        if len(words) == 1 and (word in WE or word in IT):
            break
    return _AFTER_SUBJECT.sub("", " ".join(words)).strip(" ,.;:")


def _is_infinitive_after(words: Sequence[str], word: str) -> bool:
    """«forberede» of «partene i helsefellesskapet forberede seg»: no noun ends so after a definite."""
    is_definite = bool(words) and re.fullmatch(r"[a-zæøå]{4,}(?:et|en|ene|ane)", words[-1])
    return bool(is_definite and re.fullmatch(r"(?!både|egne|eigne|felles)[a-zæøå]{4,}e", word))


def _verb_after(text: str, end: int, subject: str) -> tuple[str, str]:
    """The verb that belongs to a verb of will, and what form it has."""
    rest = re.sub(r"^,\s[^,]{1,80},", "", text[end:])  # «skal, som før, lage»
    place = rest.find(subject) if subject else -1
    inverted = 0 <= place <= 3
    if inverted:
        rest = rest[place + len(subject) :]
    for found in re.finditer(r"[\wæøåÆØÅ]+", rest):
        word = infinitive(found[0].casefold())
        before = rest[: found.start()]
        if re.search(r"\b(?:som|at|når|der|og)\s$", before) or before.count(".") or before.count(" ") > 14:
            break
        if before.endswith(" å ") and "ønsk" not in text[:end][-8:] and "ynsk" not in text[:end][-8:]:
            break
        if _PASSIVE.match(word) or (word in {"bli", "verte"} and _BECOMES.match(rest, found.end())):
            return word, "be-done"
        for words, form in ((ROUTINES, "routine"), (STATES, "state"), (DOING, "do")):
            if word in words:
                return word, form
    return _unknown_verb(rest)


_NO_VERBS = word_set(
    "fleire flere mange nye gode store små større mindre betre bedre andre disse desse begge"
)


def _unknown_verb(rest: str) -> tuple[str, str]:
    """A verb that stands in no table, right after the verb of will and what may stand between them."""
    found = re.match(r"\W*(?P<verb>[a-zæøå]+)", _BETWEEN.sub("", rest, count=1))
    if found is None:
        return "", ""
    word = infinitive(found["verb"])
    if UNKNOWN_PASSIVE.match(word):
        return word, "be-done"
    is_noun = word.endswith(("ene", "ane", "felles", "alle", "ikkje", "ikke")) or word in _NO_VERBS
    return (
        (word, "act")
        if (word.endswith(("e", "å")) and len(word) > 2 and not is_noun) or word == "be"
        else ("", "")
    )


def together_with(text: str) -> str:
    """«kommunene» of «skal i samarbeid med kommunene utarbeide»: those who are to do it as well."""
    found = _TOGETHER.search(text)
    return found["others"].strip() if found and who_is(found["others"]) is Who.OURS else ""
