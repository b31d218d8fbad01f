"""A table with a fault does not load: nothing twice, unknown, missing or of another kind."""

from datetime import date
from pathlib import Path

import pytest

from samspill.refusal import Refused
from samspill.rulebook import strict_yaml


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("a: 1\na: 2", "table.duplicate_key"),
        ("a:\n  b: 1\n  b: 2", "table.duplicate_key"),
        ("- {x: 1, y: 2, x: 3}", "table.duplicate_key"),
        ("{[1]: 2}", "table.unreadable"),
        ("a: [1", "table.unreadable"),
        ("a: !!python/object:os.system {}", "table.unreadable"),
        ("a: 1\n---\nb: 2", "table.unreadable"),
        (b"\xff\xfe\x00\xd8", "table.unreadable"),
        ("base: &b {x: 1}\nmore: {<<: *b}", "table.unreadable"),
    ],
)
def test_what_is_not_plain_is_refused(content: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        strict_yaml.parse(content, "table.yaml")
    assert refused.value.code == code
    assert "table.yaml" in refused.value.sentence


def test_what_stands_twice_is_told_with_its_line() -> None:
    with pytest.raises(Refused) as refused:
        strict_yaml.parse("a: 1\nb: 2\na: 3", "table.yaml")
    assert "«a»" in refused.value.sentence and "line 3" in refused.value.sentence


def test_plain_values_come_as_they_are() -> None:
    assert strict_yaml.parse("a: {b: [1, x, 2026-11-23]}", "t") == {"a": {"b": [1, "x", date(2026, 11, 23)]}}
    assert strict_yaml.parse("", "t") is None


def test_keys_are_all_there_and_no_others() -> None:
    assert strict_yaml.check_keys({"a": 1}, must=("a",), may=("b",), where="It") == {"a": 1}
    for given, code in (({}, "missing_key"), ({"a": 1, "c": 2}, "unknown_key"), ([], "not_mapping")):
        with pytest.raises(Refused) as refused:
            strict_yaml.check_keys(given, must=("a",), may=("b",), where="It")
        assert refused.value.code == f"table.{code}"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        strict_yaml.read(tmp_path / "none.yaml")


def test_every_table_of_ours_says_where_its_numbers_come_from() -> None:
    for path in strict_yaml.HERE.rglob("*.yaml"):
        assert "source" in path.read_text("utf-8"), path
