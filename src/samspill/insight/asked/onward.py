"""Where one tries on from a kept answer: the address of its room, with the question filled in.

Each is the `page` of its kind (`calculating.CalculationKind`). Not here: demand, whose address is read and
written in one place (`demand_addresses`).
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import yaml
from django.urls import reverse

from samspill.insight.appraisals import PATHS, THRESHOLDS, movables
from samspill.insight.asked import people
from samspill.insight.asked.appraisals import FOCUS, WAY, WORTH
from samspill.insight.asked.staff import SECTOR_WORDS
from samspill.insight.calculating import Plain
from samspill.insight.flow_models import BEDS, TRIED, by_name
from samspill.insight.flow_numbers import numbers_of
from samspill.insight.models import DataPack
from samspill.insight.questions import plain
from samspill.insight.sealing import sealed_query
from samspill.insight.wording.levers import LEVERS, shown_value
from samspill.insight.wording.staff import PROFESSIONS

Page = Callable[[str, Plain], str]


def numbers_page(route: str) -> Page:
    """Of a kind whose address holds its question by the same names."""

    def page(slug: str, asked: Plain) -> str:
        return reverse(route, args=[slug]) + "?" + _numbers(asked)

    return page


def _numbers(asked: Plain) -> str:
    return urlencode([(name, plain(value)) for name, value in asked.items() if value not in (None, "")])


def week_page(slug: str, asked: Plain) -> str:
    """Numbers are moved on; the sums of a file are shown, and another file may be read."""
    if "totals" in asked:
        return reverse("insight:week", args=[slug]) + sealed_query(asked)
    return numbers_page("insight:week-counts")(slug, asked)


def people_page(slug: str, asked: Plain) -> str:
    pack = DataPack.objects.standing().first()
    now = pack.last_year if pack else None
    return reverse("insight:region", args=[slug]) + people.address_of(asked, now)


def staff_page(slug: str, asked: Plain) -> str:
    """All professions, or the one that was asked about with its levers."""
    question: Any = asked
    pairs = [
        ("niva", SECTOR_WORDS.get(question["sector"], "")),
        ("til", str(question["to"])),
        ("tomme", plain(100 * question["vacancy"])),
        *(
            (LEVERS[code].field, plain(shown_value(code, value)))
            for code, value in question["levers"].items()
        ),
    ]
    query = urlencode([(name, value) for name, value in pairs if value])
    if not question["profession"]:
        return f"{reverse('insight:staff', args=[slug])}?{query}"
    name = PROFESSIONS[question["profession"]].slug
    return f"{reverse('insight:staff-profession', args=[slug, name])}?{query}"


def appraisal_page(slug: str, asked: Plain) -> str:
    question: Any = asked
    key, ways = question["model"], question["scenarios"]
    pairs = [(WAY, way) for way in ways[1:]]
    moved = {one.key: one for part in movables(key, ways) for one in part}
    pairs += [
        (moved[name].field, plain(moved[name].scale * mean))
        for name, mean in question["means"].items()
        if name in moved
    ]
    if question["threshold"] != THRESHOLDS[key]:
        pairs.append((WORTH, plain(question["threshold"])))
    if question["focus"]:
        pairs.append((FOCUS, question["focus"]))
    return f"{reverse('insight:model', args=[slug, PATHS[key]])}?{urlencode(pairs)}"


def flow_page(slug: str, asked: Plain) -> str:
    """The sliders, when the models are of the shape they make; else the model as text."""
    question: Any = asked
    today, tried = numbers_of(question["model"]), numbers_of(question["other"] or question["model"])
    if today is not None and tried is not None:
        beds = {f"{TRIED}{one.name}": tried[one.name] for one in BEDS}
        return f"{reverse('insight:flow', args=[slug])}?{_numbers({**today, **beds})}"
    model = by_name(question["other"] or question["model"])
    text = yaml.safe_dump(model, allow_unicode=True, sort_keys=False)
    return reverse("insight:flow-written", args=[slug]) + sealed_query({"model": text})
