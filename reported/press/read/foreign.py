"""Charts that other libraries leave to a script: what they are, and a picture of those that can be drawn here."""

import functools
import importlib.util
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reported.press import bounded

_TYPES = {
    "application/vnd.vegalite.": "An interactive chart (Vega-Lite, Altair)",
    "application/vnd.vega.": "An interactive chart (Vega)",
    "application/vnd.plotly.": "An interactive chart (Plotly)",
    "application/vnd.bokehjs_": "An interactive chart (Bokeh)",
    "application/vnd.holoviews_": "An interactive chart (HoloViews)",
    "application/vnd.jupyter.widget-view": "An interactive control",
    "application/geo+json": "An interactive map",
    "application/javascript": "A script",
    "application/pdf": "A PDF document",
}
"""What an output of a type is, by the beginning of the type, the likeliest first."""
_SCRIPTS = {
    r"vegaEmbed\b|vega-embed": "An interactive chart (Vega-Lite, Altair)",
    r"Plotly\.(?:newPlot|react|plot)\b": "An interactive chart (Plotly)",
    r"Bokeh\.embed|embed_items\b|data-root-id": "An interactive chart (Bokeh)",
    r"\bL\.map\(|leaflet": "An interactive map (Leaflet)",
    r"\becharts\.init\b": "An interactive chart (ECharts)",
    r"Highcharts\.": "An interactive chart (Highcharts)",
    r"google\.visualization": "An interactive chart (Google Charts)",
    r"\bd3\.select": "An interactive drawing (D3)",
    r"\bLoading ITables\b|\bnew ITable\(": "An interactive table (itables)",
    r"\bnew Animation\(frames\b": "An animation (matplotlib), of which this is the last picture,",
    r"LDAvis": "An interactive chart (LDAvis)",
    r"\bmermaid\b": "A drawing (Mermaid)",
}
"""What a script draws, by words in the HTML that holds it."""
_FRAME = re.compile(r'\bframes\[\d+\] = "data:image/\w+;base64,([^"]+)"')
_SECONDS = 60


def name_of(bundle: Mapping[str, Any]) -> str:
    """Name an output that no page can show, in words; "" if none of its types is known.

    >>> name_of({"application/vnd.vegalite.v6.json": {}, "text/plain": ""})
    'An interactive chart (Vega-Lite, Altair)'
    """
    return next(
        (words for start, words in _TYPES.items() if any(mime.startswith(start) for mime in bundle)), ""
    )


def drawn_by(html: str) -> str:
    """Name what a script in HTML draws; "" if it holds no known script."""
    if not re.search(r"(?i)<(?:script|iframe)\b", html):
        return ""
    return next((words for pattern, words in _SCRIPTS.items() if re.search(pattern, html)), "")


def last_frame(html: str) -> str:
    """The last picture of an animation that matplotlib wrote as HTML, in base64; "" for all else."""
    if "new Animation(frames" not in html:
        return ""
    return re.sub(r"[\\\s]", "", next(reversed(_FRAME.findall(html)), ""))


def picture(bundle: Mapping[str, Any]) -> tuple[str, str]:
    """A Vega or Vega-Lite chart as SVG, and what it says of itself; ("", "") for others, or where vl-convert is not
    installed.
    """
    kind, spec = _specification(bundle)
    if not kind or not isinstance(spec, Mapping) or importlib.util.find_spec("vl_convert") is None:
        return "", ""
    title = spec.get("title")
    words = spec.get("description") or (title.get("text") if isinstance(title, Mapping) else title)
    return _drawn(json.dumps({"kind": kind, "spec": spec})), words if isinstance(words, str) else ""


def _specification(bundle: Mapping[str, Any]) -> tuple[str, Any]:
    for mime, value in bundle.items():
        if mime.startswith(("application/vnd.vegalite.", "application/vnd.vega.")):
            return ("vega" if mime.startswith("application/vnd.vega.") else "vegalite"), value
    html = bundle.get("text/html", "")
    html = "".join(map(str, html)) if isinstance(html, list) else str(html)
    if "vegaEmbed" in html and (called := html.rfind("})({")) >= 0:
        # Altair's HTML calls a function with the chart as its first argument
        try:
            return "vegalite", json.JSONDecoder().raw_decode(html, called + 3)[0]
        except (ValueError, RecursionError):
            pass
    return "", None


@functools.lru_cache(maxsize=256)
def _drawn(request: str) -> str:
    try:
        answer = json.loads(_DRAWER.ask(request.encode(), _SECONDS))
    except bounded.Ended:
        return ""
    return str(answer.get("svg", ""))


_DRAWER = bounded.Pool(lambda: [sys.executable, "-P", str(Path(__file__).with_name("drawer.py"))])
