"""The word and colon a paragraph may begin with: «Veien videre: …», «Status: …».

What is labelled as how things are («Status», «Bakgrunn», «Forventet effekt») holds no measures; any other
label is no part of the sentence behind it.
Not here: «Ansvar: …» and «Frist: …» (`details`), or lines that open a list (`openers`).
"""

import re

from samspill.plans.reading.words import fold

_LABEL = re.compile(r"(?P<label>[A-ZÆØÅ][^\W\d]*(?:\s[^\W\d]+){0,3})\s?:\s+(?=[A-ZÆØÅ«])")
_HOW_THINGS_ARE = re.compile(
    r"(?:(?:kort |dagens |nåværende |noverande |forventet |forventa |venta )?"
    r"(?:status|bakgrunn|situasjon(?:en)?|nåsituasjon(?:en)?|no-?situasjon(?:en)?|notilstand(?:en)?|utgangspunkt(?:et)?"
    r"|utfordring(?:en|a|er|ar|ene|ane)?|skildring|beskrivelse|omtale|kommentar|merknad|effekt|verknad|virkning"
    r"|gevinst(?:er|ar)?|begrunnelse|grunngjeving|formål|føremål|indikator(?:er|ar)?|risiko|erfaring(?:er|ar)?"
    r"|historikk|kunnskapsgrunnlag|hvorfor|kvifor))"
    r"|(?:slik|her|der|dette|hva|kva|hvor|kvar|kor) (?:er|har|vet|veit|ser|står|stå[tr]) .{2,30}"
)


def label_of(text: str) -> str:
    """«Veien videre: » with its colon and space, or ""."""
    found = _LABEL.match(text)
    return found[0] if found else ""


def tells_how_things_are(label: str) -> bool:
    return bool(_HOW_THINGS_ARE.fullmatch(fold(label.rstrip(" :"))))
