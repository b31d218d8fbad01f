"""Turns of phrase a plan promises with, beside plain verbs: «er satt av», «kommer på plass», «er aktuelt å».

Signs of the same kind as in `prose_signs`, as a table in both målformer.
Not here: single verbs and what they mean (`prose_words`).
"""

import re

from samspill.plans.reading.prose_words import CHANGES, DOING

__all__ = ["TURNS"]

_ACTION = "(?:" + "|".join(sorted(DOING, key=len, reverse=True)) + ")"
_MAKE = "(?:" + "|".join(sorted(CHANGES, key=len, reverse=True)) + ")"
_IS = r"(?:er|blir|vert)"
_ADVERB = r"(?:\s(?:også|òg|derfor|difor|dessuten|dessutan|nå|no|så|nå også|no òg))?"
# What is done within the plan: nouns made of verbs of doing
_WORK = (
    r"\w*(?:innføring|oppfølg\w+|gjennomføring|etablering|koordinering|samordning|planlegg\w+|utarbeid\w+"
    r"|utvikling|opplæring|evaluering|rapportering|revisjon|revidering|utprøving|kartlegging|utlysing"
    r"|utlysning"
    r"|oppdatering|drift(?:a|en)?|arbeidet|prosjektet|tiltaket|gruppa|gruppen|prosess(?:en)?|fremdrift(?:en)?"
    r"|framdrift(?:a)?|kurs(?:et|a|ene)?|øvelse[nr]?|øvinga?|konferanse[nr]?|samling(?:en|a|ane)?)(?:en|a|et"
    r"|ane|ene)?"
)
_OURS = (
    r"(?:\w+\s){0,2}?\w*(?:sykehus\w*|sjukehus\w*|foretak\w*|føretak\w*|kommun\w+|utvalg\w*|utval\w*"
    r"|part(?:ene|ane)"
    r"|sekretariat\w*|tjenest\w+|tenest\w+|senter\w*|senteret|gruppe\w*|gruppa|nettverk\w*|team\w*"
    r"|avdeling\w*"
    r"|klinikk\w*|legevakt\w*|SSU|FSU|DPS|BUP|HF|[A-ZÆØÅ][a-zæøå]+\sog\s[A-ZÆØÅ]\w+|midl(?:er|ar|ene|ane)"
    r"|helsefellesskapet)"
)
_STATES_ANEW = (  # «blir digital», «gjøres obligatorisk»
    r"(?:hel|heil)?(?:digital[et]?|fast|permanent[e]?|obligatorisk[e]?|gratis|døgnåpen|døgnopen|åpen|open"
    r"|tilgjengelige?"
    r"|tilgjengeleg[e]?|landsdekkende|landsdekkande|felles|kjent|kjend[e]?|tilbud\stil|(?:en|ein|et|eit"
    r"|ei)?\s?fast\s\w+"
    r"|(?:fast\s)?tema\s(?:på|i|for)|(?:en|ein)?\s?del\sav|lik|like|standard|vanlig|vanleg|normalen|regelen)"
)


def _turn(name: str, weight: float, pattern: str) -> tuple[str, float, re.Pattern[str]]:
    return name, weight, re.compile(pattern, re.IGNORECASE)


