"""A table is brought in: what each row is, what is written when somebody says so, and what never is."""

from datetime import date, datetime

import pytest

from factories.people import actor
from integration.plans.small_plans import bring as bring_plan
from integration.plans.small_plans import small_plan
from integration.plans.tables_at_hand import (
    HEAD,
    brought,
    codes,
    csv_file,
    excel_file,
    exported,
    in_plan,
    key,
    row_for,
    rows_of,
    taken,
    verdicts,
)
from samspill.directory.public import Actor, SearchEntry, scope
from samspill.plans.actions.bringing_in import take_in
from samspill.plans.public import (
    Measure,
    Plan,
)
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return bring_plan(small_plan(), secretariat).plan


@pytest.fixture
def measures(plan: Plan, secretariat: Actor) -> list[Measure]:
    with scope(secretariat):
        return list(Measure.objects.filter(plan=plan).order_by("order"))


# -- what was written is read


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_plan_s_own_table_changes_nothing(plan: Plan, secretariat: Actor, kind: str) -> None:
    made = brought(plan, exported(plan, secretariat, kind), secretariat, name=f"tiltak.{kind}")
    assert (made.state, verdicts(made, secretariat)) == ("ready", ["unchanged"] * 3)
    with scope(secretariat), pytest.raises(Refused) as refused:
        take_in(made, by=secretariat)
    assert refused.value.code == "table.nothing"


