"""The tables are read strictly: what nobody reads, and what stands twice, is an error."""

from pathlib import Path

import pytest

from samspill.directory.trust import purposes
from samspill.directory.trust.attest import table
from samspill.directory.trust.tables import exactly, read_table


def test_a_key_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "table.yaml"
    file.write_text("a: 1\nb: {c: 1, c: 2}\n", "utf-8")
    with pytest.raises(ValueError, match="twice"):
        read_table(file)
    file.write_text("- 1\n", "utf-8")
    with pytest.raises(ValueError, match="names with values"):
        read_table(file)


def test_keys_that_lack_or_that_nobody_reads_are_errors() -> None:
    assert exactly({"a": 1, "b": 2}, "row", required={"a"}, optional={"b"}) == {"a": 1, "b": 2}
    with pytest.raises(ValueError, match="lacks"):
        exactly({}, "row", required={"a"})
    with pytest.raises(ValueError, match="nobody reads"):
        exactly({"a": 1, "x": 1}, "row", required={"a"})
    with pytest.raises(ValueError, match="names with values"):
        exactly([], "row", required={"a"})


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("number: 58", "number: 59"),
        ("number: 2,", "number: 1,"),
        ("held: token", "held: nowhere"),
        ("code: attest.unbound", 'code: ""'),
        ("strength: shall, held: reading", "held: reading"),
        ("strength: shall, held: reading", "strength: shall, mood: good, held: reading"),
    ],
)
def test_a_changed_table_of_rules_does_not_load(
    was: str, becomes: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = table.FILE.read_text("utf-8")
    assert was in text
    file = tmp_path / "rules.yaml"
    file.write_text(text.replace(was, becomes, 1), "utf-8")
    monkeypatch.setattr(table, "FILE", file)
    with pytest.raises(ValueError, match=r"rules\.yaml"):
        table.rules.__wrapped__()


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("who: [citizen]", "who: [neighbour]"),
        ("review_days: 7", "review_weeks: 1"),
        ("    lists: true\n", ""),
        ("shortest_reason: 10", "longest_reason: 10"),
    ],
)
def test_a_changed_table_of_purposes_does_not_load(
    was: str, becomes: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = purposes.FILE.read_text("utf-8")
    assert was in text
    file = tmp_path / "purposes.yaml"
    file.write_text(text.replace(was, becomes, 1), "utf-8")
    monkeypatch.setattr(purposes, "FILE", file)
    with pytest.raises(ValueError, match=r"."):
        purposes.access_rules.__wrapped__()
