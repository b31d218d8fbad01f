"""A nurse, a patient and an occasion, to change one thing at a time in the tests of access."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from samspill.directory.trust.decision_facts import Agreement, Block, Context, PatientFacts, Subject

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday
TODAY = date(2026, 11, 23)
HOME, AWAY = "trust", "municipality"
REASON = "Unconscious, must know the medication."

NURSE = Subject(
    "nurse", "professional", "nurse-hash", HOME, frozenset({"ward"}), frozenset({"team"}), level=4
)
PATIENT = PatientFacts("p1", HOME, "patient-hash")
AGREEMENT = Agreement(AWAY, HOME, frozenset({"read"}), TODAY, TODAY)
GLASS = {"break_glass": True, "reason_code": "danger_to_life", "reason": REASON}


def asked(**changes: Any) -> Context:
    return replace(Context(NOW), **changes)


BLOCKS: dict[str, tuple[Block, ...]] = {
    "none": (),
    "whole": (Block("person", "nurse-hash"),),
    "secret": (Block("organisation", HOME, may_be_told=False),),
    "part": (Block("group", "team", "part", "psychiatry"),),
    "of_others": (Block("person", "somebody"), Block("organisation", "third"), Block("group", "x")),
}
