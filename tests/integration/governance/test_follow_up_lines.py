"""The lines of «Oppfølging» are written out for speed, and are what their components would draw."""

import re
from types import SimpleNamespace

import pytest
from django.template import engines
from django.test import RequestFactory

from samspill.governance.states.follow_ups import ShownFollowUp

OF_COMPONENTS = """
<span><c-state g="{{ row.shown.glyph }}" label="{{ row.shown.label }}" /></span>
{% if line.act %}<form class="s-inline" method="post" action="{{ to }}">{% csrf_token %}<c-button name="{{ name }}" value="{{ value }}" key="E" small>{{ line.act.1 }}</c-button></form>{% endif %}
"""  # noqa: E501


def drawn(source: str, **context: object) -> str:
    """Without the spaces that no browser shows; the token of a form is new each time."""
    from django_cotton.compiler_regex import CottonCompiler

    template = engines["django"].from_string(CottonCompiler().process(source))
    text = template.render(context, RequestFactory().get("/"))
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", text)
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", text)).strip()


@pytest.mark.parametrize("shown", list(ShownFollowUp))
@pytest.mark.parametrize("act", [None, ("purr", "Purr <Halden>"), ("started", "Det er begynt")])
def test_a_line_has_the_mark_and_the_button_that_its_components_would_draw(
    shown: ShownFollowUp, act: tuple[str, str] | None
) -> None:
    row = SimpleNamespace(shown=shown, id=4)
    line = {"row": row, "act": act, "chase": "/purr/?a=1&b=2", "report_to": "/si/", "who": "party:3"}
    reminds = act is not None and act[0] == "purr"
    to, name = (line["chase"], "hvem") if reminds else (line["report_to"], "state")
    value = line["who"] if reminds else act and act[0]
    found = drawn('{% include "governance/follow_ups/row.html" %}', line=line)
    mark, *button = drawn(OF_COMPONENTS, row=row, line=line, to=to, name=name, value=value).partition("<form")
    assert mark in found
    assert "".join(button) in found
    assert ("<form" in found) == (act is not None)
