"""HTML and SVG reduced to what can only be displayed. The one sanitiser of the press.

Threat model:
1. A notebook that is run is its author's: its code runs with her rights, before anything here. It is not defended
   against. One that is rendered without being run is hostile in every part: nothing is requested, no file outside its
   folder is read, nothing of it runs.
2. Text from data or from an article is hostile: it may hold markup, scripts, links, or hidden characters.
3. Such text reaches the page through prose (Markdown), JSON tables, charts (SVG) and HTML outputs.
4. JSON tables never become markup: the template escapes every run, and only `#anchor` and web links are links.
5. Prose, HTML outputs and SVG all pass through nh3, which parses as browsers do, and keeps what is listed here.
6. Nothing kept can run, load, submit, redirect, or lay itself over the page (no script, url(), position, form).
7. Ids: prose keeps its own, once each; outputs keep none; those of the page begin with `page.`, which none may.
8. Classes that begin with `page-` are the page's own and are taken from all content.
9. Hidden characters are written out (text.py), also where the HTML writes them as references.
10. pandoc reads Markdown alone, in a sandbox, and passes HTML on unread; it and Typst are bounded in time and memory and
    end with the press (bounded.py). What they cannot convert costs its cell, which is then shown as it was written.
11. The page's Content-Security-Policy allows one script, known by its hash: what slipped through could not run.
"""

import base64
import functools
import html as html_references
import re
from collections.abc import Callable, Container
from urllib.parse import quote, unquote

import nh3

from reported.press.clean import colours, tables
from reported.press.clean.markup import names
from reported.press.clean.text import HIDDEN, visible

SVG = "http://www.w3.org/2000/svg"
FetchImage = Callable[[str], str | None]


_MATHEMATICS = names("""
    math semantics annotation mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom
    menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd
""")
_TAGS = _MATHEMATICS | names("""
    a abbr address article aside b bdi bdo blockquote br caption center cite code col colgroup data dd del details
    dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark nav ol p
    pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr
    tt u ul var wbr
""")
_MATH_ATTRIBUTES = names("""
    accent accentunder columnalign columnspacing columnspan depth display displaystyle encoding fence form height
    largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowspacing rowspan rspace
    scriptlevel separator stretchy symmetric voffset width xmlns
""")
_ATTRIBUTES = dict.fromkeys(_MATHEMATICS, _MATH_ATTRIBUTES) | {
    "*": names("class dir id lang style title"),
    "a": names("href role aria-label"),
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "details": {"open"},
    "img": names("alt height src width"),
    "li": {"value"},
    "ol": names("reversed start type"),
    "section": {"role"},
    "td": names("align colspan headers rowspan valign"),
    "th": names("abbr align colspan headers rowspan scope valign"),
    "tr": names("align valign"),
    "time": {"datetime"},
}
# Elements of HTML that are not kept, whose tags are markup all the same: with them all that HTML ever had.
_OTHER_TAGS = names("""
    acronym annotation-xml applet area audio base basefont bgsound big blink body button canvas command datalist
    dialog dir embed fieldset form frame frameset head hgroup html iframe image input isindex keygen label legend
    link listing main map marquee menu menuitem meta meter nobr noembed noframes noscript object optgroup option
    output param picture plaintext portal progress script search select slot source style svg summary template
    textarea title track video xmp maction mglyph mlongdiv none mmaction ms mpath mphantom
    g defs path rect circle ellipse line polyline polygon text tspan textpath use clippath mask lineargradient
    radialgradient stop pattern marker symbol desc metadata foreignobject animate set switch filter view
""")
_UNKNOWN = re.compile(r"<(/?)([A-Za-z][\w.:-]*)")
_FIELD = re.compile(r"(?i)<(optgroup|option|area|input)\b([^<>]*)>")
_MOST_SPANNED = {"colspan": 1000, "rowspan": 65534, "span": 1000}
_STYLES = names("""
    background background-color border border-bottom border-color border-left border-radius border-right border-top
    color font-style font-weight height justify-items max-height max-width padding padding-left padding-right
    text-align text-decoration vertical-align white-space width
""")
_SCHEMES = names("http https mailto tel ftp doi data attachment")
_FETCHES = re.compile(r"(?i)\\|image|src|@|expression|url\((?!\s*[\"']?#)")
_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]+|[A-Za-z]+);?")
_WITHOUT_SOURCE = re.compile(r'<img(?![^>]*\ssrc=)(?:[^>]*?\salt="([^"]*)")?[^>]*>')
_UNSHOWN = re.compile(r'<img(?=[^>]*\ssrc="data:,([^"]*)")(?:[^>]*?\salt="([^"]*)")?[^>]*>')
_HEIGHT = re.compile(r"(?i)(?:^|;)\s*(?:max-)?height\s*:[^;]*")
_WITHOUT_ALT = re.compile(r'<img(?![^>]*\salt="[^"])')
_WITHOUT_WORDS = re.compile(r"<(a|h[1-6])\b([^>]*)>((?:\s|<br>)*)</\1>")
_HEADING = re.compile(r"<(/?)h[1-6]\b")
# never past the start of another, so that time grows with the length of the text alone
_INLINE_DRAWING = re.compile(r"(?is)<svg\b(?:(?!<svg\b).)*?</svg\s*>")
_OWN_COLOURS = re.compile(r'style="[^"]*background')


