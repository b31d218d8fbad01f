"""The words running text is judged by, in both målformer: kinds of subjects, and kinds of verbs, as tables.

A subject is one of ours (a party or a body of the helsefellesskap), the nation, persons in general, a thing
that a plan deals with, or something abstract. A verb tells of a change, of a routine, or of a state.
Not here: the signs that are made of these words (`prose_signs`).
"""

import re
from enum import StrEnum

from samspill.plans.reading.verbs import ACTIONS
from samspill.plans.reading.words import word_set


class Who(StrEnum):
    """What the subject of a clause is."""

    OURS = "ours"  # a party or a body of the helsefellesskap
    WE = "we"
    NATION = "nation"
    PERSONS = "persons"
    ROLE = "role"  # «farmasøyten», «prosjektlederen»: one person by what he or she does
    THING = "thing"  # a project, an agreement, an arrangement: what a plan deals with
    ABSTRACT = "abstract"
    IT = "it"  # «det skal …»
    OTHER = "other"


WE = word_set("vi me man ein en")
IT = word_set("det")
PRONOUNS = frozenset({*WE, *IT, "de", "dei", "den", "dette", "disse", "desse", "han", "ho"})

NATION = re.compile(
    r"\b(?:NHSP|NOU|helsefell?es?skap(?:ene|a)\b|nasjonale?\s|regjering|storting|kommisjon|\w*direktorat"
    r"|\w*departement|myndighet|styresmakt"
    r"|statsforvalt|staten\b|norge\b|noreg\b|folkehelseinstitutt|FHI\b|KS\b|rapport|veilederen\b"
    r"|rettleiaren\b"
    r"|lov(?:en|a)\b|universitet|høg?y?skule|høyskole|fylkeskommune|legeforening|riksrevisjon"
    r"|forskning|forsking|studier?\b|opptrappingsplan)",
    re.IGNORECASE,
)
PERSONS = re.compile(
    r"(?:^|\s)(?:\w*pasient(?:en|er|ar|ene|ane)?|brukere?n?|brukar(?:en|ar|ane)|brukerne|pårørende|pårørande"
    r"|barn(?:et|a)?|born(?:a)?|unge|ungdom(?:men|ar)?|eldre|foreldre|familie[rn]?\w*|menneske[rt]?"
    r"|innbygger\w*"
    r"|innbyggjar\w*|befolkning\w*|kvinner?|gravide|lege[nr]?|legar|legane|legene|lækjar|fastlege\w*|mange"
    r"|flere|fleire|noen|nokon|alle|alle\spasient\w*|du|han|ho|hun|de|dei"
    r"|barnekoordinator\w*"
    r"|deltakern?e?|deltakarane|ansatte|tilsette|helsepersonell\w*|publikum|verden|verda|samfunnet)$",
    re.IGNORECASE,
)
THING = re.compile(
    r"(?:\bfase|pulje|trinn|etappe|fond(?:et)?\b|prosjekt|avtale|retningslinje|retningsline|veilede"
    r"|rettleia|modell|nettverk|team|møteplass|møtearena"
    r"|arbeidsgruppe|verktøy|rutine|\bplan|plan(?:en)?\b|tiltak|program|ordning|tilbud|tilbod|satsing"
    r"|satsning"
    r"|arbeid|kurs|opplæring|kartlegging|utredning|utgreiing|evaluering|samling|møte|konferanse|fagdag"
    r"|brosjyr"
    r"|nettsid|oversikt|oversyn|forløp|poliklinikk|stilling|ordliste|skole|skule|panel|indikator"
    r"|rapport|samarbeid"
    r"|erfaring|røynsl|resultat|drift|plattform|journal|system|mal(?:en)?\b|side(?:n|r|ne)?\b|prosedyre"
    r"|videokons"
    r"|struktur|portal|tjenestetilbud|tenestetilbod|forslag|framlegg|søknad|undersøk|øving|øvelse"
    r"|saken?\b|saka\b"
    r"|kapasitet\w*råd|studi|telefon|kampanje|film|bok\b)",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"(?:^|\s)(?:[\w-]*(?:konsulent|spesialist|psykolog|sekretær|farmasøyt|koordinator|rådgi?ver|rådgje?var"
    r"|veileder|rettleiar|leder|leiar"
    r"|lege"
    r"|sjukepleiar|sykepleier|medarbeider|medarbeidar|redaktør|direktør|terapeut|jordmor|saksbehandler"
    r"|saksbehandlar)(?:e?n|a|ne|ane|ene)?|\w+s fagfolk)$|^(?:ledere|leiarar)$",
    re.IGNORECASE,
)
ABSTRACT = re.compile(
    r"^(?:\w+\s){0,2}?(?:ressurs\w*|oppgaver?|oppgavene|oppgåver?|oppgåvene|forskjell\w*|skilnad\w*"
    r"|teknologi\w*"
    r"|helse(?:n|a)?|tillit\w*|kvalitet\w*|hjelp(?:en|a)?|mat(?:en)?|livskvalitet\w*|kommunikasjon\w*"
    r"|behov\w*"
    r"|\w*medvirkning\w*|\w*medverknad\w*|utvikling(?:en|a)|åpenhet|openheit|samhandling(?:en|a)?"
    r"|kompetanse\w*"
    r"|(?:helse|omsorgs|velferds)?t?jenest(?:e|en|er|ene)|(?:helse|omsorgs|velferds)?tenest(?:e|a|er|ene)"
    r"|beslutning\w*|avgjerd\w*|pasientforløpene|innsatsen|satsinga?|målene?|måla|forebygging\w*"
    r"|overganger?)$",
    re.IGNORECASE,
)
# Ours: endings of one word of the subject. Wider words for somebody are in `actors`.
OURS = re.compile(
    r"(?:helsefell?es?skap(?:et|a|ene)?|kommun(?:en|er|ar|ene|ane)|\bkommune|s[yj]u?kehus(?:et|a|ene)?"
    r"|helse?f[oø]r?etak(?:et|a|ene)?|foretak(?:et)?|føretak(?:et)?|part(?:er|ar|ene|ane)|partne(?:re|rne)"
    r"|partnar(?:ar|ane)|\bHF|(?:ut|inn)val(?:g|get|ga|gene|et|a)?|råd(?:et|a)?|sekretariat(?:et)?|møtet"
    r"|gruppe?(?:n|a|r|ne|ene)?|team(?:et|a|ene)?|nettverk(?:et|a|ene)?|forum(?:et)?|sjef(?:en|er|ar"
    r"|ene|ane)?"
    r"|avdeling(?:en|a|er|ar|ene|ane)?|klinikk(?:en|er|ar|ene|ane)?|sent(?:er|eret|re|rene|ra)"
    r"|apotek(?:et)?|kontor(?:et|a)?|stasjon(?:en|ene|ane)|ambulansen"
    r"|(?:ambulanse|habiliterings|rehabiliterings|skolehelse|skulehelse|jordmor|fysioterapi|ergoterapi"
    r"|barneverns?|rus"
    r"|fastlege|helsestasjons|palliasjons|prehospital|pleie-)t?j?enest(?:en|a|ene)|(?:heime|hjemme"
    r"|spesialisthelse)t?jeneste[nr]?|heimetenest[ea]"
    r"|DPS(?:-?et)?|BUP|TSB|SSU|FSU|PM|UNN|komité?en?|komite(?:en)?|styr(?:et)|ledelsen|leiinga"
    r"|legevakt(?:en|a|ene|ane)"
    r"|enhet(?:en|ene)|eining(?:a|ane)?|enhet|partnerskap(?:et)?|utvalgsrepresentanter|prosjektlede(?:r|ren)"
    r"|prosjektleia(?:r|ren)|kommuneoverleg(?:ene|ane)|representant(?:ene|ane)|organisasjon(?:ene|ane)"
    r"|samarbeidsorgan(?:et)?|sentral(?:en|ane|ene)|pleierne|pleiarane|jordmødrene|jordmødrer"
    r"|terapeutene|terapeutane|region(?:en|ene|ane))$",
    re.IGNORECASE,
)

