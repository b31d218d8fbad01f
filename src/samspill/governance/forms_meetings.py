"""What people type about meetings."""

from dataclasses import fields as fields_of
from datetime import date, time

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.directory.public import Body
from samspill.governance.actions.conflicts import LAW
from samspill.governance.models import Meeting
from samspill.governance.rules.year_plan import LAST, Days, Deadlines
from samspill.governance.states import ConflictConclusion

NTH = (
    (1, _("the first")),
    (2, _("the second")),
    (3, _("the third")),
    (4, _("the fourth")),
    (LAST, _("the last")),
)
EVERY = (
    (1, _("every month")),
    (2, _("every second month")),
    (3, _("every third month")),
    (4, _("every fourth month")),
    (6, _("every half year")),
)
WORKDAYS = [(number, label) for number, label in WEEKDAYS.items() if number < 5]
DAY_FORM = {"type": "date"}
TIME_FORM = {"type": "time"}
DAY_ERROR = {
    "invalid": _("Write the day as year-month-day, for example 2027-03-10."),
    "required": _("Choose a day."),
}
TIME_ERROR = {"invalid": _("Write the time as 12:00."), "required": _("Say when.")}
MOST_SLOTS = 14


def day_field(label: object, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        required=required,
        widget=forms.DateInput(DAY_FORM, format="%Y-%m-%d"),
        error_messages=DAY_ERROR,
    )


def time_field(label: object) -> forms.TimeField:
    return forms.TimeField(
        label=label,  # type: ignore[arg-type]
        widget=forms.TimeInput(TIME_FORM, format="%H:%M"),
        error_messages=TIME_ERROR,
    )


class OfABody(forms.Form):
    """Asks first which of the bodies it is for."""

    body = forms.ModelChoiceField(label=_("Body"), queryset=Body.objects.none(), empty_label=None)

    def __init__(self, *args: object, bodies: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class PatternForm(OfABody):
    """Which days are proposed: «the second Wednesday, every second month from February»."""

    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)
    nth = forms.TypedChoiceField(label=pgettext_lazy("pattern", "Which"), choices=NTH, coerce=int)
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=WORKDAYS, coerce=int)
    every = forms.TypedChoiceField(label=_("How often"), choices=EVERY, coerce=int)
    first = forms.TypedChoiceField(label=_("From"), choices=list(MONTHS.items()), coerce=int)
    starts = time_field(pgettext_lazy("meeting", "Begins"))
    ends = time_field(pgettext_lazy("meeting", "Ends"))
    place = forms.CharField(label=_("Place"), max_length=160, required=False)


PATTERN = {
    "nth": 2,
    "weekday": 2,
    "every": 2,
    "first": 2,
    "starts": time(12),
    "ends": time(15),
    "place": "",
}


class SlotForm(forms.Form):
    """One day of the plan. A line without a day is left out."""

    day = day_field(_("Day"), required=False)
    starts = time_field(pgettext_lazy("meeting", "Begins"))
    ends = time_field(pgettext_lazy("meeting", "Ends"))
    place = forms.CharField(label=_("Place"), max_length=160, required=False)


SlotFormSet = forms.formset_factory(SlotForm, extra=1, max_num=MOST_SLOTS, absolute_max=MOST_SLOTS + 10)


class DaysForm(forms.Form):
    """How many days before and after a meeting things are due."""

    report = forms.IntegerField(label=_("Cases are reported, days before"), min_value=0, max_value=120)
    brief = forms.IntegerField(label=_("Briefs are ready, days before"), min_value=0, max_value=120)
    notice = forms.IntegerField(label=_("The notice is sent, days before"), min_value=0, max_value=120)
    minutes = forms.IntegerField(label=_("Minutes are out, days after"), min_value=0, max_value=120)
    remarks = forms.IntegerField(label=_("Remarks are in, days after"), min_value=0, max_value=120)

    @property
    def days(self) -> Days:
        return Days(**{one.name: self.cleaned_data[one.name] for one in fields_of(Days)})


class MeetingForm(forms.Form):
    """A meeting outside the plan, or one that is moved: day, time, place and deadlines."""

    day = day_field(_("Day"))
    starts = time_field(pgettext_lazy("meeting", "Begins"))
    ends = time_field(pgettext_lazy("meeting", "Ends"))
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    follow = forms.BooleanField(label=_("Let the deadlines follow the day"), required=False, initial=True)
    report_by = day_field(_("Cases reported by"), required=False)
    brief_by = day_field(_("Briefs ready by"), required=False)
    notice_by = day_field(_("Notice sent by"), required=False)
    minutes_by = day_field(_("Minutes out by"), required=False)
    remarks_by = day_field(_("Remarks in by"), required=False)

    @classmethod
    def of(cls, meeting: Meeting, **kwargs: object) -> "MeetingForm":
        names = ("day", "starts", "ends", "place", *(one.name for one in fields_of(Deadlines)))
        return cls(initial={name: getattr(meeting, name) for name in names}, **kwargs)  # type: ignore[arg-type]

    @property
    def deadlines(self) -> Deadlines | None:
        """Those that were written, when all are and they are not to follow the day."""
        written: dict[str, date | None] = {
            one.name: self.cleaned_data.get(one.name) for one in fields_of(Deadlines)
        }
        if self.cleaned_data.get("follow") or None in written.values():
            return None
        return Deadlines(**written)  # type: ignore[arg-type]


class NewMeetingForm(OfABody):
    title = forms.CharField(
        label=_("Name"),
        max_length=160,
        required=False,
        help_text=_("Only when it is something else than an ordinary meeting."),
    )
    day = day_field(_("Day"))
    starts = time_field(pgettext_lazy("meeting", "Begins"))
    ends = time_field(pgettext_lazy("meeting", "Ends"))
    place = forms.CharField(label=_("Place"), max_length=160, required=False)


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Why is the meeting cancelled?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why, so that those who are called need not ask.")},
    )


class ItemForm(forms.Form):
    """What is set aside for an item."""

    minutes_wanted = forms.IntegerField(
        label=pgettext_lazy("duration", "Minutes"), min_value=1, max_value=480
    )
    presenter = forms.CharField(label=_("Presented by"), max_length=160, required=False)
    is_consent = forms.BooleanField(label=_("Taken in one stroke with others"), required=False)


class ConcludeForm(forms.Form):
    """What the chair or the secretariat concludes, and why."""

    conclusion = forms.ChoiceField(
        label=_("Conclusion"),
        choices=[
            (ConflictConclusion.DISQUALIFIED, ConflictConclusion.DISQUALIFIED.label),
            (ConflictConclusion.QUALIFIED, ConflictConclusion.QUALIFIED.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the person is disqualified.")},
    )
    because = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It goes into the minutes."),
        error_messages={"required": _("Write why, in a sentence.")},
    )
    law_reference = forms.CharField(label=_("By which paragraph?"), max_length=120, initial=LAW)
