"""From a kept answer one tries on where it was made, and scenarios of every kind stand side by side."""

import html
import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from factories.keeping import keep_from, offer_in
from factories.people import actor, member
from factories.tried import a_few
from integration.insight.test_figure_files import check, figures_on
from samspill.directory.public import scope
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.flow_models import model_of, question_of
from samspill.insight.flow_numbers import numbers_of
from samspill.insight.public import Calculation, DataPack, calculate, make_scenario
from samspill.insight.sealing import question_from

pytestmark = pytest.mark.django_db

SHORT = {"days": 28, "warm_up_days": 14, "replications": 3}
QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("people", {"areas": ["3101", "3103"], "low": 67, "high": 79, "years": 9}),
    ("people", {}),
    ("demand", {"services": ["hospital_bed_days"], "sizes": {"length_of_stay": 100}, "to": 2035}),
    ("beds", {"service": "kad_days", "utilisation": 80, "bed_days": 4000, "cv": 0.8}),
    ("shared_beds", {"beds": 10, "reserved": 3, "acute": 1.2}),
    ("week", {"at": "2026-11-23", "in_bed": 30, "day_0": 4.5}),
    ("flow", question_of({"try_kad": 8, "try_weekends": 1, "share": 35, "acute": 18.5})),
    ("staff", {"profession": "nurse", "sector": "hospital", "to": 2035, "levers": {"retention": 0.05}}),
    ("staff", {"profession": "midwife", "closing": False, "vacancy": 0.07, "levers": {"training_places": 3}}),
    ("staff", {"sector": "municipality", "closing": False}),
    ("appraisal", {"model": "midwifery", "means": {"day_cost": 9000.0}, "threshold": 30000.0}),
    ("appraisal", {"model": "integrated_team", "scenarios": ["today", "team"]}),
]
PAIRS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "demand",
        {"services": ["hospital_bed_days"]},
        {"services": ["hospital_bed_days"], "sizes": {"length_of_stay": 100}},
    ),
    ("beds", {}, {"utilisation": 80}),
    (
        "staff",
        {"profession": "nurse", "closing": False},
        {"profession": "nurse", "closing": False, "levers": {"retention": 0.05}},
    ),
    (
        "appraisal",
        {"model": "midwifery", "draws": 500},
        {"model": "midwifery", "draws": 500, "means": {"day_cost": 9000.0}},
    ),
    ("flow", {**question_of({"try_kad": 7}), **SHORT}, {**question_of({"try_kad": 12}), **SHORT}),
    ("shared_beds", {}, {"beds": 10}),
    ("gp_lists", {}, {"more": 4.0}),
    ("midwives", {}, {"posts": 6}),
    ("workload", {}, {"support": 0.3}),
    ("week", {"at": "2026-11-23"}, {"at": "2026-11-23", "in_bed": 30}),
]
DRAWN = {"demand", "beds", "staff", "appraisal", "flow"}


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(member("ostfold", "analyst"))
    return client


def kept(kind: str, asked: dict[str, Any]) -> Calculation:
    by = actor("ostfold", "analyst", name="Tone Myhre", email="tone.myhre@example.no")
    with transaction.atomic(), scope(by):
        return calculate(kind, asked, by=by)


def try_on(client: Client, one: Calculation) -> str:
    page = client.get(f"/tall/utregning/{one.key}/").content.decode()
    found = re.search(r'<a[^>]*href="([^"]+)"[^>]*>Prøv videre herfra', page)
    assert found
    return html.unescape(found.group(1))


@a_few(("kind", "asked"), QUESTIONS, every=4)
def test_one_tries_on_from_the_very_question(
    figures: DataPack, analyst: Client, kind: str, asked: dict[str, Any]
) -> None:
    one = kept(kind, asked)
    answer = analyst.get(try_on(analyst, one))
    assert answer.status_code == 200
    offer = offer_in(answer.content.decode())
    tried, was = question_from(offer["asked"]), dict(one.asked)
    if (
        kind == "flow"
    ):  # the page calculates with fewer repetitions, and names places in the reader's language
        assert [numbers_of(tried[name]) for name in ("model", "other")] == [
            numbers_of(was[name]) for name in ("model", "other")
        ]
        return
    for question in (tried, was):
        question.pop("closing", None)  # how far each lever must be pulled is asked for by a press
    assert (offer["kind"], tried) == (kind, was)


def test_a_model_of_another_shape_is_tried_on_as_text(figures: DataPack, analyst: Client) -> None:
    model: Any = question_of({})["model"]
    names = list(model["units"])
    del model["units"][names[3]], model["groups"]["old_second"]
    assert numbers_of(model) is None
    one = kept("flow", {"model": model, **SHORT})
    address = try_on(analyst, one)
    assert address.startswith("/tall/ostfold/senger/flyt/modell/?sporsmal=")
    page = analyst.get(address).content.decode()
    assert "old_first:" in page
    assert question_from(offer_in(page)["asked"])["model"] == one.asked["model"]


def test_the_numbers_of_a_model_are_those_it_was_made_from() -> None:
    numbers = numbers_of(question_of({"try_first": 40, "home_weekend": 33, "share": 29})["other"])
    assert numbers is not None
    assert (numbers["first"], numbers["home_weekend"], numbers["share"]) == (40, 33, 29)
    assert numbers_of(model_of(numbers)) == numbers
    assert numbers_of({"units": {}}) is None
    assert numbers_of(None) is None


@a_few(("kind", "first", "second"), PAIRS, every=4)
def test_two_scenarios_of_a_kind_are_compared_kept_and_taken_along(
    figures: DataPack, analyst: Client, kind: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    by = actor("ostfold", "analyst", name="Tone Myhre", email="tone.myhre@example.no")
    with transaction.atomic(), scope(by):
        several = [make_scenario(name, kind, asked, by=by) for name, asked in (("Nå", first), ("Så", second))]
    address = f"/tall/ostfold/scenarier/sammenlign/?s={several[0].pk}&s={several[1].pk}"
    answer = analyst.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Dette skiller dem" in page
    assert not re.search(
        r"[>( ]-\d", re.sub(r"<script.*?</script>|<figure.*?</figure>", "", page, flags=re.DOTALL)
    )
    assert "Så" in page
    assert ("fra «Nå»" in page) == (kind in DRAWN)
    assert (CALCULATIONS[kind].draws is not None) == (kind in DRAWN)
    for figure in figures_on(page):
        check(analyst, figure)
    assert keep_from(analyst, address).status_code == 303
    assert "Lagre som scenario" not in page


def test_repetitions_of_different_length_are_made_alike_before_they_are_compared(
    figures: DataPack, analyst: Client
) -> None:
    whole: Any = CALCULATIONS["comparison"].whole(
        {
            "kind": "flow",
            "scenarios": [
                {"name": "kort", "asked": {**question_of({"try_kad": 7}), **SHORT}},
                {
                    "name": "lang",
                    "asked": {**question_of({"try_kad": 9}), **SHORT, "replications": 5, "days": 56},
                },
            ],
        }
    )
    assert [(one["asked"]["days"], one["asked"]["replications"]) for one in whole["scenarios"]] == [
        (28, 3)
    ] * 2


def test_ways_of_different_models_are_not_subtracted(figures: DataPack, analyst: Client) -> None:
    keys = []
    for model in ("midwifery", "integrated_team"):
        whole = CALCULATIONS["appraisal"].whole({"model": model, "draws": 200})
        keys.append(set((CALCULATIONS["appraisal"].draws or dict)(None, (), whole)))  # type: ignore[arg-type]
    assert not keys[0] & keys[1]
