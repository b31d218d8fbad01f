"""What people type into the directory."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.directory import register
from samspill.directory.models import Account, Body, Party
from samspill.directory.states import BodyKind, PartyKind, RoleCode
from samspill.refusal import Refused

LONGEST_PASSWORD = 256  # characters; hashing a longer one only costs time
WEAK = {
    "password_too_short": _("It is too short. Write at least 12 characters."),
    "password_too_similar": _("It is too like your name or your address. Choose something else."),
    "password_too_common": _("It is among those that are tried first. Choose something else."),
}
"""Code of a validator in the settings -> what people read, in both written forms."""


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class LastDay(Day):
    """Typed as the last day with the role; gives the first day without it, as it is stored."""

    def clean(self, value: object) -> date | None:
        last = super().clean(value)
        if last is None:
            return None
        if last == date.max:
            raise ValidationError(_("Choose an earlier day."))
        return last + timedelta(days=1)


class Password(forms.CharField):
    """A password, typed so that password managers know which."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput({"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=LONGEST_PASSWORD, widget=widget, **kwargs)


class SignInForm(forms.Form):
    """E-mail and password. The address is in small letters: five wrong tries are five, however typed."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "username"}))
    password = Password(label=_("Password"), autocomplete="current-password")

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.account: Account | None = None
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if "email" in typed and "password" in typed:
            found = authenticate(self.request, email=typed["email"], password=typed["password"])
            if not isinstance(found, Account):
                raise ValidationError(
                    _("The e-mail address and the password do not belong together. Check both and try again.")
                )
            self.account = found
        return typed


class ForgottenPasswordForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "username"}))


class NewPasswordForm(forms.Form):
    """A new password, twice. What it must be like stands in the settings."""

    password = Password(
        label=_("New password"),
        autocomplete="new-password",
        help_text=_("At least 12 characters. A few words in a row are easy to remember and hard to guess."),
    )
    again = Password(label=_("The same once more"), autocomplete="new-password")

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        try:
            validate_password(password, self.account)
        except ValidationError as error:
            raise ValidationError([WEAK.get(one.code or "", one) for one in error.error_list]) from error
        return password

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise ValidationError(_("The two are not alike. Write the same password in both."))
        return again


class ChangePasswordForm(NewPasswordForm):
    """The old one first. A wrong one counts as a wrong sign-in: five of them close the door."""

    old = Password(label=_("The password you have now"), autocomplete="current-password")
    field_order = ("old", "password", "again")

    def __init__(self, request: HttpRequest, account: Account, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(account, *args, **kwargs)

    def clean_old(self) -> str:
        old = str(self.cleaned_data["old"])
        if authenticate(self.request, email=self.account.email.lower(), password=old) != self.account:
            raise ValidationError(_("This is not the password you have now."))
        return old


class PartyForm(forms.Form):
    """A municipality number must be one that the register knows on `today`."""

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

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_municipality_code(self) -> str:
        code = str(self.cleaned_data["municipality_code"])
        if not code:
            return code
        try:
            register.municipality(code, self.today)
        except Refused as refused:
            raise ValidationError(_not_a_municipality(code)) from refused
        return code


def _not_a_municipality(code: str) -> str:
    heirs = sorted({change.new_code for change in register.changes(code)})
    if heirs:
        return gettext("Number %(code)s is no longer in use. It became %(heirs)s.") % {
            "code": code, "heirs": ", ".join(heirs),
        }  # fmt: skip
    return gettext("No municipality has the number %(code)s. Check the four digits.") % {"code": code}


class BodyForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices)
    name = forms.CharField(label=_("Name"), max_length=160)
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=40,
        required=False,
        help_text=_("As the plans write it, for example SSU."),
    )
    starts = Day(label=_("First day"), required=False)
    ends = LastDay(label=_("Last day"), required=False)


class RegionForm(forms.Form):
    """Municipalities that speak with one voice."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.CharField(
        label=_("What such a region is called"),
        max_length=60,
        help_text=_("For example legevaktsdistrikt or kommuneregion."),
    )
    municipalities = forms.ModelMultipleChoiceField(
        Party.objects.none(), label=_("Municipalities"), widget=forms.CheckboxSelectMultiple
    )
    from_day = Day(label=_("First day"))

    def __init__(self, *args: Any, municipalities: QuerySet[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].queryset = municipalities  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """Who is let in, as what, for whom, and for how long."""

    name = forms.CharField(label=_("Name"), max_length=160)
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *RoleCode.choices])
    party = forms.ModelChoiceField(
        Party.objects.none(), label=_("For the party"), required=False, empty_label=_("no party")
    )
    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("In the body"), required=False, empty_label=_("no body")
    )
    from_day = Day(label=_("First day"))
    to_day = LastDay(label=_("Last day"), required=False)

    def __init__(self, *args: Any, community_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = Party.objects.filter(community_id=community_id, left__isnull=True)  # type: ignore[attr-defined]
        self.fields["body"].queryset = Body.objects.filter(community_id=community_id)  # type: ignore[attr-defined]


class EndMembershipForm(forms.Form):
    to_day = LastDay(label=_("Last day with the role"))
