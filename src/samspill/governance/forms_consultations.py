"""What people type about hearings."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import WrittenForm
from samspill.governance.actions.consultations import ASKER_FITS, TITLE_FITS, ConsultationWords
from samspill.governance.models import Consultation
from samspill.governance.rules.question_sets import MOST_QUESTIONS, FoundQuestion

FORMS = [(one.value, one.label) for one in (WrittenForm.BOKMAL, WrittenForm.NYNORSK)]
DAY = {"invalid": _("Write the day as 20.11.2026.")}


class ConsultationForm(forms.Form):
    """Who asks what, and by when; the questions themselves are rows beside it."""

    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_FITS,
        error_messages={
            "required": _("Give the hearing a title of a few words."),
            "max_length": _("The title is too long. Keep it to one line."),
        },
    )
    asked_by = forms.CharField(
        label=_("Who asks"),
        max_length=ASKER_FITS,
        required=False,
        error_messages={"max_length": _("Say in a few words who asks.")},
    )
    contributions_by = forms.DateField(
        label=_("Contributions by"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=DAY,
    )
    answer_by = forms.DateField(
        label=_("Answer due"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=DAY,
    )
    language = forms.ChoiceField(
        label=_("The answer is written in"), choices=FORMS, widget=forms.RadioSelect()
    )
    intro = forms.CharField(
        label=_("What it is about"),
        help_text=_("Stands above the questions, also in the answer."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    questions = forms.CharField(
        label=_("The questions as text"),
        help_text=_("One on each line, or with the numbers they have. Their words are kept as they are."),
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    file = forms.FileField(
        label=_("Or the document they stand in"),
        help_text=_("PDF, Word, Markdown or text. It is read, and not kept."),
        required=False,
        error_messages={"empty": _("The file has no content. Choose the right file.")},
    )

    @property
    def words(self) -> ConsultationWords:
        names = ("title", "asked_by", "intro", "language", "contributions_by", "answer_by")
        return ConsultationWords(**{name: self.cleaned_data[name] for name in names})


def initial_of(consultation: Consultation) -> dict[str, object]:
    names = ("title", "asked_by", "intro", "language", "contributions_by", "answer_by")
    return {name: getattr(consultation, name) for name in names}


Row = tuple[int | None, FoundQuestion]
"""(number of the row it is now, or None; what it says)."""


def rows_in(data: QueryDict) -> list[Row]:
    """The questions as the page sent them, in order; a place that is missing is skipped."""
    found: list[Row] = []
    for place in range(min(_number(data.get("antall", "")) or 0, MOST_QUESTIONS + 1)):
        if f"sporsmal-{place}" in data:
            line = _number(data.get(f"linje-{place}", ""))
            said = FoundQuestion(
                data.get(f"nummer-{place}", "").strip(), data.get(f"sporsmal-{place}", "").strip(), line
            )
            found.append((_number(data.get(f"id-{place}", "")), said))
    return found


def rows_of(consultation: Consultation) -> list[Row]:
    return [(one.pk, FoundQuestion(one.number, one.text)) for one in consultation.questions.all()]


def changed(rows: Sequence[Row], act: str) -> list[Row]:
    """The rows after a press: «opp:2», «ned:2», «fjern:2» or «legg-til»."""
    kind, _colon, number = act.partition(":")
    place, kept = _number(number) or 0, list(rows)
    if kind == "legg-til":
        return [*kept, (None, FoundQuestion("", ""))]
    if kind == "fjern" and place < len(kept):
        return kept[:place] + kept[place + 1 :]
    to = place + {"opp": -1, "ned": 1}.get(kind, 0)
    if 0 <= to < len(kept) and place < len(kept):
        kept.insert(to, kept.pop(place))
    return kept


def _number(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 18 else None
