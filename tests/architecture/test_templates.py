"""What templates must and must not hold."""

import re
from pathlib import Path

import pytest

from samspill.web.messages import PACKAGE

TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
FORM = re.compile(r"<form\b[^>]*>")
# Style and script in a page are stopped by the content security policy, and would fail only in the browser.
INLINE = re.compile(
    r"<style\b|\sstyle=|<script(?![^>]*(?:\ssrc=|application/json))|\son[a-z]+=\"", re.IGNORECASE
)


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_form_says_what_is_wrong_in_our_words_and_not_the_browsers(path: Path) -> None:
    forms = [form for form in FORM.findall(path.read_text("utf-8")) if "s-form" in form or "s-ask" in form]
    assert [form for form in forms if "novalidate" not in form] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_script_and_no_style_stand_in_a_page(path: Path) -> None:
    if "mail" in path.parts:
        return
    assert INLINE.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_number_that_names_something_has_no_space_in_it(path: Path) -> None:
    """Numbers are written «1 221» for people; in an address or an id that would be another thing."""
    names = re.findall(
        r"\{\{ (?:[\w.]*\.(?:pk|document_id)|row\.id|line\.id|choice\.id) \}\}", path.read_text("utf-8")
    )
    lines = re.findall(r'(?:"[a-z]*|#l)\{\{ [\w.]*(?:line|number) \}\}', path.read_text("utf-8"))
    assert names + [one for one in lines if "area" not in one] == []