_PICTURE = re.compile(r"(?i)<(?:img|svg|progress|meter)\b")
_MOST_KEPT = 200_000  # signs of HTML whose cleaned form is kept
_LIST = re.compile(r"<([uo]l)\b")
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def prose(html: str, fetch_image: FetchImage, taken: set[str]) -> str:
    """HTML made from Markdown, cleaned. Ids not yet in `taken` are kept and added to it.

    `fetch_image` returns a data URI for an image's address, `unshown` with a reason, or None.
    """
    return tables.completed(colours.legible(_clean(html, fetch_image, taken)), scrolled=True)


def output(html: str, fetch_image: FetchImage) -> str:
    """An HTML output of a cell, cleaned: without ids, its headings set as paragraphs, since they open no section."""
    known = None if len(html) > _MOST_KEPT or _PICTURE.search(html) else _without_pictures(html)
    return _output(html, fetch_image) if known is None else known


@functools.lru_cache(maxsize=64)  # the page and the print of a notebook ask for the same
def _without_pictures(html: str) -> str | None:
    """HTML cleaned, None if a picture was asked for: that is the caller's matter."""
    asked: list[str] = []
    cleaned = _output(html, asked.append)
    return None if asked else cleaned


def _output(html: str, fetch_image: FetchImage) -> str:
    cleaned = colours.legible(_clean(html, fetch_image, None))
    cleaned = tables.completed(cleaned, scrolled=False)
    return _HEADING.sub(lambda tag: f"<{tag[1]}p" if tag[1] else '<p class="page-minor"', cleaned)


def _as_picture(drawing: re.Match[str]) -> str:
    """A drawing inside HTML as a picture, which can neither run nor load anything."""
    title = re.search(r"(?is)<title[^>]*>(.*?)</title", drawing[0])
    alt = html_references.escape(html_references.unescape(title[1]).strip()) if title else ""
    svg = drawing[0] if "xmlns=" in drawing[0] else drawing[0].replace("<svg", f'<svg xmlns="{SVG}"', 1)
    data = base64.b64encode(svg.encode("utf-8", "replace")).decode()
    bar = re.match(
        rf'<svg xmlns="{SVG}" width="([\d.]+)" height="[\d.]+" viewBox', svg
    )  # of colours.with_bars
    width = f' width="{bar[1]}"' if bar else ""
    return f'<img alt="{alt}"{width} src="data:image/svg+xml;base64,{data}">'


def unshown(reason: str) -> str:
    """The address of a picture that is not shown for a reason."""
    return f"data:,{quote(reason)}"


def has_own_colours(html: str) -> bool:
    """If cleaned HTML has backgrounds, which were chosen for white paper."""
    return _OWN_COLOURS.search(html) is not None


