"""Pages of plans as people meet them, without script."""

import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from factories.people import actor
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Account, Actor, AuditEvent, scope
from samspill.plans.public import ImportResult, Measure, Plan, publish, report_status

pytestmark = pytest.mark.django_db

# Far enough away that the days in these pages are days to come whenever the tests are run.
LATER = small_plan(
    years="2025-2045",
    rows=(
        ("Avtale fast telefontid mellom BUP og skolene", "SSU", "30.06.2045"),
        ("Lage felles kurs i samtaler med pårørende", "", ""),
        ("Prøve ut besøk første uke etter utskriving", "Halden, Moss", ""),
    ),
)


def signed_in(who: Actor) -> Client:
    client = Client()
    client.force_login(
        Account.objects.get(pk=who.account_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.fixture
def client_of_secretariat(secretariat: Actor) -> Client:
    return signed_in(secretariat)


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return bring(LATER, secretariat).plan


@pytest.fixture
def measures(plan: Plan, secretariat: Actor) -> list[Measure]:
    with scope(secretariat):
        return list(Measure.objects.filter(plan=plan).order_by("order"))


def text_of(response: object) -> str:
    """The page's text without tags, spaces made one."""
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def buttons(content: bytes) -> list[str]:
    return re.findall(r'<button class="s-hole"[^>]*value="([^"]*)"', content.decode())


def test_an_empty_list_says_what_belongs_there(client_of_secretariat: Client) -> None:
    page = client_of_secretariat.get("/planer/")
    assert page.status_code == 200
    assert reverse("plans:read-in").encode() in page.content


def test_a_document_is_chosen_read_and_looked_over(client_of_secretariat: Client, secretariat: Actor) -> None:
    file = SimpleUploadedFile("handlingsplan.md", LATER)
    sent = client_of_secretariat.post("/planer/les-inn/", {"file": file})
    with scope(secretariat):
        plan = Plan.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, f"/planer/{plan.pk}/gjennomgang/")
    review = text_of(client_of_secretariat.get(sent["Location"]))
    for words in ("Handlingsplan for Helsefellesskapet Østfold", "2025–2045", "Barn og unge", "Halden, Moss"):
        assert words in review


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", LATER),
        ("plan.md", "# Handlingsplan for Helsefellesskapet Østfold 2025\n\nVi vil vel.\n".encode()),
        ("plan.md", small_plan(community="Helsefellesskapet i Vestfold")),
        ("plan.md", b""),
    ],
)
def test_what_cannot_be_read_in_is_422_with_the_reason_at_the_field(
    client_of_secretariat: Client, secretariat: Actor, name: str, content: bytes
) -> None:
    answer = client_of_secretariat.post("/planer/les-inn/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert b"s-field__err" in answer.content
    with scope(secretariat):
        assert not Plan.objects.exists()


def test_no_file_is_422_too(client_of_secretariat: Client) -> None:
    assert client_of_secretariat.post("/planer/les-inn/", {}).status_code == 422


def test_only_those_who_may_read_in_plans_reach_the_page() -> None:
    assert signed_in(actor("ostfold", "observer")).get("/planer/les-inn/").status_code == 403
    assert Client().get("/planer/les-inn/").status_code == 302


def test_the_plan_page_says_how_it_stands_and_offers_the_holes(
    client_of_secretariat: Client, plan: Plan
) -> None:
    page = client_of_secretariat.get(f"/planer/{plan.pk}/")
    heading = re.search(r"<h1>(.*?)</h1>", page.content.decode())
    assert heading
    assert heading[1] == "Tre tiltak. Ingen er forsinket, og tre hull kan tettes nå."
    assert len(buttons(page.content)) == 3


def press(client: Client, plan: Plan, measure: Measure, hole: str, value: str, back: str = "") -> object:
    back = back or f"/planer/{plan.pk}/"
    return client.post(f"/planer/{plan.pk}/tiltak/{measure.pk}/tett/{hole}/?neste={back}", {"value": value})


def test_one_press_fills_a_hole_and_angre_opens_it_again(
    client_of_secretariat: Client, plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    pressed = press(client_of_secretariat, plan, measures[1], "frist", "2045-06-30")
    assert pressed.status_code == 303  # type: ignore[attr-defined]
    page = client_of_secretariat.get(pressed["Location"].partition("#")[0])  # type: ignore[index]
    assert len(buttons(page.content)) == 2
    undo = re.search(r'class="s-filled">.*?action="([^"]+)"', page.content.decode(), re.DOTALL)
    assert undo
    undone = client_of_secretariat.post(undo[1].replace("&amp;", "&"))
    assert (undone.status_code, undone["Location"]) == (303, f"/planer/{plan.pk}/")
    with scope(secretariat):
        assert Measure.objects.get(pk=measures[1].pk).deadline is None


def test_a_filter_is_kept_when_a_hole_is_filled(
    client_of_secretariat: Client, plan: Plan, measures: list[Measure]
) -> None:
    back = f"/planer/{plan.pk}/%3Fvis%3Dhull"
    pressed = press(client_of_secretariat, plan, measures[1], "frist", "2045-06-30", back)
    assert pressed["Location"].startswith(f"/planer/{plan.pk}/?vis=hull&gjort=")  # type: ignore[index]


@pytest.mark.parametrize("elsewhere", ["https://example.no/", "//example.no/", "javascript:alert(1)"])
def test_nobody_is_led_away_from_here(
    client_of_secretariat: Client, plan: Plan, measures: list[Measure], elsewhere: str
) -> None:
    pressed = press(client_of_secretariat, plan, measures[1], "frist", "2045-06-30", elsewhere)
    assert pressed["Location"].startswith(f"/planer/{plan.pk}/tiltak/")  # type: ignore[index]


def test_a_hole_that_is_filled_already_is_422_with_the_reason_at_the_measure(
    client_of_secretariat: Client, plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    answer = press(client_of_secretariat, plan, measures[0], "frist", "2045-01-01")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    row = answer.content.decode().split(f'id="m{measures[0].pk}"')[1].split('id="m')[0]  # type: ignore[attr-defined]
    assert 'role="alert"' in row
    with scope(secretariat):
        assert not AuditEvent.objects.filter(act="measure.deadline").exists()


def test_an_observer_sees_the_plan_without_buttons_and_cannot_press_any(
    plan: Plan, measures: list[Measure]
) -> None:
    client = signed_in(actor("ostfold", "observer"))
    page = client.get(f"/planer/{plan.pk}/?tiltak={measures[1].pk}")
    assert page.status_code == 200
    assert buttons(page.content) == []
    assert press(client, plan, measures[1], "frist", "2045-06-30").status_code == 403  # type: ignore[attr-defined]


def test_a_visitor_reads_a_published_plan_without_buttons_and_no_other(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    for path in ("", "kilde/", f"tiltak/{measures[0].pk}/", "tiltak.csv", "tiltak.xlsx"):
        assert Client().get(f"/planer/{plan.pk}/{path}").status_code == 404
    with scope(secretariat):
        report_status(measures[0], word="on_track", sentence="To skoler er med.", by=secretariat)
        publish(plan, by=secretariat)
    for path in ("", "kilde/", f"tiltak/{measures[0].pk}/", "tiltak.csv", "tiltak.xlsx"):
        assert Client().get(f"/planer/{plan.pk}/{path}").status_code == 200
    page = Client().get(f"/planer/{plan.pk}/?tiltak={measures[0].pk}")
    assert b"To skoler er med." in page.content
    assert "Randi Høgåsen" not in page.content.decode(), "who said it is not for everybody"
    assert b"s-ask" not in page.content
    assert buttons(page.content) == []
    assert plan.title in text_of(Client().get("/planer/"))


def test_the_plan_of_another_helsefellesskap_is_not_there(plan: Plan, measures: list[Measure]) -> None:
    client = signed_in(actor("vestfold"))
    assert client.get(f"/planer/{plan.pk}/").status_code == 404
    assert press(client, plan, measures[1], "frist", "2045-06-30").status_code == 404  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [0, 1, 2]),
        ("?vis=hull", [1, 2]),
        ("?vis=hull&slag=ansvarlig", [1]),
        ("?tilstand=ikke-startet", [0, 1, 2]),
        ("?tilstand=fullfort", []),
        ("?sok=telefontid+bup", [0]),
        ("?sok=halden", [2]),
        ("?sorter=frist", [0, 1, 2]),
        ("?sorter=ansvarlig", [2, 0, 1]),
        ("?sorter=tull&tilstand=tull&tiltak=tull&gjort=99999999999999999999", [0, 1, 2]),
    ],
)
def test_the_list_is_narrowed_and_sorted(
    client_of_secretariat: Client, plan: Plan, measures: list[Measure], query: str, shown: list[int]
) -> None:
    page = client_of_secretariat.get(f"/planer/{plan.pk}/{query}").content.decode()
    found = [int(number) for number in re.findall(r'<div id="m(\d+)"', page)]
    assert found == [measures[number].pk for number in shown]


def test_a_measure_is_opened_in_place_with_its_words_and_its_line(
    client_of_secretariat: Client, plan: Plan, measures: list[Measure]
) -> None:
    page = client_of_secretariat.get(f"/planer/{plan.pk}/?tiltak={measures[2].pk}")
    opened = page.content.decode().split('class="s-open"')[1]
    assert f"linje\xa0{measures[2].line}" in opened
    assert f"#l{measures[2].line}" in opened
    assert "Halden kommune" in opened


def test_a_report_is_sent_from_the_page(
    client_of_secretariat: Client, plan: Plan, measures: list[Measure]
) -> None:
    address = f"/planer/{plan.pk}/tiltak/{measures[0].pk}/status/"
    sent = client_of_secretariat.post(address, {"word": "done", "sentence": "Ferdig i alle kommuner."})
    assert (sent.status_code, sent["Location"]) == (303, f"/planer/{plan.pk}/tiltak/{measures[0].pk}/")
    page = text_of(client_of_secretariat.get(sent["Location"]))
    assert "Ferdig i alle kommuner." in page
    assert "Fullført" in page
    assert client_of_secretariat.post(address, {"sentence": "Uten ord"}).status_code == 422


@pytest.mark.parametrize(
    ("part", "typed", "status"),
    [
        ("frist", {"deadline": "2044-01-31"}, 303),
        ("frist", {"deadline": ""}, 303),
        ("frist", {"deadline": "31. januar"}, 422),
        ("frist", {"deadline": "2019-01-31"}, 422),
        ("tekst", {"title": "Telefontid", "text": "Fast telefontid"}, 303),
        ("tekst", {"title": "Telefontid", "text": " "}, 422),
        ("ansvarlig", {"who": "body:0"}, 422),
        ("ansvarlig", {"who": ""}, 422),
    ],
)
def test_a_measure_is_changed_on_its_own_page(
    client_of_secretariat: Client, plan: Plan, measures: list[Measure], part: str, typed: dict, status: int
) -> None:
    address = f"/planer/{plan.pk}/tiltak/{measures[0].pk}/{part}/"
    assert client_of_secretariat.post(address, typed).status_code == status


def test_the_history_tells_what_was_done_and_lets_it_be_undone(
    client_of_secretariat: Client, plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    page = f"/planer/{plan.pk}/tiltak/{measures[0].pk}/"
    client_of_secretariat.post(page + "frist/", {"deadline": "2044-01-31"})
    with scope(secretariat):
        event = AuditEvent.objects.get(act="measure.deadline")
    content = client_of_secretariat.get(page).content.decode()
    assert "31.\xa0jan. 2044" in content or "31.\xa0jan.\xa02044" in content
    assert f"{page}angre/{event.pk}/" in content


def test_the_source_shows_every_line_with_words_and_marks_the_measures(
    client_of_secretariat: Client, plan: Plan, measures: list[Measure]
) -> None:
    page = client_of_secretariat.get(f"/planer/{plan.pk}/kilde/").content.decode()
    lines = [number for number, line in enumerate(LATER.decode().split("\n"), 1) if line.strip()]
    assert [int(number) for number in re.findall(r'<tr id="l(\d+)"', page)] == lines
    marked = [int(number) for number in re.findall(r'<tr id="l(\d+)" data-marked', page)]
    assert marked == [measure.line for measure in measures]


def test_the_document_comes_back_as_it_was_and_is_never_shown_by_the_browser(
    client_of_secretariat: Client, plan: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        document = plan.plandocument_set.get()
    answer = client_of_secretariat.get(f"/planer/{plan.pk}/kilde/{document.pk}/fil/")
    assert answer.content == LATER
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_words_from_the_document_are_shown_as_words(
    client_of_secretariat: Client, secretariat: Actor
) -> None:
    content = small_plan(rows=(("Skrive <script>alert(1)</script> i planen", "SSU", ""),))
    plan = bring(content, secretariat).plan
    for path in ("", "kilde/", "gjennomgang/"):
        assert b"<script>alert" not in client_of_secretariat.get(f"/planer/{plan.pk}/{path}").content


def test_a_plan_is_adopted_and_opened_from_its_page(
    client_of_secretariat: Client, secretariat: Actor
) -> None:
    plan = bring(small_plan(adopted="Til behandling", years="2025-2045"), secretariat).plan
    page = f"/planer/{plan.pk}/"
    assert b'id="vedta"' in client_of_secretariat.get(page).content
    typed = {"on": "2025-02-07", "adopted_by": "Partnerskapsmøtet"}
    assert client_of_secretariat.post(page + "vedta/", {**typed, "on": "2045-01-01"}).status_code == 422
    assert client_of_secretariat.post(page + "vedta/", typed).status_code == 303
    shown = client_of_secretariat.get(page)
    assert b'id="vedta"' not in shown.content
    assert "Partnerskapsmøtet 7.\xa0februar\xa02025" in shown.content.decode()
    assert client_of_secretariat.post(page + "publiser/", {"open": "1"}).status_code == 303
    assert Client().get(page).status_code == 200


def test_a_newer_document_is_read_into_the_plan_one_came_from(
    client_of_secretariat: Client, plan: Plan, secretariat: Actor
) -> None:
    newer = small_plan(years="2026-2045", rows=(("Skrive veileder for overganger", "SSU", ""),))
    file = SimpleUploadedFile("ny utgave.md", newer)
    sent = client_of_secretariat.post(f"/planer/les-inn/?plan={plan.pk}", {"file": file})
    assert sent["Location"] == f"/planer/{plan.pk}/gjennomgang/"
    with scope(secretariat):
        assert Plan.objects.count() == 1
        assert Measure.objects.filter(plan=plan, gone_in__isnull=False).count() == 3


def test_a_measure_that_is_gone_from_the_plan_still_has_its_page(
    client_of_secretariat: Client, plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    bring(small_plan(years="2025-2045", rows=(("Skrive veileder", "SSU", ""),)), secretariat)
    assert measures[0].text in text_of(
        client_of_secretariat.get(f"/planer/{plan.pk}/tiltak/{measures[0].pk}/")
    )
    assert str(measures[0].pk) not in re.findall(
        r'<div id="m(\d+)"', client_of_secretariat.get(f"/planer/{plan.pk}/").content.decode()
    )


@pytest.fixture
def large(secretariat: Actor) -> Iterator[Plan]:
    """Sixty measures, a third of them with a report."""
    rows = tuple(
        (f"Tiltak nummer {number} for felles kvalitet", "SSU" if number % 2 else "", "")
        for number in range(60)
    )
    plan = bring(small_plan(years="2025-2045", rows=rows), secretariat).plan
    with scope(secretariat):
        for measure in Measure.objects.filter(plan=plan)[:20]:
            report_status(measure, word="on_track", by=secretariat)
    yield plan


PATHS = (
    "",
    "?vis=hull",
    "?sorter=frist",
    "?tiltak={measure}",
    "tiltak/{measure}/",
    "kilde/",
    "gjennomgang/",
    "tiltak.csv",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_sixty_measures_asks_the_database_at_most_25_times(
    client_of_secretariat: Client,
    large: Plan,
    secretariat: Actor,
    path: str,
    django_assert_max_num_queries: object,
) -> None:
    with scope(secretariat):
        measure = Measure.objects.filter(plan=large)[7]
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        page = client_of_secretariat.get(f"/planer/{large.pk}/" + path.format(measure=measure.pk))
    assert page.status_code == 200


def test_the_list_of_plans_asks_the_database_at_most_25_times(
    client_of_secretariat: Client, large: Plan, imported: ImportResult, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        assert client_of_secretariat.get("/planer/").status_code == 200
