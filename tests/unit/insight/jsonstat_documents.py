"""Documents as SSB, FHI and the specification write them, with invented figures."""

import copy
from typing import Any

SSB: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "07459: Befolkning, etter region, statistikkvariabel og år",
    "source": "Statistisk sentralbyrå",
    "updated": "2026-02-25T07:00:00Z",
    "note": ["Tall per 1. januar."],
    "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
    "id": ["Region", "ContentsCode", "Tid"],
    "size": [2, 1, 3],
    "dimension": {
        "Region": {
            "label": "region",
            "category": {
                "index": {"3105": 1, "3101": 0},
                "label": {"3101": "Halden", "3105": "Sarpsborg"},
                "note": {"3101": ["Invented."]},
            },
            "extension": {"elimination": True, "show": "code_value"},
            "link": {"describedby": [{"extension": {"Region": "urn:ssb:classification:klass:131"}}]},
        },
        "ContentsCode": {
            "label": "statistikkvariabel",
            "category": {
                "index": {"Personer1": 0},
                "label": {"Personer1": "Personer"},
                "unit": {"Personer1": {"base": "personer", "decimals": 0}},
            },
        },
        "Tid": {"label": "år", "category": {"index": ["2024", "2025", "2026"]}},
    },
    "value": [31000, None, 31500, 0, None, 60000],
    "status": {"1": "..", "4": ":"},
    "extension": {"px": {"tableid": "07459", "decimals": 0}},
}

# FHI writes null where it has nothing, and one empty status.
FHI: dict[str, Any] = {
    "class": "dataset",
    "version": "2.0",
    "href": None,
    "label": "Befolkningsvekst (B)",
    "updated": "2022-12-20T11:44:58.7706326+00:00",
    "source": None,
    "id": ["GEO", "AAR"],
    "size": [2, 1],
    "role": None,
    "dimension": {
        "GEO": {
            "label": "Geografi",
            "category": {"index": ["03", "30"], "label": {"03": "Oslo", "30": "Viken"}},
        },
        "AAR": {"label": "År", "category": {"index": ["2020_2020"], "label": {"2020_2020": "2020"}}},
    },
    "value": [11219, 2817],
    "status": "",
}

# 1.x: no version; id, size and role stand in dimension; several datasets by name.
BUNDLE: dict[str, Any] = {
    "beds": {
        "label": "Beds",
        "source": "Invented",
        "updated": "2013-11-12",
        "value": {"0": 1.5, "3": 4},
        "status": ["e"],
        "dimension": {
            "id": ["place", "year", "what"],
            "size": ["2", "2", "1"],
            "role": {"time": ["year"], "geo": ["place"], "metric": ["what"]},
            "place": {
                "label": "place",
                "category": {
                    "index": {"all": 0, "one": 1},
                    "label": {"all": "Everywhere", "one": "One"},
                    "child": {"all": ["one"]},
                    "coordinates": {"one": [10.9, 59.3]},
                },
            },
            "year": {"category": {"index": ["2012", "2013"]}},
            "what": {"category": {"label": {"B": "Beds"}, "unit": {"B": {"type": "count", "symbol": "b"}}}},
        },
    },
    "stays": {
        "value": [7, None],
        "status": ["", "m"],
        "dimension": {
            "id": ["year"],
            "size": [2],
            "year": {"category": {"index": ["2012", "2013"]}},
        },
    },
}

COLLECTION: dict[str, Any] = {
    "version": "2.0",
    "class": "collection",
    "label": "What there is",
    "updated": "2026-11-01",
    "link": {
        "item": [
            {"class": "dataset", "href": "https://example.org/1.json", "label": "Elsewhere"},
            {"href": "https://example.org/2.json", **{k: v for k, v in SSB.items() if k != "version"}},
            {"class": "dimension", "label": "sex", "category": {"index": ["K", "M"]}},
            {
                "class": "collection",
                "label": "Inner",
                "link": {"item": [{"class": "dataset", "href": "https://example.org/3.json"}]},
            },
        ],
        "describedby": [{"href": "https://example.org/about"}],
    },
}


def changed(document: dict[str, Any], *path: object, to: object) -> dict[str, Any]:
    """The document with another value at the path; `to=...` takes the key away."""
    other = copy.deepcopy(document)
    node: Any = other
    for key in path[:-1]:
        node = node[key]
    if to is ...:
        del node[path[-1]]
    else:
        node[path[-1]] = to
    return other
