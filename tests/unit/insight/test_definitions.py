"""Definitions of indicators: complete or refused, with the file and what is wrong."""

from pathlib import Path

import pytest
import yaml

from samspill.insight.definitions import folder, read_all
from samspill.refusal import Refused

GOOD = yaml.safe_load((folder() / "share-80-plus.yaml").read_text("utf-8"))


def write(where: Path, name: str = "share-80-plus", **changes: object) -> None:
    text = yaml.safe_dump({**GOOD, **changes}, allow_unicode=True)
    (where / f"{name}.yaml").write_text(text, "utf-8")


def test_the_definitions_in_use_are_complete() -> None:
    found = read_all()
    assert len(found) >= 6
    assert len({one["id"] for one in found}) == len(found)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"numerator": "99+"}, "numerator is 99+, which is no age group"),
        ({"direction": "up"}, "direction is up"),
        ({"title": {"nb": "Andel"}}, "title must be there in nb, nn, en"),
        ({"extra": 1}, "unknown: extra"),
        ({"reviewed": "i fjor"}, "reviewed must be a date"),
        ({"id": "other"}, "the id is other"),
    ],
)
def test_a_faulty_definition_is_refused_with_its_file(
    tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    write(tmp_path, **changes)
    with pytest.raises(Refused) as refused:
        read_all(tmp_path)
    assert says in str(refused.value.sentence)
    assert "share-80-plus.yaml" in str(refused.value.sentence)


def test_a_definition_that_lacks_a_key_is_refused(tmp_path: Path) -> None:
    text = yaml.safe_dump({key: value for key, value in GOOD.items() if key != "owner"}, allow_unicode=True)
    (tmp_path / "share-80-plus.yaml").write_text(text, "utf-8")
    with pytest.raises(Refused, match="missing: owner"):
        read_all(tmp_path)
