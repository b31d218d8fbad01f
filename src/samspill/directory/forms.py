"""What people type into the directory."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from samspill.directory.models import Body, Party
from samspill.directory.states import BodyKind, PartyKind, RoleCode


class SignInForm(AuthenticationForm):
    """E-mail and password; `error_messages` say it in words."""

    error_messages = {
        "invalid_login": _(
            "The e-mail address and the password do not belong together. Check both and try again."
        ),
        "inactive": _("This account is closed. Ask your secretariat to open it."),
    }


class PartyForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=PartyKind.choices)
    name = forms.CharField(label=_("Name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    municipality_code = forms.RegexField(
        r"^\d{4}$",
        label=_("Municipality number"),
        required=False,
        help_text=_("Four digits, for a municipality."),
        error_messages={"invalid": _("A municipality number has four digits.")},
    )
    orgnr = forms.RegexField(
        r"^\d{9}$",
        label=_("Organisation number"),
        required=False,
        error_messages={"invalid": _("An organisation number has nine digits.")},
    )


class BodyForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices)
    name = forms.CharField(label=_("Name"), max_length=160)
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=40,
        required=False,
        help_text=_("As the plans write it, for example SSU."),
    )
    starts = forms.DateField(label=_("First day"), required=False, widget=forms.DateInput({"type": "date"}))
    ends = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput({"type": "date"}))


class MemberForm(forms.Form):
    """Who is let in, as what, for whom, and for how long."""

    name = forms.CharField(label=_("Name"), max_length=160)
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=RoleCode.choices)
    party = forms.ModelChoiceField(Party.objects.none(), label=_("For the party"), required=False)
    body = forms.ModelChoiceField(Body.objects.none(), label=_("In the body"), required=False)
    from_day = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}))
    to_day = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: object, community_id: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["party"].queryset = Party.objects.filter(community_id=community_id)  # type: ignore[attr-defined]
        self.fields["body"].queryset = Body.objects.filter(community_id=community_id)  # type: ignore[attr-defined]
