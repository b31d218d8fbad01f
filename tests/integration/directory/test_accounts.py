"""Signing in with a password, being locked out, signing out, and one's own page."""

import re
from datetime import date

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from factories.people import PASSWORD, TODAY, member
from samspill.directory.demo_accounts import DemoAccount, keep
from samspill.directory.public import (
    Account,
    Actor,
    AuditEvent,
    Community,
    NewMember,
    add_member,
    machine,
    scope,
)
from samspill.directory.views.sign_in import caller

pytestmark = pytest.mark.django_db

WRONG = "ikke dette passordet"


@pytest.fixture
def randi() -> Account:
    return member("ostfold", "secretariat", name="Randi Høgåsen", email="randi@example.no")


def text_of(page: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))  # type: ignore[attr-defined]


def sign_in(
    client: Client, email: str = "randi@example.no", password: str = PASSWORD, **kwargs: str
) -> object:
    return client.post("/logg-inn/", {"email": email, "password": password}, **kwargs)


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def acts_of(account: Account) -> list[tuple[str, object]]:
    with scope(Actor(today=TODAY, account_id=account.pk)):
        return list(AuditEvent.objects.filter(by=account).order_by("pk").values_list("act", "details"))


# Signing in


def test_the_page_tells_password_managers_which_field_is_which(client: Client) -> None:
    page = client.get("/logg-inn/").content.decode()
    assert re.search(r'name="email"[^>]*autocomplete="username"', page)
    assert re.search(r'name="password"[^>]*autocomplete="current-password"', page)


def test_the_right_password_opens_and_is_written_down(client: Client, randi: Account) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert who(client) == str(randi.pk)
    assert acts_of(randi) == [("account.sign_in", {"how": "password"})]


def test_a_sign_in_is_written_down_in_the_community_of_the_account(client: Client, randi: Account) -> None:
    sign_in(client)
    ostfold = Community.objects.get(slug="ostfold")
    with scope(machine(ostfold.pk, TODAY)):
        assert AuditEvent.objects.filter(act="account.sign_in", community=ostfold).count() == 1


def test_who_has_no_role_anywhere_can_sign_in_and_it_is_written_down(client: Client) -> None:
    lonely = Account(email="alene@example.no", name="Ola Alene")
    lonely.set_password(PASSWORD)
    lonely.save()
    assert sign_in(client, "alene@example.no").status_code == 303
    assert acts_of(lonely) == [("account.sign_in", {"how": "password"})]
    assert client.get("/min-side/").status_code == 200


def test_capital_letters_in_the_address_do_not_matter(client: Client, randi: Account) -> None:
    assert sign_in(client, "Randi@Example.NO").status_code == 303


def test_where_one_was_going_is_kept(client: Client, randi: Account) -> None:
    page = client.get("/min-side/", follow=True)
    assert 'name="next" value="/min-side/"' in page.content.decode()
    answer = client.post("/logg-inn/", {"email": randi.email, "password": PASSWORD, "next": "/min-side/"})
    assert answer["Location"] == "/min-side/"


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_sent_to_another_site(client: Client, randi: Account, url: str) -> None:
    answer = client.post("/logg-inn/", {"email": randi.email, "password": PASSWORD, "next": url})
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("randi@example.no", WRONG, "hører ikke sammen"),
        ("nobody@example.no", PASSWORD, "hører ikke sammen"),
        ("randi", PASSWORD, "Skriv hele e-postadressen"),
        ("", PASSWORD, "Fyll ut dette feltet."),
        ("randi@example.no", "", "Fyll ut dette feltet."),
        ("randi@example.no", "x" * 300, "256"),
        ("randi@example.no", "a\x00b", "Null-tegn"),
    ],
)
def test_what_does_not_open_is_422_with_a_sentence(
    client: Client, randi: Account, email: str, password: str, words: str
) -> None:
    answer = sign_in(client, email, password)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert b"<ds-error-summary" in answer.content
    assert password.encode() not in answer.content or not password
    assert who(client) is None


def test_a_closed_account_opens_nothing(client: Client, randi: Account) -> None:
    Account.objects.filter(pk=randi.pk).update(is_active=False)
    assert sign_in(client).status_code == 422


def test_providers_are_links_and_never_forms(client: Client, settings: Settings) -> None:
    settings.OIDC_PROVIDERS = {"helseid": {"label": "HelseID"}}
    page = client.get("/logg-inn/?next=/min-side/").content.decode()
    assert re.search(
        r'<a href="/logg-inn/oidc/helseid/\?next=/min-side/"[^>]*>Logg inn med HelseID</a>', page
    )
    assert "oidc" not in "".join(re.findall(r"<form[^>]*>", page))


