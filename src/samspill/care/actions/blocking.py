"""The patient's no: against a person, a team, an organisation or everybody; of all, or of some of it.

It holds from the moment it is made until the patient lifts it (pasient- og brukerrettighetsloven § 5-3,
pasientjournalloven § 17). Only emergency access passes it, and that is told and reviewed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.opening import Opened
from samspill.care.models import Block, RelatedPerson
from samspill.care.queries.access_log import about
from samspill.care.states import Basis, BlockedFrom, Relation
from samspill.directory.public import Actor, parties_of
from samspill.refusal import Refused

WHAT = "care.blocks"
KINDS: Mapping[str, object] = {
    "measurements": _("your measurements"),
    "safety_net": _("the plan «What is usual»"),
    "medication": _("your medicines"),
    "messages": _("messages between you and the team"),
    "notes": _("notes about you"),
    "assessments": _("assessments of how you manage"),
    "contacts": _("who is near you, and their phone numbers"),
}
"""What can be blocked by itself, as `Opened.hides` asks for it."""


@dataclass(frozen=True)
class Target:
    """Whom a block can be against: `key` as a form has it, "team:4"."""

    against: str
    pk: int
    name: str

    @property
    def key(self) -> str:
        return f"{self.against}:{self.pk}"


def targets(opened: Opened, *, by: Actor) -> list[Target]:
    """Everybody, the organisations of the community, teams that follow the patient, and who has looked."""
    patient = opened.patient.pk
    parties = [
        Target(BlockedFrom.TENANT, one.pk, str(one)) for one in parties_of(by.community_id or 0, by.today)
    ]
    followed = sorted({(one.team.name, one.team_id) for one in opened.known.episodes})
    teams = [Target(BlockedFrom.TEAM, pk, name) for name, pk in followed]
    people = about(patient).filter(worked_for__isnull=False, by__isnull=False).order_by()
    seen = sorted(set(people.values_list("by_name", "by_id")))
    persons = [Target(BlockedFrom.PERSON, pk, name) for name, pk in seen]
    return [Target(BlockedFrom.EVERYBODY, 0, str(_("everybody"))), *teams, *parties, *persons]


def block(opened: Opened, target: str, kinds: Collection[str], *, by: Actor) -> Block:
    """A block from today. The patient must be open, and `by` be the patient or a guardian.

    Refuses others (`block.not_yours`), whom it cannot be against (`block.whom`), an unknown kind
    (`block.kind`), and what is blocked already (`block.twice`).
    """
    check_may(opened)
    one = next((one for one in targets(opened, by=by) if one.key == target), None)
    if one is None:
        raise Refused("block.whom", _("Choose whom it is against."), field="target")
    if set(kinds) - set(KINDS):
        raise Refused("block.kind", _("Choose among the kinds on the page."), field="kinds")
    said = {"against": one.against, **_column(one), "kinds": sorted(set(kinds))}
    with transaction.atomic():
        if in_force(opened.patient.pk).filter(**said).exists():
            raise Refused("block.twice", _("This is blocked already."), field="target")
        return Block.objects.create(
            community_id=opened.patient.community_id, patient=opened.patient, from_day=by.today, **said
        )


def _column(one: Target) -> dict[str, int]:
    columns = {
        BlockedFrom.PERSON: "account_id",
        BlockedFrom.TEAM: "team_id",
        BlockedFrom.TENANT: "tenant_id",
    }
    return {} if one.against == BlockedFrom.EVERYBODY else {columns[BlockedFrom(one.against)]: one.pk}


def lift(opened: Opened, block_id: int, *, by: Actor) -> None:
    """The block holds no more, from now. Refused as `block`; and (`block.not_here`) one that is none of the
    patient's, or is lifted."""
    check_may(opened)
    if not in_force(opened.patient.pk).filter(pk=block_id).update(lifted_on=by.today):
        raise Refused("block.not_here", _("There is no such block. Load the page again."))


def in_force(patient_id: int) -> QuerySet[Block]:
    """The patient's blocks that hold today, newest first."""
    rows = Block.objects.filter(patient_id=patient_id, lifted_on__isnull=True)
    return rows.select_related("account", "team", "tenant").order_by("-from_day", "-pk")


def may_block(opened: Opened) -> bool:
    """The patient, or the patient's guardian; not everybody who is let in."""
    bases = {one.basis for one in opened.decisions}
    if bases == {Basis.OWN}:
        return True
    guardian = RelatedPerson.objects.filter(
        pk__in=[one.relative_id for one in opened.decisions if one.relative_id], relation=Relation.GUARDIAN
    )
    return bases == {Basis.RELATIVE} and guardian.exists()


def check_may(opened: Opened) -> None:
    if not may_block(opened):
        raise Refused(
            "block.not_yours", _("Only the patient, or a guardian, decides who may not look."), forbidden=True
        )


def name_of(one: Block) -> str:
    """Whom it is against, in words."""
    return str(one.account or one.team or one.tenant or _("everybody"))


def kinds_of(one: Block) -> list[str]:
    """What is blocked, in words; nothing for all of it."""
    return [str(KINDS.get(kind, kind)) for kind in one.kinds]
