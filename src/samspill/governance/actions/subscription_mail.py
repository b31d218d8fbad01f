"""Mails to those who follow along: one to confirm, then one a day at most with all that is new.

A mail leaves inside the transaction that marks how far it told. If the mail server says no, nothing is marked
and the job tries again; if the machine dies in between, a mail may come twice, but never not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Actor
from samspill.governance.actions.subscribing import keep_token
from samspill.governance.models import OpenEntry, Subscription
from samspill.governance.queries.open_addresses import path_of_entry
from samspill.governance.queries.open_search import news_since
from samspill.governance.queries.open_wanted import read_kept
from samspill.governance.queries.subscription_words import in_words
from samspill.governance.rules.carried_out import shown
from samspill.governance.states import OpenKind

BETWEEN = timedelta(hours=20)
"""Less than a day, so that a mail of ten o'clock does not become one of eleven the day after."""
MOST = 50


@dataclass(frozen=True)
class Told:
    """What a mail says of one thing."""

    title: str
    text: str
    facts: str
    url: str


@dataclass(frozen=True)
class Part:
    """What is new in one subscription, and where it is ended."""

    heading: str
    told: tuple[Told, ...]
    end: str


def send_confirmation(one: Subscription, token: str, *, origin: str) -> None:
    """After the transaction, in the written form that was chosen."""
    with translation.override(one.language):
        headline = _("Shall we send you news by e-mail?")
        context = {
            "headline": headline,
            "what": in_words(read_kept(one.query)),
            "address": origin + reverse("governance:open-confirm", args=[token]),
            "origin": origin,
            "language": one.language,
        }
        letter = _letter(one, headline, "confirm", context, origin)
    transaction.on_commit(letter.send, robust=True)


def send_news(*, by: Actor, now: datetime, origin: str) -> int:
    """One mail to each address of a community that something new has come for; returns how many mails."""
    addresses = _waiting(by, now).values_list("email", flat=True)
    return sum(_send_to(email, by, now, origin) for email in sorted(set(addresses)))


def _waiting(by: Actor, now: datetime) -> QuerySet[Subscription]:
    """Those that have begun and were not looked through today."""
    rows = Subscription.objects.filter(community_id=by.community_id or 0, is_confirmed=True)
    return rows.filter(sent_until__lte=now - BETWEEN)


def _send_to(email: str, by: Actor, now: datetime, origin: str) -> int:
    with transaction.atomic():
        mine = list(_waiting(by, now).select_for_update(skip_locked=True).filter(email=email).order_by("pk"))
        if not mine:
            return 0
        with translation.override(mine[0].language):
            parts = _parts(mine, now, origin)
            if parts:
                _news(mine[0], parts, origin).send()
        # What stays silent may be told tomorrow; only what was looked through is marked.
        Subscription.objects.filter(pk__in=[one.pk for one in mine]).update(sent_until=now)
    return 1 if parts else 0


def _parts(mine: list[Subscription], now: datetime, origin: str) -> list[Part]:
    """News of each subscription; what two of them have stands once."""
    day = timezone.localdate(now)
    said: set[int] = set()
    parts = []
    for one in mine:
        wanted = read_kept(one.query)
        assert one.sent_until is not None  # noqa: S101  set when it was confirmed
        new = [row for row in news_since(wanted, one.sent_until, day, limit=MOST) if row.pk not in said]
        said |= {row.pk for row in new}
        if new:
            end = origin + reverse("governance:open-end", args=[keep_token(one)])
            parts.append(Part(in_words(wanted), tuple(_told(row, day, origin) for row in new), end))
    return parts


def _told(row: OpenEntry, day: date, origin: str) -> Told:
    facts = [str(OpenKind(row.kind).label), str(row.body or ""), row.community.name]
    if row.carried:
        facts.append(str(shown(row.carried, row.due, day).label))
    return Told(row.title, row.plain, " · ".join(one for one in facts if one), origin + path_of_entry(row))


def _news(one: Subscription, parts: list[Part], origin: str) -> EmailMultiAlternatives:
    count = sum(len(part.told) for part in parts)
    single = parts[0].told[0].title
    headline = (
        single
        if count == 1
        else ngettext("One thing is new", "%(count)s things are new", count) % {"count": count}
    )
    end_all = origin + reverse("governance:open-end", args=[keep_token(one)]) + "?alle=ja"
    context = {
        "headline": " ".join(headline.split()),
        "parts": parts,
        "origin": origin,
        "language": one.language,
        "end_all": end_all if len(parts) > 1 else "",
    }
    letter = _letter(one, headline, "news", context, origin)
    letter.extra_headers |= {
        "List-Unsubscribe": f"<{end_all}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }
    return letter


def _letter(
    one: Subscription, headline: str, name: str, context: Mapping[str, object], origin: str
) -> EmailMultiAlternatives:
    letter = EmailMultiAlternatives(
        subject=" ".join(headline.split()),
        body=render_to_string(f"governance/open/mail/{name}.txt", dict(context)),
        to=[one.email],
        headers={
            "Message-ID": make_msgid(domain=urlsplit(origin).hostname),
            "Auto-Submitted": "auto-generated",
            "Content-Language": one.language,
        },
    )
    letter.attach_alternative(
        render_to_string(f"governance/open/mail/{name}.html", dict(context)), "text/html"
    )
    return letter
