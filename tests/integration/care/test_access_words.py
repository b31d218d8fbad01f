"""What stands in the log is told in words: no code is left to the reader (invariant 14)."""

import re
from pathlib import Path

import pytest

from samspill.care import access_words
from samspill.care.access_states import EmergencyReason
from samspill.care.control_rules import control_rules
from samspill.care.states import Act, Basis, Purpose
from samspill.directory.trust.purposes import access_rules

CARE = Path(access_words.__file__).parent
NAMED = re.compile(r'\bwhat="(care\.[a-z_.]+)"|\b[A-Z]*(?:WHAT|PAGE)[A-Z]* = "(care\.[a-z_.]+)"')


def test_every_kind_that_is_logged_has_words_of_its_own() -> None:
    found = {
        one or other for path in CARE.rglob("*.py") for one, other in NAMED.findall(path.read_text("utf-8"))
    }
    assert len(found) > 8
    assert {code for code in found if access_words.kind(code) == str(access_words.SOMETHING)} == set()


def test_a_part_of_a_kind_is_told_as_the_kind_and_an_unknown_one_in_general_words() -> None:
    assert access_words.kind("care.safety_net.pdf") == access_words.kind("care.safety_net")
    assert access_words.kind("x") == access_words.kind("") == str(access_words.SOMETHING)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (Act.values, access_words.DID),
        (set(Basis.values), access_words.WHY),
        (set(Purpose.values), access_words.WHAT_FOR),
        ({one.id for one in control_rules().rules}, access_words.NOTICED),
        (access_rules().reasons, EmergencyReason.values),
    ],
)
def test_every_code_has_words(codes: set[str], words: object) -> None:
    assert set(codes) <= set(words)  # type: ignore[call-overload]
