"""An excerpt with its matches marked, whatever the document held."""

import pytest

from samspill.web.templatetags.marks import marked


@pytest.mark.parametrize(
    ("excerpt", "html"),
    [
        ("", ""),
        ("Trygg hjem", "Trygg hjem"),
        ("\x02Trygg\x03 hjem til \x02trygg\x03 heim", "<mark>Trygg</mark> hjem til <mark>trygg</mark> heim"),
        ("<script>\x02x\x03</script>", "&lt;script&gt;<mark>x</mark>&lt;/script&gt;"),
        ("\x02<b>\x03", "<mark>&lt;b&gt;</mark>"),
        ('a & "b"', "a &amp; &quot;b&quot;"),
        ("\x02open and never closed", "open and never closed"),
        ("closed\x03 and never opened", "closed and never opened"),
        ("\x02one \x02two\x03", "one <mark>two</mark>"),
        ("\x02\x03", "<mark></mark>"),
    ],
)
def test_matches_are_marked_and_everything_else_is_plain_text(excerpt: str, html: str) -> None:
    assert marked(excerpt) == html


def test_the_result_is_not_escaped_again() -> None:
    assert hasattr(marked("\x02a\x03"), "__html__")
