"""Forms of the open side: following along by e-mail."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspill.governance.queries.open_wanted import LONGEST


class SubscribeForm(forms.Form):
    """The address, what to look for, and the written form. More may stand in the page's address."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Write the address the news shall go to."),
            "invalid": _("This is no e-mail address. Check that it has a name, an @ and a place."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    hos = forms.ChoiceField(label=_("Helsefellesskap"), required=False)
    sok = forms.CharField(
        label=_("Only about"),
        max_length=LONGEST,
        required=False,
        help_text=_("A word or two, such as «kveldspatrulje». Empty: everything that comes."),
    )
    language = forms.ChoiceField(
        label=_("The mails are to be in"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, communities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["hos"]
        field.choices = [("", _("All of them")), *communities]
        self.fields["language"].initial = get_language()
