"""Limits as they are typed on the page of a patient: of a value, of how fast it changes, or of an answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.care.chart_forms import NumberField, moment_field, why_field
from samspill.care.forms import LIMIT_LABELS
from samspill.care.known_signs import PARTS, name_of, number_said, value_said
from samspill.care.models import PatientIndicator
from samspill.care.states import IndicatorKind
from samspill.rulebook.triage.limits import (
    CHANGE,
    MOST_DAYS,
    NAMES,
    WITHIN,
    AnswerRules,
    Components,
    Limits,
    LimitsWithChange,
)

CHANGE_LABELS: Mapping[str, object] = {
    "yellow_high": gettext_lazy("Yellow when it goes up more than"),
    "red_high": gettext_lazy("Red when it goes up more than"),
    "yellow_low": gettext_lazy("Yellow when it goes down more than"),
    "red_low": gettext_lazy("Red when it goes down more than"),
}
_COLOURS = (
    ("green", gettext_lazy("Green")),
    ("yellow", gettext_lazy("Yellow")),
    ("red", gettext_lazy("Red")),
)


class LimitsForm(forms.Form):
    """Four limits for each part of what is watched, or a colour for each answer; or none.

    `rule` after `is_valid` is as `set_limits` takes it: numbers as text, None for no limits.
    """

    def __init__(
        self,
        *args: Any,
        indicator: PatientIndicator,
        rule: object,
        answers: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_number = indicator.kind == IndicatorKind.MEASURED
        self.parts = PARTS.get(indicator.code, ("",))
        self.answers = list(dict.fromkeys([*_answers_of(rule), *answers]))
        if self.is_number:
            for part in self.parts:
                self._add_part(part, rule)
            if self.parts == ("",):
                self._add_change(rule)
        else:
            for place, answer in enumerate(self.answers):
                self.fields[f"answer-{place}"] = forms.ChoiceField(
                    label=value_said(answer, ""),
                    choices=_COLOURS,
                    required=False,
                    initial=_answers_of(rule).get(answer),
                )
        self.fields["valid_from"] = moment_field(
            _("Holds from"), required=False, help_text=_("Left empty, they hold from now.")
        )
        self.fields["none"] = forms.BooleanField(label=_("No limits"), required=False)
        self.fields["why"] = why_field(_("Why the limits change"))

    def _add_part(self, part: str, rule: object) -> None:
        limits = _limits_of(rule, part)
        for name in NAMES:
            at = getattr(limits, name, None)
            of = f" ({name_of(part).lower()})" if part else ""
            self.fields[_field(part, name)] = NumberField(
                label=f"{LIMIT_LABELS[name]}{of}", initial="" if at is None else number_said(at)
            )

    def _add_change(self, rule: object) -> None:
        """How fast the value may change; a fall is written without its sign."""
        change = rule.change if isinstance(rule, LimitsWithChange) else None
        for name, label in CHANGE_LABELS.items():
            at = getattr(change.limits, name, None) if change else None
            self.fields[_field(CHANGE, name)] = NumberField(
                label=label, initial="" if at is None else number_said(abs(at))
            )
        self.fields[_field(CHANGE, WITHIN)] = forms.IntegerField(
            label=_("Within how many days"), required=False, min_value=1, max_value=MOST_DAYS,
            initial=int(change.within_days) if change else None,
            widget=forms.NumberInput({"class": "ds-input", "inputmode": "numeric"}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        limits = [said.get(_field(CHANGE, name)) for name in CHANGE_LABELS]
        days = _field(CHANGE, WITHIN)
        is_said = said.get(days) or days in self.errors
        if any(one is not None for one in limits) and not is_said:
            self.add_error(days, _("Say within how many days."))
        for name in CHANGE_LABELS:
            if (at := said.get(_field(CHANGE, name))) is not None and at < 0:
                self.add_error(_field(CHANGE, name), _("Write how much, without a sign."))
        return said

    @property
    def rows(self) -> list[forms.BoundField]:
        """The fields of the limits themselves, in order."""
        others = ("valid_from", "none", "why")
        return [
            self[name] for name in self.fields if name not in others and not name.startswith(f"{CHANGE}-")
        ]

    @property
    def change_rows(self) -> list[forms.BoundField]:
        """The fields of how fast it may change; none for what has several parts, or is answered in words."""
        return [self[name] for name in self.fields if name.startswith(f"{CHANGE}-")]

    @property
    def has_change(self) -> bool:
        return any(one.value() not in (None, "") or one.errors for one in self.change_rows)

    @property
    def rule(self) -> Any:
        said = self.cleaned_data
        if said.get("none"):
            return None
        if not self.is_number:
            return {
                "answers": {
                    one: said[f"answer-{n}"] for n, one in enumerate(self.answers) if said[f"answer-{n}"]
                }
            }
        found = {part: self._limits(part) for part in self.parts}
        return (
            found[""] | self._change()
            if "" in found
            else {part: limits for part, limits in found.items() if limits}
        )

    def _limits(self, part: str) -> dict[str, str]:
        at = {name: self.cleaned_data.get(_field(part, name)) for name in NAMES}
        return {name: format(value, "f") for name, value in at.items() if value is not None}

    def _change(self) -> dict[str, Any]:
        """As it is kept: {} for none, and what a value falls below 0."""
        said = self.cleaned_data
        at = {name: said.get(_field(CHANGE, name)) for name in CHANGE_LABELS}
        numbers = {
            name: format(-value if name.endswith("low") else value, "f")
            for name, value in at.items()
            if value is not None
        }
        return {CHANGE: {WITHIN: said[_field(CHANGE, WITHIN)], **numbers}} if numbers else {}


def _field(part: str, name: str) -> str:
    return f"{part}-{name}" if part else name


def _limits_of(rule: object, part: str) -> Limits | None:
    if isinstance(rule, Components):
        rule = rule.rules.get(part)
    return rule if isinstance(rule, Limits) else None


def _answers_of(rule: object) -> dict[str, str]:
    return (
        {str(one): str(colour) for one, colour in rule.colours.items()}
        if isinstance(rule, AnswerRules)
        else {}
    )
