"""Scenarios: named, in versions, put away and brought back, opened, and set side by side."""

import re

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.keeping import keep_from
from factories.people import TODAY, actor, member
from factories.tried import a_few
from samspill.directory.public import Actor, Community, nobody, scope
from samspill.insight.models import DataPack
from samspill.insight.public import (
    Calculation,
    Scenario,
    ScenarioVersion,
    add_version,
    answer_to,
    calculate,
    calculate_again,
    make_scenario,
    open_scenario,
    take_back,
    withdraw,
)
from samspill.insight.sealing import sealed
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
QUICK = {"draws": 40, "years": 5}


def analyst() -> Actor:
    return actor("ostfold", "analyst", name="Tone Myhre", email="tone.myhre@example.no")


def made(name: str, **asked: object) -> Scenario:
    with transaction.atomic(), scope(analyst()):
        return make_scenario(name, "people", {**QUICK, **asked}, by=analyst())


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(member("ostfold", "analyst"))
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content[:300]
    return answer.content.decode()


def compared(*scenarios: Scenario) -> str:
    return "/tall/ostfold/scenarier/sammenlign/?" + "&".join(f"s={one.pk}" for one in scenarios)


def test_an_answer_becomes_a_scenario_with_a_first_version(figures: DataPack, signed_in: Client) -> None:
    sent = {
        "kind": "people",
        "asked": sealed(QUICK),
        "name": " Dagens  tjenester ",
        "note": "Uten tiltak",
    }
    answer = signed_in.post("/tall/ostfold/scenarier/ny/", sent)
    assert answer.status_code == 303
    text = page(signed_in, answer.headers["Location"])
    assert "Dagens tjenester</h1>" in text
    assert "Uten tiltak" in text
    assert "Dagens tjenester" in page(signed_in, "/tall/ostfold/scenarier/")


@pytest.mark.parametrize(("name", "status"), [("", 422), ("x" * 121, 422), ("  ", 422)])
def test_a_name_is_asked_for_and_nothing_is_written_without_one(
    figures: DataPack, signed_in: Client, name: str, status: int
) -> None:
    sent = {"kind": "people", "asked": sealed(QUICK), "name": name}
    assert signed_in.post("/tall/ostfold/scenarier/ny/", sent).status_code == status
    with transaction.atomic(), scope(analyst()):
        assert (Scenario.objects.count(), Calculation.objects.count()) == (0, 0)


def test_other_assumptions_are_a_new_version_and_the_former_stays(
    figures: DataPack, signed_in: Client
) -> None:
    one = made("Vekst")
    sent = {"kind": "people", "asked": sealed({**QUICK, "low": 67}), "of": str(one.pk), "note": "Fra 67"}
    assert signed_in.post("/tall/ostfold/scenarier/ny/", sent).status_code == 303
    with transaction.atomic(), scope(analyst()):
        versions = list(
            one.versions.order_by("number").values_list("number", "note", "calculation__asked__low")
        )
    assert versions == [(1, "", 80), (2, "Fra 67", 67)]
    text = page(signed_in, f"/tall/ostfold/scenarier/{one.pk}/")
    assert "67 år og eldre" in text
    assert "Utgave 1" in text


def test_the_same_assumptions_are_no_new_version(figures: DataPack) -> None:
    one = made("Vekst")
    with transaction.atomic(), scope(analyst()):
        assert add_version(one, QUICK, by=analyst()).number == 1
        assert one.versions.count() == 1


