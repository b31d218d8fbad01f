"""A chain tells of any change: of a line, of a block, of their order, and of what was made anew."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.care.log_chain import (
    Sealed,
    block_hash,
    faults_between,
    faults_of_anchors,
    faults_within,
    key_of,
    line_of,
)

START = datetime(2026, 11, 1, tzinfo=UTC)
says = st.dictionaries(
    st.sampled_from(["by_name", "what", "tenants", "at", "patient_id"]),
    st.text(max_size=6) | st.integers() | st.none() | st.lists(st.integers(), max_size=3),
)


def chain(contents: list[list[dict[str, object]]], *keys: bytes) -> list[Sealed]:
    """A block for each content, sealed with the key at its place; without one where there is none."""
    blocks: list[Sealed] = []
    for number, content in enumerate(contents, start=1):
        lines = tuple(line_of(f"l{number}{place}", one) for place, one in enumerate(content))
        since = blocks[-1].until if blocks else START
        former = blocks[-1].hash if blocks else ""
        until = since + timedelta(hours=1)
        key = keys[number - 1] if number <= len(keys) else b""
        said = block_hash("party:1", number, since, until, lines, former, key)
        blocks.append(Sealed("party:1", number, since, until, lines, former, said))
    return blocks


@given(st.lists(st.lists(says, max_size=4), min_size=1, max_size=5))
def test_what_was_not_changed_has_no_fault(contents: list[list[dict[str, object]]]) -> None:
    blocks = chain(contents)
    assert [fault for one in blocks for fault in faults_within(one, one.lines)] == []
    assert faults_between(blocks) == []
    assert faults_of_anchors(blocks, {one.number: one.hash for one in blocks}) == []


@given(st.lists(says, min_size=1, max_size=5), st.data())
def test_the_line_that_was_changed_taken_or_put_in_is_named(
    content: list[dict[str, object]], data: st.DataObject
) -> None:
    (block,) = chain([content])
    place = data.draw(st.integers(0, len(content) - 1))
    key = key_of(block.lines[place])
    changed = [*block.lines]
    changed[place] = line_of(key, {**content[place], "by_name": "somebody else entirely"})
    assert [(one.kind, one.line) for one in faults_within(block, changed)] == [("changed", key)]
    gone = [*block.lines[:place], *block.lines[place + 1 :]]
    assert [(one.kind, one.line) for one in faults_within(block, gone)] == [("gone", key)]
    put_in = [*block.lines, line_of("l99", {})]
    assert [(one.kind, one.line) for one in faults_within(block, put_in)] == [("added", "l99")]


@given(st.lists(st.lists(says, max_size=3), min_size=3, max_size=5), st.data())
def test_a_block_that_was_taken_out_or_made_anew_is_told_of(
    contents: list[list[dict[str, object]]], data: st.DataObject
) -> None:
    blocks = chain(contents)
    place = data.draw(st.integers(0, len(blocks) - 2))
    assert faults_between([*blocks[:place], *blocks[place + 1 :]])
    anew = chain([*contents[:place], [*contents[place], {"what": "put in"}], *contents[place + 1 :]])
    assert faults_between([*blocks[:place], anew[place], *blocks[place + 1 :]])
    assert faults_between(anew) == [], "who makes all anew is caught by the anchors alone"
    last = blocks[-1]
    assert [one.kind for one in faults_of_anchors(anew, {last.number: last.hash})] == ["anchor"]


def test_a_block_whose_own_words_were_changed_is_told_of() -> None:
    (block,) = chain([[{"what": "care.log"}]])
    moved = Sealed(
        block.chain, block.number, block.since, block.until + timedelta(1), block.lines, "", block.hash
    )
    assert [one.kind for one in faults_within(moved, block.lines)] == ["block"]


def test_an_anchor_of_a_block_that_is_gone_is_a_fault_also_when_all_are_gone() -> None:
    assert [one.kind for one in faults_of_anchors([], {3: "a" * 64})] == ["anchor"]


def test_the_same_moment_is_the_same_line_in_every_zone_and_a_moment_without_zone_is_refused() -> None:
    there = START.astimezone(timezone(timedelta(hours=5)))
    assert line_of("l1", {"at": START}) == line_of("l1", {"at": there})
    with pytest.raises(TypeError):
        line_of("l1", {"at": datetime(2026, 1, 1)})
    with pytest.raises(TypeError):
        line_of("l1", {"at": object()})


def kinds(blocks: list[Sealed], *keys: bytes) -> list[list[str]]:
    return [
        [one.kind for one in faults_within(block, block.lines, keys=keys, was_keyed=place > 0)]
        for place, block in enumerate(blocks)
    ]


def test_who_lacks_the_key_cannot_make_a_block_that_fits() -> None:
    contents = [[{"what": "a"}], [{"what": "b"}]]
    assert kinds(chain(contents, b"ours", b"ours"), b"ours") == [[], []]
    assert kinds(chain(contents, b"former", b"ours"), b"ours", b"former") == [[], []]
    assert kinds(chain(contents, b"theirs", b"ours"), b"ours") == [["block"], []]
    assert kinds(chain(contents, b"ours"), b"ours") == [[], ["unkeyed"]], "made anew without a key"
    assert kinds(chain(contents), b"ours")[0] == [], "from before there was a key"
