"""Signs that a clause is a measure, or is not, with their weights, as one table in both målformer.

The weights were set on the plans in `tests/rules/plans` and are held there by a floor on precision and
recall.
"""

import re

from samspill.plans.reading.prose_turns import TURNS
from samspill.plans.reading.prose_words import BECOMES, CHANGES, DOING, PRESENT_CHANGES, Who

__all__ = ["BY_FORM", "BY_SUBJECT", "ENOUGH", "ENOUGH_OUTSIDE", "SIGNS", "SURE_AT_MOST"]

ENOUGH = 0.6
ENOUGH_OUTSIDE = 0.95  # outside every focus area only what cannot be anything else
SURE_AT_MOST = 0.85  # a person must look at what comes from prose

# What is said of the subject, by the kind of verb; (name of the sign, weight)
BY_FORM = {
    "do": ("will-do", 0.4),
    "act": ("will-act", 0.35),
    "routine": ("will-routine", 0.2),
    "state": ("will-be", 0.1),
    "be-done": ("to-be-done", 0.45),
    "be-value": ("to-be-used", 0.25),
    "done": ("is-done", 0.45),
    "done-value": ("is-used", 0.15),
    "done-unknown": ("is-done", 0.25),
    "changes": ("changes", 0.35),
    "routine-now": ("does-routinely", 0.1),
    "acts-now": ("acts-now", 0.35),
}
BY_SUBJECT = {
    Who.OURS: ("subject", 0.3),
    Who.WE: ("subject", 0.25),
    Who.IT: ("something-new", 0.15),
    Who.THING: ("object", 0.15),
    Who.ROLE: ("role", 0.25),
    Who.NATION: ("-nation", -0.6),
    Who.PERSONS: ("-persons", -0.4),
    Who.ABSTRACT: ("-abstract", -0.25),
}

_ACTION = "(?:" + "|".join(sorted(DOING, key=len, reverse=True)) + ")"
_MAKE = "|".join(sorted(CHANGES))
_FEW = r"(?:\s[a-zæøåA-ZÆØÅ]+){0,4}?"
_PARTICIPLES = (
    r"(?:videreført|vidareført|etablert|oppretta?|opprettet|gjennomført|utarbeid(?:et|d|a)|start(?:et|a)"
    r"|innført|evaluert|revidert|utvid(?:et|a)|skipa|iverksatt|sett i verk|satt i verk|oppdatert|pilotert"
    r"|prøvd ut|arrangert|lansert|publisert|laget|laga|innkalt|åpnet|opna|utlyst|lyst ut|ansatt|tilsett"
    r"|satt ned|sett ned|tatt i bruk|teken i bruk|sendt ut|lagt fram|lagt fram)"
)


def _sign(name: str, weight: float, pattern: str) -> tuple[str, float, re.Pattern[str]]:
    return name, weight, re.compile(pattern, re.IGNORECASE)


