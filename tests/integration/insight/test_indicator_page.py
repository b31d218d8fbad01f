"""The page of an indicator: who differs, its files, what was published then, and what others may frame."""

import pytest
from django.test import Client
from django.urls import reverse

from factories.measured import measured_figures

pytestmark = pytest.mark.django_db


def page(client: Client, code: str = "readmissions-67-plus", **asked: str) -> str:
    answer = client.get(reverse("insight:indicator", args=[code]), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_heading_says_who_differs(client: Client) -> None:
    measured_figures(shares={"3101": 0.25})
    html = page(client)
    assert "Halden ligger høyere enn alle i tallene, trolig ikke tilfeldig." in html
