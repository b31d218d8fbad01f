"""A row of «Mine oppgaver» is what the components would draw, though it is written out for speed."""

import re
from datetime import date

import pytest
from django.template import engines
from django.test import RequestFactory

from samspill.worklist.queries.agenda import Group, Row
from samspill.worklist.states import When

OF_COMPONENTS = """
<c-task id="{{ row.key|slugify }}" href="{{ row.url }}" :heading="row.title">
  {{ row.text }}
  <c-slot name="act">
    {% if row.is_post %}<c-button post="{{ row.act_url }}" kind="{{ kind }}" key="E" small>{{ row.act_label }}</c-button>{% else %}<c-button href="{{ row.act_url }}" kind="{{ kind }}" key="E" small>{{ row.act_label }}</c-button>{% endif %}
    {% if row.task_id and group.is_near %}<c-button post="{% url "worklist:snooze" row.task_id %}" kind="quiet" key="U">{% translate "Put off" %}</c-button>{% endif %}
  </c-slot>
</c-task>
"""  # noqa: E501


def drawn(source: str, **context: object) -> str:
    """Without the spaces that no browser shows; the token of a form is new each time."""
    from django_cotton.compiler_regex import CottonCompiler

    template = engines["django"].from_string(CottonCompiler().process(source))
    text = template.render(context, RequestFactory().get("/"))
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", text)
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", text)).replace(' ">', '">').strip()


@pytest.mark.parametrize("is_post", [True, False])
@pytest.mark.parametrize("task_id", [None, 7])
@pytest.mark.parametrize("when", [When.LATE, When.TODAY, When.NEXT_WEEK])
@pytest.mark.parametrize("kind", ["primary", "secondary"])
def test_a_row_is_what_its_components_would_draw(
    is_post: bool, task_id: int | None, when: When, kind: str
) -> None:
    row = Row(
        key="governance.case:4:answer", title="Svar <b>«A»</b>", text="Sak 4 & 5.", url="/saker/4/?a=1&b=2",
        act_label="Svar", act_url="/saker/4/svar/", is_post=is_post, due=date(2026, 11, 22), task_id=task_id,
    )  # fmt: skip
    context = {"row": row, "group": Group(when, "", (row,)), "kind": kind}
    assert drawn('{% include "worklist/parts/row.html" %}', **context) == drawn(OF_COMPONENTS, **context)
