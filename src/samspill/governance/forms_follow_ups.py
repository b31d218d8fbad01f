"""What people type about follow-ups: shapes and lengths. What is allowed stands in the rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.governance.rules.follow_ups import LONGEST
from samspill.governance.states import FollowUpState

Choices = Sequence[tuple[str, str]]


class SentenceForm(forms.Form):
    """One sentence about how it goes; the button says the state."""

    sentence = forms.CharField(
        label=_("One sentence about it"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NoteForm(forms.Form):
    """One sentence about how far a party has come; the button says the state."""

    note = forms.CharField(
        label=_("One sentence about it"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AssignForm(forms.Form):
    """Who answers for it, by when, and why that is changed."""

    answerable = forms.ChoiceField(label=_("Who answers for it"))
    due = forms.DateField(
        label=_("To be done by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    because = forms.CharField(label=_("Why it is changed"), max_length=LONGEST)

    def __init__(self, *args: Any, choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answerable"].choices = choices  # type: ignore[attr-defined]


class HelpersForm(forms.Form):
    helpers = forms.MultipleChoiceField(
        label=_("Who helps"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helpers"].choices = choices  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Only a newer decision ends a follow-up before it is carried out."""

    decision = forms.ChoiceField(label=pgettext_lazy("label before a choice", "Decision"), required=False)
    state = forms.ChoiceField(
        label=_("What the decision does"),
        choices=[
            (FollowUpState.REPLACED.value, FollowUpState.REPLACED.label),
            (FollowUpState.DROPPED.value, FollowUpState.DROPPED.label),
        ],
    )

    def __init__(self, *args: Any, choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]


class BoundForm(forms.Form):
    """Whom a point binds."""

    parties = forms.MultipleChoiceField(
        label=_("Whom the point binds"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].choices = choices  # type: ignore[attr-defined]


class PointForm(forms.Form):
    """The hole of a point: who answers for it, and by when."""

    answerable = forms.ChoiceField(label=_("Who answers for it"))
    due = forms.DateField(
        label=_("To be done by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answerable"].choices = choices  # type: ignore[attr-defined]
