"""ICD-10 codes as registers write them: with or without a point, small or capital letters, dagger or star."""

import re
from collections.abc import Iterable

from samspill.refusal import Refused

_CODE = re.compile(r"([A-Z][0-9]{2})(?:\.?([0-9A-Z]{1,4}))?[*+†]?", re.ASCII)


def plain_codes(codes: Iterable[str]) -> dict[str, str]:
    """The codes without point and signs, in capitals (`I252`), each once, with the first way it was written.

    Refuses what is not a list of codes (`codes_shape`) and what is not a code of ICD-10 (`not_icd10`).
    """
    if isinstance(codes, str | bytes) or not isinstance(codes, Iterable):
        raise Refused("codes_shape", "Give the codes as a list, also when there is only one.", field="codes")
    found: dict[str, str] = {}
    for place, code in enumerate(codes, 1):
        match = _CODE.fullmatch(code.strip().upper()) if isinstance(code, str) else None
        if match is None:
            raise Refused(
                "not_icd10",
                f"Code number {place} ({str(code)[:20]!r}) is not a code of ICD-10, such as I25.2 or I252.",
                field="codes",
                facts={"place": place},
            )
        found.setdefault("".join(filter(None, match.groups())), code.strip())
    return found
