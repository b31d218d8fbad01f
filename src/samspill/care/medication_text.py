"""Lines of a discharge letter as medicines: one line each, and nothing of what was written is lost.

What can be read is put in its field; the rest stays in the words of the dose, where a person sees it. A line
that is a heading («Nye legemidler:») decides for the lines right under it. Nothing is looked up.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from samspill.care.medication_lines import ATC, MOST_LINES, Line, cut
from samspill.care.medication_states import Decision

FORMS: Mapping[str, tuple[str, ...]] = {
    "depottablett": ("depottabletter", "depottablett", "depottab", "retardtablett"),
    "enterotablett": ("enterotabletter", "enterotablett"),
    "smeltetablett": ("smeltetabletter", "smeltetablett"),
    "brusetablett": ("brusetabletter", "brusetablett"),
    "tablett": ("tabletter", "tabletten", "tablett", "tabl", "tbl", "tab"),
    "kapsel": ("kapsler", "kapslar", "kapsel", "kaps"),
    "mikstur": ("mikstur", "mikst"),
    "inhalasjon": ("inhalasjonspulver", "inhalasjonsvæske", "inhalasjon", "inh"),
    "plaster": ("depotplaster", "plaster"),
    "øyedråper": ("øyedråper", "augedropar", "øyedr"),
    "injeksjon": ("injeksjonsvæske", "injeksjon", "inj"),
    "krem": ("krem",), "salve": ("salve",), "spray": ("nesespray", "spray"),
    "stikkpille": ("stikkpiller", "stikkpille", "supp"), "dråper": ("dråper", "dropar"),
}  # fmt: skip
"""What a form is called -> how it is written, in letters and in short."""
HEADINGS: Mapping[str, tuple[str, ...]] = {
    Decision.NEW: ("nye legemidler", "nye medisiner", "nye", "ny", "nytt", "nyoppstartet", "oppstartet"),
    Decision.CHANGED: ("endrede legemidler", "endrede", "endret", "endra", "doseendring"),
    Decision.CONTINUED: ("uendrede", "uendret", "uendra", "videreføres", "fortsetter", "som før"),
    Decision.PAUSED: ("pauset", "pause", "pausert", "midlertidig seponert"),
    Decision.STOPPED: ("seponerte", "seponert", "avsluttet", "sluttet", "stoppet", "slutta"),
}  # fmt: skip
_WORDS = sorted(
    ((word, code) for code, words in HEADINGS.items() for word in words), key=lambda one: -len(one[0])
)
_HEADING = re.compile(
    rf"(?P<word>{'|'.join(re.escape(word) for word, _code in _WORDS)})"
    r"(?:\s+(?:legemidler|legemiddel|medisiner|medisin|medikamenter))?\s*:?", re.IGNORECASE,
)  # fmt: skip
_MARKED = re.compile(
    rf"(?P<word>{'|'.join(re.escape(word) for word, _code in _WORDS)})\s*[:–-]\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^\s*(?:[-–•*·]|\(?\d{1,2}[.)])\s+")
_UNIT = r"(?:mikrogram|mikrog|mcg|µg|mg|g|ml|mmol|mekv|IE|E|%)"
_NUMBER = r"\d+(?:[ .,]\d+)?"
_STRENGTH = re.compile(
    rf"(?<![\w,.]){_NUMBER}(?:\s?{_UNIT})?(?:\s?/\s?{_NUMBER})?\s?{_UNIT}"
    rf"(?:\s?/\s?(?:\d+\s?)?(?:ml|dose|time|t|døgn|g))?(?![\w])",
    re.IGNORECASE,
)
_FORM = {word: form for form, words in FORMS.items() for word in words}
_FORM_WORD = re.compile(
    rf"(?<!\w)(?P<word>{'|'.join(sorted(map(re.escape, _FORM), key=len, reverse=True))})(?!\w)\.?",
    re.IGNORECASE,
)
_HOW_LONG = r"(?:\d|natt|kveld|ei?n\b|ei\b|to\b|tre\b|resten\b)"
_PURPOSE = re.compile(
    rf"(?:(?:^|[\s,;.(])(?:mot|pga\.?|på grunn av)|[,;(]\s*for(?!\s+{_HOW_LONG}))"
    r"\s+(?P<what>[^,;()]+?)\)?\s*\.?$",
    re.IGNORECASE,
)
"""What it is for; «for natten» and «for 10 dager» tell when and how long."""
_ATC = re.compile(rf"[(\[]?(?<!\w)(?P<code>{ATC.pattern}(?<=.{{5}}))(?!\w)[)\]]?")
_DOSE = re.compile(r"(?<!\w)(?:\d+\s?(?:x|\+|-)\s?\d|\d)|(?<!\w)(?:inntil|ved behov|etter|hver|kveld|morgen)")
_LOOSE = " \t,;:–-."


def lines_of(pasted: str) -> tuple[Line, ...]:
    """Each line that says something, as a medicine; at most `MOST_LINES`."""
    return tuple(list(_read(pasted.replace("\x00", "")))[:MOST_LINES])


def _read(pasted: str) -> Iterator[Line]:
    decision, has_read = "", False
    for raw in pasted.splitlines():
        said = _LEAD.sub("", raw).strip()
        if not any(letter.isalpha() for letter in said):
            decision = "" if has_read else decision
        elif (heading := _HEADING.fullmatch(said)) is not None:
            decision, has_read = _decision(heading["word"]), False
        elif said.endswith(":"):
            decision = ""
        else:
            has_read = True
            yield cut(_line(said, decision))


def _decision(word: str) -> str:
    return next(str(code) for known, code in _WORDS if known == word.lower())


def _line(said: str, decision: str) -> Line:
    if (marked := _MARKED.match(said)) is not None:
        decision, said = _decision(marked["word"]), marked["rest"]
    if "\t" in said:
        return _of_cells([one.strip() for one in said.split("\t")], decision)
    atc, said = _taken(_ATC, said, "code")
    purpose, said = _taken(_PURPOSE, said, "what")
    head, dose = _halves(said)
    strength, head = _taken(_STRENGTH, head)
    form, head = _taken(_FORM_WORD, head, "word")
    name = _trimmed(head)
    made = Line(
        name=name, strength=strength, form=_FORM.get(form.lower(), form), dose=_trimmed(dose),
        purpose=_trimmed(purpose), decision=decision, atc=atc,
    )  # fmt: skip
    return made if name else Line(name=_trimmed(said), purpose=purpose, decision=decision, atc=atc)


def _of_cells(cells: list[str], decision: str) -> Line:
    """A row of a table: the medicine, then the dose, then what it is for; what is more goes with the dose."""
    first = _line(cells[0], decision)
    rest = [one for one in cells[1:] if one]
    if not first.strength and rest and _STRENGTH.fullmatch(rest[0]):
        first = replace(first, strength=rest.pop(0))
    if not first.form and rest and rest[0].lower().rstrip(".") in _FORM:
        first = replace(first, form=_FORM[rest.pop(0).lower().rstrip(".")])
    purpose = rest.pop() if len(rest) > 1 and not first.purpose else first.purpose
    dose = ", ".join(filter(None, (first.dose, *rest)))
    return replace(first, dose=dose, purpose=_trimmed(re.sub(r"^(?:mot|for)\s+", "", purpose)))


def _halves(said: str) -> tuple[str, str]:
    """The medicine, and how it is taken: what stands after its strength and form, or where a dose begins."""
    ends = [one.end() for one in (_STRENGTH.search(said), _form_of_head(said)) if one is not None]
    after = max(ends, default=0)
    if after:
        return said[:after], said[after:]
    parts = re.split(r"\s*[,:;]\s*|\s+[–-]\s+", said, maxsplit=1)
    if len(parts) == 2 and parts[0]:
        return parts[0], parts[1]
    found = _DOSE.search(said)
    return (said[: found.start()], said[found.start() :]) if found and found.start() else (said, "")


def _form_of_head(said: str) -> re.Match[str] | None:
    """A form that belongs to the medicine, and not to the dose («1 tablett om morgenen»)."""
    strength = _STRENGTH.search(said)
    for one in _FORM_WORD.finditer(said):
        before = said[: one.start()].rstrip()
        is_counted = bool(re.search(r"(?:\d|½|en|to|tre)$", before))
        if not is_counted and (strength is None or one.start() <= strength.end() + 3):
            return one
    return None


def _taken(pattern: re.Pattern[str], said: str, group: str = "") -> tuple[str, str]:
    """What the pattern finds first, and the text without it."""
    found = pattern.search(said)
    if found is None:
        return "", said
    return found[group] if group else found[0], f"{said[: found.start()]} {said[found.end() :]}"


def _trimmed(said: str) -> str:
    return " ".join(said.split()).strip(_LOOSE)
