"""Make, name, renew, copy, put away and open scenarios."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record
from samspill.insight.actions.calculations import calculate, open_to_all
from samspill.insight.actions.indexing_calculations import index_scenario
from samspill.insight.calculating import Plain
from samspill.insight.calculations.comparison import KEY as COMPARISON
from samspill.insight.models import Calculation, Scenario, ScenarioVersion
from samspill.insight.models.scenarios import LONGEST_NAME, LONGEST_NOTE
from samspill.insight.permissions import check_may_act
from samspill.refusal import Refused


def make_scenario(name: str, kind: str, asked: Plain, *, by: Actor, note: str = "") -> Scenario:
    """A scenario with its first version, and the answer it gives on the figures in use."""
    check_may_act(by, "insight.scenario")
    if kind == COMPARISON:
        raise Refused(
            "scenario.kind",
            _("A comparison is kept as an answer. Make a scenario of one of those that are compared."),
        )
    name, note = _checked(name, note)
    with transaction.atomic():
        calculation = calculate(kind, asked, by=by)
        scenario = Scenario.objects.create(
            community_id=calculation.community_id, name=name, kind=kind, made_by=by.name
        )
        _add(scenario, calculation, note, by)
        record(by=by, act="scenario.made", on=scenario)
    return scenario


def add_version(scenario: Scenario, asked: Plain, *, by: Actor, note: str = "") -> ScenarioVersion:
    """The scenario with other assumptions, or with the same on newer figures. The same again adds nothing."""
    check_may_act(by, "insight.scenario", scenario)
    _name, note = _checked(scenario.name, note)
    with transaction.atomic():
        locked = _standing(scenario)
        calculation = calculate(locked.kind, asked, by=by)
        newest = locked.versions.order_by("-number")[0]
        if newest.calculation_id == calculation.pk:
            return newest
        version = _add(locked, calculation, note, by)
        if locked.is_open:
            open_to_all(calculation, by=by)
        record(by=by, act="scenario.renewed", on=locked, number=version.number, note=note)
    return version


def rename(scenario: Scenario, name: str, *, by: Actor) -> Scenario:
    check_may_act(by, "insight.scenario", scenario)
    name, _note = _checked(name, "")
    with transaction.atomic():
        locked = _standing(scenario)
        if locked.name != name:
            before, locked.name = locked.name, name
            locked.save(update_fields=["name"])
            index_scenario(locked)
            record(by=by, act="scenario.renamed", on=locked, before=before)
    return locked


def copy(scenario: Scenario, name: str, *, by: Actor) -> Scenario:
    """Its newest assumptions under another name, to go on from; the answer is the same one."""
    check_may_act(by, "insight.scenario", scenario)
    name, _note = _checked(name, "")
    with transaction.atomic():
        newest = scenario.versions.select_related("calculation").order_by("-number")[0]
        made = Scenario.objects.create(
            community_id=scenario.community_id, name=name, kind=scenario.kind, made_by=by.name
        )
        _add(made, newest.calculation, str(_("Copied from «%(name)s».") % {"name": scenario.name}), by)
        record(by=by, act="scenario.copied", on=made, of=scenario.pk)
    return made


def archive(scenario: Scenario, *, by: Actor) -> Scenario:
    """Out of the list; it is kept, and can be brought back."""
    return _put_away(scenario, by=by, is_away=True)


def bring_back(scenario: Scenario, *, by: Actor) -> Scenario:
    return _put_away(scenario, by=by, is_away=False)


def open_scenario(scenario: Scenario, *, by: Actor) -> Scenario:
    """From now on anybody with the address reads it, and the answers of all its versions."""
    check_may_act(by, "insight.open", scenario)
    with transaction.atomic():
        locked = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
        if not locked.is_open:
            locked.is_open = True
            locked.save(update_fields=["is_open"])
            for version in locked.versions.select_related("calculation__community", "calculation__pack"):
                open_to_all(version.calculation, by=by)
            index_scenario(locked)
            record(by=by, act="scenario.opened", on=locked)
    return locked


def _put_away(scenario: Scenario, *, by: Actor, is_away: bool) -> Scenario:
    check_may_act(by, "insight.scenario", scenario)
    with transaction.atomic():
        locked = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
        if (locked.archived_at is not None) != is_away:
            locked.archived_at = timezone.now() if is_away else None
            locked.archived_by = by.name if is_away else ""
            locked.save(update_fields=["archived_at", "archived_by"])
            record(by=by, act="scenario.archived" if is_away else "scenario.brought_back", on=locked)
    return locked


def _add(scenario: Scenario, calculation: Calculation, note: str, by: Actor) -> ScenarioVersion:
    last = scenario.versions.aggregate(last=Max("number"))["last"] or 0
    version = ScenarioVersion.objects.create(
        community_id=scenario.community_id,
        scenario=scenario,
        number=last + 1,
        calculation=calculation,
        note=note,
        made_by=by.name,
    )
    index_scenario(scenario)
    return version


def _standing(scenario: Scenario) -> Scenario:
    locked = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
    if locked.archived_at is not None:
        raise Refused(
            "scenario.archived",
            _("«%(name)s» is put away. Bring it back first, then change it.") % {"name": locked.name},
        )
    return locked


def _checked(name: str, note: str) -> tuple[str, str]:
    name, note = " ".join(name.split()), note.strip()
    if not name:
        raise Refused("scenario.name", _("Give the scenario a name."), field="name")
    if len(name) > LONGEST_NAME:
        raise Refused(
            "scenario.name",
            _("The name is %(length)s letters; at most %(most)s fit.")
            % {"length": len(name), "most": LONGEST_NAME},
            field="name",
        )
    if len(note) > LONGEST_NOTE:
        raise Refused(
            "scenario.note",
            _("The note is %(length)s letters; at most %(most)s fit.")
            % {"length": len(note), "most": LONGEST_NOTE},
            field="note",
        )
    return name, note
