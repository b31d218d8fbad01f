"""What people type about bodies: a new one, its mandate, how it is put together, who sits where, rounds."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Bloc, BodyKind
from samspill.governance.rules.rounds import NOMINATED
from samspill.governance.rules.seating import MOST_SEATS
from samspill.governance.states import Authority, DecisionMethod, Parity, Role

_NO_DAY = _("Write the day as a date, for example 2027-06-30.")
Choices = Iterable[tuple[Any, Any]]


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _NO_DAY, "required": _NO_DAY})
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class LastDay(Day):
    """Typed as the last day with; gives the first day without, as it is stored. Shown the other way round."""

    def clean(self, value: object) -> date | None:
        last = super().clean(value)
        if last == date.max:
            raise ValidationError(_NO_DAY)
        return last + timedelta(days=1) if last else None


def _chosen(label: Any, choices: Choices = (), *, required: bool = False, help_text: Any = "") -> Any:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "–"), *choices] if not required else list(choices),
        coerce=int,
        empty_value=None,
        required=required,
        help_text=help_text,
    )


def _text(label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=4000,
        widget=forms.Textarea({"rows": rows}),
    )


def _sentences(choices: Choices) -> list[tuple[Any, str]]:
    """Choices that stand alone on a line begin as a sentence does, in the language of the moment."""
    return [(value, capfirst(label)) for value, label in choices]


class MandateForm(forms.Form):
    """What a body is for and what it may. `bodies` are those it can lift cases to."""

    from_day = Day(label=_("Holds from"))
    purpose = _text(_("What the body is for"), required=True, help_text=_("One or two sentences."))
    tasks = _text(_("What it shall do"), rows=4)
    authority = forms.ChoiceField(
        label=_("What it may"),
        choices=Authority.choices,
        widget=forms.RadioSelect,
        initial=Authority.ADVISORY,
        error_messages={
            "required": _("The mandate does not say what the body may. Choose if it advises or decides.")
        },
    )
    limits = _text(
        _("Its limits"),
        rows=2,
        help_text=_("Needed when it decides within limits: what it may settle itself."),
    )
    lifts_to = _chosen(_("Larger cases go to"), help_text=_("Empty means the body above it."))
    reports_to = _chosen(_("It reports to"))
    review_on = Day(label=_("Look at it again by"), required=False)
    given_by_words = forms.CharField(
        label=_("Given by"),
        required=False,
        max_length=200,
        help_text=_("The decision, for example «SSU 18/25, 14 May 2025»."),
    )

    def __init__(self, *args: Any, bodies: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = _sentences(Authority.choices)  # type: ignore[attr-defined]
        for name in ("lifts_to", "reports_to"):
            self.fields[name].choices = [("", "–"), *bodies]  # type: ignore[attr-defined]


TEMPLATES: Mapping[str, Any] = {
    "none": _("Nobody yet. I say it afterwards."),
    "equal": _("As many from each side, one municipal seat per region, and three observers"),
    "municipalities": _("Every municipality, and as many from the hospital"),
    "open": _("An open group: one from each municipality and one from the hospital, without votes"),
}
"""Ways to put a new body together, from which the rule is then changed."""


class BodyForm(forms.Form):
    """A new body: what it is called and where it stands, its mandate, and how it is put together."""

    kind = forms.ChoiceField(label=_("What kind of body is it?"), choices=BodyKind.choices)
    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        error_messages={"required": _("The body has no name. Write what people call it.")},
    )
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)
    parent = _chosen(_("Stands under"), help_text=_("Empty for the topmost."))
    starts = Day(label=_("Begins"))
    ends = LastDay(
        label=_("Last day"),
        required=False,
        help_text=_("Empty for a body without an end. It can be prolonged."),
    )
    purpose = _text(_("What the body is for"), required=True, help_text=_("One or two sentences."))
    authority = forms.ChoiceField(
        label=_("What it may"),
        choices=Authority.choices,
        widget=forms.RadioSelect,
        initial=Authority.ADVISORY,
    )
    limits = _text(
        _("Its limits"),
        rows=2,
        help_text=_("Needed when it decides within limits: what it may settle itself."),
    )
    review_on = Day(label=_("Look at the mandate again by"), required=False)
    given_by_words = forms.CharField(label=_("Given by"), required=False, max_length=200)
    template = forms.ChoiceField(
        label=_("Who shall sit in it?"),
        choices=list(TEMPLATES.items()),
        widget=forms.RadioSelect,
        initial="none",
    )

    def __init__(self, *args: Any, bodies: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _sentences(BodyKind.choices)  # type: ignore[attr-defined]
        self.fields["authority"].choices = _sentences(Authority.choices)  # type: ignore[attr-defined]
        self.fields["parent"].choices = [("", "–"), *bodies]  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    """What holds for the body as a whole; its lines are `LineForm`."""

    from_day = Day(label=_("Holds from"))
    parity = forms.ChoiceField(label=_("How the two sides relate"), choices=Parity.choices)
    covers_all = forms.BooleanField(label=_("Every municipality shall be spoken for"), required=False)
    users_at_least = forms.IntegerField(
        label=_("Seats for the users, at least"), min_value=0, max_value=20, initial=0
    )
    chair_months = forms.IntegerField(
        label=_("The chair changes sides after so many months"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_("Empty when it stays where it is."),
    )
    chair_begins = forms.ChoiceField(
        label=_("The side that has the chair first"), choices=[("", "–"), *Bloc.choices], required=False
    )
    deputy_other_side = forms.BooleanField(
        label=_("Chair and deputy chair come from different sides"), required=False
    )
    host_alternates = forms.BooleanField(label=_("The sides take turns to host"), required=False)
    decision_method = forms.ChoiceField(label=_("How it decides"), choices=DecisionMethod.choices)
    quorum_per_bloc = forms.IntegerField(
        label=_("So many of each side must be there to decide"),
        min_value=0,
        max_value=40,
        initial=0,
        help_text=_("0 asks for none."),
    )
    open_meetings = forms.BooleanField(label=_("Anybody may come and listen"), required=False)


class LineForm(forms.Form):
    """So many seats for somebody. `whom` is a key: «party:4», «region:2», «each_region:Legevaktsdistrikt»."""

    seats = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_SEATS, initial=1)
    whom = forms.ChoiceField(label=_("For whom"), required=False)
    label = forms.CharField(
        label=_("Called"),
        max_length=120,
        required=False,
    )
    appointed_by = forms.CharField(label=_("Appointed by"), max_length=120, required=False)
    is_user_seat = forms.BooleanField(label=_("A seat for the users"), required=False)
    may_meet = forms.BooleanField(label=_("meets"), required=False, initial=True)
    may_speak = forms.BooleanField(label=_("speaks"), required=False, initial=True)
    may_propose = forms.BooleanField(label=_("proposes"), required=False, initial=True)
    may_vote = forms.BooleanField(label=_("votes"), required=False, initial=True)

    def __init__(self, *args: Any, whom: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whom"].choices = [("", "–"), *whom]  # type: ignore[attr-defined]

    @property
    def is_wanted(self) -> bool:
        """A line that says for whom, or what its seats are called."""
        typed = getattr(self, "cleaned_data", {})
        return bool(typed.get("whom") or typed.get("label"))


LineSet: type[BaseFormSet] = formset_factory(LineForm, extra=0, max_num=60)


class AppointForm(forms.Form):
    """Somebody for a seat: one who is known, or a new name."""

    person = _chosen(_("Somebody we know"))
    name = forms.CharField(label=_("Or a new name"), max_length=160, required=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("Then papers and questions reach them.")
    )
    title = forms.CharField(label=_("Position"), max_length=160, required=False)
    let_in = forms.BooleanField(
        label=_("Send a mail with the way in to Samspill"), required=False, initial=True
    )
    role = forms.ChoiceField(label=_("Sits as"), choices=Role.choices)
    from_day = Day(label=_("From"))
    to_day = LastDay(label=_("Last day"), required=False, help_text=_("Empty when nobody has set one."))
    replace = forms.BooleanField(label=_("Takes over from the one who sits there"), required=False)

    def __init__(self, *args: Any, people: Choices = (), held_by: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "–"), *people]  # type: ignore[attr-defined]
        if held_by:
            self.fields["replace"].label = _("Takes over from %(name)s") % {"name": held_by}
            self.fields["replace"].initial = True
        else:
            del self.fields["replace"]


class EndTenureForm(forms.Form):
    to_day = LastDay(label=_("Last day in the seat"))


class EndBodyForm(forms.Form):
    ends = LastDay(
        label=_("Last day"),
        required=False,
        help_text=_("Empty for a body without an end. Those who sit in it then, leave with it."),
    )


class RoundForm(forms.Form):
    """For which time names are asked, and by when."""

    from_day = Day(label=_("The new period begins"))
    to_day = LastDay(label=_("Its last day"), required=False, help_text=_("Empty when nobody has set one."))
    answer_by = Day(label=_("Names are due"))
    words = _text(_("A word to those who are asked"), rows=3)


class NominateForm(forms.Form):
    """A name for a seat, and for who stands in."""

    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        error_messages={"required": _("Write the name of the one who shall sit here.")},
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    title = forms.CharField(label=_("Position"), max_length=160, required=False)
    role = forms.ChoiceField(
        label=_("Sits as"), choices=[(one.value, one.label) for one in NOMINATED if one != Role.SUBSTITUTE]
    )
    substitute_name = forms.CharField(label=_("Stands in"), max_length=160, required=False)
    substitute_email = forms.EmailField(label=_("E-mail address of who stands in"), required=False)
