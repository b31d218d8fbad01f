"""A refusal put on the form it came from, or said on the page one goes back to."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samspill.refusal import Refused


def put_on(form: forms.Form, refused: Refused) -> None:
    """At its field, or over the form. One about who you are is not the form's: it goes on as a 403."""
    if refused.forbidden:
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)


def take_back(request: HttpRequest, undo: Callable[[], object]) -> None:
    """Say that it is as it was, or why it cannot be. Who may not is told so on a page of its own."""
    try:
        undo()
    except Refused as refused:
        if refused.forbidden:
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("It is as it was."))