TURNS: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    # ---- what is agreed, asked for, proposed
    _turn("asked-to", 0.6, rf"\b(?:{_IS}|har blitt|har vorte){_ADVERB} (?:bedt|beden|bedne|bede|utfordret"
        rf"|utfordra) (?:om|til) å\b"),
    _turn("asked-to", 0.45, r"\b(?:oppfordres|oppmodast|utfordres|utfordrast|inviteres"
        r"|inviterast)(?:\s\w+){0,3}? til å\b"),
    _turn("asks", 0.35, r"\b(?:oppfordrer|oppmodar|utfordrer|utfordrar|inviterer"
        r"|inviterar)\s(?:\w+\s){1,6}?til å\b"),
    _turn("asks", 0.45, r"\b(?:skal|vil|må|bør)(?:\s\w+){0,2}?\s(?:be|oppfordre|oppmode"
        r"|utfordre)\s(?!om\b)(?:\w+\s){1,8}?(?:om|til) å\b"),
    _turn("gives-task", 0.6, r"\b(?:gis|gjevast|blir gitt|vert gitt|blir gjeve|får|har fått) (?:også "
        r"|òg )?i (?:oppdrag|oppgave|oppgåve) å\b"),
    _turn("asks-for", 0.3, r"\b(?:ber|bed) om (?:en|ei|et|ein|eit) (?:\w+ )?(?:sak|rapport|utredning"
        r"|utgreiing|vurdering|orientering|redegjørelse|plan)\b"),
    _turn("gets-to", 0.35, r"\bfår (?:høve|anledning|mulighet|muligheten|moglegheit) til å\b"),
    _turn("agreed", 0.6, r"\b(?:semje|enighet|einigheit) mellom [^,.]{3,40}? om å\b"),
    _turn("willing", 0.6, r"\b(?:sagt|sier|seier|sa) seg (?:villige?|klare?|interesserte?|innstilte?) (?:til"
        r"|i|på) å\b"
        r"|\b(?:sagt|sier|seier|sa) ja til å\b|\ber (?:\w+ )?(?:innstilte?|villige?) (?:på|til) å\b"),
    _turn("agreed-on", 0.6, r"\b(?:er|har) (?:\w+ )?(?:blitt|vorte|vortne)?\s?(?:enige?|samde?"
        r"|einige?) om (?:en|ei|et|ein|eit|felles|nye?|følgende|følgjande|to|tre)\b"),
    _turn("in-view", 0.6, r"\b(?:er det|det er)(?:\s(?:også|òg|derfor|difor))? (?:aktuelt|planen|tanken"
        r"|meninga|meningen|meininga|ønske om|eit ønske|et ønske) å\b"
        r"|\b(?:planen|tanken|meningen|meininga) er å\b"),
    _turn("proposes", 0.8, rf"\b(?:foreslås|føreslåast|anbefales|tilrås|tilrådast) (?:det )?(?:også "
        rf"|òg )?å {_MAKE}\b"
        r"|\b(?:vi|SSU|FSU|partene|partane|utvalget|utvalet|arbeidsgruppa|gruppa) (?:anbefaler|tilrår"
        r"|foreslår|føreslår)"
        r" (?:derfor |difor )?(?:å|at)\b"),
    _turn("plan-provides", 0.55, r"\bplanen (?:legger opp til|legg opp til|foreslår|føreslår|åpner for"
        r"|opnar for)\b"),
    _turn("aims-at", 0.6, r"\b(?:tar|tek|tas|takast)(?:\s\w+)? sikte på (?!å\b)\w+"),
    _turn("provided-for", 0.2, r"\b(?:er|blir|vert) (?:det )?lagt opp til (?:(?:et|en|ei|ein|eit|to|tre|fire"
        r"|fem|faste|årlige|årlege|felles|nye)\b)"),
    _turn("planned", 0.25, r"\b(?:er det|det er) (?:også |òg )?planlagt (?:en|et|ei|ein|eit|to|tre|fire"
        r"|felles|nye?)\b"
        r"|\b(?:oppstart|start|innføring|gjennomføring)\w* (?:er|blir|vert) (?:planlagt|lagt|sett"
        r"|satt) til\b"),
    _turn("decides", 0.2, r"\b(?:tar|tek|skal ta|tas|takast)(?: det)? stilling til\b"),
    # ---- who has the task
    _turn("in-charge-of", 0.3, rf"\b(?:har|får|overtar|overtek|tar|tek)(?:\s(?:også|òg|nå|no))? (?:hoved"
        rf"|hovud|fag|prosjekt)?ansvar(?:et)? for (?!å\b)(?:\w+\s){{0,2}}?{_WORK}\b"
        r"(?! (?:av|for|til) (?:pasient|bruker|brukar|barn|eldre|innbygg|person|den enkelte|den einskilde))"),
    _turn("in-charge-of", 0.5, r"^\W*(?:hoved|hovud)?ansvaret for .{3,60}? (?:ligger hos|ligg hos"
        r"|ligger til|ligg til|legges til|leggjast til|gis til|blir lagt til|vert lagt til|er lagt til"
        r"|plasseres hos|plasserast hos|overføres til|overførast til)\b"),
    _turn("by-us", 0.3, rf"\b(?:gis|gjevast|blir gitt|vert gitt|blir gjeve|dekkes|dekkast|finansieres"
        rf"|finansierast|betales|betalast|holdes|haldast|blir halde|arrangeres|arrangerast|koordineres"
        rf"|koordinerast|følges opp|følgjast opp) (?:av|i fellesskap av|likt av|med midler fra"
        rf"|med midlar frå) {_OURS}"),
    _turn("are-with-us", 0.5, r"\bskal (?:være|vere) med (?:og|å|på å) "),
    _turn("takes-part-in", 0.3, r"\bfår (?:en |ein |et |eit )?(?:fast )?(?:plass|sete) i\b"),
    _turn("replaces", 0.2, r"\b(?:erstatte|avløyse|avløse|ta over for|erstatter|erstattar|tek over for"
        r"|tar over for)\b"),
    _turn("takes-part-in", 0.3, r"\ber med (?:i|på|fra|frå) (?=.*\b(?:arbeid|prosjekt|grupp|planlegg|utform"
        r"|start)\w*)"),
    # ---- money
    _turn("set-aside", 0.4, rf"\b(?:{_IS}|har) (?:det )?(?:også |òg )?(?:satt av|sett av|avsatt|avsett"
        rf"|bevilget|løyvd|løyvt|satt av)\b"),
    _turn("shared-costs", 0.4, r"\b(?:utgift|kostnad|lønn|lønna|stilling|finansiering|prosjekt"
        r"|ordning)\w*\b.{0,40}\b(?:deles|delast|finansieres|finansierast|dekkes|dekkast|betales"
        r"|betalast)\b.{0,30}\b(?:likt|like|prosent|halv\w*|mellom|hver|kvar|samhandlingsmidl\w+|midlar"
        r"|midler)\b"),
    _turn("pays", 0.25, r"\b(?:dekker|dekkjer|dekkar|betaler|betalar|bekoster|kostar"
        r"|finansierer) (?:(?!sine?\b|respektive|eigne|egne)\w+\s){0,2}?(?:lønn\w*|løn|løna|utgift\w*"
        r"|kostnad\w*|reis\w*|halv\w*|honorar\w*)\b"),
    # ---- what begins, comes, ends
    _turn("takes-on", 0.6, r"\bhar (?:påtatt seg|påteke seg|tatt på seg|teke på seg) å\b"),
    _turn("comes", 0.6, r"\b(?:er|kommer|kjem|skal være|skal vere) på plass (?:innen|innan|fra|frå|til"
        r"|i løpet|ved)\b"),
    _turn("from-then", 0.2, r"\b(?:fra|frå)(?: og med)?(?: \d{1,2}\.)?(?: [a-zæø]+){0,2}? 20\d\d\b"),
    _turn("given", 0.2, r"\b(?:blir|vert) (?:det )?(?:gitt|gjeve|gjevne) (?:tilbud|tilbod|opplæring"
        r"|rettleiing|veiledning|kurs)\b"),
    _turn("comes", 0.35, r"\b(?:kommer|kjem|blir|vert) (?:\w+ )?(?:på plass|i drift|i gang)\b"
        r"|\b(?:er|blir|vert) (?:på plass|klart?|ferdig) (?:i|til|innen|innan|før|våren|hausten|høsten|ved"
        r"|\d)"),
    _turn("takes-effect", 0.4, r"\b(?:trer|trår|trør|skal tre|vil tre) i (?:kraft|verk|funksjon)\b(?! når)"
        r"|\b(?:finner|finn) (?:sted|stad)\b"
        r"|\b(?:går|gå)(?: \w+)? over i (?:ordinær |fast )?drift\b|\b(?:utgår|fases ut|fasast ut|legges ned"
        r"|leggjast ned|går ut)\b"
        r"|\b(?:skjer|starter|startar|begynner|byrjar) (?:trinnvis|stegvis|gradvis|opp)\b"
        r"|\b(?:gjelder|gjeld) (?:fra|frå) (?:og med )?\d"),
    _turn("placed-in-time", 0.4, r"^\W*(?:(?:neste|første|fyrste|andre|siste) )?\w+(?:en|et|a|ing|møte|kurs"
        r"|dag)? (?:er|blir|vert) lagt til\b"),
    _turn("becomes-so", 0.45, rf"\b(?:blir|vert|gjøres|gjerast|skal være|skal vere|skal bli"
        rf"|vil bli)\s(?:\w+\s)?{_STATES_ANEW}\b(?=.*\b(?:fra|frå|i løpet|innen|innan|i 20\d\d|til \w+en)\b)"
        r"|^\W*[\wæøå]+(?:en|et|a|ene|ane)\s(?:blir|vert)\s(?:hel|heil)?(?:digitalt?|permanent|obligatorisk"
        r"|gratis|døgnåpen|døgnopen)\b"
),
    _turn("regular-item", 0.6, r"\b(?:blir|vert) (?:et |eit |ein |en )?fast (?:tema|punkt|post|innslag"
        r"|del av)\b|\bsettes (?:fast )?på (?:dagsorden|agendaen|sakslista)\b"),
    _turn("will-come-to", 0.4, rf"\b(?:kommer|kjem) til å (?:\w+ )?{_MAKE}\b|\b(?:kommer"
        rf"|kjem) til å {_ACTION}\b"),
    _turn("sets-about", 0.35, r"\b(?:går|gå)(?: \w+)? i gang med\b|\b(?:tar|tek) (?:\w+ )?fatt på\b"
        r"|\b(?:begynner|byrjar|startar|starter)(?: \w+)? (?:med )?å\b"),
    _turn("improves", 0.3, r"\b(?:skal|vil|må) (?:vi |me )?bli (?:flinkere|flinkare|bedre|betre) (?:til|på"
        r"|i) å\b"),
    _turn("kept-up", 0.3, r"\b(?:holder|held) (?:\w+\s){1,4}?(?:oppdatert|oppdaterte|ved like|åpen|open)\b"),
    _turn("made-known", 0.3, r"\b(?:gjør|gjer) (?:\w+\s){1,5}?(?:tilgjengelig|tilgjengelige|tilgjengeleg"
        r"|tilgjengelege|kjent|kjend|kjende|permanent)\b"),
    _turn("sees-to", 0.2, r"\b(?:ser|passer|passar) (?:til|på) at\b|\b(?:holder|held) i (?:kontakten"
        r"|arbeidet|prosessen|trådene|trådane)\b"),
    _turn("reports-to", 0.3, r"\b(?:avgir|gir|gjev|leverer|legger fram|legg fram) (?:\w+ )?(?:rapport"
        r"|innstilling|tilråding|anbefaling|årsrapport|sluttrapport)\b"),
    _turn("work-put-first", 0.35, r"^\W*(?:\w+\s){0,2}?(?:arbeid\w*|\w+(?:ing|else)(?:en|a)?)\s(?:av|med|for"
        r"|mot)\b.*\b(?:prioriteres|prioriterast|blir prioritert|vert prioritert)\b"),
    _turn("examined", 0.25, r"\b(?:kartlegges|kartleggjast|utredes|greiast ut|utgreiast|evalueres|evaluerast"
        r"|måles|målast|undersøkes|undersøkjast"
        r"|gjennomgås|gjennomgåast|analyseres|analyserast|blir kartlagt?e?|blir målt|blir evaluert"
        r"|blir utredet|vert kartlagt?e?)\b"),
    _turn("followed-up", 0.3, r"\b(?:følges opp|følgjast opp|blir følgt opp|blir følgd opp|vert følgd opp"
        r"|evalueres|deles med|deles på) .{0,40}\b(?:hver|kvar|hvert|kvart|møte\w*|leder\w*|leiar\w*|SSU|FSU"
        r"|konferanse\w*|årlig|årleg)\b"),
    _turn("done-together", 0.6, r"^\W*(?:\w+ )?\w*(?:ing|else)(?:en|a)? av .{5,100}? (?:skjer|gjøres|gjerast"
        r"|gjennomføres|gjennomførast) i samarbeid mellom\b"),
    _turn("goes-on", 0.6, r"(?:^|,\s)held(?:\s[\wæøåÆØÅ]+){1,6}?\sfram\b"),
    _turn("a-named-deed", 0.6, r"^(?:Gjennomføring|Etablering|Utprøving|Innføring|Utarbeid(?:else|ing)"
        r"|Utvikling|Oppretting|Opprettelse|Kartlegging|Evaluering|Revisjon|Revidering|Utvid(?:else|ing)"
        r"|Vid(?:ere|are)føring|Oppdatering|Samordning|Ferdigstilling|Ferdigstillelse|Oppstart|Prøving"
        r"|Utlysing|Utlysning|Tilsetting|Ansettelse|Anskaffelse|Innkjøp|Igangsetting|Iverksetting"
        r"|Iverksettelse) av (?!dette\b|slike\b)"),
    # ---- what persons get
    _turn("gets-access", 0.6, r"\b(?:får|gis|gir|gjev|skal få|vil få|gjevast)\b(?:\s\w+){0,3}?\s(?:tilgang"
        r"|tilgjenge|lesetilgang|innsyn) (?:til|i)\b"),
    _turn("gets", 0.6, r"\bfår (?:ei |en |et |eit |ein )?(?:felles |grunnleggende "
        r"|grunnleggjande )?(?:opplæring|innføring|kurs|undervisning) (?:i|om|av|frå|fra)\b"
        r"|\b(?:får|skal få|vil få) (?:\w+ )?(?:utdelt|delt ut|utlevert|tilsendt|besøk av|besøk frå"
        r"|besøk fra|telefon fra|telefon frå|tilbud|tilbod)\b"),
    _turn("offered", 0.6, r"\b(?:tilbys|tilbydast|bli tilbudt|(?:blir|vert)(?:\s\w+){0,5}? (?:tilbudt"
        r"|tilbydd|tilbydde|tilboden|tilbodne|tilbode))\b"),
    _turn("trained", 0.25, r"\b(?:kurses|kursast|skoleres|skolerast|læres opp|lærast opp|blir kurset"
        r"|blir kursa|vert kursa|sertifiseres|sertifiserast)\b"),
    _turn("called-in", 0.5, r"\b(?:inviteres|inviterast|innkalles|kalles inn|kallast inn|(?:blir"
        r"|vert) (?:\w+ )?inviterte?"
        r"|blir kalt inn|bes inn) (?:til|med|hver|kvar|inn)\b"),
    _turn("may-from", 0.6, rf"\bkan (?:fra|frå|fra og med|frå og med) (?:og med )?(?:\d|høst|haust|vår"
        rf"|januar|august).{{0,30}}?\s{_ACTION[:-1]}|bestille|henvise|tilvise|delta|logge|booke|få)\b"),
    _turn("may", 0.3, r"^\W*(?!.*\b(?:lov|forskrift|staten"
        r"|direktorat\w*)\b)[\wæøåÆØÅ\s]{3,40}? kan (?:fra \w+ \d+ |frå \w+ \d+ )?(?:søke om|søkje om"
        r"|melde seg på|bestille|låne|ringe|ta kontakt|delta)\b"),
    # ---- against
    _turn("plan-reviewed", -0.6, r"^\W*(?:handlingsplanen|strategien|årsplanen|tiltaksplanen)\s(?:blir|vert"
        r"|skal)\s(?:\w+ )?(?:evaluer|revider|ruller)\w*"),
    _turn("named-so", -0.5, r"\b(?:kalles|kallast|(?:blir|vert) (?:\w+ )?(?:kalt|kalla|omtalt|omtala)"
        r"|omtales som|omtalast som)\b"),
    _turn("apart", -0.5, r"\b(?:hver|kvar) for seg\b"),
    _turn("is-part-of", -0.4, r"\b(?:inngår|inngår også|høyrer med|hører med) i\b"),
    _turn("habit", -0.4, r"^(?!.*\b(?:skal|vil|må|bør)\b).*\b(?:sjelden|sjeldan|som oftest|vanligvis"
        r"|vanlegvis|som regel|normalt)\b"),
    _turn("agreed-ideal", -0.7, r"\b(?:enige?|samde|einige|semje|enighet) om at [^,]* (?:skal|må) (?:stå"
        r"|være|vere|oppleve|kunne|møtes|møtast)\b"),
    _turn("in-good-spirit", -0.4, r"\b(?:samarbeide|samarbeider|samarbeidar) (?:godt|tett|nært|lojalt"
        r"|til beste)\b"),
    _turn("label", -0.6, r"^\W*(?:skildring|beskrivelse|omtale|bakgrunn|kommentar|merknad|effekt|gevinst"
        r"|begrunnelse|grunngjeving|formål|føremål|indikator|risiko)\s?:"),
    _turn("mandate-of", -0.5, r"\bhar som (?:mandat|oppgave|oppgåve|rolle|formål|føremål) å\b"),
    _turn("last-year", -0.5, r"^(?!.*\b(?:skal|vil|må|bør|tilbys|fullføres|videreføres"
        r"|vidareførast)\b).*\b(?:i fjor|ifjor|året før|forrige år|førre år|i forrige periode"
        r"|i førre periode)\b"),
    _turn("for-long", -0.4, r"^(?!.*\b(?:skal|vil|må|bør)\b).*\b(?:i mange år|i flere år|i fleire år"
        r"|gjennom mange år|i en årrekke|i årevis|lenge)\b"),
)  # fmt: skip
