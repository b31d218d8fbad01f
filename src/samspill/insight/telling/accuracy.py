"""How often the projection was right, in words and pictures: of the published trials, and of one's own."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.analysis.population import Score
from samspill.directory.public import Figure
from samspill.insight.accuracy.people import CONSTANT_RATIOS, NO_CHANGE, OURS
from samspill.insight.drawings.dots import Dots, Mark, dots
from samspill.insight.telling import Asked, Passage, Told
from samspill.insight.wording import count, decimal, of_a_hundred

AGES: Mapping[str, str | Promise] = {
    "all": gettext_lazy("All ages"),
    "0-17": gettext_lazy("0–17 years"),
    "18-66": gettext_lazy("18–66 years"),
    "67-79": gettext_lazy("67–79 years"),
    "80+": gettext_lazy("80 years and older"),
    "90+": gettext_lazy("90 years and older"),
}
LEVELS: Mapping[str, str | Promise] = {
    "municipality": gettext_lazy("A municipality"),
    "under 5000": gettext_lazy("Municipalities under 5,000"),
    "5000-19999": gettext_lazy("Municipalities of 5,000 to 20,000"),
    "20000+": gettext_lazy("Municipalities over 20,000"),
    "community": gettext_lazy("A helsefellesskap"),
    "all": gettext_lazy("All together"),
    "official": gettext_lazy("The 17 municipalities of Telemark"),
}
OLD = "80+"
PLACES = 1
US, GREY, INK = "#0f4c64", "#6b7780", "#16222b"
METHODS: Mapping[str, str | Promise] = {
    OURS: gettext_lazy("Samspill"),
    NO_CHANGE: gettext_lazy("If nothing changed"),
    CONSTANT_RATIOS: gettext_lazy("If every cohort went on as before"),
}
SHAPES = {OURS: (US, "circle", 130), NO_CHANGE: (GREY, "square", 90), CONSTANT_RATIOS: (GREY, "diamond", 90)}
CLASSES = {OURS: "c-me c-round", NO_CHANGE: "c-grey c-square", CONSTANT_RATIOS: "c-grey c-turned"}
ROUNDS = gettext_lazy(
    "Each trial uses only what was known on 1 January of its first year, and is compared with what came."
)


def errors_by_age(scores: Sequence[Score], level: str, source: str, heading: str = "") -> Passage:
    """The error of each age group at `level`, ours beside the two anyone could make without a model."""
    found = {(one.method, one.ages): one for one in scores if one.level == level}
    rows = [
        Dots(str(label), {method: found[method, ages].error for method in METHODS if (method, ages) in found})
        for ages, label in AGES.items()
        if (OURS, ages) in found
    ]
    ours, naive = found[OURS, OLD].error, found[NO_CHANGE, OLD].error
    told = _(
        "For those over 80 the projection missed by %(ours)s percent on average. Whoever had said that "
        "nothing changes would have missed by %(naive)s percent."
    ) % {"ours": decimal(ours, PLACES), "naive": decimal(naive, PLACES)}
    first = next(one for one in scores if one.level == level)
    figure = Figure(
        key=f"{level.replace(' ', '-')}-{first.jump_off}-{first.horizon}",
        title=_("Mean error in percent by age, %(level)s, %(first)s to %(last)s")
        % {"level": LEVELS[level], "first": first.jump_off, "last": first.jump_off + first.horizon},
        spec=dots(rows, _marks(), told=told, unit=_("Percent missed, on average")),
        head=[_("Ages"), *(str(name) for name in METHODS.values())],
        rows=[[row.label, *(_rounded(row.values.get(method)) for method in METHODS)] for row in rows],
        source=source,
    )
    return Passage(figure, heading or str(LEVELS[level]), [told], _legend())


def table_by_size(scores: Sequence[Score], ages: str) -> list[dict[str, Any]]:
    """A row for each level: error of each method, bias and the share within our interval."""
    found = {(one.method, one.level): one for one in scores if one.ages == ages}
    return [
        {
            "level": label,
            "units": found[OURS, level].units,
            "errors": [
                decimal(found[method, level].error, PLACES) if (method, level) in found else "–"
                for method in METHODS
            ],
            "bias": _signed(found[OURS, level].bias),
            "covered": _share(found[OURS, level].covered),
        }
        for level, label in LEVELS.items()
        if (OURS, level) in found and level != "official"
    ]


def beside_official(scores: Sequence[Score]) -> list[dict[str, str]]:
    """Ours beside what Statistics Norway published then, over the places and ages it covers."""
    order = list(AGES)
    said = sorted(
        (one for one in scores if one.method not in METHODS),
        key=lambda one: (one.level != "official", order.index(one.ages)),
    )
    ours = {(one.level, one.ages): one for one in scores if one.method == OURS}
    return [
        {
            "level": _("All of Norway") if one.level == "all" else str(LEVELS[one.level]),
            "ages": str(AGES[one.ages]),
            "name": one.method.removesuffix(" MMMM"),
            "ours": decimal(ours[one.level, one.ages].error, PLACES),
            "theirs": decimal(one.error, PLACES),
        }
        for one in said
        if (one.level, one.ages) in ours
    ]


def tell_trial(told: Asked) -> Told:
    """A trial of one's own municipalities: what was said of those over 80, and what came."""
    asked: Any = told.asked
    found: Any = told.found
    first, last = asked["jump_off"], asked["jump_off"] + asked["horizon"]
    places = sorted(found["places"], key=lambda one: -one["came"])
    inside = sum(one["low"] <= one["came"] <= one["high"] for one in places)
    is_nation = asked.get("of") == "nation"
    place = _("Norway") if is_nation else told.community.name
    values = {"first": first, "last": last, "place": place}
    whole = next(
        one for one in found["scores"] if (one["method"], one["level"], one["ages"]) == (OURS, "all", OLD)
    )
    heading = _("%(error)s percent off after %(years)s years") % {
        "error": decimal(whole["error"], PLACES),
        "years": asked["horizon"],
    }
    lede = _(
        "From %(first)s we would have expected %(said)s people over 80 in %(place)s in %(last)s. "
        "%(came)s came."
    ) % {
        **values,
        "said": count(sum(one["said"] for one in places)),
        "came": count(sum(one["came"] for one in places)),
    }
    fitted = (
        _("In %(inside)s of %(all)s helsefellesskap the number came within what we held eight of ten likely.")
        if is_nation
        else _(
            "In %(inside)s of %(all)s municipalities the number came within what we held eight of ten likely."
        )
    ) % {
        "inside": inside,
        "all": len(places),
    }
    scores = [Score(**one) for one in found["scores"]]
    return Told(
        heading=heading,
        lede=lede,
        passages=[
            _said_and_came(places, told.names, fitted, values, told.source, is_nation=is_nation),
            *(
                [
                    errors_by_age(
                        scores, "community", told.source, _("How far off for a helsefellesskap, by age")
                    )
                ]
                if is_nation
                else []
            ),
            errors_by_age(scores, "municipality", told.source, _("How far off for a municipality, by age")),
        ],
        question=[
            (str(_("Where")), place),
            (str(_("Years")), f"{first}–{last}"),
            (str(_("Drawn futures")), str(asked["draws"])),
        ],
        method=[(str(_("Method")), str(ROUNDS))],
    )


