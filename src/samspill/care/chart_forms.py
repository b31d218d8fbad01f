"""What is typed on the pages of a patient: due times, pauses, and the answers of an instrument."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS as WEEKDAYS_SAID
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.care.known_signs import known_signs, language
from samspill.care.plain_values import number
from samspill.refusal import Refused
from samspill.rulebook.instruments import PartRule, Version
from samspill.rulebook.triage.schedules import DAYS

LONGEST_WHY = 300
_DAY = gettext_lazy("Write the day as 2026-01-31.")
_MOMENT = gettext_lazy("Write the day and the time as 2026-01-31 08:00.")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")
# Django's own words, with a capital as labels have: a word of ours would stand in every date.
WEEKDAYS: Mapping[str, object] = {
    code: lazy(capfirst, str)(WEEKDAYS_SAID[place])
    for place, code in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}


class NumberField(forms.CharField):
    """A number as people write it: a comma or a point. None when nothing is written."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "ds-input"})
        super().__init__(required=False, max_length=20, widget=widget, **kwargs)

    def clean(self, value: object) -> Any:
        said = super().clean(value)
        if not said:
            return None
        try:
            return number(said)
        except ValueError as problem:
            raise forms.ValidationError(_("Write a number, as 72.5.")) from problem


def day_field(label: object, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date", "class": "ds-input"}, format="%Y-%m-%d")
    said = {"required": _DAY, "invalid": _DAY}
    return forms.DateField(label=str(label), widget=widget, error_messages=said, **kwargs)


def moment_field(label: object, **kwargs: Any) -> forms.DateTimeField:
    """On the clock of Norway. A time that the clock does not show, or shows twice, is said to be so."""
    widget = forms.DateTimeInput({"type": "datetime-local", "class": "ds-input"}, format="%Y-%m-%dT%H:%M")
    said = {"required": _MOMENT, "invalid": _MOMENT}
    return forms.DateTimeField(label=str(label), widget=widget, error_messages=said, **kwargs)


def why_field(label: object) -> forms.CharField:
    return forms.CharField(
        label=str(label),
        max_length=LONGEST_WHY,
        widget=forms.TextInput({"class": "ds-input", "autocomplete": "off"}),
        error_messages={"required": _("Say why, in a few words.")},
    )


class ScheduleForm(forms.Form):
    """When it is to come. `plan` after `is_valid` is as `rulebook.triage.as_schedule` takes it, or None."""

    times = forms.CharField(
        label=gettext_lazy("Times of day"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "On the clock, with commas between: 08:00, 20:00. Left empty: at no set times."
        ),
        widget=forms.TextInput({"class": "ds-input", "autocomplete": "off"}),
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Days of the week"),
        required=False,
        choices=tuple(WEEKDAYS.items()),
        help_text=gettext_lazy("None chosen is every day."),
        widget=forms.CheckboxSelectMultiple,
    )
    every_days = forms.IntegerField(
        label=gettext_lazy("Days from one to the next (1 is every day)"),
        min_value=1, max_value=366, initial=1,
        widget=forms.NumberInput({"class": "ds-input"}),
    )  # fmt: skip
    grace = forms.IntegerField(
        label=gettext_lazy("Minutes it may be late"), min_value=0, max_value=44640, initial=120,
        widget=forms.NumberInput({"class": "ds-input"}),
    )  # fmt: skip
    first_day = day_field(gettext_lazy("First day"))
    last_day = day_field(gettext_lazy("Last day"), required=False)
    by_whom = forms.CharField(
        label=gettext_lazy("Who measures"), required=False, max_length=80,
        widget=forms.TextInput({"class": "ds-input"}),
    )  # fmt: skip
    why = why_field(gettext_lazy("Why the times change"))

    def clean_times(self) -> list[str]:
        said = self.cleaned_data["times"]
        parts = [one for one in re.split(r"[,;\s]+", said.strip()) if one]
        found = [_CLOCK.fullmatch(one) for one in parts]
        if not all(found):
            raise forms.ValidationError(_("Write the times as 08:00, 20:00."))
        times = [f"{int(one[1]):02}:{one[2]}" for one in found if one]
        if len(set(times)) < len(times):
            raise forms.ValidationError(_("A time stands twice. Write each once."))
        return sorted(times)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first. Mend one of them."))
        return said

    @property
    def plan(self) -> dict[str, Any] | None:
        said = self.cleaned_data
        if not said["times"]:
            return None
        plan: dict[str, Any] = {
            "times": said["times"],
            "first_day": said["first_day"].isoformat(),
            "every_days": said["every_days"],
            "weekdays": [one for one in DAYS if one in said["weekdays"]],
            "grace": said["grace"],
            "by_whom": said["by_whom"],
        }
        return plan | ({"last_day": said["last_day"].isoformat()} if said["last_day"] else {})


def of_plan(plan: Mapping[str, Any] | None, today: date) -> dict[str, Any]:
    """What the form begins with, from a plan as it is kept."""
    if plan is None:
        return {"first_day": today, "every_days": 1, "grace": 120}
    named = dict(enumerate(DAYS, 1))
    return {
        "times": ", ".join(str(one)[:5] for one in plan.get("times", ())),
        "weekdays": [named.get(one, one) for one in plan.get("weekdays") or ()],
        "every_days": plan.get("every_days", 1),
        "grace": plan.get("grace", 120),
        "first_day": plan.get("first_day", today),
        "last_day": plan.get("last_day"),
        "by_whom": plan.get("by_whom", ""),
    }


class PauseForm(forms.Form):
    why = why_field(gettext_lazy("Why it is paused"))
    starts = moment_field(
        gettext_lazy("From"), required=False, help_text=gettext_lazy("Left empty, from now.")
    )
    ends = moment_field(
        gettext_lazy("Until"), required=False, help_text=gettext_lazy("Left empty, until somebody ends it.")
    )


class WatchForm(forms.Form):
    code = forms.ChoiceField(label=gettext_lazy("What is to be watched?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(one.code, one.name) for one in known_signs()]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = why_field(gettext_lazy("Why"))


class AssessmentForm(forms.Form):
    """The questions of an instrument, made from its table; what is left open is missing, and is never 0.

    `answers` after `is_valid` is as `rulebook.instruments.score` takes it.
    """

    on = day_field(gettext_lazy("Day"))

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        for name, rule in version.parts.items():
            self.fields[f"p-{name}"] = _question(rule)
        for name, one in version.context.items():
            label = one.label.get(language(), "") or name
            self.fields[f"p-{name}"] = (
                forms.TypedChoiceField(
                    label=label, choices=[(value, str(value)) for value in one.values], coerce=int,
                    required=False, empty_value=None, initial=one.default,
                )
                if one.values
                else forms.CharField(
                    label=label, required=False, max_length=200,
                    widget=forms.TextInput({"class": "ds-input", "autocomplete": "off"}),
                )
            )  # fmt: skip

    @property
    def answers(self) -> dict[str, object]:
        said = {
            name.removeprefix("p-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("p-")
        }
        return {name: value for name, value in said.items() if value not in (None, "")}

    def refuse(self, refused: Refused) -> None:
        """Say it at the field it is about, when there is one."""
        name = f"p-{refused.field}" if f"p-{refused.field}" in self.fields else refused.field
        self.add_error(name if name in self.fields else None, refused.sentence)


def _question(rule: PartRule) -> forms.Field:
    label = rule.label.get(language(), "") or rule.name
    if rule.tables:
        return NumberField(label=f"{label} ({rule.unit})")
    if rule.codes is not None:
        choices = [(code, code) for code in rule.codes]
        return forms.ChoiceField(label=label, choices=[("", "–"), *choices], required=False)
    extra = () if rule.not_relevant is None else (rule.not_relevant,)
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "–"), *((one, str(one)) for one in (*rule.points, *extra))],
        coerce=int,
        required=False,
        empty_value=None,
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What should the others know?"),
        widget=forms.Textarea({"rows": 5, "class": "ds-input"}),
        error_messages={"required": gettext_lazy("Write what the others should know.")},
    )
    remind_on = day_field(gettext_lazy("Remind the team on"), required=False)
