"""Save a text that several may write at once: nothing is overwritten, and nothing is lost.

For every model that is `Written` (parts of a brief, minutes, contributions, joint texts): its rows for the
same `keys` are the wordings of one text. What stands and what is kept beside is judged by `rules.writing`;
how a text stands is read by `queries.wordings`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zlib import crc32

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor
from samspill.governance.queries.wordings import Saved, Text, rows_of, saved_of, wordings_of
from samspill.governance.rules.identity import check_no_identity
from samspill.governance.rules.writing import Choice, Verdict, judge, kept_beside, settled, standing
from samspill.refusal import Refused

LONGEST = 100_000  # characters; forty pages

Also = Callable[[str, Sequence[Text]], Mapping[str, Any]]
"""(the new text, the wordings it was made from) -> the other columns of its row."""


def save_text(
    model: type[Text],
    keys: Mapping[str, Any],
    text: str,
    based_on: int | None,
    *,
    by: Actor,
    also: Also[Text] | None = None,
) -> Saved[Text]:
    """Save `text` as a wording of what `keys` name. `based_on`: the row its writer had before them.

    Refuses a text with somebody's fødselsnummer and one that is too long. Two savers at once wait for each
    other. Saving what is already there adds nothing.
    """
    check_text(text)
    with transaction.atomic():
        rows = _locked(model, keys)
        verdict, same = judge(wordings_of(rows.values()), text, based_on, by.account_id)
        if verdict == Verdict.UNCHANGED:
            return saved_of(rows, rows[same.id] if same else None)
        if also is not None:
            keys = {**keys, **also(text, [rows[based_on]] if based_on in rows else [])}
        new = _add(model, keys, rows, text, based_on, beside=verdict == Verdict.BESIDE, by=by)
        return saved_of(rows, new)


def settle(
    model: type[Text],
    keys: Mapping[str, Any],
    *,
    beside: int,
    over: int,
    choice: str,
    by: Actor,
    also: Also[Text] | None = None,
) -> Saved[Text]:
    """Decide about the wording `beside`, kept beside `over`: take both in, keep the one or the other.

    A new wording stands and both old ones remain. Refuses when another stands now, or it is decided already.
    """
    if choice not in list(Choice):
        raise Refused("text.choice", _("Choose which of the two texts shall stand."))
    with transaction.atomic():
        rows = _locked(model, keys)
        stands = standing(wordings_of(rows.values()))
        open_ones = {one.id for one in kept_beside(wordings_of(rows.values()))}
        if stands is None or stands.id != over or beside not in open_ones:
            raise Refused(
                "text.changed",
                _("Somebody has written here since you looked. Both texts are kept: look at them again."),
            )
        text = settled(Choice(choice), stands=stands.text, beside=rows[beside].text)
        if also is not None:
            keys = {**keys, **also(text, [rows[over], rows[beside]])}
        new = _add(model, keys, rows, text, beside, beside=False, by=by)
        return saved_of(rows, new)


def take_in(model: type[Text], keys: Mapping[str, Any], text: str, *, by: Actor) -> Saved[Text]:
    """`text` in the place of the one that stands and of every one kept beside it; they remain.

    A row for each that is taken in, so that none is taken in without a word of it.
    """
    check_text(text)
    with transaction.atomic():
        rows = _locked(model, keys)
        now = saved_of(rows, None)
        taken = [one.pk for one in now.beside] or [now.based_on or None]
        for based_on in taken:
            new = _add(model, keys, rows, text, based_on, beside=False, by=by)
        return saved_of(rows, new)


def check_text(text: str) -> None:
    check_no_identity(text, field="text")
    if len(text) > LONGEST:
        raise Refused(
            "text.too_long",
            _("The text is longer than %(limit)s characters. Put some of it in a paper.")
            % {"limit": LONGEST},
            field="text",
        )


def _locked(model: type[Text], keys: Mapping[str, Any]) -> dict[int, Text]:
    """Every wording, and nobody else saves one until the transaction ends."""
    named = ":".join(f"{key}={getattr(value, 'pk', value)}" for key, value in sorted(keys.items()))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [_number(model._meta.label_lower), _number(named)]
        )
    return rows_of(model, keys)


def _number(text: str) -> int:
    """A signed 32-bit number for a lock: two texts that share one only wait for each other."""
    return crc32(text.encode()) - 2**31


def _add(
    model: type[Text],
    keys: Mapping[str, Any],
    rows: dict[int, Text],
    text: str,
    based_on: int | None,
    *,
    beside: bool,
    by: Actor,
) -> Text:
    new: Any = model(
        **keys,
        community_id=by.community_id,
        text=text,
        based_on_id=based_on if based_on in rows else None,
        beside=beside,
        by_id=by.account_id,
        by_name=by.name,
    )
    new.save()
    rows[new.pk] = new
    return new