def test_the_demonstration_lists_its_people_and_nobody_else_does(
    client: Client, settings: Settings, randi: Account, tmp_path: object
) -> None:
    settings.HOME = tmp_path
    keep([DemoAccount("Randi Høgåsen", "randi@example.no", PASSWORD, "Sekretariatet i Østfold")])
    assert PASSWORD.encode() not in client.get("/logg-inn/").content
    settings.DEMO = True
    page = client.get("/logg-inn/").content.decode()
    assert "Sekretariatet i Østfold" in page
    form = re.search(r'<li class="s-account">.*?</li>', page, re.S)
    assert form
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    assert client.post("/logg-inn/", sent)["Location"] == "/"
    assert who(client) == str(randi.pk)


# Locked out


def test_after_five_wrong_passwords_the_right_one_does_not_open_either(
    client: Client, randi: Account
) -> None:
    for _attempt in range(4):
        assert sign_in(client, password=WRONG).status_code == 422
    assert sign_in(client, password=WRONG).status_code == 429
    sixth = sign_in(client)
    assert sixth.status_code == 429
    assert "Fem feil passord" in text_of(sixth)
    assert 'class="s-page"' in sixth.content.decode()
    assert who(client) is None


def test_five_are_five_however_the_address_is_written(client: Client, randi: Account) -> None:
    for email in (
        "randi@example.no",
        "Randi@example.no",
        "RANDI@example.no",
        "randI@example.no",
        " randi@example.NO",
    ):
        answer = sign_in(client, email, WRONG)
    assert answer.status_code == 429


def test_another_machine_and_another_account_are_not_locked(client: Client, randi: Account) -> None:
    jonas = member("ostfold", "member", name="Jonas Tveitan", email="jonas@example.no")
    for _attempt in range(5):
        sign_in(client, password=WRONG)
    assert sign_in(Client(REMOTE_ADDR="10.0.0.7")).status_code == 303
    other = Client()
    assert sign_in(other, "jonas@example.no").status_code == 303
    assert who(other) == str(jonas.pk)


