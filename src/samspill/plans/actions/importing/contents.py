"""What a document holds besides its plan: questions with answers, examples, whom and what it names."""

from collections.abc import Mapping

from samspill.plans.reading import candidates, to_json

# Of the reading's own keys (`plans.reading.as_json`), those that have no table of their own.
NAMED = (
    "bodies",
    "agreements",
    "projects",
    "plans",
    "patient_groups",
    "numbers",
)


def contents_of(reading: candidates.PlanReading) -> dict[str, object]:
    """`questions`: [{"text", "answers", "line"}], `examples` and each of `NAMED` that the reading has."""
    said = to_json(reading)
    return {
        "questions": [
            {"text": one.text, "answers": list(one.answers), "line": one.line} for one in reading.questions
        ],
        "examples": said["examples"],
        **{name: said[name] for name in NAMED if said.get(name)},
    }


def is_worth_keeping(contents: Mapping[str, object]) -> bool:
    """Whether a document without measures says something one comes back to: questions, or examples."""
    return bool(contents["questions"] or contents["examples"])
