"""Invented people with keys and roles."""

from datetime import date

from django.db import transaction

from samspill.directory.public import (
    Account,
    Actor,
    Community,
    NewMember,
    acting_as,
    add_member,
    machine,
    scope,
)

TODAY = date(2026, 11, 22)
PASSWORD = "fjell og fjord 2026"


def member(slug: str, role: str, *, name: str = "Randi Høgåsen", email: str = "") -> Account:
    """An account with `role` in the community `slug` and the password PASSWORD. Needs a transaction."""
    community = Community.objects.get(slug=slug)
    email = email or f"{role}.{slug}@example.no"
    with transaction.atomic(), scope(machine(community.pk, TODAY)):
        membership = add_member(
            community=community,
            new=NewMember(name=name, email=email, role=role, from_day=date(2026, 1, 1)),
            by=machine(community.pk, TODAY),
        )
        account = membership.account
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])
    return account


def actor(slug: str, role: str = "secretariat", **kwargs: str) -> Actor:
    """A person acting in a community with one role."""
    return acting_as(member(slug, role, **kwargs), today=TODAY)