def test_a_made_up_forwarded_address_gives_no_new_tries(client: Client, randi: Account) -> None:
    for number in range(5):
        answer = sign_in(client, password=WRONG, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.9.9.9, 198.51.100.7", "198.51.100.7"),
        (1, "", "192.0.2.1"),
    ],
)
def test_behind_the_proxy_only_what_the_proxy_wrote_counts(
    rf: RequestFactory, settings: Settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.AXES_IPWARE_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert caller(rf.get("/", headers=headers, REMOTE_ADDR="192.0.2.1")) == address


def test_the_right_password_before_the_fifth_wrong_one_starts_the_count_anew(
    client: Client, randi: Account
) -> None:
    for _round in range(2):
        for _attempt in range(4):
            sign_in(client, password=WRONG)
        assert sign_in(client).status_code == 303


# Signing out


def test_signing_out_leads_to_the_front_page(client: Client, randi: Account) -> None:
    sign_in(client)
    answer = client.post("/logg-ut/")
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert who(client) is None


def test_who_came_from_helseid_is_told_to_sign_out_there_too(
    client: Client, settings: Settings, randi: Account
) -> None:
    settings.OIDC_PROVIDERS = {"helseid": {"label": "HelseID"}}
    client.force_login(randi, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["oidc_provider"] = "helseid"
    session.save()
    page = client.post("/logg-ut/", follow=True)
    assert who(client) is None
    assert 'href="/logg-inn/oidc/helseid/avslutt/"' in page.content.decode()
    assert "HelseID kjenner deg fortsatt" in text_of(page)


def test_the_signed_out_page_names_known_providers_only(client: Client) -> None:
    assert client.get("/logg-ut/takk/?fra=<b>").status_code == 302


def test_signing_out_everywhere_ends_every_session(client: Client, randi: Account) -> None:
    phone = Client()
    sign_in(client)
    sign_in(phone)
    assert client.post("/logg-ut/overalt/").status_code == 303
    assert client.get("/min-side/").status_code == 302
    assert phone.get("/min-side/").status_code == 302
    assert client.post("/logg-ut/overalt/").status_code == 403


@pytest.mark.parametrize("path", ["/logg-ut/", "/logg-ut/overalt/", "/min-side/helsefellesskap/"])
def test_what_changes_something_is_never_a_link(client: Client, randi: Account, path: str) -> None:
    sign_in(client)
    assert client.get(path).status_code == 405


# My page


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    for path in ("/min-side/", "/min-side/passord/"):
        assert client.get(path)["Location"] == f"/logg-inn/?next={path}"


def test_my_page_says_who_i_am_my_roles_and_what_i_did(client: Client, randi: Account) -> None:
    sign_in(client)
    page = text_of(client.get("/min-side/"))
    assert "Du er logget inn som Randi Høgåsen" in page
    assert "Sekretariat , Helsefellesskapet Østfold Fra 1. januar 2026" in page
    assert "Du logget inn." in page
    assert "Her arbeider du nå" not in page


def test_what_others_did_is_not_on_my_page(client: Client, randi: Account) -> None:
    other = Client()
    member("ostfold", "member", name="Jonas Tveitan", email="jonas@example.no")
    sign_in(other, "jonas@example.no")
    sign_in(client)
    assert text_of(client.get("/min-side/")).count("Du logget inn.") == 1


def test_a_community_is_chosen_with_one_press(client: Client, randi: Account) -> None:
    vestfold = Community.objects.get(slug="vestfold")
    with scope(machine(vestfold.pk, TODAY)):
        add_member(
            community=vestfold,
            new=NewMember(name="", email=randi.email, role="observer", from_day=date(2026, 1, 1)),
            by=machine(vestfold.pk, TODAY),
        )
    sign_in(client)
    assert "Arbeid her" in text_of(client.get("/min-side/"))
    assert client.post("/min-side/helsefellesskap/", {"community": vestfold.pk}).status_code == 303
    page = client.get("/min-side/")
    assert f'value="{vestfold.pk}"' not in re.sub(
        r"<header.*?</header>", "", page.content.decode(), flags=re.S
    )
    assert client.get("/helsefellesskap/vestfold/").status_code == 200


def test_a_community_one_has_no_role_in_cannot_be_chosen(client: Client, randi: Account) -> None:
    sign_in(client)
    client.post("/min-side/helsefellesskap/", {"community": Community.objects.get(slug="oslo").pk})
    assert "samspill_community" not in client.session


# Changing the password

NEW = "tre tall og et tog"


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = "") -> object:
    return client.post("/min-side/passord/", {"old": old, "password": new, "again": again or new})


def test_a_new_password_keeps_this_session_and_ends_the_others(client: Client, randi: Account) -> None:
    phone = Client()
    sign_in(client)
    sign_in(phone)
    assert change(client).status_code == 303
    assert client.get("/min-side/").status_code == 200
    assert phone.get("/min-side/").status_code == 302
    assert sign_in(Client(), password=PASSWORD).status_code == 422
    assert sign_in(Client(), password=NEW).status_code == 303
    assert "account.change_password" in [act for act, _details in acts_of(randi)]


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        (WRONG, NEW, NEW, "Dette er ikke passordet du har nå"),
        (PASSWORD, NEW, NEW + "!", "De to er ikke like"),
        (PASSWORD, "kort", "kort", "minst 12 tegn"),
        (PASSWORD, "randi@example.no", "randi@example.no", "ligner for mye"),
        ("", NEW, NEW, "Fyll ut dette feltet."),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(
    client: Client, randi: Account, old: str, new: str, again: str, words: str
) -> None:
    sign_in(client)
    answer = change(client, old, new, again)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert sign_in(Client(), password=PASSWORD).status_code == 303


def test_the_old_password_cannot_be_guessed_for_ever(client: Client, randi: Account) -> None:
    sign_in(client)
    answers = [change(client, WRONG).status_code for _attempt in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    assert change(client).status_code == 429


def test_who_has_no_password_has_none_to_change(client: Client, randi: Account) -> None:
    randi.set_unusable_password()
    randi.save(update_fields=["password"])
    client.force_login(randi, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/min-side/passord/").status_code == 422
    assert "/min-side/passord/" not in client.get("/min-side/").content.decode()


def test_the_written_form_one_chooses_follows_the_account(client: Client, randi: Account) -> None:
    client.force_login(randi, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/maalform/", {"language": "nn", "next": "/"})
    randi.refresh_from_db()
    assert randi.written_form == "nn"
    del client.cookies["samspill_language"]
    assert client.get("/min-side/").headers["Content-Language"] == "nn"


def test_a_password_is_kept_as_argon2(settings: Settings, randi: Account) -> None:
    settings.PASSWORD_HASHERS = [one for one in settings.PASSWORD_HASHERS if "MD5" not in one]
    randi.set_password("et langt og godt passord")
    assert randi.password.startswith("argon2$argon2id$")
    assert len(settings.PASSWORD_HASHERS) == 1
