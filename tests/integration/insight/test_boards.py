"""Boards: made from any figure, ordered, shared, opened, put away; one's own is seen by nobody else."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from factories.measured import measured_figures
from factories.people import TODAY, actor, member
from samspill.directory.public import Actor, nobody, scope, search
from samspill.insight.actions.boards import add_item, archive_board, make_board, open_board, share_board
from samspill.insight.area_names import municipalities_in
from samspill.insight.models import Board, BoardItem, Indicator
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
CODE, OTHER = "readmissions-67-plus", "share-80-plus"
OSTFOLD = municipalities_in("HF01")
HIDDEN = OSTFOLD[3]


@pytest.fixture(scope="module")
def _stored(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        measured_figures((CODE, OTHER), shares={"3101": 0.4, HIDDEN: 0.008})
        yield
        transaction.set_rollback(True)


@pytest.fixture
def stored(_stored: None, db: None) -> None:
    """Invented figures of two indicators in Østfold."""


def analyst() -> Actor:
    return actor("ostfold", "analyst", name="Tone Myhre", email="tone.myhre@example.no")


def made(by: Actor, name: str = "Skrøpelige eldre", *codes: str, area: str = "HF01") -> Board:
    with transaction.atomic(), scope(by):
        board = make_board(name, by=by)
        for code in codes:
            add_item(board, Indicator.objects.get(code=code), area, "number", by=by)
    return board


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(member("ostfold", "analyst"))
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content[:300]
    return " ".join(answer.content.decode().split())


def sent(**changed: str) -> dict[str, str]:
    return {"name": "Eldre", "indikator": CODE, "omrade": "HF01", "vis": "number"} | changed


def test_a_board_is_made_from_a_figure(stored: None, signed_in: Client) -> None:
    assert "Lag tavla" in page(signed_in, f"/tall/tavler/legg-pa/?indikator={CODE}&omrade=HF01")
    answer = signed_in.post("/tall/tavler/ny/", sent())
    assert answer.status_code == 303
    text = page(signed_in, answer.headers["Location"])
    assert "Eldre" in text
    assert "Østfold, 2025" in text
    assert "Bare din." in text
    assert "Eldre" in page(signed_in, "/tall/tavler/")


def test_a_figure_is_shown_as_a_number_as_years_and_among_others(stored: None, signed_in: Client) -> None:
    there = signed_in.post("/tall/tavler/ny/", sent(omrade="Halden, kommune")).headers["Location"]
    for showing in ("trend", "ranking"):
        answer = signed_in.post(f"{there}legg-til/", sent(omrade="3101", vis=showing))
        assert answer.status_code == 303
    text = page(signed_in, there)
    assert "s-figboard__number" in text
    assert "s-figboard__curve" in text
    assert 'class="c-spine"' in text
    assert "Verre: høyere enn alle i tallene, trolig ikke tilfeldig." in text
    assert "3 av de 3 tallene her skiller seg fra helheten</h1>" in text


def test_the_same_figure_stands_once(stored: None, signed_in: Client) -> None:
    there = signed_in.post("/tall/tavler/ny/", sent()).headers["Location"]
    signed_in.post(f"{there}legg-til/", sent())
    assert page(signed_in, there).count("data-order-item") == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Gi tavla et navn"),
        ({"name": "x" * 121}, "121"),
        ({"omrade": "finnesikke"}, "Ingen områder heter det"),
        ({"vis": "kake"}, "Velg hvordan tallet skal vises"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(
    stored: None, signed_in: Client, changed: dict[str, str], said: str
) -> None:
    answer = signed_in.post("/tall/tavler/ny/", sent(**changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_figures_are_moved_taken_off_and_put_back(stored: None, signed_in: Client) -> None:
    there = signed_in.post("/tall/tavler/ny/", sent()).headers["Location"]
    signed_in.post(f"{there}legg-til/", sent(indikator=OTHER))
    first, second = in_order(signed_in, there)
    signed_in.post(f"{there}rekkefolge/", {"flytt": str(second), "steg": "opp"})
    assert in_order(signed_in, there) == [second, first]
    signed_in.post(f"{there}rekkefolge/?rekkefolge={first},{second}")
    assert in_order(signed_in, there) == [first, second]
    signed_in.post(f"{there}rekkefolge/", {"rekkefolge": f"{second},{first}"})
    assert in_order(signed_in, there) == [second, first]
    assert signed_in.post(f"{there}rekkefolge/", {"rekkefolge": f"{first}"}).status_code == 422
    signed_in.post(f"{there}ta-bort/", {"punkt": str(first)})
    assert in_order(signed_in, there) == [second]
    signed_in.post(f"{there}legg-tilbake/?punkt={first}")
    assert in_order(signed_in, there) == [second, first]


def in_order(client: Client, there: str) -> list[int]:
    return [int(one) for one in re.findall(r'data-order-item="(\d+)"', page(client, there))]


def test_a_board_of_ones_own_is_seen_by_nobody_else_not_even_a_colleague(
    stored: None, client: Client
) -> None:
    board = made(analyst(), "Min egen", CODE)
    colleague = actor("ostfold", "secretariat")
    for other in (colleague, actor("vestfold", "analyst"), nobody(TODAY)):
        with transaction.atomic(), scope(other):
            assert not Board.objects.exists()
            assert not BoardItem.objects.exists()
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM insight_boardevent")
                assert cursor.fetchone() == (0,)
            assert "Min egen" not in [one.title for one in search("Min egen", other).hits]
    client.force_login(member("ostfold", "director"))
    page(client, f"/tall/tavler/{board.pk}/", status=404)
    assert "Min egen" not in page(client, "/tall/tavler/")


def test_a_shared_board_is_read_by_the_community_and_an_open_one_by_all(stored: None, client: Client) -> None:
    by = analyst()
    board = made(by, "Delt tavle", CODE)
    with transaction.atomic(), scope(by):
        share_board(board, by=by)
    page(client, f"/tall/tavler/{board.pk}/", status=404)
    client.force_login(member("ostfold", "member"))
    text = page(client, f"/tall/tavler/{board.pk}/")
    assert "Ta bort" not in text
    assert client.post(f"/tall/tavler/{board.pk}/navn/", {"name": "Vår"}).status_code == 403
    client.logout()
    with transaction.atomic(), scope(by):
        open_board(board, by=by)
    text = page(client, f"/tall/tavler/{board.pk}/")
    assert "Tone Myhre" not in text
    assert "Delt tavle" in page(client, "/tall/tavler/")
    client.force_login(member("vestfold", "secretariat"))
    for act in ("navn", "legg-bort", "apne", "del", "rekkefolge"):
        assert client.post(f"/tall/tavler/{board.pk}/{act}/", {"name": "Vår"}).status_code == 403


def test_an_open_board_stays_open_and_a_shared_one_goes_back_to_its_owner(stored: None) -> None:
    by = analyst()
    board = made(by)
    with transaction.atomic(), scope(by):
        share_board(board, by=by)
        assert not share_board(board, by=by, is_shared=False).is_shared
        open_board(board, by=by)
        with pytest.raises(Refused, match="Den er fortsatt delt"):
            share_board(board, by=by, is_shared=False)


def test_a_board_of_the_community_has_no_owner_and_needs_a_role(stored: None) -> None:
    by, ordinary = analyst(), actor("ostfold", "member")
    with transaction.atomic(), scope(by):
        board = make_board("Fellesskapets", by=by, for_community=True)
        assert (board.owner_id, board.is_shared) == (None, True)
    with transaction.atomic(), scope(ordinary), pytest.raises(Refused):
        make_board("Fellesskapets", by=ordinary, for_community=True)


def test_a_board_is_put_away_and_brought_back(stored: None, signed_in: Client) -> None:
    there = signed_in.post("/tall/tavler/ny/", sent()).headers["Location"]
    assert signed_in.post(f"{there}legg-bort/").status_code == 303
    assert "Én tavle er lagt bort" in page(signed_in, "/tall/tavler/")
    refused = signed_in.post(f"{there}navn/", {"name": "Et annet"})
    assert refused.status_code == 422
    assert signed_in.post(f"{there}hent-fram/").status_code == 303
    assert signed_in.post(f"{there}navn/", {"name": "Et annet"}).status_code == 303


def test_the_log_does_not_name_what_is_ones_own(stored: None) -> None:
    by = analyst()
    board = made(by, "Hemmelig navn")
    with transaction.atomic(), scope(by):
        archive_board(board, by=by)
        with connection.cursor() as cursor:
            cursor.execute("SELECT on_title FROM directory_auditevent WHERE act LIKE 'board.%%'")
            titles = {row[0] for row in cursor.fetchall()}
    assert titles == {"en egen tavle"}


def test_a_hidden_figure_stays_hidden_on_a_board(stored: None, signed_in: Client) -> None:
    there = signed_in.post("/tall/tavler/ny/", sent(omrade=HIDDEN)).headers["Location"]
    for showing in ("trend", "ranking"):
        signed_in.post(f"{there}legg-til/", sent(omrade=HIDDEN, vis=showing))
    text = page(signed_in, there)
    assert "Skjult: få personer" in text
    assert 'class="c-spine"' not in text


def test_a_board_asks_little_of_the_database(
    stored: None, signed_in: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    there = signed_in.post("/tall/tavler/ny/", sent()).headers["Location"]
    for area in OSTFOLD:
        signed_in.post(f"{there}legg-til/", sent(omrade=area, indikator=OTHER))
    for path in (there, "/tall/tavler/", f"/tall/tavler/legg-pa/?indikator={CODE}&omrade=HF01"):
        with django_assert_max_num_queries(MOST_QUERIES):
            page(signed_in, path)


def test_a_visitor_is_asked_to_sign_in(stored: None, client: Client) -> None:
    assert client.get(f"/tall/tavler/legg-pa/?indikator={CODE}").status_code == 302
    assert client.post("/tall/tavler/ny/", sent()).status_code == 302