# Verbs that say how something is or shall be, never what is done
STATES = word_set("""
    være vere bli verte ha kunne få oppleve kjenne vite vete føle stå ligge liggje bo bu leve forbli handle
    bety
    tyde omfatte bestå preges pregast prege kjennetegnes kjenneteiknast kjennetegne vare gjelde slippe komme
    kome lykkes lykkast trives trivast fungere fremstå framstå ville måtte skulle trenge trengje mestre
    meistre
    tilhøre inneholde innehalde gjenspeile spegle henge hengje bero bygge_på frigjøre frigjere
    finnes finnast synes synast skyldes skuldast tilfredsstille innebære innebere utgjøre utgjere stige
    synke auke minke
""") - {"auke"}
# What a body does because of what it is: a task only with a time
ROUTINES = word_set("""
    behandle handsame drøfte ivareta vareta bidra representere avgjøre avgjere innstille uttale treffe lede
    leie møte møtast møtes medvirke medverke støtte respektere inkludere legge_til_rette
""")
# More things to do, in the infinitive
MORE_ACTIONS = word_set("""
    rulle se sjå ringe føre rydde sørgje syte øve fullføre levere møtes møtast besøke vitje konsentrere spørre
    spørje skrive velge velje åpne opne
    lansere distribuere oppsummere sammenstille samanstille gjennomgå bemanne finansiere budsjettere fordele
    prioritere rigge bistå hjelpe svare besvare redegjøre gjøre_greie kalle invitere veilede rettleie
    kvalitetssikre omstille flytte samlokalisere samkjøre harmonisere opprettholde oppretthalde verve
    konkretisere operasjonalisere spisse forsterke ansvarliggjøre etterspørre etterspørje overvåke følgje
    følge velja laga greia setja leggja byrja byrje begynne ta gi gje gå få_på_plass inngå gå_gjennom styrkja
    vidareutvikla utvikla etablera starta arbeida utarbeida gjennomføra vurdera bruka kartleggja
    intensivere trappe redigere aktualisere markedsføre marknadsføre utveksle tematisere adressere
    reforhandle etterleve rullere trappe melde_opp nedsette omgjøre omgjere erstatte avløse avløyse si_opp
    gjøre gjere justere tilpasse tilpassa dokumentere registrere samle innarbeide realisere jobbe fornye
    formalisere modernisere avslutte forlenge gjenoppta gjeninnføre utplassere supplere installere montere
    utruste sertifisere skolere trykke omarbeide bearbeide bygge_om utbedre utprøve kalibrere forhandle
    reforhandle undertegne signere spleise premiere sluttføre overlevere fase oppgradere utlevere
    omdefinere omorganisere reetablere utnevne
    peke utfordre trene simulere stille teste screene ringe varsle loggføre
    tegne teikne opptre dimensjonere
""")
DOING = ACTIONS | MORE_ACTIONS

