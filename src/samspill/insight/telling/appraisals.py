"""The answer of «appraisal» told: the message, the question, the method, and the figures in their order.

The first figures answer a director; those after them the ones who ask why. Not here: the single figures
(`telling_appraisal_figures`).
"""

from typing import Any

from django.utils.translation import gettext as _

from samspill.insight.appraisals import label_of, model_of, movables, unit_of, worded
from samspill.insight.telling import Answer, Asked, Pair, Told
from samspill.insight.telling.appraisal_choice import choice, cost_and_effect, worth
from samspill.insight.telling.appraisal_figures import by_year, others, outcome, parts, payers, storm
from samspill.insight.weighed import Weighed
from samspill.insight.wording import count, decimal
from samspill.insight.wording.appraisals import money, often_in_words, plain, who_bears

FINE = 100  # from here on nobody asks for decimals


def tell(told: Asked) -> Told:
    asked: Any = told.asked
    found: Any = told.found
    weighed = Weighed(model_of(asked["model"]), asked, found, _source(told))
    return Told(
        heading=_heading(weighed),
        lede=_lede(weighed),
        passages=[
            outcome(weighed, "1", weighed.model.judged_by, lowest=weighed.model.lowest),
            payers(weighed),
            outcome(weighed, "3", weighed.model.effect, lowest=False),
            by_year(weighed),
            others(weighed),
            parts(weighed),
            storm(weighed),
            cost_and_effect(weighed),
            choice(weighed),
            *worth(weighed),
        ],
        question=_question(weighed),
        method=_method(weighed),
        warnings=_warnings(weighed),
        answers=[_answer(weighed, name) for name in _main(weighed)],
    )


def key_of(model: str, outcome: str) -> str:
    """Names a main answer; those of different models are different answers."""
    return f"{model}.{outcome}"


def _main(one: Weighed) -> list[str]:
    """The outcome the ways are judged by, and the effect."""
    return list(dict.fromkeys([one.model.judged_by, one.model.effect]))


def _answer(one: Weighed, outcome: str) -> Answer:
    """What the focus makes of it, against today."""
    low, middle, high = one.differences(outcome)[one.focus]
    size = max(abs(low), abs(high))
    label = _("%(outcome)s, %(unit)s: «%(way)s» against «%(today)s»") % {
        "outcome": label_of(one.model, outcome),
        "unit": unit_of(one.model, outcome),
        "way": one.named(one.focus),
        "today": one.named(one.today),
    }
    decimals = 0 if size >= FINE else 1 if size >= 1 else 2
    return Answer(key_of(one.asked["model"], outcome), label, middle, low, high, decimals)


def _source(told: Asked) -> str:
    """Not the figures in use: a worked example brings its own."""
    asked: Any = told.asked
    return _("Worked example «%(name)s». %(draws)s draws of its assumptions") % {
        "name": worded(model_of(asked["model"]).name),
        "draws": count(asked["draws"]),
    }


def _heading(one: Weighed) -> str:
    return _("«%(name)s» costs least: %(often)s") % {
        "name": one.named(one.found["best"]),
        "often": often_in_words(one.found["often"][one.found["best"]]),
    }


def _lede(one: Weighed) -> str:
    budget = one.found["budgets"][one.focus]
    return _("With «%(name)s» from %(first)s to %(last)s: %(sides)s") % {
        "name": one.named(one.focus),
        "first": budget["years"][0],
        "last": budget["years"][-1],
        "sides": who_bears(budget["sides"]),
    }


def _warnings(one: Weighed) -> list[str]:
    origins = one.model.origins
    guessed = sum(origin.assumption for origin in origins.values())
    found = [
        _(
            "This is a worked example, not advice. %(guessed)s of the %(all)s figures it rests on are "
            "assumptions that nobody has measured."
        )
        % {"guessed": guessed, "all": len(origins)}
    ]
    if one.found["needed_draws"] > one.asked["draws"]:
        found.append(
            _("%(draws)s draws show the way; %(needed)s would steady the last figures.")
            % {"draws": count(one.asked["draws"]), "needed": count(one.found["needed_draws"])}
        )
    return found


def _question(one: Weighed) -> list[Pair]:
    rows = [
        (_("Model"), worded(one.model.name)),
        (_("Ways that are compared"), ", ".join(one.named(name) for name in one.asked["scenarios"])),
        (
            _("Worth of one more of «%(effect)s»") % {"effect": one.effect_label},
            money(one.asked["threshold"]),
        ),
    ]
    shown = {row.key: row for part in movables(one.asked["model"], one.asked["scenarios"]) for row in part}
    for key, mean in one.asked["means"].items():
        row = shown.get(key)
        before, scale, unit = (row.value, row.scale, row.unit) if row else ("–", 1, "")
        rows.append(
            (
                label_of(one.model, key),
                _("%(now)s %(unit)s; the example has %(before)s")
                % {
                    "now": plain(scale * mean),
                    "unit": unit,
                    "before": plain(before) if isinstance(before, float) else before,
                },
            )
        )
    if not one.asked["means"]:
        rows.append((_("Assumptions"), _("As in the example")))
    return rows


def _method(one: Weighed) -> list[Pair]:
    return [
        (
            _("Method"),
            _(
                "Each assumption is drawn %(draws)s times from what is thought possible. All ways are "
                "computed on the same draws, and what differs is taken within each draw. Prices are fixed, "
                "and budgets are not discounted."
            )
            % {"draws": count(one.asked["draws"])},
        ),
        (
            _("Accuracy"),
            _(
                "An example like this cannot be tried against what happened. What can be tested is how "
                "much each assumption matters, and that is shown."
            ),
        ),
        (_("Draws begin from"), decimal(one.asked["seed"], 0).replace("\xa0", "").replace(" ", "")),
    ]
