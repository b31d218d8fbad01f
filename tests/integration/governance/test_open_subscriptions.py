"""Following along by e-mail: begun and ended from one's own mail, one mail a day, nothing kept afterwards."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from factories.bodies import Bodies
from factories.open_world import MARKERS, OpenWorld, decide, open_case, open_world
from samspill.directory.public import AuditEvent
from samspill.governance.actions.indexing_open import refresh_open
from samspill.governance.actions.subscribing import (
    KEPT_UNCONFIRMED,
    MOST_A_DAY,
    Asked,
    confirm,
    forget_unconfirmed,
    subscribe,
    token_of,
    unsubscribe,
)
from samspill.governance.actions.subscription_mail import send_news
from samspill.governance.jobs_open import is_news_time
from samspill.governance.models import Case, Subscription
from samspill.governance.states import Access, Follows
from samspill.refusal import Refused

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
EMAIL = "leser@example.no"


def make_world(bodies: Bodies) -> OpenWorld:
    made = open_world(bodies)
    refresh_open(bodies.community.pk, now=NOW - timedelta(days=3))
    return made


def begin(
    world: OpenWorld, query: str = "hos=ostfold", *, email: str = EMAIL, language: str = "nb"
) -> Subscription:
    made = subscribe(Asked(email, query, language), by=world.bodies.by, now=NOW)
    assert made is not None
    return confirm(made[1], by=world.bodies.by, now=NOW)


def new_decision(world: OpenWorld, number: int = 20, title: str = "Rehabilitering hjemme") -> None:
    case = open_case(world.bodies, world.bodies.ssu, title=title, number=number)
    decide(world.meeting, case, number, text=f"{title} begynner.")
    refresh_open(world.bodies.community.pk, now=NOW + timedelta(days=1))


def news(world: OpenWorld, days: int = 2) -> int:
    return send_news(by=world.bodies.by, now=NOW + timedelta(days=days), origin=settings.ORIGIN)


def test_a_reader_asks_confirms_and_ends_on_the_pages(
    world: OpenWorld, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = Client()
    with django_capture_on_commit_callbacks(execute=True):
        said = client.post("/apent/folg/", {"email": EMAIL, "hos": "ostfold", "sok": "", "language": "nn"})
    assert said.status_code == 303
    letter = mail.outbox[0]
    assert (letter.to, letter.extra_headers["Content-Language"]) == ([EMAIL], "nn")
    path = re.search(r"https?://[^/]+(/apent/folg/ja/\S+)", letter.body)[1]
    assert client.get(path).status_code == 200
    assert not Subscription.objects.get().is_confirmed, "a mail program that looks at links begins nothing"
    assert client.post(path).status_code == 200
    one = Subscription.objects.get()
    assert (one.is_confirmed, one.follows) == (True, Follows.COMMUNITY)
    end = path.replace("/ja/", "/slutt/")
    assert client.get(end).status_code == 200
    assert Subscription.objects.exists()
    assert Client(enforce_csrf_checks=True).post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()
    assert client.get(end).status_code == 200
    assert client.get(path).status_code == 410


def test_news_come_once_in_the_reader_s_language_and_can_be_ended_in_one_click(world: OpenWorld) -> None:
    begin(world, language="nn")
    new_decision(world)
    assert news(world) == 1
    letter = mail.outbox[0]
    assert letter.subject == "2 ting er nye"
    assert "Rehabilitering hjemme" in letter.body
    assert f"/vedtak/{world.meeting.items.get(number=20).decision.pk}/" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert Client().post(re.sub(r"^https?://[^/]+", "", address)).status_code == 200
    assert not Subscription.objects.exists()
    assert news(world, days=4) == 0


def test_one_mail_a_day_holds_everything_of_one_address(world: OpenWorld) -> None:
    begin(world)
    begin(world, "hos=ostfold&sok=rehabilitering")
    new_decision(world)
    assert news(world) == 1
    new_decision(world, 21, "Felles legevaktbil")
    assert send_news(by=world.bodies.by, now=NOW + timedelta(days=2, hours=3), origin=settings.ORIGIN) == 0
    assert len(mail.outbox) == 1
    assert mail.outbox[0].body.count("\nRehabilitering hjemme\n") == 2  # the case and the decision, once each


@pytest.mark.parametrize(
    ("query", "hears"),
    [
        ("hos=ostfold", True),
        ("hos=vestfold", False),
        ("sok=rehabilitering", True),
        ("sok=helikopter", False),
        ("organ={fsu}", False),
        ("organ={ssu}", True),
        ("sak={case}", False),
    ],
)
def test_a_reader_hears_of_what_they_follow_and_nothing_else(
    world: OpenWorld, query: str, hears: bool
) -> None:
    numbers = {"fsu": world.bodies.fsu.pk, "ssu": world.bodies.ssu.pk, "case": world.case.pk}
    begin(world, query.format(**numbers))
    new_decision(world)
    assert news(world) == int(hears)


def test_nobody_hears_of_what_is_closed(world: OpenWorld) -> None:
    begin(world, "sok=" + MARKERS[0])
    begin(world, "hos=ostfold", email="annen@example.no")
    new_decision(world)
    Case.objects.filter(pk=world.case.pk).update(
        access=Access.BODY, law_reference="offentleglova § 13", public_title="En sak"
    )
    news(world)
    said = " ".join(letter.body for letter in mail.outbox)
    assert [word for word in (*MARKERS, "Felles kveldspatrulje") if word in said] == []


def test_nothing_is_kept_of_somebody_who_has_ended_it(world: OpenWorld) -> None:
    one = begin(world)
    assert unsubscribe(token_of(one), by=world.bodies.by) == 1
    assert not Subscription.objects.exists()
    said = str(list(AuditEvent.objects.filter(act__startswith="subscription").values()))
    assert "subscription.end" in said
    assert EMAIL not in said
    assert unsubscribe(token_of(one), by=world.bodies.by) == 0


def test_only_the_hash_of_a_token_is_kept(world: OpenWorld) -> None:
    made = subscribe(Asked(EMAIL, "", "nb"), by=world.bodies.by, now=NOW)
    assert made is not None
    assert made[1] not in str(Subscription.objects.values().get())


def test_who_never_confirms_is_forgotten_after_two_days(world: OpenWorld) -> None:
    made = subscribe(Asked(EMAIL, "", "nb"), by=world.bodies.by, now=NOW)
    assert made is not None
    late = NOW + KEPT_UNCONFIRMED + timedelta(minutes=1)
    with pytest.raises(Refused):
        confirm(made[1], by=world.bodies.by, now=late)
    assert forget_unconfirmed(by=world.bodies.by, now=late) == 1
    assert not Subscription.objects.exists()


def test_nobody_is_flooded_by_somebody_else(world: OpenWorld) -> None:
    made = [subscribe(Asked(EMAIL, "", "nb"), by=world.bodies.by, now=NOW) for _time in range(MOST_A_DAY + 2)]
    assert [one is not None for one in made] == [True] * MOST_A_DAY + [False, False]


def test_too_many_in_an_hour_are_told_to_come_back(world: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samspill.governance.actions.subscribing.MOST_AN_HOUR", 2)
    for number in range(2):
        subscribe(Asked(f"leser{number}@example.no", "", "nb"), by=world.bodies.by, now=NOW)
    with pytest.raises(Refused) as refused:
        subscribe(Asked("tredje@example.no", "", "nb"), by=world.bodies.by, now=NOW)
    assert refused.value.code == "subscription.busy"


@pytest.mark.parametrize("email", ["", "ikke en adresse", "a@b", "leser@example.no\nBcc: alle@example.no"])
def test_what_is_no_address_is_refused_and_the_form_is_kept(world: OpenWorld, email: str) -> None:
    said = Client().post("/apent/folg/", {"email": email, "sok": "patrulje", "hos": "", "language": "nb"})
    assert said.status_code == 422
    assert 'value="patrulje"' in said.content.decode()
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("token", ["tull", "1-", "999999999999999999-abc", "-abc", "1-abc"])
def test_a_token_nobody_made_opens_nothing(world: OpenWorld, token: str) -> None:
    client = Client()
    assert client.get(f"/apent/folg/ja/{token}/").status_code == 410
    assert client.post(f"/apent/folg/ja/{token}/").status_code == 410
    assert client.post(f"/apent/folg/slutt/{token}/").status_code == 200


def test_no_mail_leaves_at_night_or_on_a_sunday() -> None:
    assert is_news_time(datetime(2026, 11, 23, 9))
    assert not is_news_time(datetime(2026, 11, 23, 6))
    assert not is_news_time(datetime(2026, 11, 22, 12))