# Verbs that mean a change also in the present tense («Kommunene innfører …»)
CHANGES = word_set("""
    etablere opprette starte innføre implementere iverksette iverksetje gjennomføre ferdigstille utarbeide
    utforme lage utvikle videreutvikle vidareutvikle utvide vidareføre videreføre revidere oppdatere evaluere
    utrede kartlegge kartleggje pilotere prøve teste planlegge planleggje arrangere publisere søke søkje sende
    lansere åpne opne sammenstille samanstille oppsummere presentere anskaffe ansette tilsette utlyse samle
    innhente gjennomgå avklare fortsette prioritere foreslå vurdere utnevne oppnevne oppnemne byggje bygge
    igangsette skipe avvikle inngå levere opne registrere avtale dele rekruttere innarbeide finansiere utforme
    bemanne nedsette omgjøre rigge justere fullføre rullere kjøpe invitere styrke forsterke avsette utpeke
    overta forberede fornye digitalisere formalisere modernisere avslutte overføre forankre forenkle
    samordne samlokalisere standardisere tilpasse trykke oversette erstatte avløse flytte forlenge
    gjenoppta gjeninnføre
    utplassere opprette supplere installere montere flytte utruste sertifisere skolere redusere
""")
_STRONG = {
    "sette": "setter set sett", "setje": "set", "legge": "legger legg", "leggje": "legg", "ta": "tar tek",
    "gå": "går", "halde": "held", "holde": "holder", "gi": "gir", "gje": "gjev gir", "søke": "søker",
    "søkje": "søkjer søker", "forplikte": "forplikter forpliktar", "bygge": "bygger", "byggje": "byggjer",
    "planlegge": "planlegger", "planleggje": "planlegg", "kartlegge": "kartlegger", "kartleggje": "kartlegg",
    "iverksetje": "iverkset", "fortsette": "fortsetter fortset", "gjennomgå": "gjennomgår",
    "foreslå": "foreslår",
    "inngå": "inngår", "overta": "overtar overtek",
    "tilsette": "tilset tilsetter", "ansette": "ansetter", "avsette": "avsetter",
    "iverksette": "iverksetter", "igangsette": "igangsetter",
}  # fmt: skip


