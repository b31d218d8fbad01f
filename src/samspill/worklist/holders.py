"""Who a task waits for, as one plain value: "account:3", "body:2", "party:5" or "role:secretariat"."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import RoleCode
from samspill.refusal import Refused
from samspill.worklist.states import HolderKind

_NUMBERED = (HolderKind.ACCOUNT, HolderKind.BODY, HolderKind.PARTY)


@dataclass(frozen=True)
class Holder:
    """`kind` is a HolderKind; `value` a number, or for a role its code."""

    kind: str
    value: int | str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"

    @classmethod
    def parse(cls, key: str) -> "Holder":
        """From the text form. Refuses anything else."""
        kind, _colon, value = key.partition(":")
        if kind == HolderKind.ROLE and value in RoleCode.values:
            return cls(kind, value)
        if kind in _NUMBERED and value.isascii() and value.isdigit():
            return cls(kind, int(value))
        raise unknown_holder()

    def fields(self) -> dict[str, object]:
        """The four columns of a task, one filled and three empty."""
        columns: dict[str, object] = {"account_id": None, "body_id": None, "party_id": None, "role": ""}
        columns["role" if self.kind == HolderKind.ROLE else f"{self.kind}_id"] = self.value
        return columns


def person(account_id: int) -> Holder:
    return Holder(HolderKind.ACCOUNT, account_id)


def body(body_id: int) -> Holder:
    return Holder(HolderKind.BODY, body_id)


def party(party_id: int) -> Holder:
    return Holder(HolderKind.PARTY, party_id)


def role(code: str) -> Holder:
    return Holder(HolderKind.ROLE, code)


def unknown_holder() -> Refused:
    return Refused(
        "task.holder",
        _("Nobody like that is here. Choose a person, a body, a party or a role from the list."),
        field="who",
    )
