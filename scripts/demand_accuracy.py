"""Print how wrong the demand curves would have been, from the open data: `python -m scripts.demand_accuracy`.

Writes `accuracy.yaml` beside the code, which the product shows where there is no data pack, and the page
`docs/reference/demand-accuracy.md`. A test compares both with what is measured.
"""

from pathlib import Path

import yaml

from samspill.analysis.demand import OURS, Skill, catalogue, measure, pack_use
from samspill.analysis.demand.accuracy import FILE, to_plain
from samspill.analysis.packs import open_pack

ROOT = Path(__file__).resolve().parent.parent
PACK = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "reference" / "demand-accuracy.md"
MADE = "<!-- Printed from the open data by `python -m scripts.demand_accuracy`. -->\n"
HEAD = "# Printed from the open data by `python -m scripts.demand_accuracy`: error and bias in per cent.\n"
METHODS = ("no_change", "per_resident", "constant_use", "change_in_use", OURS)
VERDICTS = {
    "better": "better than no change",
    "none": "no skill: the flat line is drawn",
    "untested": "not tested",
}


def skills_from(folder: Path) -> dict[str, Skill]:
    """The back-tests of all services on the data pack in `folder`."""
    return measure(pack_use(folder), open_pack(folder).history())


def kept(skills: dict[str, Skill]) -> str:
    """What `accuracy.yaml` holds: the tested services."""
    rows = {code: to_plain(skill) for code, skill in skills.items() if skill.scores}
    return HEAD + yaml.safe_dump(rows, sort_keys=False)


def page(skills: dict[str, Skill]) -> str:
    """The page as Markdown."""
    known = catalogue()
    lines = [
        MADE,
        "# How wrong demand has been",
        "",
        "Five years ahead, from the last year of use given as jump-off, with the true population handed in; "
        "nothing later than the jump-off is read. Error is the sum of absolute errors over the sum of what "
        "came, in per cent; bias is the same with its sign. «No change» needs no model and stands beside "
        "every curve. Where ours does not beat it, the flat line is drawn.",
        "",
        "Municipal care: 13 municipalities of Østfold and 6 of Vestfold. Hospitals: six trusts (discharges "
        "until 2024, as registration broke in 2025). The jump-offs are all that leave four years of use "
        "before and five after. The lines of each service were chosen on these figures, and few: expect a "
        "little more error on others. Rates by age are of the last years, so constant use and change in use "
        "know a little of what came.",
        "",
        f"| service | jump-offs | units | {' | '.join(one.replace('_', ' ') for one in METHODS)} | verdict |",
        "| --- | --- | --- | " + "--- | " * len(METHODS) + "--- |",
    ]
    for code, skill in skills.items():
        cells = ["–"] * len(METHODS)
        if skill.scores:
            cells = [f"{skill.of(one).error:.1f} ({skill.of(one).bias:+.1f})" for one in METHODS]
        starts = f"{skill.jump_offs[0]}–{skill.jump_offs[-1]}" if skill.jump_offs else "–"
        row = [known[code].name, starts, str(skill.units or "–"), *cells, VERDICTS[skill.verdict]]
        lines.append(f"| {' | '.join(row)} |")
    sources = dict.fromkeys(known[code].source for code, skill in skills.items() if skill.scores)
    lines += ["", "Sources: " + "; ".join(sources) + ".", ""]
    return "\n".join(lines)


def main() -> None:
    skills = skills_from(PACK)
    FILE.write_text(kept(skills), "utf-8")
    PAGE.write_text(page(skills), "utf-8")


if __name__ == "__main__":
    main()
