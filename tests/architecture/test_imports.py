"""Imports go down, and every app has one door."""

import re
from pathlib import Path

import grimp
import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "samspill"
LATE_IMPORT = re.compile(r"\s+(?:from|import) samspill\.(\w+)")
APPS = ("governance", "plans", "insight", "care", "worklist", "directory", "documents", "analysis")
# What another part may enter by besides `public`: packages whose __init__ is their door, and plain values.
DOORS = {
    "documents": {
        "samspill.documents.armour",
        "samspill.documents.public",
        "samspill.documents.blocks",
        "samspill.documents.drawing",
        "samspill.documents.safety_net_sheet",
        "samspill.documents.sheets",
        "samspill.documents.writing",
    },
    "analysis": {
        "samspill.analysis.appraisal",
        "samspill.analysis.capacity",
        "samspill.analysis.demand",
        "samspill.analysis.cluster",
        "samspill.analysis.components",
        "samspill.analysis.disclosure",
        "samspill.analysis.effects",
        "samspill.analysis.figures",
        "samspill.analysis.indicators",
        "samspill.analysis.indicators.calculation",
        "samspill.analysis.indicators.synthetic",
        "samspill.analysis.intake",
        "samspill.analysis.packs",
        "samspill.analysis.population",
        "samspill.analysis.rates",
        "samspill.analysis.source",
        "samspill.analysis.workforce",
    },
    "directory": {
        "samspill.directory.demo_accounts",
        "samspill.directory.register",
        "samspill.directory.register.themes",
        "samspill.directory.trust.decision_facts",
        "samspill.directory.trust.decision_rules",
        "samspill.directory.trust.public",
        "samspill.directory.trust.purposes",
        "samspill.directory.trust.tables",
    },
    "insight": {"samspill.insight.connectors", "samspill.insight.jsonstat"},
    "plans": {"samspill.plans.reading"},
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("samspill", cache_dir=None)


def test_layers_hold_and_name_every_room() -> None:
    configure()
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)


@pytest.mark.parametrize("app", APPS)
def test_other_parts_enter_an_app_through_its_door(graph: grimp.ImportGraph, app: str) -> None:
    package = f"samspill.{app}"
    doors = DOORS.get(app, set()) | {f"{package}.public", package}
    inside = {package} | graph.find_descendants(package)
    side_doors = sorted(
        f"{importer} imports {module}; use {package}.public"
        for module in inside - doors
        for importer in graph.find_modules_that_directly_import(module)
        if importer not in inside and ".migrations." not in importer
    )
    assert side_doors == []


def test_no_import_of_another_part_is_hidden_in_a_function() -> None:
    """Within an app a heavy reader may be loaded late; another app's door stands at the top of the file."""
    hidden = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in PACKAGE.rglob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := LATE_IMPORT.match(line))
        and found.group(1) != path.relative_to(PACKAGE).parts[0]
        and not path.is_relative_to(PACKAGE / "cli")
        and not _is_type_checking(path, number)
    ]
    assert hidden == []


def _is_type_checking(path: Path, number: int) -> bool:
    before = path.read_text("utf-8").splitlines()[: number - 1]
    return any(line.startswith("if TYPE_CHECKING") for line in before[-4:])