def _presents(verbs: frozenset[str]) -> frozenset[str]:
    """«lager», «lagar» of «lage»; strong verbs as they are listed."""
    forms: set[str] = set()
    for verb in verbs:
        forms |= set(_STRONG.get(verb, "").split()) or {f"{verb}r", f"{verb[:-1]}ar"}
    return frozenset(forms)


def infinitive(word: str) -> str:
    """«revidere» of «revidera», «kartlegge» of «kartleggje»: in the form the tables have."""
    if word.endswith(("gje", "kje")) and word not in DOING:
        return f"{word[:-2]}e" if f"{word[:-2]}e" in DOING else word
    return f"{word[:-1]}e" if word.endswith("a") and word not in DOING and len(word) > 3 else word


PRESENT_CHANGES = _presents(CHANGES)
PRESENTS = _presents(DOING)
# Two words together: «legger fram», «tek i bruk», «set ned», «går gjennom», «held fram»
_PHRASES = (
    r"(?:legger|legg)\sopp\still|(?:gjør|gjer|fatter|fattar)\svedtak|(?:tar|tek)\s(?:til\smed|kontakt)"
    r"|går\s(?:sammen|saman)\som"
    r"|(?:leder|leier|leiar)\s(?:arbeidet|prosjektet|gruppa|gruppen)|(?:ser|ser\snærmere"
    r"|ser\snærare)\spå\s(?:om|hvordan|korleis)"
    r"|(?:sørger|sørgjer|syter)\sfor|(?:bidrar|bidreg)\smed|(?:held|holder)\skurs|(?:deler|slår)\s(?:ut"
    r"|sammen|saman)"
    r"|(?:kommer|kjem)\smed|(?:stiller|stillar)\smed|(?:gjør|gjer)\sdet\s(?:samme|same)"
    r"|(?:starter|startar)\sopp|lyser\sut|(?:slutter|sluttar)\sseg\stil|(?:peker|peiker|peikar)\sut"
    r"|(?:legger|legg)\s(?:fram|frem|ut|til\srette)|(?:tar|tek)\s(?:i\sbruk|opp|initiativ|på\sseg)"
    r"|(?:setter|set|sett)\s(?:ned|opp|i\sgang|i\sverk|av)|(?:går|gå)\sgjennom|(?:held|holder)\s(?:fram|frem)"
    r"|(?:jobber|jobbar|arbeider|arbeidar)\svid?e?a?re|(?:følger|følgjer)\sopp|(?:bygger|byggjer)\s(?:opp|ut)"
    r"|lærer\sopp|reiser\srundt|(?:går|gå)\si\sgang\smed|(?:tar|tek)\sfatt\spå"
    r"|(?:tar"
    r"|tek)\sstilling\stil|(?:gjør|gjer)\som\b"
    r"|(?:går|gå)\sover\si|(?:ser|sjår)\s(?:nærmere|nærare|videre|vidare)\spå|(?:peker|peikar)\sut|(?:opnar"
    r"|åpner)\sopp"
    r"|(?:tar|tek)\s(?:opp\satt|opp\sigjen|over)|(?:trapper|trappar)\s(?:opp|ned)|(?:ruller|rullar)\sut"
    r"|(?:fører|fører)\svidare|(?:rydder|ryddar)\s(?:i|opp)|(?:slår|slår)\s(?:seg\s)?(?:saman|sammen)"
    r"|(?:stiller|stiller)\s(?:til\srådighet|til\srådvelde|til\sdisposisjon|opp)"
)
# «held dessutan fram», «tek i januar opp»: what may stand between the two words
_MAY_STAND_BETWEEN = (
    r"\s(?:(?:også|òg|derfor|difor|dessuten|dessutan|nå|no|videre|vidare|samtidig|i\stillegg|så|vi|me"
    r"|partane|partene"
    r"|(?:i|til|frå|fra|våren|hausten|høsten)\s(?:\w+|20\d\d))\s)?"
)
PRESENT_PHRASES = _PHRASES.replace(r"\s", _MAY_STAND_BETWEEN)
PRESENT_ROUTINES = word_set("""
    møtest
    bruker brukar nytter nyttar tilbyr rapporterer følger følgjer gir gjev har deltar deltek behandler
    behandlar møtes møtast arbeider arbeidar jobber jobbar samarbeider samarbeidar sikrer sikrar bidrar bidreg
    holder held tar tek lærer lærar støtter støttar
    konkretiserer består leder leier ivaretar står driver driv bistår hjelper hjelper
""")


