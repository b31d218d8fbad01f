"""Every combination of what decides access, against a slow obvious version."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

from factories.access import AGREEMENT, AWAY, BLOCKS, GLASS, HOME, NURSE, PATIENT, TODAY, asked
from samspill.directory.trust.decision_facts import (
    Agreement,
    Episode,
    Stay,
)
from samspill.directory.trust.decision_rules import decide

RELATIONS: dict[str, dict[str, Any]] = {
    "none": {},
    "care_team": {"teams": frozenset({"team", "another"})},
    "care_episode": {"episodes": (Episode(HOME, "ward"),)},
    "episode_of_team": {"episodes": (Episode(AWAY, team="team"),)},
    "stay": {"stays": (Stay(HOME, "ward"),)},
    "elsewhere": {"episodes": (Episode(HOME, "other"),), "stays": (Stay(AWAY, "ward"), Stay(HOME, "other"))},
}
AGREEMENTS: dict[str, tuple[Agreement, ...]] = {
    "none": (),
    "right": (AGREEMENT,),
    "glass": (replace(AGREEMENT, rights=frozenset({"break_glass"})),),
    "useless": (
        replace(AGREEMENT, giver="third"),
        replace(AGREEMENT, receiver="third"),
        replace(AGREEMENT, ends=TODAY - timedelta(days=1), starts=date(2020, 1, 1)),
        replace(AGREEMENT, starts=TODAY + timedelta(days=1), ends=None),
        replace(AGREEMENT, rights=frozenset({"write"})),
        replace(AGREEMENT, team="another"),
    ),
}
KINDS_OF = {
    "TREAT": ("professional", "machine"),
    "ETREAT": ("professional",),
    "COC": ("professional", "machine"),
    "BTG": ("professional",),
    "PATRQT": ("citizen",),
    "FAMRQT": ("citizen",),
}


def slow(
    kind: str,
    purpose: str,
    at: str,
    relation: str,
    agreement: str,
    block: str,
    glass: str,
    is_list: bool,
    dead: bool,
) -> tuple[str, str]:
    """(basis, "") or ("", code), told as one would tell it to a new colleague."""
    if code := slow_door(kind, purpose, glass, is_list):
        return "", code
    basis = slow_basis(kind, purpose, at, relation, agreement)
    if not basis:
        return "", "access.no_relation"
    if dead and purpose in ("BTG", "PATRQT", "FAMRQT"):
        return "", "access.deceased"
    if slow_is_blocked(basis, block):
        may_know = kind == "professional" and purpose != "COC" and not is_list and block == "whole"
        return "", "access.blocked" if may_know else "access.no_relation"
    return ("list_narrow" if is_list else basis), ""


def slow_door(kind: str, purpose: str, glass: str, is_list: bool) -> str:
    if kind not in KINDS_OF.get(purpose, ()):
        return "access.purpose"
    if is_list and purpose in ("BTG", "PATRQT", "FAMRQT"):
        return "access.list"
    if (glass == "no") == (purpose == "BTG"):
        return "access.break_glass"
    if purpose == "BTG" and glass == "without reason":
        return "access.reason"
    return ""


def slow_basis(kind: str, purpose: str, at: str, relation: str, agreement: str) -> str:
    if purpose == "PATRQT":
        return "own_record_patient" if relation == "self" else ""
    if purpose == "FAMRQT":
        return "guardian_or_relative" if relation == "guardian" else ""
    if purpose == "BTG":
        return "break_glass" if at == HOME or agreement == "glass" else ""
    follows = relation in ("care_episode", "episode_of_team") or (
        kind == "machine" and relation == "elsewhere"
    )
    if at == AWAY:
        return "service_agreement" if follows and agreement == "right" else ""
    if follows:
        return "care_episode"
    return relation if relation in ("care_team", "stay") else ""


def slow_is_blocked(basis: str, block: str) -> bool:
    if basis in ("break_glass", "own_record_patient"):
        return False
    if basis == "guardian_or_relative":
        return block == "whole"  # the secret one is against the organisation, and the relative is of none
    return block in ("whole", "secret")


def test_every_combination_is_decided_as_the_slow_version_says() -> None:
    relations = [*RELATIONS, "self", "guardian"]
    glasses: dict[str, dict[str, Any]] = {"no": {}, "without reason": {"break_glass": True}, "yes": GLASS}
    kinds = {
        "professional": NURSE,
        "machine": replace(NURSE, acts_as="machine", level=0),
        "citizen": replace(NURSE, acts_as="citizen", tenant="", units=frozenset(), teams=frozenset()),
    }
    purposes = ["TREAT", "ETREAT", "COC", "BTG", "PATRQT", "FAMRQT", "HRESCH"]
    seen = 0
    for at, relation, agreement, block, dead in product(
        (HOME, AWAY), relations, AGREEMENTS, BLOCKS, (False, True)
    ):
        people = {"person": "nurse-hash"} if relation == "self" else {}
        patient = replace(
            PATIENT,
            tenant=at,
            agreements=AGREEMENTS[agreement],
            blocks=BLOCKS[block],
            deceased=dead,
            representatives=frozenset({"nurse-hash"} if relation == "guardian" else ()),
            **RELATIONS.get(relation, {}),
            **people,
        )
        for kind, purpose, glass, is_list in product(kinds, purposes, glasses, (False, True)):
            verdict = decide(kinds[kind], patient, purpose, asked(is_list=is_list, **glasses[glass]))
            told = slow(kind, purpose, at, relation, agreement, block, glass, is_list, dead)
            assert (verdict.basis, verdict.code) == told, (
                kind,
                purpose,
                at,
                relation,
                agreement,
                block,
                glass,
                dead,
            )
            assert verdict.allowed == (not verdict.code)
            seen += 1
    assert seen == 2 * 8 * 4 * 5 * 2 * 3 * 7 * 3 * 2
