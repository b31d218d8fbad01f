"""In which form and language an answer is wanted, and in which form a body came.

https://hl7.org/fhir/R4/http.html#mime-type. JSON alone is spoken here; a client that accepts nothing of it is
told so, and one that sends something else as well.
"""

from collections.abc import Iterable

from samspill.refusal import Refused, Sentence

FHIR_JSON = "application/fhir+json"
FORM = "application/x-www-form-urlencoded"
_JSON = frozenset({FHIR_JSON, "application/json", "text/json", "json"})
_ANY = frozenset({"*/*", "application/*"})
_VERSIONS = frozenset({"", "4.0", "4.0.1"})
LANGUAGES = ("nb", "nn", "en")
_SAME = {"no": "nb"}


def check_accepts(accept: str, asked_format: str = "") -> None:
    """Refused (`fhir.format`): neither `_format` nor the Accept header can be met with JSON of R4."""
    wanted = [asked_format.replace(" ", "+")] if asked_format else (accept or "*/*").split(",")
    if not any(_is_ours(one) for one in wanted):
        raise Refused(
            "fhir.format",
            Sentence("Answers are given as %(fhir_json)s alone. Ask for that.", fhir_json=FHIR_JSON),
        )


def _is_ours(wanted: str) -> bool:
    kind, parameters = _taken_apart(wanted)
    is_wanted = parameters.get("q", "1").strip() not in ("0", "0.0", "0.00", "0.000")
    return is_wanted and (kind in _JSON or kind in _ANY) and parameters.get("fhirversion", "") in _VERSIONS


def check_content_type(sent: str, allowed: Iterable[str] = _JSON) -> None:
    """Refused (`fhir.content-type`): a body of another kind, another version of FHIR, or not in UTF-8."""
    kind, parameters = _taken_apart(sent)
    is_utf8 = parameters.get("charset", "utf-8").strip('"').lower() in ("utf-8", "utf8")
    if kind not in set(allowed) or not is_utf8 or parameters.get("fhirversion", "") not in _VERSIONS:
        said = sorted(one for one in allowed if "/" in one)[0]
        raise Refused(
            "fhir.content-type",
            Sentence("Send the body as %(said)s in UTF-8, and say so in Content-Type.", said=said),
        )


def _taken_apart(text: str) -> tuple[str, dict[str, str]]:
    kind, *rest = text.split(";")
    pairs = (one.partition("=") for one in rest)
    return kind.strip().lower(), {name.strip().lower(): value.strip() for name, _, value in pairs}


def language_of(accept_language: str) -> str:
    """The first of our languages in the header by its weights; bokmål for who says none of them."""
    best, weight = LANGUAGES[0], 0.0
    for one in accept_language.split(","):
        tag, parameters = _taken_apart(one)
        name = tag.partition("-")[0]
        name = _SAME.get(name, name)
        said = _weight(parameters.get("q", "1"))
        if name in LANGUAGES and said > weight:
            best, weight = name, said
    return best


def _weight(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if 0 <= found <= 1 else 0.0
