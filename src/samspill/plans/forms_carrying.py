"""What people type about carrying out measures: how far a party has come, milestones, projects."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.plans.rules.carrying_out import LONGEST_NOTE
from samspill.plans.states import ImplementationState

_NO_DAY = _("Write the day as a date, for example 2027-06-30.")


def day_field(label: object, *, required: bool, help_text: object = "") -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        required=required,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _NO_DAY, "required": _NO_DAY},
    )


class TellForm(forms.Form):
    """How far a party has come. The state is the button that was pressed."""

    state = forms.ChoiceField(
        choices=ImplementationState.choices,
        widget=forms.HiddenInput,
        error_messages={"required": _("Press how far it has come.")},
    )
    note = forms.CharField(
        label=_("One sentence about it"),
        help_text=_("Needed only when it is not relevant: say why."),
        max_length=LONGEST_NOTE,
        required=False,
    )
    day = day_field(_("Since when"), required=False, help_text=_("Empty means today."))


class TellManyForm(forms.Form):
    """Many at once. The state is the button that was pressed."""

    state = forms.ChoiceField(
        choices=ImplementationState.choices,
        widget=forms.HiddenInput,
        error_messages={"required": _("Press how far it has come.")},
    )
    note = forms.CharField(label=_("One sentence about it"), max_length=LONGEST_NOTE, required=False)


class ConcernForm(forms.Form):
    """Whom a measure concerns."""

    parties = forms.TypedMultipleChoiceField(
        label=_("Whom the measure concerns"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, choices: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["parties"].choices = choices  # type: ignore[attr-defined]


class MilestoneForm(forms.Form):
    title = forms.CharField(
        label=_("What shall be reached"),
        max_length=200,
        error_messages={"required": _("Say what shall be reached.")},
    )
    due = day_field(_("By when"), required=True)


class ReachedForm(forms.Form):
    """Empty means today."""

    day = day_field(_("Reached on"), required=False)


class ProjectForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the project"),
        max_length=200,
        error_messages={"required": _("The project has no name. Write what people call it.")},
    )
    purpose = forms.CharField(
        label=_("What it shall lead to"), required=False, widget=forms.Textarea({"rows": 4})
    )
    lead = forms.TypedChoiceField(label=_("Who leads it"), required=False, coerce=int, empty_value=None)
    pilots = forms.TypedMultipleChoiceField(
        label=_("Who tries it out first"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    partners = forms.TypedMultipleChoiceField(
        label=_("Who takes part"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    steered_by = forms.TypedChoiceField(label=_("Steered by"), required=False, coerce=int, empty_value=None)
    starts = day_field(_("Begins"), required=False)
    ends = day_field(_("Ends"), required=False)
    transfer_value = forms.CharField(
        label=_("What others can take from it"), required=False, widget=forms.Textarea({"rows": 4})
    )

    def __init__(
        self,
        *args: object,
        parties: Iterable[tuple[int, str]],
        bodies: Iterable[tuple[int, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = list(parties)
        for name in ("pilots", "partners"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["lead"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
        self.fields["steered_by"].choices = [("", "–"), *bodies]  # type: ignore[attr-defined]


class StopForm(forms.Form):
    because = forms.CharField(
        label=_("Why it is stopped"),
        help_text=_("One or two sentences. What it taught is of use to others."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class JoinProjectForm(forms.Form):
    project = forms.TypedChoiceField(
        label=_("Project"), coerce=int, error_messages={"required": _("Choose a project from the list.")}
    )

    def __init__(self, *args: object, choices: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["project"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
