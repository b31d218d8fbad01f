"""What people type in a minimetodevurdering: one form per part, made from the table of fields."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.analysis.appraisal import Part
from samspill.insight.assessments.fields import CERTAINTIES, FIELDS, VERDICTS, Field, Kind

LONGEST = 20_000  # characters of a text; some ten pages
SHORT = 300
EMPTY_ROWS = 2  # below the studies that are there
MOST_STUDIES = 60
Choices = Mapping[Kind, Sequence[tuple[str, str]]]


def _date() -> forms.DateField:
    return forms.DateField(
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2027-06-30.")},
    )


def _control(field: Field, choices: Choices) -> forms.Field:
    match field.kind:
        case Kind.LINE:
            return forms.CharField(required=False, max_length=SHORT)
        case Kind.TEXT:
            return forms.CharField(
                required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 6, "class": "ds-input"})
            )
        case Kind.LINES:
            return forms.CharField(
                required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 4, "class": "ds-input"})
            )
        case Kind.DAY:
            return _date()
        case Kind.NUMBER:
            return forms.FloatField(
                required=False,
                min_value=0,
                localize=True,
                error_messages={"invalid": _("Write a number."), "min_value": _("It cannot be below 0.")},
            )
        case Kind.VERDICT:
            return forms.ChoiceField(
                required=False,
                choices=[("", _("Not said yet")), *((str(key), label) for key, label in VERDICTS.items())],
            )
        case Kind.RUNS | Kind.INDICATORS:
            return forms.MultipleChoiceField(
                required=False, choices=list(choices.get(field.kind, ())), widget=forms.CheckboxSelectMultiple
            )


class PartForm(forms.Form):
    """A part of the form. Nothing is required: what is missing is told on the page, and may come later.

    `seen` is what the part was when it was opened, so that nobody writes over another without knowing.
    """

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, part: Part, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        for field in FIELDS[part]:
            control = _control(field, choices)
            control.label, control.help_text = str(field.label), str(field.help)
            self.fields[field.name] = control

    def content(self) -> dict[str, Any]:
        """What was typed as plain values; empty answers are left out."""
        typed = {field.name: _plain(field.kind, self.cleaned_data[field.name]) for field in FIELDS[self.part]}
        return {name: value for name, value in typed.items() if value not in (None, "", [])}


def initial_of(part: Part, content: Mapping[str, Any]) -> dict[str, Any]:
    """`content` as the controls of the form show it."""
    return {
        field.name: "\n".join(content.get(field.name, ()))
        if field.kind is Kind.LINES
        else content.get(field.name)
        for field in FIELDS[part]
    }


def _plain(kind: Kind, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if kind is Kind.LINES:
        return [line.strip() for line in value.splitlines() if line.strip()]
    return value.strip() if isinstance(value, str) else value


class StudyForm(forms.Form):
    """A row of the evidence table; a row without a reference is no study."""

    reference = forms.CharField(label=_("Reference"), required=False, max_length=SHORT)
    design = forms.CharField(label=_("Design"), required=False, max_length=SHORT)
    persons = forms.IntegerField(label=_("Persons"), required=False, min_value=0)
    outcome = forms.CharField(label=_("Outcome"), required=False, max_length=SHORT)
    measure = forms.CharField(
        label=pgettext_lazy("study", "Measure"),
        required=False,
        max_length=SHORT,
        help_text=_("For example rate ratio."),
    )
    estimate = forms.FloatField(label=_("Estimate"), required=False, localize=True)
    low = forms.FloatField(label=_("95 %, from"), required=False, localize=True)
    high = forms.FloatField(label=_("95 %, to"), required=False, localize=True)
    certainty = forms.ChoiceField(label=_("How sure (GRADE)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", _("Not said yet")), *((str(key), label) for key, label in CERTAINTIES.items())]
        self.fields["certainty"].choices = chosen  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if not typed.get("reference") and any(value not in (None, "") for value in typed.values()):
            self.add_error("reference", _("Write which study it is, or empty the row to leave it out."))
        return typed

    def content(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


StudyFormSet = forms.formset_factory(
    StudyForm, extra=EMPTY_ROWS, max_num=MOST_STUDIES, absolute_max=MOST_STUDIES
)


class StartForm(forms.Form):
    title = forms.CharField(
        label=_("What do you want to assess?"),
        max_length=200,
        help_text=_("For example a way of working, a device, a service."),
        error_messages={"required": _("Write what it is about.")},
    )