def _clean(html: str, fetch_image: FetchImage, taken: set[str] | None) -> str:
    def kept(tag: str, name: str, value: str) -> str | None:
        if name == "src":
            return fetch_image(value)
        if name == "href":
            return None if re.match(r"(?i)(data|attachment):", re.sub(r"[\x00-\x20]", "", value)) else value
        if name == "style":
            # a height could lay other elements over the text beneath
            return _HEIGHT.sub("", _without_fetching(value)) if tag != "img" else _without_fetching(value)
        if name == "class":
            return " ".join(part for part in value.split() if not part.startswith("page-"))
        if name in _MOST_SPANNED:
            # as browsers do; a program that made room for all that a number says would run out of memory
            return str(min(int(value), _MOST_SPANNED[name])) if re.fullmatch(r"\d{1,99}", value) else None
        if name == "headers":
            return value if taken is not None else None
        if name == "id":
            if taken is None or value in taken or value.startswith("page."):
                return None
            taken.add(value)
            return value
        if name == "role":
            return value if value.startswith("doc-") else None
        return value

    html = _FIELD.sub(_said, _unknown_shown(html))
    cleaned = nh3.clean(
        _visible_references(_INLINE_DRAWING.sub(_as_picture, colours.with_bars(colours.with_sheets(html)))),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        url_schemes=_SCHEMES,
        filter_style_properties=_STYLES,
        link_rel="noreferrer",
    )
    cleaned = _WITHOUT_ALT.sub('<img alt="A picture, not described"', cleaned)
    cleaned = _UNSHOWN.sub(lambda image: _unshown_line(image[2], unquote(image[1])), cleaned)
    cleaned = _WITHOUT_SOURCE.sub(lambda image: _unshown_line(image[1], ""), cleaned)
    cleaned = _WITHOUT_WORDS.sub(_place_alone, cleaned)
    # marks and numbers of a list stand where its text begins, as those of text from right to left do in print
    return _LIST.sub(r'<\1 dir="auto"', cleaned) if _FROM_RIGHT.search(cleaned) else cleaned


def _place_alone(element: re.Match[str]) -> str:
    """Of a link or heading without words, which nobody could follow or hear, the place that others may lead to."""
    id = re.search(r'\sid="[^"]*"', element[2])
    return (f"<span{id[0]}></span>" if id else "") + element[3]