SIGNS: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    _sign(
        "commits",
        0.6,
        r"\b(?:forplikt(?:er|ar) seg til|forplikt(?:er|ar) oss til|(?:tar|tek) (?:\w+ )?sikte på|(?:tas"
        r"|takast) (?:det )?sikte på"
        r"|(?:legges|leggjast) (?:det )?opp til|har plan(?:er|ar) om|(?:er|har vorte"
        r"|har blitt) (?:enige|samde|einige)"
        r" om(?: at)?|(?:er|blir|vart|ble) (?:det )?(?:\w+ )?(?:besluttet|vedtatt|vedteke|bestemt"
        r"|avgjort|avtalt"
        r"|avtala|enighet om|semje om)(?: at)?|har (?:\w+ )?(?:besluttet|vedtatt|vedteke|bestemt"
        r"|avgjort|avtalt"
        rf"|avtala)|(?:tar|tek|tok) på seg|planlegger"
        rf"|planlegg)(?: å)?\b(?={_FEW}\s(?:å\s)?(?:[a-zæøå]+\s){{0,2}}?"
        rf"(?:{_ACTION}\b|\w+(?:s|ast)\b|skal\b|(?:{'|'.join(sorted(PRESENT_CHANGES))})\b))",
    ),
    _sign(
        "worked-for", 0.6,
        r"\b(?:blir|vert) (?:det )?(?:\w+ )?(?:arbeidd|arbeidet|arbeida|jobba|jobbet) (?:for|med) å\b"
        r"|\bdet (?:arbeides|arbeidast|jobbes|jobbast) (?:for|med) å\b",
    ),
    _sign(
        "offered", 1.0,
        r"\b(?:skal|bør|må|vil)(?:\s\w+){0,2}?\s(?:få|gis|gjevast) (?:eit? )?(?:tilbud|tilbod) om\b"
        r"|\b(?:får|gis|gjevast) (?:tilbud|tilbod) om\b"
        r"|\b(?:skal|bør|må|vil) få (?:kurs|opplæring|rettleiing|veiledning|undervisning)\b"
        r"|^\W*[\wæøå]+ får (?:kurs|opplæring|rettleiing|veiledning|undervisning)\b",
    ),
    _sign(
        "brought-in", 0.6,
        r"\b(?:inviteres|inviterast|trekkes|trekkjast|tas|takast|involveres|involverast)"
        r" (?:\w+ )?(?:med|inn)\b",
    ),
    _sign("binds-itself", 0.6, r"\bforplikt(?:er|ar)(?:\s\w+){0,3}? (?:seg|oss) til\b"
        r"|\b(?:på(?:tar|tek) (?:seg"
        r"|oss)|får fullmakt til) å\b"
        r"|\b(?:tar|tek) mål av (?:seg|oss) til å\b|\b(?:freistar|forsøker|prøver|prøvar) å\b"
        r"|\bgis (?:ansvaret|oppgaven|mandat)\b"
        r"|\b(?:tiltak(?:et)?|oppgaven|arbeidet) (?:består|går ut på|gjeld|gjelder) (?:i )?å\b"
        r"|\bstår for tur\b"),
    _sign("becomes-done", 0.45, rf"^(?:(?!\b(?:at|som|når|dersom|hvis|hvorav)\b).)*?\b(?:blir|vert){BECOMES}",
    ),
    _sign("reports", 0.1, r"\brapporterer\b.*\b(?:ganger|gonger|år|årlig|årleg|halvår\w*|kvartal\w*|møte)\b"),
    _sign(
        "done-by-then", 0.45,
        r"\b(?:skal|må|bør)\b.{0,20}\b(?:inn[ea]n|senest|seinast|før|i løpet av)\b.{3,40}\bha [a-zæøå]+(?:t|a"
        r"|d|dd)\b"
        r"|\b(?:inn[ea]n|senest|seinast|før|i løpet av)\b.{3,60}\b(?:skal|må|bør)\b.{0,60}"
        r"\b(?:være|vere|ha) [a-zæøå]+(?:t|a|d|te|de|en)\b"
        r"|\b(?:skal|må|bør)\b.{0,40}\b(?:være|vere|ha) [a-zæøå]+(?:t|a|d|te|de|en)\b.{0,50}"
        r"\b(?:inn[ea]n|senest|seinast|før|i løpet av)\b",
    ),
    _sign(
        "gives-task",
        0.6,
        r"\b(?:gir|gjev|ga|har gitt|har gjeve)\b.{2,60}\bi oppdrag å\b"
        r"|\b(?:får|fått|har fått) i opp(?:drag|gave|gåve) å\b"
        r"|\b(?:ber|bed)\s(?!om\b)(?:\w+\s){1,8}?(?:om\s)?(?:å\s)?(?:sjå|se|" + _ACTION[3:] + r"\b",
    ),
    _sign("asked-to", 0.6, r"\b(?:bes|bedes|blir bedt|vert bedne?|er bedt) om å\b"),
    _sign(
        "recommended", 0.6,
        r"\b(?:anbefales|foreslås|tilrås|tilrådast|føreslåast) (?:det )?at (?:FSU|SSU|partene|partane"
        r"|kommunene|kommunane"
        r"|utval|[\wæøå]*utvalg|sykehus|sjukehus|helsefellesskap|sekretariat|[\wæøå]*gruppe|begge"
        r"|det (?:\w+es|\w+ast)\b)",
    ),
    _sign("agreed", 0.6, r"\b(?:er|har) (?:blitt|vorte|vortne) (?:enige|samde|einige) om å\b"
        r"|\bhar (?:tatt|teke) initiativ til\b"),
    _sign("agree", 0.4, r"\b(?:bli|verte) (?:enige|samde|einige) om\b|\bhar semje om å\b"),
    _sign(
        "takes-charge", 0.35,
        rf"\b(?:er|har|får) (?:hoved|hovud)?ansvar(?:et|lige?|leg|lege)? for å (?:{_MAKE})\b"
        r"|\b(?:tar|tek) ansvar(?:et)? for (?:å|at)\b",
    ),
    _sign(
        "within", 0.15,
        r"\binn[ea]n (?:en|ett?|én|éi|ei|ein|eit|to|tre|fire|fem|seks|sju|ti|\d+) "
        r"(?:uker?|veker?|døgn|dager|dagar|virkedager|virkedagar|timer|timar|måneder|månader)\b",
    ),
    _sign("takes-part", 0.3, r"\bskal (?:også |òg )?(?:være|vere) med (?:i|på)\b"),
    _sign("offers", 0.2, r"\b(?:tilbyr|tilbyd) (?:\w+ ){0,3}?(?:en|et|ei|ein|eit|plass\w*|kurs\w*"
        r"|opplæring\w*"
        r"|undervisning|hospitering\w*|simulering\w*|samtale\w*)\b"),
    _sign("by-then", 0.6, r"^\W*(?:(?:inn[ea]n|ved|før)|i løpet av) (?:utgangen av |utløpet av "
        r"|slutten av )?[^,.]*\d[^,.]{0,30}?\b(?:er|har)\b"),
    _sign("takes-charge", 0.35, r"\bfår (?:et |eit )?ansvar(?:et)? for å\b"),
    _sign("takes-charge", 0.25, r"\bhar (?:et |eit )?(?:sær\w+ )?ansvar(?:et)? for å\b"),
    _sign("plans", 0.35, r"\b(?:planlegger|planlegg|planlegges|planleggast|(?:er|blir"
        r"|vert) (?:det )?planlag[td]e?|er det planlagt)\b"),
    _sign("aims-at", 0.4, r"\b(?:er|blir|vert) (?:det )?lagt opp til|\b(?:tas"
    r"|takast) (?:det )?sikte på (?:en|ei|et|ein|eit)\b"
    r"|\btar sikte på (?:en|et|ei)\b|\b(?:tas|takast) (?:det )?sikte på (?:oppstart|innføring|etablering)"),
    _sign(
        "wished", 0.6,
        r"^\W*(?:\w+\s){0,2}?(?:er det|det er) (?:også )?ønsk(?:elig|eleg|jeleg)"
        r" (?:å\b|at (?:FSU|SSU|partene|partane|kommunene|kommunane|utval|[\wæøå]*utvalg|sykehus|sjukehus"
        r"|helsefellesskap|sekretariat|[\wæøå]*gruppe))",
    ),
    _sign("set-up", 0.2, r"\b(?:settes|setjast|blir|vert)\b.{0,20}\b(?:ned|opp)\s(?:en|ei|ein|et|eit)\b"),
    _sign("under-way", 0.2, r"\ber (?:nå |no )?(?:under (?:etablering|utarbeid\w+|planlegging|utvikling"
    r"|arbeid)|igangsatt|igangsett|i gang)\b"),
    _sign(
        "to-be-ready",
        0.45,
        r"\b(?:skal|vil|må|bør) (?:\w+ ){0,3}?(?:(?:være|vere) (?:ferdig|fullført|avsluttet|avslutta"
        r"|på plass|i drift"
        r"|klar til bruk|gjennomført|tatt i bruk|etablert|etablerte?|ferdigstilt|implementert|oppe|i gang)"
        r"|ligge føre|liggje føre"
        r"|foreligge|ha (?:fått )?på plass|ha (?:etablert|innført|gjennomført|fullført|fått på plass)"
        r"|liggje ferdig"
        r"|komme i gang|kome i gang|starte opp)\b|\bforventes å komme i gang\b",
    ),
    _sign("taken-into-use", 0.25, r"\b(?:tas|takast) i bruk\b"),
    _sign("aims-to-start", 0.5, r"\bhar som mål å (?:komme i gang|starte|etablere|opprette|innføre)\b"),
    _sign("drives", 0.4, r"\b(?:være|vere) pådriv|\bha (?:\w+ )?(?:fokus|merksemd|oppmerksomhet)\b"),
    _sign("has-by-then", 0.25, r"\b(?:skal|vil|må) (?:\w+ )?ha (?:en|ei|et|ein|eit|\w+ på plass)\b"),
    _sign(
        "becomes", 0.45,
        r"^(?:(?!\b(?:at|som|når)\b).)*?\b(?:blir|vert|vil bli|skal bli|vil verte"
        r"|skal verte)(?:\s[a-zæøå]+){0,3}?\s" + _PARTICIPLES + r"\b",
    ),
    _sign("goes-on", 0.4, r"\b(?:fortsetter|fortset|held fram|holder fram|halde fram)\b"),
    _sign("goes-on", 0.2, r"\b(?:viderefører|vidarefører|arbeide?r?|jobbe?r?) (?:videre|vidare)\b"
    r"|\better planen\b|\bvid(?:ere|are)(?:fører|føres|førast|ført)\b"),
    _sign(
        "task", 0.6,
        r"\boppg[aå]ve(?:n|a)?\b.{0,60}\b(?:er|blir|vert)\så\s|\b(?:først ut med) å\s"
        r"|\bgjennom å (?:etablere|opprette)\b",
    ),
    _sign("prioritised", 0.4, r"\bvil (?:være|vere) (?:en|et|ei|ein|eit) "
        r"(?:prioritert|viktig|sentral) (?:satsn?ing"
    r"|oppgave)\b"),
    _sign("in-charge-of-theme", 0.2, r"\bvil (?:være|vere) sentralt? for\b"),
    _sign("period", 0.15, r"\b(?:handlingsplan|plan|strategi|handlings)perioden\b|\bkomm?[ae]nde periode\b"),
    _sign(
        "each-year", 0.15,
        r"\b(?:hver|kvar|hvert|kvart) (?:\w+ )?(?:år|månad|måned|kvartal|halvår|vår|haust|høst)\b"
        r"|\bårlig\b|\bårleg\b"
        r"|\b(?:to|tre|fire|fem|seks) (?:ganger|gonger)\b|\bmånedlig|\bmånadleg"
        r"|\bi året\.",
    ),
    _sign("object", 0.1,
        r"\b(?:\w*prosjekt|\w*avtale|retningslinje|veilede|rettleia|modell|nettverk|\w*utval|team"
        r"|møteplass|møtearena"
        r"|arbeidsgruppe|verktøy|rutine|plan for|\w*tiltak|underutvalg|program|ordning)",
    ),
    _sign("funded", 0.1, r"\btildelt\b.{0,60}\bmid(?:ler|lar)\b"),
    # ---- against
    _sign("hope", -0.5, r"\b(?:håper|håpar|trur|tror|mener|meiner|venter|ventar|reknar med|regner med)\b"),
    _sign(
        "plan-itself", -0.4,
        r"^\W*(?=(?-i:[A-ZÆØÅ]))(?:handlingsplanen|planen|strategien|årsplanen|denne planen"
        r"|hovudmålset\w*|innsatsområde\w*)\b",
    ),
    _sign(
        "definition", -0.4,
        r"^[^.]{0,80}\b(?:er (?:et|ein|en|eit|ei|tverrfaglig|samhandling\w*|modeller)|består av|betyr"
        r"|tyder at"
        r"|innebærer|omfatter|handler om|handlar om|kjennetegnes|femner om)\s(?!(?:(?:del av|naturlig"
        r"|sentral|viktig|egen) )*(?:oppg))",
    ),
    _sign(
        "forecast", -0.5,
        r"\b(?:vil|forventes å|ventast å|forventes at|ventes å)(?:\s\w+){0,3}?\s(?:(?:øke|auke)(?! (?:antall"
        r"|talet|tallet|kapasitet|bruken|kompetans|andel|tilgangen))|stige|synke"
        r"|minke|vokse|vekse"
        r"|mangle|(?:bli|verte)" + rf"(?!{BECOMES})"
        r"(?!\s(?:det\s)?(?:[a-zæøå]+\s){0,3}?" + _PARTICIPLES + r")"
        r"|få|oppleve|kreve|utgjøre"
        r"|medføre|omfatte|danne"
        r"|påvirkes|ha behov|stå|oppfylle|trenge|overleve|komme tilbake)\b",
    ),
    _sign(
        "effect", -0.5,
        r"^(?:(?!\b(?:hvordan|korleis|slik at|for at|om|som)\b).)*?\b(?:(?:vil|skal|ville) kunne"
        r"|kan (?:bidra|gi|gje|få"
        r"|føre|løfte|motvirke|forebygges|hindre|spare|gjøre|bli|betjene))\b",
    ),
    _sign("effect", -0.4, r"^(?!.*\bvi\b)\W*\w+(?:\s\w+){0,3}? vil (?:gi|gje|styrke|føre til|bidra"
    r"|gjøre|gjere|hjelpe|tvinge|spare)\b"),
    _sign(
        "mandate", -0.5,
        r"\bskal (?:i tråd med|\w+ )?(?:(?:være|vere)(?! (?:pådriv|ferdig|fullført|avslutt|på plass"
        r"|i drift|klar til bruk"
        r"|gjennomført|tatt i|etablert|ferdigstilt|implementert|klar|med i\b|med på\b|i gang\b"
        r"|[a-zæøå]+(?:t|a|d|te|de|en)\b[^.]*\b(?:inn[ea]n|senest|seinast|før)\b))|sikre at|bidra til|leve"
        r"|ha tydelige"
        r"|ta for seg"
        r"|gi integrert|byggje på|bygge på|ta utgangspunkt|ha (?:oversikt|oversyn|medlem|kontorsted|ansvar)"
        r"|skje|foregå|prege|kjennetegne|føre tilsyn"
        r"|ha en(?! (?:\w+ )?\w*(?:telefon|kontaktperson|ordning)\b)|omfatte|finansieres|ledes|leiast"
        r"|samarbeide om (?!(?:å|en|ei|et|ein|eit|felles|nye?|kombinert\w*|tre|to|fire)\b))\b|\bikke bli\b",
    ),
    _sign(
        "ideal", -0.4,
        r"\b(?:har som mål(?! å (?:komme i gang|starte|etablere|opprette|innføre))|målet er"
        r"|prosjektets mål|målset(?:ting|jing)\w* (?:er|i)|(?:et|eit) mål (?:at|å|for)|mål for"
        r"|for å (?:lykkes|lukkast|få til)(?! (?:\w+ )?(?:må|skal|vil|bør) (?!man|ein|en|vi|me|det))"
        r"|forutsetning|føresetnad|forutsettes|et mål|er en målsetting"
        r"|ei målsetjing)\b",
    ),
    _sign("condition", -0.4, r"^\W*(?:dersom|hvis|om|når|så lenge|viss)\b(?! det gj[ea]ld)"
        r"(?![^,]*\b\w*(?:resultat|erfaring|røynsl|forsøk|pilot|prøve|prosjekt|evaluer|utprøving|modell"
        r"|ordning)\w*[^,]*,)"
        r"(?!.*, (?:skal|vil|må|bør|blir|vert) (?:det (?:ta[sk]|\w+(?:es|ast)\b)|(?!det\b)(?:vi|me"
        r"|[\wæøåÆØÅ]*(?:ene|ane|et|en|a|SSU|FSU))\b))"
        r"|^(?!.*\b(?:skal|må|bør|blir|vert"
    r"|vil)\b)(?!.*,\sdersom\b)(?!\W*dersom\s[^,]*\b\w*(?:prøve|forsøk|pilot|prosjekt|utprøving|evaluer)\w*[^,]*,)"
    r".*\b(?:dersom)\b"),
    _sign(
        "past", -0.5,
        r"^(?!.*\b(?:skal|vil|må|bør|planlagt|ønskelig|ønskeleg|fortsetter|videreføres|vidareførast"
        r"|starter|startar"
        r"|tas i bruk|takast i bruk|videreført|vidareført|å|(?:innen|innan)|ved ut(?:gangen"
        r"|løpet))\b)(?:(?!\b(?:at|som)\b|,\sder\b).)*\b(?:ble|vart|blei|har(?! (?:\w+ )?ansvar)|hadde"
        r"|er etablert|er opprettet"
        r"|startet|starta|fikk|fekk|var|gikk|gjekk|er redusert|er avsluttet|er avslutta)\b",
    ),
    _sign("need", -0.3, r"^(?:Det er|Det|Dei|De)\b[^.]{0,60}\b(?:behov for|viktige?|nødvendig|naudsynt)\b"),
    _sign("right", -0.5, r"\b(?:har (?:rett|krav) (?:til|på)|plikt(?:er|ar)? (?:til )?å|er pålagt"
    r"|er pålagde|skal ha rett)\b"),
    _sign("research", -0.4, r"^(?!\W*(?:dersom|hvis|når|viss)\b).*\b(?<!som )(?:viser|visar|viste|anbefaler"
        r"|anbefalte|tilrår|tilrådde|peiker på"
    r"|peikar på|peker på|sier at|seier at|følger av|følgjer av) "),
    _sign(
        "volume", -0.4,
        r"^(?!.*\b(?:skal|vil|må|bør|innen|innan)\b).*\b\d[\d\s]{2,}\s(?:pasient|henvend|innlegg|fødsl"
        r"|konsultasj"
        r"|oppdrag|døgn|årsverk|innbygg|saker|melding|tura?r|samtal|henvis|tilvis|besøk|opphald|opphold)",
    ),
    _sign("premise", -0.5, r"\b(?:legges|leggjast|lagt) til grunn\b"),
    _sign("good-use", -0.4, r"\b(?:må|skal|bør) (?:bruke|nytte|utnytte) (?:ressurs|kreft|kompetanse|tid)"),
    _sign(
        "by-law", -0.5,
        r"\b(?:i tråd med|i samsvar med|i henhold til|iht\.?|ifølg[je]e|etter) (?:\w+ )?"
        r"(?:\w*lov(?:en|a|verk\w*)?|forskrift\w*|krav\w*)\b",
    ),
    _sign(
        "made-easier", -0.5,
        r"\b(?:skal|vil)\s(?:\w+ )?(?:gjøre|gjere) (?:det|dei|dem|de|hverdagen|kvardagen)\s(?!sam|same)",
    ),
    _sign("gains", -0.4, r"\b(?:får|fær)\s(?:\w+\s){0,4}?(?:innsikt|innsyn|oversikt|oversyn|kunnskap"
        r"|erfaring\w*|røynsl\w*|trygghet|tryggleik)\b"),
    _sign("not", -0.6, r"\b(?:skal|vil|bør|må)\s(?:\w+\s)?(?:ikke|ikkje)\b"),
    _sign("a-new-one", 0.15, r"^\W*(?:En|Et|Ei|Ein|Eit)\s(?:felles|nye?|nytt|eige[nt]|ege[nt]"
        r"|digital\w*)\s.{3,50}?\s(?:blir|vert)\b"
        r"|^\W*(?:En|Et|Ei|Ein|Eit)\s.{3,60}?\s(?:skal|må|bør)\s(?:\w+\s)?\w+(?:es"
    r"|ast)\b"),
    _sign("these-days", -0.3, r"\boftere\b|\benn før\b|\b(?:flere|fleire) (?:ganger|gonger)\b|\boftare\b"
        r"|\bstadig\b|\bstor innsats\b|(?<!som )\bi dag\b|\ballerede\b"
        r"|\ballereie\b|\btil no\b|\bså langt\b"),
    *TURNS,
)  # fmt: skip
