"""JSON Schema (2020-12) of what is answered; the OpenAPI document is made from these."""

from collections.abc import Mapping
from typing import Any

from samspill.insight.states import Direction, Level, Period

Schema = Mapping[str, Any]

LANGUAGES = ("nb", "nn", "en")
STATUSES = ("shown", "missing", "not_possible", "hidden")
"""By flag: why a figure is there, or is not."""


def record(properties: Mapping[str, Schema]) -> dict[str, Any]:
    """An object with exactly these, all of them there."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def list_of(item: Schema, means: str = "") -> dict[str, Any]:
    return {"type": "array", "items": item} | ({"description": means} if means else {})


def some(kind: str, means: str = "", **more: Any) -> dict[str, Any]:
    """A value that may lack."""
    return {"type": [kind, "null"], "description": means, **more}


def text(means: str = "", **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": means, **more}


def whole(means: str = "", **more: Any) -> dict[str, Any]:
    return {"type": "integer", "description": means, **more}


TEXTS = record({language: text() for language in LANGUAGES})
PER = text("What a period is", enum=[str(one) for one in Period])
LEVEL = text("How wide the area is", enum=[str(one) for one in Level])
URL = text(format="uri")
PERIOD = whole("A year (2024), or a month (202401)", minimum=1900)
ANYTHING: dict[str, Any] = {"type": "object"}

LINKS = {
    "type": "object",
    "properties": {"self": URL, "next": URL, "html": URL, "csv": URL, "json-stat": URL},
    "required": ["self"],
    "additionalProperties": False,
}
INDICATOR = record(
    {
        "code": text("Its id; it never changes"),
        "title": TEXTS,
        "means": TEXTS,
        "unit": TEXTS,
        "caveats": TEXTS,
        "notComparable": {
            "type": ["object", "null"],
            "description": "Why areas cannot be compared, by language; null where they can",
        },
        "group": text("The group of patients"),
        "theme": text("The theme"),
        "kind": text("How it is counted", enum=["count", "share", "rate", "ratio", "mean"]),
        "direction": text("Which way is good", enum=[str(one) for one in Direction]),
        "population": ANYTHING,
        "numerator": {"type": ["object", "string"], "description": "What is counted"},
        "denominator": {"type": ["object", "string", "null"], "description": "What it is divided by"},
        "times": whole("What the fraction is multiplied with", minimum=1),
        "standardisation": ANYTHING,
        "disclosure": text("The class of rules of hiding"),
        "source": text(),
        "owner": text(),
        "reviewed": text("When the definition was last looked at", format="date"),
        "words": list_of(text(), "Other words it is known by"),
        "figures": list_of(
            record(
                {
                    "per": PER,
                    "run": whole("The newest run that stands", minimum=1),
                    "first": PERIOD,
                    "last": PERIOD,
                    "levels": list_of(LEVEL),
                    "href": URL,
                }
            ),
            "The figures there are; empty when there are none yet",
        ),
        "html": URL,
    }
)
AREA = record(
    {
        "code": text("A municipality «3101», a helsefellesskap «HF01», a health region, «NO» or «ALL»"),
        "level": LEVEL,
        "name": text(),
        "partOf": list_of(text(), "The wider areas it lies in, the nearest first"),
    }
)
AUDIT = record(
    {
        "ok": some("boolean", "Whether nothing hidden can be computed from all that was published"),
        "cells": some("integer", "How many numbers of persons were shown or hidden"),
        "hidden": some("integer", "How many of them are hidden"),
        "tried": some("string", "When everything published from the data was last tried", format="date-time"),
    }
)
RUN = record(
    {
        "id": whole("Its number; put it in ?run= and the answer is the same for ever", minimum=1),
        "made": text("When it was worked out", format="date-time"),
        "dataVersion": text("The fingerprint of the tables"),
        "isInvented": {"type": "boolean", "description": "Nobody in these figures has ever lived"},
        "sources": list_of(ANYTHING, "Name, version, date, credit and licence of each"),
        "rules": ANYTHING | {"description": "The rules of hiding by class, with date and source"},
        "audit": AUDIT,
        "withdrawn": some("string", "When it was withdrawn", format="date-time"),
        "withdrawnBecause": text("Why; empty when it stands"),
        "indicators": list_of(text(), "Those it holds; none when it is withdrawn"),
    }
)
FIGURE = record(
    {
        "area": text(),
        "level": LEVEL,
        "name": text(),
        "period": PERIOD,
        "value": some("number", "The figure; null where there is none or it is hidden, never 0 instead"),
        "lower": some("number", "Lower 95 % limit"),
        "upper": some("number", "Upper 95 % limit"),
        "count": some("integer", "The numerator"),
        "population": some("integer", "The denominator"),
        "status": text("Hidden: too few persons are behind it; it is not 0", enum=list(STATUSES)),
        "note": text("A code for what one should know of it; mostly empty"),
    }
)
FIGURES = record(
    {
        "indicator": text(),
        "per": PER,
        "title": text(),
        "unit": text(),
        "definition": ANYTHING | {"description": "The definition that held when it was worked out"},
        "run": RUN,
        "data": list_of(FIGURE),
        "links": LINKS,
    }
)
SCHEMAS: Mapping[str, Schema] = {
    "Indicator": INDICATOR,
    "IndicatorPage": record({"data": list_of({"$ref": "#/components/schemas/Indicator"}), "links": LINKS}),
    "Area": AREA,
    "AreaPage": record({"data": list_of({"$ref": "#/components/schemas/Area"}), "links": LINKS}),
    "Run": RUN,
    "RunPage": record({"data": list_of({"$ref": "#/components/schemas/Run"}), "links": LINKS}),
    "Figures": FIGURES,
}
