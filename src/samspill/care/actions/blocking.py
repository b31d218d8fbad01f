"""The patient's no: against a person, a team, an organisation or everybody; of all, or of some of it.

It holds from the moment it is made until the patient lifts it (pasient- og brukerrettighetsloven § 5-3,
pasientjournalloven § 17). Only emergency access passes it, and that is told and reviewed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.care.access_states import ConsentBy, ConsentHow
from samspill.care.actions.opening import Opened
from samspill.care.models import Block, BlockWord, RelatedPerson
from samspill.care.queries.access_facts import asking
from samspill.care.queries.access_log import about
from samspill.care.states import Basis, BlockedFrom, Relation
from samspill.directory.public import Actor, parties_of
from samspill.refusal import Refused

WHAT = "care.blocks"
LONGEST = 500
KINDS: Mapping[str, object] = {
    "measurements": _("your measurements"),
    "safety_net": _("the plan «What is usual»"),
    "medication": _("your medicines"),
    "messages": _("messages between you and the team"),
    "notes": _("notes about you"),
    "assessments": _("assessments of how you manage"),
    "contacts": _("who is near you, and their phone numbers"),
}
"""What can be blocked by itself, as `Opened.hides` asks for it; said to the patient."""
KINDS_OF_ANOTHER: Mapping[str, object] = {
    "measurements": _("the patient's measurements"),
    "safety_net": _("the plan «What is usual»"),
    "messages": _("messages between the patient and the team"),
    "notes": _("notes about the patient"),
    "assessments": _("assessments of how the patient manages"),
    "contacts": _("who is near the patient, and their phone numbers"),
}
"""The same, said to somebody else."""


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


@dataclass(frozen=True)
class Said:
    """Who asked for it, how, on which day, and in which words. The patient says it here, signed in."""

    given_by: str = ConsentBy.PATIENT
    how: str = ConsentHow.SIGNED_IN
    on: date | None = None
    words: str = ""


HERE = Said()
GUARDIAN_HERE = Said(given_by=ConsentBy.GUARDIAN)


def block(opened: Opened, target: str, kinds: Collection[str], *, by: Actor, said: Said = HERE) -> Block:
    """A block from today, with who asked for it. The patient must be open.

    Refuses who may not decide it (`block.not_yours`), whom it cannot be against (`block.whom`), an unknown
    kind (`block.kind`), what is blocked already (`block.twice`), what is not said of who asked (`block.by`,
    `block.how`, `block.day`), and somebody at work who shuts themselves out (`block.shuts_out`).
    """
    check_may(opened)
    check_said(opened, said, by=by)
    one = next((one for one in targets(opened, by=by) if one.key == target), None)
    if one is None:
        raise Refused("block.whom", _("Choose whom it is against."), field="target")
    if set(kinds) - set(KINDS):
        raise Refused("block.kind", _("Choose among the kinds on the page."), field="kinds")
    if not kinds and writes_for(opened) and _is_against(one.against, one.pk, by):
        raise Refused(
            "block.shuts_out",
            _("You could not open the record to lift it again. Let somebody it is not against write it."),
            field="target",
        )
    what = {"against": one.against, **_column(one), "kinds": sorted(set(kinds))}
    with transaction.atomic():
        if in_force(opened.patient.pk).filter(**what).exists():
            raise Refused("block.twice", _("This is blocked already."), field="target")
        made = Block.objects.create(
            community_id=opened.patient.community_id, patient=opened.patient, from_day=by.today, **what
        )
        _write_word(made, said, is_lifted=False, by=by)
    return made


def _is_against(against: str, pk: int | None, by: Actor) -> bool:
    """Whether the one who writes is among those it is against."""
    mine: Mapping[str, Collection[int]] = {
        BlockedFrom.PERSON: {by.account_id or 0},
        BlockedFrom.TEAM: {one.team_id for who in asking(by) for one in who.teams},
        BlockedFrom.TENANT: {one.team.tenant_id for who in asking(by) for one in who.teams},
    }
    return against == BlockedFrom.EVERYBODY or (pk or 0) in mine[BlockedFrom(against)]


def check_said(opened: Opened, said: Said, *, by: Actor) -> None:
    """Refuses (`block.by`, `block.how`, `block.day`): the patient says it here signed in, and of one who does
    not sign in it is told who said it, how, and on which day."""
    is_written = writes_for(opened)
    if said.given_by not in ConsentBy.values:
        raise Refused("block.by", _("Choose who asked for it."), field="given_by")
    if said.how not in ConsentHow.values or (said.how == ConsentHow.SIGNED_IN) == is_written:
        raise Refused("block.how", _("Choose how it was asked for: said, or on paper."), field="how")
    if is_written and (said.on is None or said.on > by.today):
        raise Refused(
            "block.day", _("Write the day it was asked for. It cannot be later than today."), field="on"
        )


def _write_word(one: Block, said: Said, *, is_lifted: bool, by: Actor) -> None:
    BlockWord.objects.create(
        community_id=one.community_id,
        patient_id=one.patient_id,
        block=one,
        is_lifted=is_lifted,
        given_by=said.given_by,
        how=said.how,
        asked_on=said.on or by.today,
        words=said.words.strip()[:LONGEST],
        by_id=by.account_id or 0,
        by_name=by.name,
    )


def _column(one: Target) -> dict[str, int]:
    columns = {
        BlockedFrom.PERSON: "account_id",
        BlockedFrom.TEAM: "team_id",
        BlockedFrom.TENANT: "tenant_id",
    }
    return {} if one.against == BlockedFrom.EVERYBODY else {columns[BlockedFrom(one.against)]: one.pk}


def lift(opened: Opened, block_id: int, *, by: Actor, said: Said = HERE) -> None:
    """The block holds no more, from now. Refused as `block`; (`block.not_here`) one that is none of the
    patient's, or is lifted; and (`block.against_you`) to somebody at work whom it is against."""
    check_may(opened)
    check_said(opened, said, by=by)
    with transaction.atomic():
        one = in_force(opened.patient.pk).select_for_update(of=("self",)).filter(pk=block_id).first()
        if one is None:
            raise Refused("block.not_here", _("There is no such block. Load the page again."))
        named = one.account_id or one.team_id or one.tenant_id
        if writes_for(opened) and named and _is_against(one.against, named, by):
            raise Refused(
                "block.against_you", _("It is against you. Let somebody it is not against lift it.")
            )
        Block.objects.filter(pk=one.pk).update(lifted_on=by.today)
        _write_word(one, said, is_lifted=True, by=by)


