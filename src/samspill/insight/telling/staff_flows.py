"""Who comes and who goes, told."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Figure
from samspill.insight.drawings.comings import Stream, comings
from samspill.insight.telling import Asked, Passage
from samspill.insight.wording import about, rounded_either

SIGNS = {"trained": 1, "recruited": 1, "moved": 1, "retired": -1, "left": -1, "qualified": -1}
NAMES: dict[str, str | Promise] = {
    "trained": gettext_lazy("Newly trained"),
    "recruited": gettext_lazy("From other places"),
    "moved": gettext_lazy("Change of work"),
    "retired": gettext_lazy("Retire"),
    "left": gettext_lazy("Quit"),
    "qualified": gettext_lazy("Train further"),
}
SMALL, OF_MOST = 0.5, 0.03  # persons a year, and of the widest way: what is less is left out of the picture


def flows(told: Asked) -> Passage:
    """Persons who come and go each year. What is in `found` is signed here: those who go are below 0."""
    found: Any = told.found
    years = found["years"][:-1]
    signed = {name: [SIGNS[name] * value for value in values] for name, values in found["flows"].items()}
    most = max(abs(value) for values in signed.values() for value in values)
    least = max(SMALL, OF_MOST * most)
    shown = {name: values for name, values in signed.items() if max(map(abs, values)) >= least}
    come, go = _sides(shown, len(years))
    heading, sentence = _in_words(come, go)
    lines = [sentence]
    if "qualified" in shown:
        lines.append(_("Those who train further are not lost: they work in another profession here."))
    lines.append(_("The line is those who come less those who go. Students begun now come after some years."))
    figure = Figure(
        key="4",
        title=_("Who comes and who goes, persons a year"),
        spec=comings(
            years,
            [Stream(str(NAMES[name]), values) for name, values in shown.items()],
            told=sentence,
            counts=_("Persons"),
            net=_("Come less go"),
        ),
        head=[_("Year"), *(NAMES[name] for name in shown), _("Come less go")],
        rows=[
            [
                str(year),
                *(rounded_either(values[place]) for values in shown.values()),
                rounded_either(sum(values[place] for values in shown.values())),
            ]
            for place, year in enumerate(years)
        ],
        source=told.source,
    )
    return Passage(figure, heading, lines)


def _sides(shown: dict[str, list[float]], years: int) -> tuple[float, float]:
    """Persons a year who come and who go, on average."""
    every = [value for values in shown.values() for value in values]
    return sum(value for value in every if value > 0) / years, -sum(
        value for value in every if value < 0
    ) / years


def _in_words(come: float, go: float) -> tuple[str, str]:
    values = {"come": about(come), "go": about(go)}
    sentence = _("On average %(come)s persons come and %(go)s go each year.") % values
    if abs(come - go) < max(1.0, 0.03 * go):
        return _("As many come as go"), sentence
    return (_("More come than go") if come > go else _("More go than come")), sentence