def _said_and_came(
    places: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    fitted: str,
    values: Mapping[str, object],
    source: str,
    *,
    is_nation: bool,
) -> Passage:
    """In percent of what came, so that large and small municipalities stand on one axis."""
    rows = [
        Dots(
            names.get(one["area"], one["area"]),
            {"said": 100 * one["said"] / max(one["came"], 1), "came": 100.0},
            (100 * one["low"] / max(one["came"], 1), 100 * one["high"] / max(one["came"], 1)),
        )
        for one in places
    ]
    marks = {
        "said": Mark(_("Expected"), US, "circle", 130),
        "came": Mark(_("Came"), INK, "diamond", 90),
    }
    title = _("Expected and counted over 80 years old in %(last)s, seen from %(first)s") % values
    figure = Figure(
        key="1",
        title=title,
        spec=dots(rows, marks, told=fitted, unit=_("Percent of what came"), zero=False),
        head=[
            _("Helsefellesskap") if is_nation else _("Municipality"),
            _("Expected"),
            _("Eight of ten, from"),
            _("Eight of ten, to"),
            _("Came"),
        ],
        rows=[
            [
                names.get(one["area"], one["area"]),
                *(round(one[key]) for key in ("said", "low", "high", "came")),
            ]
            for one in places
        ],
        source=source,
    )
    words = [
        ("c-me c-round", _("What we would have expected")),
        ("c-b80", _("Eight of ten likely")),
        ("c-ink c-turned", _("What came, set to 100")),
    ]
    return Passage(figure, title, [fitted], words)


def _marks() -> dict[str, Mark]:
    return {method: Mark(str(name), *SHAPES[method]) for method, name in METHODS.items()}


def _legend() -> list[tuple[str, str]]:
    return [(CLASSES[method], str(name)) for method, name in METHODS.items()]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)


def _signed(value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{decimal(abs(value), PLACES)}"


def _share(covered: float | None) -> str:
    return "–" if covered is None else of_a_hundred(covered)
