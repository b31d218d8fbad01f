"""What others say about a case: the newest statement of each, and those who have not answered."""

from dataclasses import dataclass

from samspill.directory.public import Actor
from samspill.governance.models import Case, Statement, StatementRequest

Who = tuple[int | None, int | None, int | None, str]


@dataclass(frozen=True)
class Said:
    """A statement, and whether it is a user organisation's."""

    statement: Statement
    name: str
    is_user: bool


def _key(one: Statement) -> Who:
    is_somebody = one.party_id or one.organisation_id or one.body_id
    return one.party_id, one.organisation_id, one.body_id, "" if is_somebody else one.by_name.split(", ")[0]


def newest_statements(case: Case, actor: Actor) -> list[Said]:
    """In the order they were first given. 1 query."""
    found: dict[Who, Statement] = {}
    rows = Statement.objects.visible_to(actor).filter(case=case).order_by("pk")
    for one in rows.select_related("party", "organisation", "body"):
        found[_key(one)] = one
    return [Said(one, _name(key, one), _is_user(one)) for key, one in found.items()]


def _name(key: Who, one: Statement) -> str:
    return key[3] or str(one.party or one.organisation or one.body)


def _is_user(one: Statement) -> bool:
    """A user organisation's, or one given in a seat outside the parties."""
    if one.organisation is not None:
        return one.organisation.kind == "users"
    return one.party_id is None and one.body_id is None


def waiting_requests(case: Case, actor: Actor) -> list[StatementRequest]:
    """Those who are asked and have not answered, the first deadline first. 2 queries."""
    given = {
        (one.party_id, one.organisation_id, one.body_id)
        for one in Statement.objects.visible_to(actor).filter(case=case)
    }
    rows = StatementRequest.objects.visible_to(actor).filter(case=case)
    return [
        one
        for one in rows.select_related("party", "organisation", "body")
        if (one.party_id, one.organisation_id, one.body_id) not in given
    ]
