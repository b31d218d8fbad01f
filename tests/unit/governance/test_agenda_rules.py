"""The order of an agenda, what has changed between two, and what has changed in a brief."""

from hypothesis import given
from hypothesis import strategies as st

from samspill.governance.rules.agenda import RANK, agenda_changes, moved, place
from samspill.governance.rules.brief_changes import brief_changes, changed_sentences
from samspill.governance.states import ItemKind

KINDS = st.lists(st.sampled_from([kind.value for kind in ItemKind]), max_size=12)


@given(KINDS)
def test_items_put_in_one_by_one_stand_in_the_order_of_the_agenda(kinds: list[str]) -> None:
    order: list[str] = []
    for kind in kinds:
        order.insert(place(order, kind), kind)
    assert order == sorted(kinds, key=lambda kind: RANK[ItemKind(kind)])


@given(st.permutations([1, 2, 3, 4, 5]), st.integers(1, 5), st.integers(-9, 9))
def test_moving_an_item_keeps_every_item_once(order: list[int], one: int, steps: int) -> None:
    after = moved(order, one, steps)
    assert sorted(after) == sorted(order)
    assert [other for other in after if other != one] == [other for other in order if other != one]


def line(number: int, title: str = "Sak", minutes: int = 10) -> dict[str, object]:
    return {"number": f"{number}/26", "title": title, "minutes": minutes, "kind": "decision"}


def test_what_is_new_removed_moved_and_changed_is_told() -> None:
    before = [line(1), line(2), line(3), line(4)]
    after = [line(1), line(4), line(3, minutes=20), line(5)]
    found = agenda_changes(before, after)
    assert (found.new, found.removed, found.changed) == (("5/26",), ("2/26",), ("3/26",))
    assert len(found.moved) == 1


@given(st.permutations(range(1, 8)), st.permutations(range(1, 8)))
def test_items_that_are_not_moved_keep_their_order(old: list[int], new: list[int]) -> None:
    found = agenda_changes([line(n) for n in old], [line(n) for n in new])
    stays = [f"{n}/26" for n in old if f"{n}/26" not in found.moved]
    assert stays == [f"{n}/26" for n in new if f"{n}/26" not in found.moved]
    assert not (found.new or found.removed or found.changed)


@given(st.permutations(range(1, 8)))
def test_an_agenda_sent_as_it_was_has_no_changes(order: list[int]) -> None:
    lines = [line(n) for n in order]
    assert not agenda_changes(lines, lines)


def test_a_changed_sentence_shows_the_words_that_are_gone_and_new() -> None:
    (spans,) = changed_sentences(
        "Det koster 3 mill. Sykehuset betaler 20 prosent.", "Det koster 3 mill. Sykehuset betaler 30 prosent."
    )
    assert [(one.kind, one.text) for one in spans if one.kind] == [("gone", "20"), ("new", "30")]


def test_only_parts_that_differ_are_told() -> None:
    before = [{"part": "summary", "heading": "Kort fortalt", "text": "Likt."}]
    after = [*before, {"part": "economic", "heading": "Penger", "text": "Det koster."}]
    assert [one.part for one in brief_changes(before, after)] == ["economic"]


@given(st.text(alphabet="ab .\n", max_size=60), st.text(alphabet="ab .\n", max_size=60))
def test_the_words_that_are_not_gone_are_those_of_the_new_text(before: str, after: str) -> None:
    new_words = [
        word
        for spans in changed_sentences(before, after)
        for span in spans
        if span.kind != "gone"
        for word in span.text.split()
    ]
    assert set(new_words) <= set(after.split())
