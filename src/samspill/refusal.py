"""The one way to say no.

A check returns nothing or raises `Refused`. Faces (web, command line, FHIR) turn it into their own
form: HTTP 422 or 403 with the sentence, exit code 2 with the sentence on stderr.
"""

from collections.abc import Callable, Mapping


class Refused(Exception):
    """A stable `code` for machines and a `sentence` for people: what, where and how to mend it.

    `sentence` may be a lazy translation; it is turned into text when it is shown.
    `field` names the form field the refusal belongs to, if it belongs to one.
    `forbidden` tells that the reason is who you are, not what you sent.
    `facts` are what the sentence tells of (the row, the name), for a face that says it in another language.
    """

    def __init__(
        self,
        code: str,
        sentence: object,
        *,
        field: str = "",
        forbidden: bool = False,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self._sentence = sentence
        self.field = field
        self.forbidden = forbidden
        self.facts = dict(facts or {})

    @property
    def sentence(self) -> str:
        return str(self._sentence)

    def __str__(self) -> str:
        return self.sentence


def reason(check: Callable[..., None], *args: object, **kwargs: object) -> str:
    """The sentence `check` would refuse with, or "" when it would not."""
    try:
        check(*args, **kwargs)
    except Refused as refused:
        return refused.sentence
    return ""
