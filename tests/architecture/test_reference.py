"""What is printed from the code is what is committed, and one thing has one word."""

import re
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from scripts.reference import FOLDER, PAGES

from samspill.web.messages import PACKAGE

OURS = {"directory", "worklist", "governance", "plans", "insight"}
ROWS = yaml.safe_load((FOLDER / "glossary.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", PAGES)
def test_a_printed_page_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == PAGES[name](), "run `make docs`"


def test_every_model_has_a_word() -> None:
    models = {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in OURS and not hasattr(model, "pgh_tracked_model")
    }
    assert models - {row["code"] for row in ROWS} == set()


def test_every_word_is_in_use() -> None:
    source = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    classes = set(re.findall(r"\bclass (\w+)", source))
    assert [row["code"] for row in ROWS if row["code"] not in classes] == []


def test_words_are_sorted_and_stand_once() -> None:
    codes = [row["code"] for row in ROWS]
    assert codes == sorted(set(codes))


def test_links_between_pages_lead_somewhere() -> None:
    root = Path(__file__).resolve().parents[2]
    broken = [
        f"{page.relative_to(root)}: {target}"
        for page in [root / "README.md", *(root / "docs").rglob("*.md")]
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
