"""A measure put under another goal or area here stays there when its document is read again, and says so."""

import pytest
from django.utils import translation

from integration.plans.small_plans import bring, small_plan
from integration.plans.tables_at_hand import brought, csv_file, key, taken
from integration.plans.test_pages import signed_in
from samspill.directory.public import Actor, AuditEvent, scope
from samspill.plans.public import ImportResult, Measure, Plan, undo

pytestmark = pytest.mark.django_db

HEAD = ("Nøkkel", "Innsatsområde", "Mål", "Tiltak")
AGAIN = small_plan() + b"\nEt ord til.\n"
IN_DOCUMENT = ("1 Barn og unge", "Trygge overganger")


@pytest.fixture
def plan(imported: ImportResult) -> Plan:
    return imported.plan


def first_of(plan: Plan, by: Actor) -> Measure:
    with scope(by):
        return Measure.objects.filter(plan=plan).select_related("area", "goal").order_by("pk")[0]


def place_of(plan: Plan, by: Actor) -> tuple[str, str]:
    measure = first_of(plan, by)
    return str(measure.area), str(measure.goal)


def move(plan: Plan, area: str, goal: str, by: Actor) -> None:
    measure = first_of(plan, by)
    taken(brought(plan, csv_file(HEAD, (key(measure), area, goal, measure.text)), by), by)


def take_back(plan: Plan, by: Actor) -> None:
    with scope(by):
        event = AuditEvent.objects.get(on_id=first_of(plan, by).pk, act="measure.place")
        undo(event.pk, by=by)


@pytest.mark.parametrize(
    "place",
    [
        ("1 Barn og unge", "Ingen faller mellom"),
        ("Ledelse", "Tid til å lede"),
        ("Ledelse", "Trygge overganger"),
    ],
)
def test_a_measure_that_was_moved_stays_and_its_words_in_the_document_are_kept(
    plan: Plan, secretariat: Actor, place: tuple[str, str]
) -> None:
    before = first_of(plan, secretariat).verbatim
    move(plan, *place, secretariat)
    for ending in (b"", b"\nOg ett til.\n"):
        result = bring(AGAIN + ending, secretariat)
        assert (result.created, result.unchanged, result.gone) == (0, 3, 0)
        assert place_of(plan, secretariat) == place
    assert first_of(plan, secretariat).verbatim == before


def test_the_reading_says_which_goal_the_document_has_and_which_stays(plan: Plan, secretariat: Actor) -> None:
    move(plan, "1 Barn og unge", "Ingen faller mellom", secretariat)
    with translation.override("nb"):
        result = bring(AGAIN, secretariat)
    measure = first_of(plan, secretariat)
    [said] = [one for one in result.problems if "målet" in one]
    assert said == (
        f"Linje {measure.line}: «{measure.text}» står under målet «Trygge overganger» i dokumentet, og under "
        "«Ingen faller mellom» her. Det som er valgt her, blir stående."
    )


def test_a_move_that_was_undone_follows_the_document(plan: Plan, secretariat: Actor) -> None:
    move(plan, "1 Barn og unge", "Ingen faller mellom", secretariat)
    take_back(plan, secretariat)
    for goal in ("Trygge skifter", "Tryggere skifter"):
        bring(small_plan().replace(b"Trygge overganger", goal.encode()), secretariat)
        assert place_of(plan, secretariat) == ("1 Barn og unge", goal)


def test_what_nobody_has_moved_follows_the_document(plan: Plan, secretariat: Actor) -> None:
    result = bring(small_plan().replace(b"Trygge overganger", b"Trygge skifter"), secretariat)
    assert place_of(plan, secretariat) == ("1 Barn og unge", "Trygge skifter")
    assert not [one for one in result.problems if "Trygge" in one]


def test_the_page_of_a_moved_measure_tells_where_the_document_has_it(plan: Plan, secretariat: Actor) -> None:
    page = f"/planer/{plan.pk}/tiltak/{first_of(plan, secretariat).pk}/"
    client = signed_in(secretariat)
    assert "Plassen i dokumentet" not in client.get(page).content.decode()
    move(plan, "Ledelse", "Tid til å lede", secretariat)
    text = client.get(page).content.decode()
    assert "Plassen i dokumentet" in text
    assert all(f"«{name}»" in text for name in IN_DOCUMENT)
    take_back(plan, secretariat)
    assert "Plassen i dokumentet" not in client.get(page).content.decode()
