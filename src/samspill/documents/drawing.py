"""Draw a Vega-Lite specification without a browser: for downloads, documents and pages without script.

The same configuration and number words as in the browser (`figures`). Nothing is fetched.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

import vl_convert

FIGURES = Path(__file__).resolve().parent / "figures"
VERSION = "6.4"  # of Vega-Lite; vl-convert bundles several
WIDTH = 720  # pixels of a wide figure on paper
LONGEST_TITLE, LONGEST = 70, 115  # letters of a line over a wide figure
SCALE = 2.0  # so that a PNG is sharp in print


def svg(
    spec: Mapping[str, object],
    language: str,
    *,
    title: str = "",
    source: str = "",
    method: str = "",
    font: str = "",
) -> str:
    """The figure as SVG text, with its title, source and method. ValueError when `spec` is not Vega-Lite.

    `font` is the letters of the paper it stands on, when they are not those of the pages.
    """
    config = {**_config(), "font": font} if font else _config()
    drawn: str = vl_convert.vegalite_to_svg(
        _on_paper(spec, title, source, method), vl_version=VERSION, config=config, **_locale(language)
    )
    told = escape(wide(spec).get("description", title), {'"': "&quot;"})
    return drawn.replace(
        "<svg ", f'<svg role="img" aria-label="{told}" ', 1
    )  # a still picture is told in words


def png(
    spec: Mapping[str, object], language: str, *, title: str = "", source: str = "", method: str = ""
) -> bytes:
    """The figure as PNG, twice as dense as a screen."""
    return vl_convert.vegalite_to_png(
        _on_paper(spec, title, source, method),
        vl_version=VERSION,
        config=_config(),
        scale=SCALE,
        **_locale(language),
    )


def _on_paper(spec: Mapping[str, object], title: str, source: str, method: str) -> dict[str, Any]:
    """The wide drawing, with a width of its own and the words that a page has around it."""
    chosen = wide(spec)
    words = {
        "text": wrap(title, LONGEST_TITLE),
        "subtitle": [line for text in (source, method) for line in wrap(text, LONGEST)],
    }
    whole = {"title": words, **chosen} if title else dict(chosen)
    return {"width": WIDTH, **whole} if "layer" in whole or "mark" in whole else whole


def wide(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The drawing for a column and for paper, of a specification that may have two."""
    return dict(spec.get("wide", spec))


@cache
def _config() -> dict[str, Any]:
    return json.loads((FIGURES / "vega-config.json").read_text("utf-8"))


def _locale(language: str) -> dict[str, Any]:
    chosen = _locales().get(language) or _locales()["nb"]
    return {"format_locale": chosen["number"], "time_format_locale": chosen["time"]}


@cache
def _locales() -> dict[str, Any]:
    return json.loads((FIGURES / "locale.json").read_text("utf-8"))
