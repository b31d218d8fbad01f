"""The cases of `hvem_faar_se.yaml`, one test each."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from samspill.directory.trust.decision_facts import (
    Agreement,
    Block,
    Context,
    Episode,
    PatientFacts,
    Stay,
    Subject,
)
from samspill.directory.trust.decision_rules import decide

FILE = Path(__file__).with_name("hvem_faar_se.yaml")
CASES = yaml.safe_load(FILE.read_text("utf-8"))["saker"]
KEYS = {
    *("sak", "hvem", "journal", "sant", "formaal", "svar", "begrunnelse", "hva", "liste", "flagg", "varsles"),
    *("minutter", "skjulte_deler", "skjulte_felt", "faar_vite_at_noe_er_skjult"),
}
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHO = {
    "sykepleier": Subject(
        "sykepleier",
        person="sykepleier",
        tenant="sykehuset",
        units=frozenset({"sengeposten"}),
        teams=frozenset({"hjerteteamet"}),
        level=4,
        address="granveien",
    ),
    "oppfolging": Subject(
        "oppfolging",
        person="oppfolging",
        tenant="vertskommunen",
        teams=frozenset({"oppfolgingsteamet"}),
        level=4,
    ),
    "pasienten": Subject("pasienten", "citizen", "pasienten", level=4),
    "datteren": Subject("datteren", "citizen", "datteren", level=4),
    "maskin": Subject("maskin", "machine", tenant="vertskommunen", teams=frozenset({"oppfolgingsteamet"})),
}
BLOCKS = {
    "person": lambda who: Block("person", who.person),
    "hemmelig": lambda who: Block("person", who.person, may_be_told=False),
    "virksomhet": lambda who: Block("organisation", who.tenant),
    "alle": lambda _: Block("everyone"),
    "del": lambda _: Block("everyone", scope="part", part="psykisk_helse"),
}


def facts(case: dict[str, Any], who: Subject) -> PatientFacts:
    true = dict(case["sant"])
    journal = case["journal"]
    found = PatientFacts(
        patient="pasienten",
        tenant=journal,
        person=who.person if true.pop("er_selv_pasienten", False) else "pasienten",
        teams=frozenset(true.pop("team", ())),
        stays=tuple(Stay(journal, unit) for unit in true.pop("opphold", ())),
        episodes=tuple(Episode("vertskommunen", team=team) for team in [true.pop("forlop", "")] if team),
        agreements=_agreements(journal, true),
        blocks=tuple(BLOCKS[name](who) for name in [true.pop("sperret", "")] if name),
        protection=true.pop("adresse", ""),
        deceased=true.pop("dod", False),
        relatives=frozenset({"datteren"}),
        representatives=frozenset({"datteren"} if true.pop("fullmakt", False) else ()),
        address=who.address if true.pop("samme_adresse", False) else "",
    )
    assert true == {}, "a fact nobody reads"
    return found


def _agreements(giver: str, true: dict[str, Any]) -> tuple[Agreement, ...]:
    receiver, rights = true.pop("avtale_med", ""), frozenset(true.pop("rettigheter", ()))
    end = true.pop("avtale_slutt", date(2027, 12, 31))
    return (Agreement(giver, receiver, rights, date(2026, 1, 1), end),) if receiver else ()


@pytest.mark.parametrize("case", CASES, ids=[case["sak"] for case in CASES])
def test_a_case_is_decided_as_it_says(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS, "a key nobody reads"
    who, reason = WHO[case["hvem"]], case.get("begrunnelse", "")
    verdict = decide(
        who,
        facts(case, who),
        case["formaal"],
        Context(
            NOW,
            is_list=case.get("liste", False),
            right=case.get("hva", "read"),
            break_glass=case["formaal"] == "BTG",
            reason_code="danger_to_life" if reason else "",
            reason=reason,
        ),
    )
    assert (verdict.basis or verdict.code) == case["svar"]
    assert verdict.flags >= set(case.get("flagg", ()))
    assert verdict.notices == tuple(case.get("varsles", verdict.notices))
    assert verdict.hidden_parts == set(case.get("skjulte_deler", verdict.hidden_parts))
    assert verdict.hidden_fields == set(case.get("skjulte_felt", verdict.hidden_fields))
    assert verdict.told_hidden == case.get("faar_vite_at_noe_er_skjult", verdict.told_hidden)
    if "minutter" in case:
        assert verdict.expires_at == NOW + timedelta(minutes=case["minutter"])
