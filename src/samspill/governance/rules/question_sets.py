"""The questions of a set as somebody typed or pasted them, in the asker's words and with the asker's numbers.

Plain values. Not here: questions in a document (`queries.question_sets`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from samspill.governance.rules.identity import check_no_identity
from samspill.refusal import Refused

MOST_QUESTIONS, NUMBER_FITS, QUESTION_FITS = 100, 12, 4000
_NAMED = re.compile(
    r"(?:del)?spørsmål\s+(\d{1,2}(?:\.\d{1,2}){0,2}\s?[a-h]?)\s?[.:)–-]*\s+(?=\S)", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){1,2}|\d{1,2}\s?[a-h]?(?=[.):])|[a-h](?=[.)]))[.):]*\s+(?=\S)", re.IGNORECASE
)
_BULLET = re.compile(r"[•‣◦●○▪■–—*-]\s+(?=\S)")


@dataclass(frozen=True)
class FoundQuestion:
    """A question of a set. `line`: where it was found, counted from 1; None when somebody added it."""

    number: str
    text: str
    line: int | None = None


def split_number(text: str) -> tuple[str, str]:
    """("4b", "Hva …?") of "4b) Hva …?" or "Spørsmål 4b: Hva …?"; ("", text) when it has no number."""
    text = text.strip()
    found = _NAMED.match(text) or _NUMBER.match(text)
    if found is None:
        return "", text
    return found[1].replace(" ", ""), text[found.end() :].strip()


def typed_questions(text: str) -> list[FoundQuestion]:
    """One question per line, or per number. A line that only goes on with the one above belongs to it.

    Where the set has numbers, a line right below a numbered one is part of that question; after an empty
    line it is a question of its own when it ends with a question mark.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    has_numbers = any(split_number(line)[0] for line in lines)
    found: list[FoundQuestion] = []
    after_gap = True
    for place, line in enumerate(lines, 1):
        said = _BULLET.sub("", line.strip(), count=1)
        if not said:
            after_gap = True
            continue
        number, words = split_number(said)
        own = number or not found or _stands_alone(said, found[-1].text, has_numbers, after_gap)
        if own:
            found.append(FoundQuestion(number, words, place))
        else:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {said}")
        after_gap = False
    return found


def _stands_alone(said: str, above: str, has_numbers: bool, after_gap: bool) -> bool:
    goes_on = said[:1].islower() and above[-1:] not in ".?!:"
    if has_numbers:
        return after_gap and said.endswith("?")
    return not goes_on


def check_questions(questions: Iterable[FoundQuestion]) -> list[FoundQuestion]:
    """The questions that hold words, tidied. Refuses none, too many, one too long, and somebody's number."""
    kept = [
        FoundQuestion(one.number.strip(), one.text.strip(), one.line) for one in questions if one.text.strip()
    ]
    if not kept:
        raise Refused(
            "consultation.questions",
            _("There are no questions yet. Paste them, or choose the document they stand in."),
            field="questions",
        )
    if len(kept) > MOST_QUESTIONS:
        raise Refused(
            "consultation.many_questions",
            _("There is room for %(limit)s questions. Divide the hearing in two.")
            % {"limit": MOST_QUESTIONS},
            field="questions",
        )
    for one in kept:
        if len(one.number) > NUMBER_FITS or len(one.text) > QUESTION_FITS:
            raise Refused(
                "consultation.question_long",
                _("There is room for %(limit)s characters in a question, and %(number)s in its number.")
                % {"limit": QUESTION_FITS, "number": NUMBER_FITS},
                field="questions",
            )
        check_no_identity(one.text, field="questions")
    return kept