def _passives(verbs: frozenset[str]) -> str:
    forms = {form for verb in verbs if verb[-1] == "e" for form in (f"{verb}s", f"{verb[:-1]}ast")}
    return "|".join(sorted(forms, key=len, reverse=True))


# «blir utvida», «vert òg prøvd ut»: after «blir», and no adjective
BECOMES = (
    r"(?:\s(?:også|òg|derfor|difor|nå|no|så|det|[a-zæøå]{5,}(?:et|en|a|ene|ane)))?\s"
    r"(?!(?:bedre|betre|flere|fleire|større|eldre|stadig|enda|endå|mer|meir|godt|kjent|kjend|viktigst"
    r"|borte|stort"
    r"|brukte?|lagt inn|lagde inn|lagt til|utsatt|utsett|møtte?|oversett|nå|det|ikke|ikkje|etter|ofte|alltid"
    r"|et|ein|eit|en|vanskelig\w*|viktig\w*|mange|mindre|rammet|råka|fødte?|glemt|gløymt|innlagt|innlagde"
    r"|lett\w*|dyrt|langt|utan|uten|utskrivne?|sett på|sittende|sitjande|ledet|leda|leia|drevet|driven"
    r"|drivne|styrt)\b)"
    r"[a-zæøå]{2,}(?:et|t|a|d|dd|te|de|ne|en)\b"
)
# What a body is, has or meets with: nothing it takes on
DESCRIBES = word_set("""
    håndterer handterer organiserer betjener betener avviser fører utfører omtaler beskriver beskriv
    forventer avventer avventar venter ventar slutter sluttar krever krev påvirker påverkar skaper
    skapar hindrer hindrar vekker vekkjer preger pregar kjennetegner forvalter forvaltar disponerer
    sitter sit består omfatter omfattar innebærer inneber vurderes bidrar koster kostar dekker dekkjer
    dekkar opplever opplevar erfarer erfarar mottar mottek yter ytar eier eig eiger ser veit vet kjenner
    kjenn mener meiner trenger treng merker merkar utgjør utgjer gjør gjer varierer varierar savner
    saknar sliter slit strever strevar vokser veks øker aukar mangler manglar utdanner utdannar opplyser
    anslår reknar regner bruker brukar rykker rykkjer ligger ligg står bor bur teller tel favner femner
    ønsker ønskjer håper håpar lever henviser tilviser kjemper betaler betalar huser husar møter møtar
    får fær kommer kjem stoler stolar synes sier seier viser visar representerer behandler behandlar
    reiser kjører kjøyrer snakker snakkar vedtar vedtek godkjenner godkjenn innlegger følger følgjer når
    går finner finn gir gjev taper tapar
""")


# Passives that say how things are to be, unless a time is set
UNKNOWN_PASSIVE = re.compile(
    r"(?!felles$|deres$|alles$|annes$|oppleves|opplevast|preges|pregast|kjennetegnes|kjenneteiknast"
    r"|ses$|finnes$"
    r"|finnast|synes|synast|trives|trivast|lykkes|lykkast|skyldes|skuldast|antas|forutsettes|føresetst"
    r"|regnes|kalles"
    r"|kallast|ytes|ytast|kontrast|fastlegeforsk)\w{2,}(?:es|ast)$",
    re.IGNORECASE,
)
_VALUES = word_set("""
    bruke nytte løse løyse gi møte sikre ivareta vareta redusere øke auke se behandle handsame tilby lede leie
    bemanne forankre bygge byggje dele støtte sikra følge følgje arbeide jobbe involvere informere
    bestemme ivareta finansiere styre eie eige prioritere ta delta velge velje trekke trekkje fremme skape
""")
VALUES_PASSIVE = _passives(_VALUES) + "|ses|sees|sjåast|gis|tas|takast|eies|møtes|møtast"
CHANGE_PASSIVE = (
    _passives((DOING | CHANGES | word_set("lage sende kurse bytte")) - _VALUES - STATES)
    + "|gjentas|gjentakast|slås|slåast|gjennomgås|gjennomgåast|inngås|inngåast"
    + "|foretas|gjenopptas|gjenopptakast|overtas|overtakast"
    + "|gjøres|gjerast|settes|setjast|avholdes|avhaldast|holdes|haldast|gås|gåast|legges|leggjast"
)
