"""Every room where one tries something keeps its answer, and makes a scenario of it, in one way."""

from urllib.parse import quote

import pytest
from django.test import Client

from factories.answers import kept_answers
from factories.keeping import keep_from, offer_in
from factories.people import actor, member
from samspill.directory.public import scope
from samspill.insight.public import DataPack, Scenario

pytestmark = pytest.mark.django_db

ROOM = "/tall/ostfold/"
ROOMS = {
    "omrade/?kommune=3103&fra=67": "people",
    "treffsikkerhet/": "backtest",
    "behov/": "demand",
    "behov/hjemmetjenester/": "demand",
    "behov/prov/?liggetid=100": "demand",
    "senger/?shorter=5": "beds",
    "senger/deles/?beds=10": "shared_beds",
    "senger/uka/tall/?in_bed=30": "week",
    "senger/flyt/?try_kad=8": "flow",
    "bemanning/": "staff",
    "bemanning/jordmodre/?bli=5": "staff",
    "bemanning/fastlegelister/": "gp_lists",
    "bemanning/jordmorbehov/": "midwives",
    "bemanning/arbeidsmengde/": "workload",
    "scenarier/modeller/jordmor/": "appraisal",
}


@pytest.mark.parametrize(("path", "kind"), ROOMS.items())
def test_what_is_tried_is_kept_and_made_a_scenario(
    figures: DataPack, client: Client, path: str, kind: str
) -> None:
    client.force_login(member("ostfold", "analyst"))
    assert keep_from(client, ROOM + path).status_code == 303
    (kept,) = kept_answers()
    offer = offer_in(client.get(ROOM + path).content.decode())
    sent = {"kind": offer["kind"], "asked": offer["asked"], "name": "Slik vi tenker"}
    assert client.post(f"{ROOM}scenarier/ny/", sent).status_code == 303
    with scope(actor("ostfold", "analyst")):
        scenario = Scenario.objects.get(name="Slik vi tenker")
        assert scenario.kind == kept.kind == kind
        assert scenario.versions.get().calculation_id == kept.pk


@pytest.mark.parametrize("path", [*ROOMS, "bemanning/jordmodre/?bli=5&lukke=1"])
def test_a_visitor_is_led_to_sign_in_and_back(figures: DataPack, client: Client, path: str) -> None:
    page = client.get(ROOM + path).content.decode()
    assert "Logg inn for Helsefellesskapet Østfold for å ta vare på svaret." in page
    assert 'action="/tall/ostfold/utregninger/ta-vare-pa/"' not in page
    assert f'href="/logg-inn/?next={quote(ROOM + path)}"' in page