def test_what_was_taken_in_is_as_before_the_next_time(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    content = csv_file(
        ("Nøkkel", "Tiltak", "Ansvarlig", "Bidrar", "Frist", "Frist i planen", "Status", "Siste melding"),
        (
            key(measures[0]),
            "Nye ord",
            "Halden kommune",
            "Moss; Rakkestad",
            "30. juni 2026",
            "",
            "Ferdig",
            "Bra",
        ),
        (key(measures[1]), measures[1].text, "Sykehuset", "", "", "våren 2027", "Forsinket", ""),
        ("", "Et helt nytt tiltak", "SSU", "", "høsten 2026", "", "", ""),
    )
    first = taken(brought(plan, content, secretariat), secretariat)
    assert first.state == "taken"
    again = brought(plan, content, secretariat)
    assert verdicts(again, secretariat) == ["unchanged"] * 3
    for kind in ("csv", "xlsx"):
        own = brought(plan, exported(plan, secretariat, kind), secretariat, name=f"x.{kind}")
        assert set(verdicts(own, secretariat)) == {"unchanged"}


# -- what a row does


def test_every_change_says_from_what_to_what_and_is_written_when_asked_for(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    content = csv_file(
        ("Nøkkel", "Tiltak", "Ansvarlig", "Frist", "Status", "Siste melding"),
        (key(measures[0]), measures[0].text, "Halden", "01.09.2026", "I rute", "Første møte er holdt"),
    )
    made = brought(plan, content, secretariat)
    (row,) = rows_of(made, secretariat)
    shown = [tuple(one) for change in row.changes for one in change["shown"]]
    assert ("responsible", "SSU", "Halden") in shown
    assert ("deadline", "2027-06-30", "01.09.2026") in shown
    assert row_for(measures[0], secretariat).measure.deadline == date(2027, 6, 30), "nothing is written yet"

    taken(made, secretariat)
    now = row_for(measures[0], secretariat)
    assert str(now.accountable) == "Halden"
    assert now.measure.deadline == date(2026, 9, 1)
    assert (now.report.word, now.report.sentence, now.report.by_name) == (
        "on_track",
        "Første møte er holdt",
        "Randi Høgåsen",
    )


def test_a_row_without_key_becomes_a_measure_anchored_in_the_file(plan: Plan, secretariat: Actor) -> None:
    content = csv_file(
        HEAD, ("1 Barn og unge", "Møtes hver høst", "SSU", "31.10.2026"), ("Nytt felt", "Lære", "", "")
    )
    made = taken(brought(plan, content, secretariat, name="liste.csv"), secretariat)
    first, second = rows_of(made, secretariat)
    now = row_for(first_measure := _measure(first.measure_id, secretariat), secretariat)
    assert (str(now.measure.area), now.measure.document.file_name, now.measure.line) == (
        "1 Barn og unge",
        "liste.csv",
        2,
    )
    assert first_measure.verbatim.startswith("1 Barn og unge\tMøtes hver høst")
    assert str(_measure(second.measure_id, secretariat).area) == "Nytt felt"
    assert [one["code"] for one in second.remarks] == ["remark.area"]
    with scope(secretariat):
        assert SearchEntry.objects.filter(kind="plans.measure", title="Møtes hver høst").exists()


def _measure(pk: int | None, by: Actor) -> Measure:
    with scope(by):
        return Measure.objects.select_related("plan", "area").get(pk=pk)


def test_the_same_list_without_keys_is_recognised(plan: Plan, secretariat: Actor) -> None:
    content = csv_file(HEAD, ("", "Møtes hver høst", "SSU", ""))
    taken(brought(plan, content, secretariat), secretariat)
    later = csv_file(HEAD, ("", "Møtes hver høst", "SSU", ""), ("", "Møtes hver vår", "SSU", ""))
    assert verdicts(brought(plan, later, secretariat), secretariat) == ["unchanged", "new"]


def test_the_very_words_of_the_document_are_recognised_without_keys(plan: Plan, secretariat: Actor) -> None:
    content = csv_file(HEAD, ("1 Barn og unge", "Lage felles kurs i samtaler med pårørende", "Moss", ""))
    made = brought(plan, content, secretariat)
    assert verdicts(made, secretariat) == ["changed"]


def test_an_unknown_responsible_is_kept_in_words_and_told(plan: Plan, secretariat: Actor) -> None:
    made = brought(plan, csv_file(HEAD, ("", "Møtes", "Velforeningen på Øra", "")), secretariat)
    (row,) = rows_of(made, secretariat)
    assert [(one["code"], one["values"]["found"]) for one in row.remarks] == [
        ("remark.who", "Velforeningen på Øra")
    ]
    taken(made, secretariat)
    assert str(
        row_for(_measure(rows_of(made, secretariat)[0].measure_id, secretariat), secretariat).accountable
    ) == ("Velforeningen på Øra")


def test_what_is_set_as_no_measure_leaves_the_plan_and_the_search(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    content = csv_file(("Nøkkel", "Tiltak", "Vurdert"), (key(measures[2]), measures[2].text, "nei"))
    taken(brought(plan, content, secretariat), secretariat)
    assert measures[2].text not in in_plan(plan, secretariat)
    assert verdicts(brought(plan, content, secretariat), secretariat) == ["unchanged"]
    back = csv_file(("Nøkkel", "Tiltak", "Vurdert"), (key(measures[2]), measures[2].text, "ja"))
    taken(brought(plan, back, secretariat), secretariat)
    assert measures[2].text in in_plan(plan, secretariat)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("30.06.2027", "2027-06-30"),
        ("2027-06-30", "2027-06-30"),
        ("30/6-2027", "2027-06-30"),
        ("30. juni 2027", "2027-06-30"),
        ("våren 2027", "2027-05-31"),
        ("1. halvår 2026", "2026-06-30"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 0, 0), "2026-03-01"),
    ],
)
def test_a_deadline_is_read_however_it_is_written(
    plan: Plan, secretariat: Actor, said: object, day: str
) -> None:
    made = brought(plan, excel_file(HEAD, ("", "Møtes", "", said)), secretariat, name="x.xlsx")
    (row,) = rows_of(made, secretariat)
    assert [one["after"]["day"] for one in row.changes if one["part"] == "deadline"] == [day]


# -- what must be mended


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("", "", "SSU", ""), "row.no_text"),
        (("", "Møtes", "", "snart"), "row.deadline"),
        (("", "Møtes", "", "31.02.2027"), "row.deadline"),
        (("", "Møtes", "", "01.01.2020"), "row.deadline_early"),
        (("", "=HYPERLINK(1)", "", ""), "row.runs"),
        (("", "@SUM(1+1)", "", ""), "row.runs"),
        (("", "+1+1", "", ""), "row.runs"),
        (("x" * 301, "Møtes", "", ""), "row.too_long"),
    ],
)
def test_what_cannot_be_taken_in_says_the_row_the_column_and_how_to_mend_it(
    plan: Plan, secretariat: Actor, cells: tuple[str, ...], code: str
) -> None:
    made = brought(plan, csv_file(HEAD, ("", "Ett som er greit", "SSU", ""), cells), secretariat)
    assert codes(made, secretariat) == ["", code]
    taken(made, secretariat)
    assert "Ett som er greit" in in_plan(plan, secretariat), "the others are taken in all the same"
    assert len(in_plan(plan, secretariat)) == 4


