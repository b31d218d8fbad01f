"""The figures of «appraisal» that weigh the choice: cost against effect, how sure it is, what to measure."""

from django.utils.translation import gettext as _

from samspill.insight.appraisals import label_of, unit_of
from samspill.insight.drawings.ceac import ceac
from samspill.insight.drawings.plane import Point, plane
from samspill.insight.drawings.sides import Bar, bars
from samspill.insight.telling import Passage
from samspill.insight.weighed import Row, Weighed
from samspill.insight.wording.appraisals import STATUS, money, often_in_words, plain, to_figures

SHOWN = 0.01  # of what it is worth to know everything: less is not drawn


def cost_and_effect(one: Weighed) -> Passage:
    """What each way costs and gives on average; which are worth considering, and what more effect costs."""
    found = one.found["standings"]
    cost = _("%(label)s, %(unit)s") % {
        "label": label_of(one.model, one.model.cost),
        "unit": unit_of(one.model, one.model.cost),
    }
    points = [
        Point(one.named(row["name"]), row["effect"], row["cost"], row["status"] == "kept") for row in found
    ]
    rows: list[Row] = [
        [
            one.named(row["name"]),
            to_figures(row["cost"], 5),
            to_figures(row["effect"]),
            str(STATUS[row["status"]]),
            to_figures(row["icer"]) if row["icer"] is not None else None,
        ]
        for row in found
    ]
    told = _standings_in_words(one)
    title = _("Cost and effect, means over the draws")
    spread = max(abs(point.effect) for point in points)
    drawn = plane(
        points,
        told=" ".join([title + ".", *told]),
        effect=unit_of(one.model, one.model.effect),
        cost=cost,
        form=",.2f" if spread < 10 else ",.0f",
    )
    head = [_("Way"), cost, one.effect_label, _("Standing"), _("Kroner per one more")]
    return Passage(one.figure("8", title, drawn, head, rows), _("What one gets for the money"), told)


def _standings_in_words(one: Weighed) -> list[str]:
    told = []
    for row in one.found["standings"]:
        name = one.named(row["name"])
        if row["icer"] is not None:
            told.append(
                _("«%(name)s» gives more than «%(than)s»: one more of «%(effect)s» costs %(amount)s.")
                % {
                    "name": name,
                    "than": one.named(row["than"]),
                    "effect": one.effect_label,
                    "amount": money(row["icer"]),
                }
            )
        elif row["status"] != "kept":
            told.append(
                f"«{name}»: {str(STATUS[row['status']])[:1].lower()}{str(STATUS[row['status']])[1:]}."
            )
    return told


def choice(one: Weighed) -> Passage:
    """How often each way is best, as one is willing to pay more for the effect."""
    found = one.found["acceptability"]
    at, levels = found["at"], found["levels"]
    best = found["best"][at]
    curves = {one.named(name): shares for name, shares in found["often"].items()}
    told = [
        _(
            "When one more of «%(effect)s» is worth %(amount)s, «%(name)s» is best on average, "
            "and best %(often)s."
        )
        % {
            "effect": one.effect_label,
            "amount": money(levels[at]),
            "name": one.named(best),
            "often": often_in_words(found["often"][best][at]),
        },
        _turns(one),
    ]
    rows: list[Row] = [
        [
            to_figures(level),
            *(round(100 * shares[place]) for shares in curves.values()),
            one.named(found["best"][place]),
        ]
        for place, level in enumerate(levels)
    ]
    title = _("How often each way is best, by what one more of «%(effect)s» is worth") % {
        "effect": one.effect_label
    }
    drawn = ceac(
        levels,
        curves,
        [one.named(name) for name in found["best"]],
        chosen=levels[at],
        told=" ".join([title + ".", *told]),
        unit=_("kroner per one more"),
        often=_("how often it is best"),
    )
    head = [_("Kroner per one more"), *(f"{name}, %" for name in curves), _("Best on average")]
    return Passage(one.figure("9", title, drawn, head, rows), _("How sure the choice is"), told)


def _turns(one: Weighed) -> str:
    """Where the frontier goes from one way to the next."""
    found = one.found["acceptability"]
    turns = [
        (level, name)
        for level, before, name in zip(found["levels"][1:], found["best"], found["best"][1:], strict=False)
        if before != name
    ]
    if not turns:
        return _("That holds however much it is worth, as far as the figure goes.")
    level, name = turns[0]
    return _("From about %(amount)s on, «%(name)s» is best on average.") % {
        "amount": money(level),
        "name": one.named(name),
    }


def worth(one: Weighed) -> list[Passage]:
    """What it is worth to know more before choosing; nothing when the choice is sure."""
    found = one.found["acceptability"]
    everything = found["evpi"][found["at"]]
    persons = one.found["persons"]
    heading = _("What it is worth to know more")
    rows: list[Row] = [[_("Everything"), to_figures(everything), to_figures(everything * persons)]]
    rows += [
        [one.named(row["key"]), to_figures(row["value"]), to_figures(row["value"] * persons)]
        for row in one.found["worth"]
    ]
    told = [
        _(
            "To know everything for sure before choosing is worth at most %(each)s per person, "
            "%(all)s a year. A study that costs more than that is not worth it for this choice alone."
        )
        % {"each": money(everything), "all": money(everything * persons)}
    ]
    shown = [row for row in one.found["worth"] if row["value"] > SHOWN * everything]
    if not shown or everything <= 0:
        return []
    told.append(_("Measure «%(key)s» first.") % {"key": one.named(shown[0]["key"])})
    title = _("Worth of knowing one figure for sure, kroner per person")
    drawn = bars(
        [Bar(one.named(row["key"]), "", row["value"], plain(to_figures(row["value"], 2))) for row in shown],
        told=" ".join([title + ".", *told]),
        unit=_("kroner per person"),
    )
    head = [_("To know"), _("Kroner per person"), _("Kroner a year, all")]
    return [Passage(one.figure("10", title, drawn, head, rows), heading, told)]
