"""Two write the same text: nothing is lost, and exactly one wording stands."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.bodies import Bodies
from factories.cases import reported_case
from factories.people import actor
from samspill.directory.public import Actor
from samspill.governance.actions.writing import save_text, settle
from samspill.governance.models import CaseText
from samspill.governance.queries.wordings import Saved, current_text
from samspill.governance.rules.writing import (
    Choice,
    Verdict,
    Wording,
    judge,
    kept_beside,
    settled,
    standing,
)
from samspill.refusal import Refused


@dataclass
class Page:
    """The rows of one text, saved as `actions.writing` does it."""

    rows: list[Wording] = field(default_factory=list)

    def save(self, text: str, based_on: int | None, writer: int | None = None) -> int | None:
        verdict, same = judge(self.rows, text, based_on, writer)
        if verdict == Verdict.UNCHANGED:
            return same.id if same else None
        beside = verdict == Verdict.BESIDE
        self.rows.append(Wording(len(self.rows) + 1, text, based_on, beside, writer))
        return self.rows[-1].id


SAVES = st.lists(
    st.tuples(st.sampled_from("AB"), st.booleans(), st.text("abc ", min_size=1, max_size=4)), max_size=20
)


@given(SAVES)
def test_under_any_interleaving_of_two_writers_no_text_is_lost_and_exactly_one_stands(
    saves: list[tuple[str, bool, str]],
) -> None:
    """Each save: who, whether they looked at what stands first, and what they wrote."""
    page, before, said = Page(), {"A": None, "B": None}, set()
    for writer, looks, text in saves:
        stands = standing(page.rows)
        if looks:
            before[writer] = stands.id if stands else None
        row = page.save(text, before[writer], ord(writer))
        before[writer] = row if row is not None else before[writer]
        if text.strip() or stands:
            said.add(text)
    assert {row.text for row in page.rows} == said
    ones = [row for row in page.rows if standing(page.rows) == row]
    assert len(ones) == (1 if page.rows else 0)


@given(SAVES)
def test_what_is_not_taken_in_by_a_later_wording_is_still_shown(saves: list[tuple[str, bool, str]]) -> None:
    """A wording that neither stands nor is beside was written on, or its own writer wrote another."""
    page, before = Page(), {"A": None, "B": None}
    for writer, looks, text in saves:
        stands = standing(page.rows)
        if looks:
            before[writer] = stands.id if stands else None
        row = page.save(text, before[writer], ord(writer))
        before[writer] = row if row is not None else before[writer]
    shown = {row.id for row in kept_beside(page.rows)} | {
        row.id for row in page.rows if standing(page.rows) == row
    }
    gone = [row for row in page.rows if row.id not in shown]
    for row in gone:
        later = [one for one in page.rows if one.id > row.id]
        assert any(one.based_on == row.id or one.writer == row.writer for one in later)
        assert not row.beside or any(one.based_on == row.id for one in later)


@pytest.mark.parametrize(
    ("choice", "text"), [(Choice.BOTH, "deres\n\nmin"), (Choice.MINE, "min"), (Choice.THEIRS, "deres")]
)
def test_a_choice_says_what_stands(choice: Choice, text: str) -> None:
    assert settled(choice, stands="deres", beside="min") == text


@pytest.fixture
def keys(bodies: Bodies) -> dict[str, object]:
    return {"case": reported_case(bodies), "part": "background"}


def save(bodies: Bodies, keys: dict, text: str, based_on: int | None, name: str = "Randi") -> Saved[CaseText]:
    by: Actor = replace(bodies.by, name=name)
    return save_text(CaseText, keys, text, based_on, by=by)


def test_who_wrote_on_what_stood_stands(bodies: Bodies, keys: dict) -> None:
    first = save(bodies, keys, "Én", None)
    second = save(bodies, keys, "Én og to", first.row.pk)
    assert second.stands.text == "Én og to"
    assert second.beside == ()


def test_who_wrote_on_something_older_is_kept_beside_and_nobody_is_overwritten(
    bodies: Bodies, keys: dict
) -> None:
    first = save(bodies, keys, "Én", None)
    theirs = save(bodies, keys, "Én, av Kari", first.row.pk, "Kari")
    mine = save(bodies, keys, "Én, av Per", first.row.pk, "Per")
    assert mine.is_beside
    assert mine.stands == theirs.row
    assert [one.text for one in mine.beside] == ["Én, av Per"]
    going_on = save(bodies, keys, "Én, av Per, mer", mine.row.pk, "Per")
    assert [one.text for one in going_on.beside] == ["Én, av Per, mer"]


@pytest.mark.parametrize("choice", list(Choice))
def test_a_choice_leaves_one_text_and_every_wording(bodies: Bodies, keys: dict, choice: Choice) -> None:
    first = save(bodies, keys, "Deres", None)
    beside = save(bodies, keys, "Min", None)
    after = settle(CaseText, keys, beside=beside.row.pk, over=first.row.pk, choice=choice, by=bodies.by)
    assert after.beside == ()
    assert CaseText.objects.filter(**keys).count() == 3
    assert after.stands == current_text(CaseText, keys).stands
    with pytest.raises(Refused, match=r"siden du så|since you looked"):
        settle(CaseText, keys, beside=beside.row.pk, over=first.row.pk, choice=choice, by=bodies.by)


def test_one_s_own_newest_wording_is_never_in_one_s_way(bodies: Bodies, keys: dict) -> None:
    """The answer to a save may come after the next one has gone."""
    randi = actor("ostfold", "secretariat", name="Randi", email="randi@example.no")
    kari = actor("ostfold", "secretariat", name="Kari", email="kari@example.no")
    for text in ("Én", "Én og to"):
        assert not save_text(CaseText, keys, text, None, by=randi).is_beside
    assert save_text(CaseText, keys, "Tre", None, by=kari).is_beside


def test_the_same_words_again_are_no_new_wording(bodies: Bodies, keys: dict) -> None:
    first = save(bodies, keys, "Én", None)
    assert save(bodies, keys, "Én", None).row == first.row
    assert CaseText.objects.filter(**keys).count() == 1


@pytest.mark.parametrize("knows_the_answer", [False, True])
def test_a_text_sent_again_after_it_was_decided_about_is_no_new_wording(
    bodies: Bodies, keys: dict, knows_the_answer: bool
) -> None:
    """Leaving a field saves it; the press on «Ta med begge» may reach the server first."""
    first = save(bodies, keys, "Deres", None)
    beside = save(bodies, keys, "Min", None)
    settle(CaseText, keys, beside=beside.row.pk, over=first.row.pk, choice=Choice.BOTH, by=bodies.by)
    again = save(bodies, keys, "Min", beside.row.pk if knows_the_answer else None)
    assert again.row == beside.row
    assert again.beside == ()
    assert CaseText.objects.filter(**keys).count() == 3


def test_a_wording_of_another_text_is_nothing_to_go_on_from(bodies: Bodies, keys: dict) -> None:
    other = save(bodies, {**keys, "part": "privacy"}, "Annet", None)
    saved = save(bodies, keys, "Mitt", other.row.pk)
    assert saved.row.based_on is None