@pytest.mark.parametrize("text", ["- Lage kurs", "+47 69 00 00 00", "–5 prosent", "a=b"])
def test_a_text_that_only_looks_odd_is_a_text(plan: Plan, secretariat: Actor, text: str) -> None:
    assert verdicts(brought(plan, csv_file(HEAD, ("", text, "", "")), secretariat), secretariat) == ["new"]


def test_a_formula_in_excel_is_told_and_not_worked_out(plan: Plan, secretariat: Actor) -> None:
    content = excel_file((*HEAD, "Budsjett"), ("", "Møtes", "", "=TODAY()", 1), ("", "Lære", "", "", "=1+1"))
    made = brought(plan, content, secretariat, name="x.xlsx")
    assert codes(made, secretariat) == ["row.formula", ""], "a column we do not read may hold what it likes"
    assert made.header["unknown"] == ["Budsjett"]


@pytest.mark.parametrize(
    ("column", "said", "code"),
    [
        ("Status", "Kanskje", "row.status"),
        ("Siste melding", "Det går bra", "row.status_missing"),
        ("Måles på", "Lykke", "row.indicator"),
        ("Vurdert", "tja", "row.judged"),
    ],
)
def test_a_word_we_do_not_know_is_told(
    plan: Plan, measures: list[Measure], secretariat: Actor, column: str, said: str, code: str
) -> None:
    content = csv_file(("Nøkkel", "Tiltak", column), (key(measures[1]), measures[1].text, said))
    if column == "Siste melding":
        content = csv_file(
            ("Nøkkel", "Tiltak", "Status", column), (key(measures[1]), measures[1].text, "", said)
        )
    assert codes(brought(plan, content, secretariat), secretariat) == [code]


def test_a_closed_measure_is_not_opened_by_a_table(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    with scope(secretariat):
        Measure.objects.filter(pk=measures[0].pk).update(state="ended")
    content = csv_file(("Nøkkel", "Tiltak", "Status"), (key(measures[0]), measures[0].text, "I rute"))
    assert codes(brought(plan, content, secretariat), secretariat) == ["row.closed"]


def test_a_key_from_elsewhere_is_refused_whoever_has_it(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    other = bring_plan(small_plan(years="2024-2025", adopted=""), secretariat, name="neste.md").plan
    with scope(secretariat):
        theirs = Measure.objects.filter(plan=other).first()
    vestfold = actor("vestfold", name="Siri Holm")
    far = bring_plan(small_plan("Helsefellesskapet i Vestfold"), vestfold).plan
    with scope(vestfold):
        farther = Measure.objects.filter(plan=far).first()
    assert theirs and farther
    keys = [key(theirs), key(farther), f"P{plan.pk}T{farther.pk}", "12", f"P{plan.pk}T{10**14}"]
    content = csv_file(("Nøkkel", "Tiltak"), *((one, "Tatt over") for one in keys))
    made = brought(plan, content, secretariat)
    assert codes(made, secretariat) == [
        "row.key_elsewhere", "row.key_elsewhere", "row.key_elsewhere", "row.key", "row.key_elsewhere"
    ]  # fmt: skip


def test_the_same_key_twice_is_told_with_the_other_row(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    content = csv_file(("Nøkkel", "Tiltak"), (key(measures[0]), "Ett"), (key(measures[0]), "To"))
    made = brought(plan, content, secretariat)
    assert codes(made, secretariat) == ["", "row.key_twice"]
    assert rows_of(made, secretariat)[1].problem["values"] == {"row": "2"}


def test_a_measure_a_newer_document_left_out_is_not_changed(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    with scope(secretariat):
        Measure.objects.filter(pk=measures[0].pk).update(gone_in=measures[0].document_id)
    content = csv_file(("Nøkkel", "Tiltak"), (key(measures[0]), "Nye ord"))
    assert codes(brought(plan, content, secretariat), secretariat) == ["row.key_gone"]
