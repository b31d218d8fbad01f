"""What is typed when one says what a measure is to move."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import alphabetical
from samspill.insight.area_names import levels, municipalities_in, name_of
from samspill.insight.models import Expectation
from samspill.insight.models.expectations import LONGEST_WHY
from samspill.insight.states.expectations import ComparedAs, GoalIs

_YEAR = _("Write the year with four figures, for example 2028.")


class ExpectationForm(forms.Form):
    """`home` is the code of the helsefellesskap; `whole` is what it is called."""

    goal_is = forms.ChoiceField(label=_("It is to"), choices=GoalIs)
    goal = forms.FloatField(
        label=_("Figure or per cent"),
        min_value=0,
        localize=True,
        error_messages={
            "required": _("Write how far it is to move."),
            "invalid": _("Write a number."),
            "min_value": _("It cannot be below 0."),
        },
    )
    by_year = forms.IntegerField(
        label=_("By the end of"),
        min_value=2000,
        max_value=2100,
        error_messages={"required": _YEAR, "invalid": _YEAR, "min_value": _YEAR, "max_value": _YEAR},
    )
    starts = forms.DateField(
        label=_("The measure begins to work"),
        help_text=_("What is before is what it is held against. The year it begins in counts as neither."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Write the day."), "invalid": _("Write the day as 2026-01-31.")},
    )
    areas = forms.MultipleChoiceField(
        label=_("Where it works"),
        help_text=_("All of the helsefellesskap, or some of its municipalities."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose where the measure works.")},
    )
    compared_as = forms.ChoiceField(
        label=_("Compare with"),
        choices=ComparedAs,
        help_text=_("Without others, one cannot tell the measure from all else that happens."),
    )
    chosen = forms.CharField(
        label=_("Which ones, when you choose them yourself"),
        required=False,
        max_length=1000,
        help_text=_("Names with commas between, for example: Bodø, Tromsø."),
    )
    why = forms.CharField(
        label=_("Why you expect it"),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.Textarea({"rows": 3, "class": "ds-input"}),
    )

    def __init__(self, *args: Any, home: str, whole: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home = home
        municipalities = sorted(municipalities_in(home), key=lambda code: alphabetical(name_of(code)))
        found = [(home, whole), *((code, name_of(code)) for code in municipalities)]
        self.fields["areas"].choices = found  # type: ignore[attr-defined]

    def clean_areas(self) -> tuple[str, ...]:
        """A helsefellesskap as a whole holds its municipalities already."""
        codes = self.cleaned_data["areas"]
        return (self.home,) if self.home in codes else tuple(codes)

    def clean(self) -> dict[str, Any]:
        """The names that were typed become codes, of the same sort as where the measure works."""
        typed = super().clean() or self.cleaned_data
        typed["chosen_codes"] = ()
        if typed.get("compared_as") == ComparedAs.CHOSEN and "areas" in typed:
            known = _codes_by_name(whole=self.home in typed["areas"])
            names = [name.strip() for name in typed.get("chosen", "").split(",") if name.strip()]
            unknown = [name for name in names if name.casefold() not in known]
            if not names:
                self.add_error("chosen", _("Write whom it is to be compared with."))
            elif unknown:
                self.add_error("chosen", _("We do not know «%(name)s».") % {"name": unknown[0]})
            else:
                typed["chosen_codes"] = tuple(dict.fromkeys(known[name.casefold()] for name in names))
        return typed


def _codes_by_name(*, whole: bool) -> Mapping[str, str]:
    communities = levels()["community"]
    codes: Sequence[str] = (
        list(communities) if whole else [one for held in communities.values() for one in held]
    )
    return {name_of(code).casefold(): code for code in codes} | {code.casefold(): code for code in codes}


def filled(one: Expectation | None, home: str, year: int) -> dict[str, Any]:
    """What stands in the form: the expectation, or a beginning."""
    if one is None:
        return {
            "goal_is": GoalIs.VALUE,
            "areas": [home],
            "compared_as": ComparedAs.OTHERS,
            "by_year": year + 2,
        }
    chosen = one.compared if one.compared_as == ComparedAs.CHOSEN else []
    return {
        "goal_is": one.goal_is,
        "goal": one.goal,
        "by_year": one.by_year,
        "starts": one.starts,
        "areas": one.areas,
        "compared_as": one.compared_as,
        "chosen": ", ".join(name_of(code) for code in chosen),
        "why": one.why,
    }
