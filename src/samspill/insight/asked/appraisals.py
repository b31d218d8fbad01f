"""What people try in a model, as its page asks for it: ways, sliders, what the effect is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from samspill.insight.appraisals import (
    MOST_THRESHOLD,
    THRESHOLDS,
    Movable,
    label_of,
    model_of,
    movables,
    nice,
    worded,
)
from samspill.insight.calculating import Plain
from samspill.insight.wording.appraisals import plain

SHORT = 12  # letters of a unit that there is room for beside its figure
WAY, WORTH, FOCUS = "vei", "verdt", "se"
"""Fields: the ways that are compared, what one more of the effect is worth, the way that is looked into."""


@dataclass(frozen=True)
class Slider:
    """A slider as the page draws it: `now` is where it stands, `error` what is wrong with what was typed."""

    name: str
    label: str
    unit: str
    least: str
    most: str
    step: str
    now: str
    help: str = ""
    error: str = ""


@dataclass(frozen=True)
class Way:
    name: str
    label: str
    about: str
    chosen: bool
    is_today: bool
    in_focus: bool


@dataclass(frozen=True)
class Tried:
    """The question that was put, and the form as it shall be shown again."""

    asked: Plain
    ways: Sequence[Way]
    main: Sequence[Slider]
    others: Sequence[Slider]
    worth: Slider
    is_moved: bool

    @property
    def wrong(self) -> list[Slider]:
        return [one for one in (*self.main, *self.others, self.worth) if one.error]


def read_tried(key: str, typed: QueryDict) -> Tried:
    """What is typed, with the example's own figures where nothing or something impossible is."""
    model = model_of(key)
    known = [one.name for one in model.scenarios]
    chosen = [name for name in known if name in typed.getlist(WAY) or name == known[0]]
    if len(chosen) < 2:
        chosen = known
    main, others = movables(key, chosen)
    means: dict[str, float] = {}
    sliders = [_slider(one, typed.get(one.field), means) for one in (*main, *others)]
    worth, threshold = _worth(key, typed.get(WORTH))
    focus = typed.get(FOCUS, "")
    asked: dict[str, Any] = {
        "model": key,
        "scenarios": chosen,
        "means": means,
        "threshold": threshold,
        "focus": focus if focus in chosen[1:] else "",
    }
    ways = [
        Way(
            name,
            label_of(model, name),
            worded(model.reasons.get(name, {})),
            name in chosen,
            name == known[0],
            name == asked["focus"],
        )
        for name in known
    ]
    moved = bool(means) or threshold != THRESHOLDS[key] or chosen != known
    return Tried(asked, ways, sliders[: len(main)], sliders[len(main) :], worth, moved)


def _slider(one: Movable, typed: str | None, means: dict[str, float]) -> Slider:
    """A figure that was not moved is left to the example, which knows it more precisely than a slider."""
    is_short = len(one.unit) <= SHORT
    found = Slider(
        one.field,
        one.label if is_short else f"{one.label}, {one.unit}",
        one.unit if is_short else "",
        _number(one.least),
        _number(one.most),
        _number(one.step),
        _number(one.value),
        _("%(source)s. Nobody has measured it.") % {"source": one.source}
        if one.is_assumed
        else _("Source: %(source)s.") % {"source": one.source},
    )
    if typed is None or not typed.strip():
        return found
    value = _read(typed)
    if value is None or not one.least <= value <= one.most:
        return replace(found, now=typed, error=_range(one.least, one.most))
    if value != one.value:
        means[one.key] = value / one.scale
    return replace(found, now=_number(value))


def _worth(key: str, typed: str | None) -> tuple[Slider, float]:
    model, usual = model_of(key), float(THRESHOLDS[key])
    most = MOST_THRESHOLD * usual
    label = _("Worth of one more of «%(effect)s»") % {"effect": label_of(model, model.effect)}
    found = Slider(
        WORTH,
        label,
        _("kr"),
        "0",
        _number(most),
        _number(nice(most)),
        _number(usual),
        _("Nobody has set it. Try what you would give."),
    )
    if typed is None or not typed.strip():
        return found, usual
    value = _read(typed)
    if value is None or not 0 <= value <= most:
        return replace(found, now=typed, error=_range(0, most)), usual
    return replace(found, now=_number(value)), value


def _range(least: float, most: float) -> str:
    return _("Write a number from %(least)s to %(most)s.") % {"least": plain(least), "most": plain(most)}


def _read(typed: str) -> float | None:
    try:
        return float(typed.strip().replace("\xa0", "").replace(" ", "").replace("−", "-").replace(",", "."))
    except ValueError:
        return None


def _number(value: float) -> str:
    """As a field of a form wants it, in every language."""
    return f"{value:.10g}"
