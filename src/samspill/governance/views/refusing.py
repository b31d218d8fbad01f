"""A refusal put on the form it came from."""

from django import forms

from samspill.refusal import Refused


def put_on(form: forms.Form, refused: Refused) -> None:
    """At its field, or over the form. One about who you are is not the form's: it goes on as a 403."""
    if refused.forbidden:
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
