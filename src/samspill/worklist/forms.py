"""What people type about tasks."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Choices = Sequence[tuple[str, Sequence[tuple[str, str]]]]

_GROUPS = {
    "people": pgettext_lazy("who a task is for", "People"),
    "bodies": pgettext_lazy("who a task is for", "Bodies"),
    "parties": pgettext_lazy("who a task is for", "Parties"),
    "roles": pgettext_lazy("who a task is for", "Everybody with the role"),
}


def _day(label: object, *, required: bool, help_text: object = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)  # type: ignore[arg-type]


def _grouped(holders: Choices) -> list[tuple[object, Sequence[tuple[str, str]]]]:
    return [(_GROUPS[name], group) for name, group in holders if group]


class NewTaskForm(forms.Form):
    """What, who, by when. `holders` are the groups of `queries.tasks.possible_holders`."""

    title = forms.CharField(
        label=_("What is to be done?"),
        max_length=300,
        help_text=_("Begin with a verb, for example: Send the agenda to SSU."),
    )
    who = forms.ChoiceField(label=_("Who is to do it?"))
    due = _day(_("By when?"), required=False)
    text = forms.CharField(
        label=_("More about it"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: object, holders: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["who"].choices = _grouped(holders)  # type: ignore[attr-defined]


class FinishForm(forms.Form):
    outcome = forms.CharField(
        label=_("What came of it?"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )


class SnoozeForm(forms.Form):
    until = _day(_("Show it again"), required=True)


class HandOverForm(forms.Form):
    who = forms.ChoiceField(label=_("Who is to do it instead?"))

    def __init__(self, *args: object, holders: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        nobody_yet = ("", pgettext_lazy("nobody chosen yet", "Choose"))
        self.fields["who"].choices = [nobody_yet, *_grouped(holders)]  # type: ignore[attr-defined]


class DropForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it not to be done?"), max_length=2000, widget=forms.Textarea({"rows": 2})
    )