def in_force(patient_id: int) -> QuerySet[Block]:
    """The patient's blocks that hold today, newest first."""
    rows = Block.objects.filter(patient_id=patient_id, lifted_on__isnull=True)
    return rows.select_related("account", "team", "tenant").order_by("-from_day", "-pk")


def words_about(patient_id: int, most: int = 50) -> list[BlockWord]:
    """What was asked about blocks, and who wrote it down, newest first."""
    rows = BlockWord.objects.filter(patient_id=patient_id)
    return list(rows.select_related("block__account", "block__team", "block__tenant")[:most])


def written_for(opened: Opened, since: date) -> list[BlockWord]:
    """What others have written down for the patient since a day: for the patient to be told."""
    account = opened.patient.account_id
    found = words_about(opened.patient.pk)
    return [one for one in found if one.by_id != account and timezone.localdate(one.at) >= since]


def writes_for(opened: Opened) -> bool:
    """Somebody who follows the patient, and writes down what was said."""
    return bool(opened.decisions) and all(
        one.team_id and one.basis != Basis.BREAK_GLASS for one in opened.decisions
    )


def may_block(opened: Opened) -> bool:
    """The patient, or the patient's guardian; for one who does not sign in also those who follow."""
    bases = {one.basis for one in opened.decisions}
    if bases == {Basis.OWN} or (writes_for(opened) and opened.patient.account_id is None):
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


def kinds_of(one: Block, *, is_own: bool = True) -> list[str]:
    """What is blocked, in words to the patient or to somebody else; nothing for all of it."""
    names = KINDS if is_own else KINDS_OF_ANOTHER
    return [str(names.get(kind, kind)) for kind in one.kinds]