def test_a_version_is_never_rewritten(figures: DataPack) -> None:
    one = made("Vekst")
    with (
        scope(analyst()),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE insight_scenarioversion SET note = '' WHERE scenario_id = %s", [one.pk])


def test_a_scenario_is_renamed_copied_put_away_and_brought_back(figures: DataPack, signed_in: Client) -> None:
    one = made("Vekst")
    address = f"/tall/ostfold/scenarier/{one.pk}/"
    assert signed_in.post(f"{address}navn/", {"name": "Sterk vekst"}).status_code == 303
    assert "Sterk vekst</h1>" in page(signed_in, address)
    copy = signed_in.post(f"{address}kopi/").headers["Location"]
    assert "Sterk vekst, kopi</h1>" in page(signed_in, copy)
    assert signed_in.post(f"{address}legg-bort/").headers["Location"] == "/tall/ostfold/scenarier/"
    assert "Ett scenario er lagt bort" in page(signed_in, "/tall/ostfold/scenarier/")
    refused = signed_in.post(f"{address}navn/", {"name": "Et annet"})
    assert refused.status_code == 422
    assert "Hent det fram først" in refused.content.decode()
    assert signed_in.post(f"{address}hent-fram/").status_code == 303
    history = page(signed_in, address)
    for words in ("Lagt bort", "Hentet fram", "het «Vekst»"):
        assert words in history


def test_a_wrong_name_comes_back_with_what_was_typed(figures: DataPack, signed_in: Client) -> None:
    one = made("Vekst")
    answer = signed_in.post(f"/tall/ostfold/scenarier/{one.pk}/navn/", {"name": "y" * 130})
    assert answer.status_code == 422
    assert "y" * 130 in answer.content.decode()


def test_others_see_a_scenario_with_its_answers_from_the_day_it_is_opened(
    figures: DataPack, client: Client
) -> None:
    one = made("Vekst")
    address = f"/tall/ostfold/scenarier/{one.pk}/"
    page(client, address, status=404)
    with transaction.atomic(), scope(analyst()):
        open_scenario(one, by=analyst())
        later = add_version(one, {**QUICK, "low": 67}, by=analyst())
    text = page(client, address)
    assert f"/tall/utregning/{later.calculation.key}/" in text
    assert "Tone Myhre" not in text
    page(client, f"/tall/utregning/{later.calculation.key}/")


def test_the_database_hides_scenarios_and_versions_of_others(figures: DataPack) -> None:
    made("Vekst")
    for outsider in (nobody(TODAY), actor("vestfold", "analyst")):
        with transaction.atomic(), scope(outsider):
            assert not Scenario.objects.exists()
            assert not ScenarioVersion.objects.exists()


def test_nobody_changes_a_scenario_of_another_community(figures: DataPack, client: Client) -> None:
    one = made("Vekst")
    with transaction.atomic(), scope(analyst()):
        open_scenario(one, by=analyst())
    client.force_login(member("vestfold", "secretariat"))
    for act in ("navn", "kopi", "legg-bort", "ny-versjon", "apne"):
        assert client.post(f"/tall/ostfold/scenarier/{one.pk}/{act}/", {"name": "Vårt"}).status_code == 403


def test_scenarios_stand_side_by_side_with_intervals_and_what_sets_them_apart(
    figures: DataPack, signed_in: Client
) -> None:
    one, two = made("Fra 80"), made("Fra 67", low=67)
    text = page(signed_in, compared(one, two))
    assert "med «Fra 67»" in text
    assert "Dette skiller dem" in text
    assert "67 år og eldre" in text
    assert "80 år og eldre" in text
    assert text.count("data-chart=") == 3
    with transaction.atomic(), scope(analyst()):
        assert not Calculation.objects.filter(kind="comparison").exists()


def test_a_comparison_is_kept_at_an_address_and_gives_the_same_again(
    figures: DataPack, signed_in: Client
) -> None:
    one, two = made("Fra 80"), made("Fra 85", low=85)
    answer = keep_from(signed_in, compared(one, two))
    assert re.fullmatch(r"/tall/utregning/[0-9a-f]{12}/", answer.headers["Location"])
    text = page(signed_in, answer.headers["Location"])
    assert "«Fra 85»" in text
    with transaction.atomic(), scope(analyst()):
        kept = Calculation.objects.get(kind="comparison")
        assert calculate_again(kept).is_same
    for ending in ("xlsx", "pdf", "docx"):
        assert signed_in.get(f"/tall/utregning/{kept.key}/svar.{ending}").status_code == 200


def test_two_scenarios_that_are_alike_differ_by_nothing_in_any_draw(figures: DataPack) -> None:
    asked = {"kind": "people", "scenarios": [{"name": name, "asked": QUICK} for name in ("a", "b")]}
    with transaction.atomic(), scope(analyst()):
        _whole, found = answer_to("comparison", asked, of=Community.objects.get(slug="ostfold"))
    assert found["differences"][1]["last"] == {"low": 0, "middle": 0, "high": 0, "more": 0}  # type: ignore[index]


def test_all_are_calculated_on_the_draws_of_the_first(figures: DataPack) -> None:
    asked = {
        "kind": "people",
        "scenarios": [
            {"name": "a", "asked": QUICK},
            {"name": "b", "asked": {**QUICK, "seed": 7, "draws": 20}},
        ],
    }
    with transaction.atomic(), scope(analyst()):
        whole, found = answer_to("comparison", asked, of=Community.objects.get(slug="ostfold"))
    assert {(one["asked"]["seed"], one["asked"]["draws"]) for one in whole["scenarios"]} == {(2026, 40)}  # type: ignore[attr-defined]
    assert found["answers"][0] == found["answers"][1]  # type: ignore[index]


def test_a_difference_on_the_same_draws_is_surer_than_the_answers_are(figures: DataPack) -> None:
    asked = {
        "kind": "people",
        "scenarios": [
            {"name": "a", "asked": {**QUICK, "draws": 200}},
            {"name": "b", "asked": {**QUICK, "draws": 200, "low": 79}},
        ],
    }
    with transaction.atomic(), scope(analyst()):
        _whole, found = answer_to("comparison", asked, of=Community.objects.get(slug="ostfold"))
    between = found["differences"][1]["last"]  # type: ignore[index]
    band = found["answers"][0]["bands"][-1]  # type: ignore[index]
    assert between["high"] - between["low"] < band[4] - band[1]
    assert between["more"] == 1


@pytest.mark.parametrize(
    ("scenarios", "code"),
    [
        ([], "comparison.number"),
        ([{"name": "a", "asked": QUICK}], "comparison.number"),
        ([{"name": str(one), "asked": QUICK} for one in range(6)], "comparison.number"),
        ([{"name": "a", "asked": QUICK}, {"name": "a", "asked": QUICK}], "comparison.names"),
        ([{"name": "a", "asked": QUICK}, {"name": "b"}], "calculation.asked"),
        ("ab", "comparison.number"),
    ],
)
def test_what_cannot_be_compared_is_refused(figures: DataPack, scenarios: object, code: str) -> None:
    with transaction.atomic(), scope(analyst()), pytest.raises(Refused) as refusal:
        calculate("comparison", {"kind": "people", "scenarios": scenarios}, by=analyst())
    assert refusal.value.code == code


@pytest.mark.parametrize("kind", ["comparison", "unknown", None])
def test_a_comparison_of_comparisons_is_refused(figures: DataPack, kind: object) -> None:
    with transaction.atomic(), scope(analyst()), pytest.raises(Refused) as refusal:
        calculate("comparison", {"kind": kind, "scenarios": []}, by=analyst())
    assert refusal.value.code == "comparison.kind"


def test_a_comparison_is_no_scenario(figures: DataPack) -> None:
    with transaction.atomic(), scope(analyst()), pytest.raises(Refused) as refusal:
        make_scenario("Begge", "comparison", {"kind": "people", "scenarios": []}, by=analyst())
    assert refusal.value.code == "scenario.kind"


def test_too_few_or_too_many_are_told_so_in_the_list(figures: DataPack, signed_in: Client) -> None:
    several = [made(f"Nummer {number}", low=60 + number) for number in range(6)]
    assert "Velg fra 2 til 5" in page(signed_in, compared(several[0]), status=422)
    assert "Velg fra 2 til 5" in page(signed_in, compared(*several), status=422)
    assert "Velg fra 2 til 5" in page(
        signed_in, "/tall/ostfold/scenarier/sammenlign/?s=x&s=99999", status=422
    )


def test_what_rests_on_withdrawn_figures_says_so_and_nothing_new_comes_from_them(
    figures: DataPack, signed_in: Client
) -> None:
    one, two = made("Fra 80"), made("Fra 85", low=85)
    with transaction.atomic(), scope(analyst()):
        version = one.versions.select_related("calculation").get()
        withdraw(figures, "Fødslene i 2024 var talt to ganger", by=analyst())
    for address in (f"/tall/utregning/{version.calculation.key}/", f"/tall/ostfold/scenarier/{one.pk}/"):
        assert "Fødslene i 2024 var talt to ganger." in page(signed_in, address)
    assert "trukket tilbake" in page(signed_in, compared(one, two), status=422)
    sent = {"kind": "people", "asked": sealed(QUICK)}
    refused = signed_in.post("/tall/ostfold/utregninger/ta-vare-pa/", sent)
    assert refused.status_code == 422
    assert "Fødslene i 2024" in refused.content.decode()
    with transaction.atomic():
        take_back(DataPack.objects.get(pk=figures.pk), by=analyst())
    page(signed_in, compared(one, two))


def test_figures_are_not_withdrawn_without_a_reason(figures: DataPack) -> None:
    with pytest.raises(Refused) as refusal:
        withdraw(figures, "  ", by=analyst())
    assert refusal.value.code == "pack.because"
    assert not DataPack.objects.get(pk=figures.pk).is_withdrawn


def test_the_profile_shows_no_projection_of_withdrawn_figures(figures: DataPack, client: Client) -> None:
    with transaction.atomic():
        withdraw(figures, "Feil", by=analyst())
    assert "Her er ingen tall tatt i bruk" in page(client, "/tall/ostfold/")


@a_few("language", ("nb", "nn", "en"), most=1)
def test_the_pages_are_in_three_languages(figures: DataPack, signed_in: Client, language: str) -> None:
    one, two = made("Fra 80"), made("Fra 85", low=85)
    signed_in.cookies["samspill_language"] = language
    for path in ("/tall/ostfold/scenarier/", f"/tall/ostfold/scenarier/{one.pk}/", compared(one, two)):
        assert f'<html lang="{language}"' in page(signed_in, path)


def test_the_pages_ask_the_database_at_most_25_times(
    figures: DataPack, signed_in: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    several = [made(f"Nummer {number}", low=70 + number) for number in range(5)]
    for path in (
        "/tall/ostfold/scenarier/",
        f"/tall/ostfold/scenarier/{several[0].pk}/",
        compared(*several),
    ):
        with django_assert_max_num_queries(25):
            page(signed_in, path)


def test_an_empty_room_says_how_a_scenario_comes_there(client: Client) -> None:
    assert "Prøv først, gi det navn etterpå" in page(client, "/tall/ostfold/scenarier/")