def _unknown_shown(html: str) -> str:
    """HTML with what only looks like a tag made text: `std::vector<int>`, `<your name>`.

    Elements that somebody has defined (their names have a hyphen or colon) are markup where they are closed.
    """
    closed = {name.lower() for closing, name in _UNKNOWN.findall(html) if closing}

    def shown(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        defined = ("-" in name or ":" in name) and name in closed
        return tag[0] if name in _TAGS or name in _OTHER_TAGS or defined else f"&lt;{tag[0][1:]}"

    return _UNKNOWN.sub(shown, html)


def _said(tag: re.Match[str]) -> str:
    """Return the text of a form field or of an area of a picture; the element itself is removed."""
    name = tag[1].lower()
    attributes = {
        key.lower(): value.strip("\"'")
        for key, value in re.findall(r"([\w-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"']+)", tag[2])
    }
    kind = attributes.get("type", "text").lower()
    if name == "option":
        return "<br>"
    if name == "input" and kind in ("checkbox", "radio"):
        return "☒ " if re.search(r"(?i)\bchecked\b", tag[2]) else "☐ "
    if name == "input" and kind in ("hidden", "password", "image", "file"):
        return ""
    said = attributes.get({"optgroup": "label", "area": "alt", "input": "value"}[name], "")
    said = said or (attributes.get("placeholder", "") if name == "input" else "")
    return (
        {"optgroup": "<br><b>{}</b>", "area": "{} ", "input": "<kbd>{}</kbd>"}[name].format(said)
        if said
        else ""
    )


def _unshown_line(alt: str | None, reason: str) -> str:
    """The line that stands for a picture. The description comes from HTML, the reason does not."""
    why = f" ({html_references.escape(reason)})" if reason else ""
    return f'<span class="page-unshown">[Image not shown: {alt or "not described"}{why}]</span>'


def _visible_references(html: str) -> str:
    """The HTML with hidden characters written out, also those written as references."""

    def written_out(reference: re.Match[str]) -> str:
        number = re.fullmatch(r"&#([xX]?)([0-9a-fA-F]+);?", reference[0])
        try:
            # html.unescape follows browsers, which drop some numbers: those are read here
            text = (
                chr(int(number[2], 16 if number[1] else 10))
                if number
                else html_references.unescape(reference[0])
            )
        except (ValueError, OverflowError):
            return "�"
        # the sign between a function and its argument, which MathML needs, is hidden by its nature
        return visible(text) if HIDDEN.search(text) and text != "\u2061" else reference[0]

    return visible(_REFERENCE.sub(written_out, html.replace("\u2061", "&#x2061;")))


def _without_fetching(style: str) -> str:
    return ";".join(part for part in style.split(";") if not _FETCHES.search(part))


_DRAWN = names("""
    svg g defs path rect circle ellipse line polyline polygon text tspan use clipPath mask linearGradient
    radialGradient stop pattern marker
""")
_DRAWING_ATTRIBUTES = names("""
    id style transform d x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy points width height viewBox preserveAspectRatio
    href offset rotate textLength lengthAdjust clipPathUnits maskUnits maskContentUnits gradientUnits
    gradientTransform spreadMethod patternUnits patternContentUnits patternTransform markerWidth markerHeight
    markerUnits refX refY orient class
""")
_PAINT = names("""
    fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit opacity color font font-family font-size font-style font-weight font-variant
    font-stretch font-feature-settings letter-spacing text-anchor text-decoration dominant-baseline
    alignment-baseline baseline-shift clip-path clip-rule mask marker-start marker-mid marker-end paint-order
    stop-color stop-opacity white-space visibility
""")
_REFERRED = re.compile(r"(?i)url\(\s*[\"']?#([^\"')]*)|href\s*=\s*[\"']#([^\"']*)")
_URL = re.compile(r"(?i)url\(\s*[\"']?#([^\"')]*)[\"']?\s*\)")
_UNSEEN_DECIMALS = re.compile(r"(?<=\.\d\d)\d+")


def drawing(svg: str, prefix: str, kept_ids: Container[str] = ()) -> str:
    """An SVG drawing for use inside a page: its ids begin with `prefix`, those nothing refers to are dropped.

    Groups whose id ends in one of `kept_ids` get that as their class instead. Raises ValueError if it is no SVG.
    """
    svg = visible(svg)
    referred = {name for pair in _REFERRED.findall(svg) for name in pair}

    def kept(tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return prefix + value if value in referred else None
        if name == "class":
            return value if value in kept_ids else None
        if name == "href":
            return f"#{prefix}{value[1:]}" if value.startswith("#") else None
        if name == "d":
            return _UNSEEN_DECIMALS.sub("", " ".join(value.split()))
        if name == "style":
            value = _without_fetching(value)
        elif _FETCHES.search(value):
            return None
        return _URL.sub(lambda found: f"url(#{prefix}{found[1]})", value)

    body = re.sub(r"(?s)^.*?(?=<svg\b)", "", svg, count=1).replace("xlink:href", "href")
    cleaned = nh3.clean(
        re.sub(r'<g id="([^"]*)"', lambda group: _as_class(group, kept_ids), body),
        tags=_DRAWN,
        attributes={"*": _DRAWING_ATTRIBUTES | _PAINT},
        attribute_filter=kept,
        clean_content_tags={"script", "style", "foreignObject", "metadata", "title", "desc"},
        filter_style_properties=_PAINT,
        link_rel=None,
    ).strip()
    if not cleaned.startswith("<svg") or not cleaned.endswith("</svg>"):
        raise ValueError("the drawing is not an SVG")
    return cleaned


def _as_class(group: re.Match[str], kept_ids: Container[str]) -> str:
    for start in range(len(group[1])):
        if group[1][start:] in kept_ids:
            return f'<g class="{group[1][start:]}"'
    return group[0]


def anchor(text: str) -> str:
    """A name usable as an id in HTML and in Typst, or "" for one that is not."""
    text = unquote(text)
    return text if re.fullmatch(r"\w[\w.:-]*", text) and not text.startswith("page.") else ""
