"""The line that opens a list tells what the list holds: measures, goals, sub-objectives, or nothing of those.

«Tiltak:» opens measures, «Mål:» goals, «Dette betyr;» sub-objectives; what the nation wants, what is done and
what people are to experience open nothing. Not here: the lists (`bullets`).
"""

import re
from enum import StrEnum

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.actors import is_somebody
from samspill.plans.reading.headings import BACK_MATTER, BACKGROUND, SUB_OBJECTIVES
from samspill.plans.reading.prose_words import Who
from samspill.plans.reading.subjects import who_is
from samspill.plans.reading.verbs import ACTIONS
from samspill.plans.reading.words import clean, fold


class Opens(StrEnum):
    MEASURES = "measures"
    GOALS = "goals"
    SUB_OBJECTIVES = "sub_objectives"
    NOTHING = ""


_FOLLOWING = r"(?:følgende|følgjande|desse|disse|nedenstående)"
_THINGS = (
    r"(?:tiltak(?:ene|a)?|aktivitet(?:er|ar)|oppg[aå]ve(?:r|ne)?|områder?|punkt(?:er)?|satsing(?:er|ar)"
    r"|handling(?:er|ar))"
)
_WHO = (
    r"(?:vi|helsefellesskapet|partene|partane|partnerne|partnarane|kommunene|kommunane|utvalget|utvalet"
    r"|ssu|fsu)"
)
# Matched on folded text of a line that ends with a colon, or of a heading; the first that fits decides
_OPENERS: tuple[tuple[Opens, re.Pattern[str]], ...] = (
    (
        Opens.GOALS,
        re.compile(
            r"(?:hoved|hovud|del|effekt)?mål(?:ene|a|setting\w*|setjing\w*)?(?: for .{1,60}| i perioden)?$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(r"(?:del)?mål og (?:tilhørende |tilhøyrande )?tiltak(?: (?:i|for)\b.{0,60})?$"),
    ),
    (
        Opens.MEASURES,
        re.compile(r"(?:slik|hvordan|korleis)\b.{0,20}\b(?:nå|når|oppnå|oppnår)\b.{0,20}\bmål\w*$"),
    ),
    (
        Opens.GOALS,
        re.compile(
            r".{0,60}\b(?:vil|skal|ønsker|ønskjer) (?:vi |\w+ )?(?:oppnå|nå)(?: følgende| følgjande| disse"
            r"| desse)?(?: mål\w*)?$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(
            rf"(?:(?:prioriterte|aktuelle|konkrete|felles|nye|planlagte|planlagde|våre|{_FOLLOWING}) )*"
            r"(?:tiltak(?:ene|a|sliste)?|aktivitet(?:er|ar)|handling(?:er|ar))(?: (?:i|for|er|blir|vil|som"
            r"|vi|me|partene|partane|og ansvar)\b.{0,80}| \d{4}.{0,12})?$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(
            rf".{{0,120}}\b{_FOLLOWING} {_THINGS}\b.{{0,80}}\b(?:skal|vil|er|prioriter\w+|gjennomfør\w+"
            rf"|settes|setjast)\b.{{0,60}}$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(
            rf".{{0,120}}\b(?:skal|vil|prioriterer|gjennomfører|vedtatt|vedteke|besluttet|valgt|valt|foreslår"
            rf"|enige|einige|samde|iverksetter)\b.{{0,60}}\b{_FOLLOWING} {_THINGS}$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(rf".{{0,120}}\b(?:{_WHO} (?:skal|vil|må)|(?:skal|vil|må) {_WHO})(?: \w+){{0,4}}$"),
    ),
    (
        Opens.MEASURES,
        re.compile(
            r"(?:(?:prioriterte|konkrete|planlagte|felles|nye|våre|viktigste|viktige) )+(?:arbeids)?"
            r"(?:oppg[aå]ver?|oppg[aå]vene|satsing(?:er|ar)|grep|gj[øe]remål|leveranse(?:r|ar)|aksjonar"
            r"|aksjoner)"
            r"(?: .{1,60})?$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(
            r"(?:oppg[aå]ver|satsing(?:er|ar)|grep|gj[øe]remål|leveranse(?:r|ar)|milepæl(?:er|ar)) (?:i "
            r"|for )?(?:perioden"
            r"|planperioden|året|\d{4}).{0,30}$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(
            r".{0,80}\b(?:planlegges|planleggast|prioriteres|prioriterast|gjennomføres|gjennomførast"
            r"|iverksettes"
            r"|iverksetjast|er planlagt|er planlagd|er avtalt|er avtala)(?: (?:følgende|følgjande|dette"
            r"|desse|disse))?"
            r"(?: tiltak\w*| aktivitet\w*)?(?: i (?:perioden|planperioden|\d{4}.{0,8}))?$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(
            rf"(?:{_WHO}|fsu(?: [\wæøå]+){{1,3}}|(?:[\wæøå]+ og )?[\wæøå]+(?:et|ene|ane|a"
            rf"|en)) (?:prioriterer(?: å)?|lover å"
            r"|lovar å|(?:har blitt|har vorte|er blitt|er) (?:enige|samde|einige) om|set i verk"
            r"|setter i verk|setter i gang"
            r"|set i gang|har blitt enige om|går i gang med|forplikter (?:seg|oss) til(?: å)?"
            r"|forpliktar (?:seg|oss) til(?: å)?|er (?:enige|samde|einige) om å|tar sikte på å|tek sikte på å"
            r"|planlegger å|planlegg å|får i oppdrag å|får i oppgave å|får i oppgåve å)(?: følgende"
            r"| følgjande| dette)?$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(
            rf"(?:{_FOLLOWING} skal (?:gjøres|gjerast|gjennomføres|gjennomførast|skje|på plass)|det skal"
            rf"|det skal (?:arbeides|arbeidast|jobbes|jobbast) med(?: {_FOLLOWING})?|dette (?:lover"
            rf"|lovar) (?:vi|partene|partane)"
            r"|våre (?:forpliktelser|forpliktingar|lovnader|løfter)|neste steg|tiltak(?:a|ene) våre|(?:hoved"
            r"|hovud)aktivitet(?:er|ar)"
            r"|grep(?:ene|a)? vi (?:tar|tek)|oppfølgingspunkt(?:er)?|planlagt (?:i|for) .{2,30}"
            r"|arbeidet i (?:perioden|\d{4}.{0,8})"
            rf"|.{{0,80}}\b{_FOLLOWING} (?:tiltak|aktivitet(?:er|ar)|grep))$"
        ),
    ),
    (Opens.MEASURES, re.compile(r"(?:slik|dette|det) (?:gjør|gjer|skal|vil) vi\b.{0,40}$")),
    (
        Opens.MEASURES,
        re.compile(r"(?:dette|det) (?:skal skje|gjenstår|står att|er (?:vi )?(?:enige|samde) om).{0,30}$"),
    ),
    (Opens.MEASURES, re.compile(r"(?:hvordan|korleis) (?:få|skal vi|vil vi)\b.{0,40}$")),
    (Opens.MEASURES, re.compile(r"(?:hva|kva) (?:skal|vil|må) (?:vi )?(?:gj[øe]re\w*)\b.{0,30}$")),
)
_IDEALS = re.compile(
    r"\b(?:oppleve|være|vere|bli|få|at|betyr|innebærer|inneber|kjennetegnes|kjenneteiknast)$"
)
# Goals and measures of the nation, and measures that are over, are not what this plan will do
_OF_OTHERS = re.compile(r"\b(?:nasjonale?|regjeringen|regjeringa|staten|stortinget|nhsp|direktoratet)\b")
_DONE_BEFORE = re.compile(
    r"\b(?:ble|vart|blei|er|har)\b.{0,30}\b(?:gjennomførte?|gjennomføre|fullførte?|etablerte?|ferdigstilte?"
    r"|avslutt?[ae]de?|avsluttet|utførte?|oppnådd)\b|\b(?:forrige|førre|siste|gjennomførte|fullførte) (?:plan"
    r"|periode|planperiode|strategiperiode|tiltak|år)\w*"
)
# What nobody is to do: whom a list is for, what a word means, what we know, what we leave out
_TELLS = re.compile(
    r"(?<!som )\b(?:ikke|ikkje)\b(?! (?:bare|berre))"
    r"|\b(?:gjelder|gjeld|omfatter|omfattar|omhandler|omhandlar|retter seg mot|rettar seg mot)"
    r"(?: \w+)?(?: for)?$"
    r"|^målgruppe?[nra]?\w*(?: (?:for|er|omfatter|omfattar)\b.{0,60})?$"
    r"|\b(?:mener|meiner|forstår|legger|legg)\b.{0,20}\b(?:vi|me|med|i)$|\b(?:mener|meiner|forstår) vi\b"
    r"|\bmed .{1,60} (?:menes|meinast|forstås)$|\bbestår (?:av|i)$"
    r"|\b(?:skiller|skil|skilje|velge|velje|valgt|vald|valt|valget|valet|står)\b.{0,30}$(?<=mellom)|\b(?:velge|velje|valget|valet)$"
    r"|\b(?:vi|me) (?:vet|veit|ser|erfarer|erfarar)\b|\b(?:vet|veit|ser|erfarer|erfarar) (?:vi|me)\b"
    r"|(?<!for å )\b(?:lykk|lukk)(?:es|ast|a|ede|et)\w*|\bkjennetegn\w*|\bkjenneteik\w*"
    r"|\bføresetn\w*|\bforutset\w*|^(?:utfordring|risiko|eksempel|døme)\w*\b"
    r"|\b(?:fikk|fekk|nådde|oppnådde|gjorde|klarte|greidde) (?:vi|me)\b"
    r"|\b(?:vi|me) (?:fikk|fekk|nådde|oppnådde|gjorde|klarte|greidde)\b"
)
# Headings below which infinitives are hopes or mandates
_HOPES = re.compile(
    r"\b(?:forvent\w*|venta|\w*effekt(?:er|ar)?|\w*gevinst\w*|resultat\w*|(?:del|hoved|hovud)?mål|verdi(?:er|ar|grunnlag)?"
    r"|\w*prinsipp\w*|mandat\w*|roller?|oppg[aå]ve\w*|ansvar\w*|risiko\w*|suksess\w*|kriteri\w*|indikator\w*"
    r"|status|ønsker?|ynske|erfaring\w*|ide|idé\w*|spørsmål|innspel|innspill)\b"
)
_SOMEBODY_WILL = re.compile(
    r"(?P<who>[A-ZÆØÅ](?:(?!\b(?:skal|vil|må)\b)[^.:;]){1,90}?)\s(?:skal|vil|må)(?:\s[\wæøå-]+){0,6}\s?[:;]"
)
# «Helsefellesskapet skal», and the list goes on with the sentence
_UNFINISHED = re.compile(
    r"(?P<who>[A-ZÆØÅ][^.:;,]{1,90})\s(?:skal|vil|må|bør)"
    r"(?:\s(?:derfor|difor|også|òg|særlig|særleg|sammen|saman|videre|vidare|i tillegg|blant annet"
    r"|mellom anna|i \d{4}|i perioden|i planperioden))*"
)
# A short question the plan asks itself, and answers with a list
_WHAT_WE_DO = re.compile(
    r"(?:hva|kva) (?:skal|vil|må) (?:vi|partene|partane) (?:gjøre|gjere)(?: videre| vidare| nå| no| i \d{4})?"
    r"|(?:hva|kva) gj[øe]r (?:vi|partene|partane)(?: videre| vidare| nå| no| i \d{4})?"
    r"|(?:hvordan|korleis)(?: (?:kommer|kjem|når|får) vi (?:dit|det til|målet|måla))?"
    r"|(?:veien|vegen) (?:dit|til målet|fram dit)|(?:slik|så) (?:kommer|kjem) vi dit|dette skal til"
    r"|(?:slik|dette) (?:gjør|gjer) (?:vi|partene|partane)(?: det)?(?: sammen| saman)?"
)
# «I planperioden skal kommunane:», and «Sykehuset forplikter seg til å:»
_WILL_SOMEBODY = re.compile(
    r"(?:[^.:;]{2,60}\s)?(?:skal|vil|må)\s(?P<who>[^.:;,]{2,80}?)"
    r"(?:\s(?:derfor|difor|også|òg|særlig|særleg|sammen|saman|videre|vidare|i tillegg|blant annet|mellom anna"
    r"|i perioden|i planperioden|i \d{4}))*\s?[:;]"
)
_TAKES_ON = re.compile(
    r"(?P<who>[A-ZÆØÅ][^.:;]{1,90}?)\s(?:forplikt[ea]r\s(?:seg|oss)|t[ae]k?r?\s(?:på\sseg|ansvar(?:et)?|sikte)"
    r"|har\s(?:ansvar(?:et)?|oppdrag|som\soppg[aå]ve)|får\si\s(?:oppdrag|oppg[aå]ve)|er\s(?:enige|samde|einige)"
    r"|planlegge?r?)(?:\s(?:til|for|om|på))?(?:\så)?\s?[:;]"
)
# «Tiltak» or «Mål» in bold over a list: a heading that nobody declared
_NAMES_A_LIST = re.compile(r"(?:[A-ZÆØÅ][a-zæøå]+\s)?[A-ZÆØÅa-zæøå]{3,20}(?:\s(?:i|for)\s\w{3,20})?")
# «Vi begynner med:», «Partane held fram med å:»
_WE_GO_ON = re.compile(
    r"(?:vi|me|partene|partane|kommunene|kommunane|helsefellesskapet|sykehuset|sjukehuset)\s(?:slutter|sluttar"
    r"|fortsetter|fortset|begynner|byrjar|starter|startar|innfører|prøver|prøvar|utvider|utvidar|viderefører"
    r"|vidarefører|styrker|styrkjer|avvikler|avviklar|trapper (?:opp|ned)|trappar (?:opp|ned)"
    r"|held (?:fram|frem)|holder (?:fram|frem)|går i gang|satser|satsar|arbeider videre|arbeider vidare)"
    r"(?:\s(?:med|opp|på))?(?:\så)?",
    re.IGNORECASE,
)
_DO = ("gjøre", "gjere", "få", "oppnå", "nå")
_WE = re.compile(r"^(?:(?:man|ein|en|de|dei|det|dette)$|(?:vi|me)\b)|\b(?:vi|me)$", re.IGNORECASE)


def opener(block: Block) -> Opens:
    """What the list after this line holds."""
    text = clean(block.text)
    if block.kind is BlockKind.PARAGRAPH and SUB_OBJECTIVES.search(text):
        return Opens.SUB_OBJECTIVES
    if _WHAT_WE_DO.fullmatch(fold(text)) or _WE_GO_ON.fullmatch(text.rstrip(" :;")):
        return Opens.MEASURES
    is_alone = block.kind is BlockKind.PARAGRAPH and _NAMES_A_LIST.fullmatch(text)
    if block.kind is not BlockKind.HEADING and not text.endswith((":", ";")) and not is_alone:
        return Opens.MEASURES if _UNFINISHED.fullmatch(_last_sentence(text)) else Opens.NOTHING
    folded = fold(_last_sentence(text))
    if closes(text):
        return Opens.NOTHING
    found = next((opens for opens, pattern in _OPENERS if pattern.match(folded)), Opens.NOTHING)
    return found or (Opens.MEASURES if subject_of_opener(text) else Opens.NOTHING)


def closes(text: str) -> bool:
    """The line says that what is listed below it is nothing anybody is to do."""
    folded = fold(_last_sentence(text))
    return any(pattern.search(folded) for pattern in (_IDEALS, _OF_OTHERS, _DONE_BEFORE, _TELLS))


def hopes(heading: str) -> bool:
    """What stands below this heading is background, hoped for or a mandate, even when it is in infinitive."""
    folded = fold(heading)
    return closes(heading) or bool(
        BACKGROUND.match(folded) or BACK_MATTER.match(folded) or _HOPES.search(folded)
    )


def _last_sentence(text: str) -> str:
    return re.split(r"(?<=[a-zæøå]\.)\s+(?=[A-ZÆØÅ])", text)[-1]


def subject_of_opener(text: str) -> str:
    """«Kommunene og sykehuset» of «Kommunene og sykehuset skal sammen:»; "" when a pronoun does it."""
    said = _last_sentence(text)
    patterns = (_TAKES_ON, _SOMEBODY_WILL, _UNFINISHED, _WILL_SOMEBODY)
    found = (match["who"] for pattern in patterns if (match := pattern.fullmatch(said)))
    return next((who for who in found if _is_whom(who)), "")


def _is_whom(text: str) -> bool:
    """Somebody by name, and no verb with it: «kommunene», but neither «vi» nor «kommunene gjøre»."""
    has_verb = any(word in ACTIONS or word in _DO for word in text.casefold().split())
    kind = who_is(text)
    acts = kind is Who.OURS or (is_somebody(text) and kind not in {Who.PERSONS, Who.ABSTRACT, Who.NATION})
    return acts and not _WE.search(text) and not has_verb
