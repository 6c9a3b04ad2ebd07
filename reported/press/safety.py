"""The last guard before a page: HTML and drawings filtered by list with nh3, which parses as browsers do.

Not for deciding what a reader is told was left out: content.py does that, and cleans first. What
comes here is parsed again by the HTML standard's own rules, so that markup which two parsers read
differently cannot slip through.
"""

import functools
import re

import nh3


def _words(text: str) -> set[str]:
    return set(text.split())


_TAGS = _words("""
    a abbr address article aside b bdi bdo blockquote br caption center cite code col colgroup data
    dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img
    ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub
    summary sup table tbody td tfoot th thead time tr tt u ul var wbr
""")
_MATHEMATICS = _words("""
    math semantics annotation mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded
    mphantom menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr
    mtd
""")
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "style", "title"},
    "a": {"href", "role", "aria-label"},
    "annotation": {"encoding"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "details": {"open"},
    "div": {"data-label"},
    "img": {"alt", "height", "src", "width"},
    "li": {"value"},
    "math": {"display", "xmlns"},
    "ol": {"reversed", "start", "type"},
    "p": {"data-label"},
    "pre": {"data-label"},
    "section": {"role"},
    "table": {"data-filter", "data-wide"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
}
_MATHEMATICAL = _words("""
    accent accentunder columnalign columnspacing columnspan depth displaystyle fence form height
    largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowspacing
    rowspan rspace scriptlevel separator stretchy symmetric voffset width
""")
_STYLES = _words("""
    background background-color color font-style font-weight padding-left padding-right text-align
    text-decoration white-space width
""")

_DRAWN = _words("""
    svg g defs path rect circle ellipse line polyline polygon text tspan use clipPath mask
    linearGradient radialGradient stop pattern marker
""")
_DRAWING_ATTRIBUTES = _words("""
    id style transform d x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy points width height viewBox
    preserveAspectRatio href xlink:href offset rotate textLength lengthAdjust clipPathUnits
    maskUnits maskContentUnits gradientUnits gradientTransform spreadMethod patternUnits
    patternContentUnits patternTransform markerWidth markerHeight markerUnits refX refY orient
""")
_PAINT = _words("""
    fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity color font
    font-family font-size font-style font-weight font-variant font-stretch font-feature-settings
    letter-spacing text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift
    clip-path clip-rule mask marker-start marker-mid marker-end paint-order stop-color stop-opacity
    white-space visibility
""")
_FETCHES = re.compile(r"(?i)\\|image|src|@|expression|url\((?!\s*[\"']?#)")
_REFERRED = re.compile(r"(?i)url\(\s*[\"']?#([^\"')]*)|href\s*=\s*[\"']#([^\"']*)")
_UNSEEN_DECIMALS = re.compile(r"(?<=\.\d\d)\d+")
_REFERENCE = re.compile(r"(?i)url\(\s*[\"']?#([^\"')]*)[\"']?\s*\)")


def clean_html(html: str) -> str:
    """The HTML with only what can do nothing but show; names that belong to the page itself removed."""
    return _html_cleaner().clean(html)


@functools.cache
def _html_cleaner() -> nh3.Cleaner:
    mathematics = dict.fromkeys(_MATHEMATICS, _MATHEMATICAL)
    attributes = {
        tag: _ATTRIBUTES.get(tag, set()) | mathematics.get(tag, set()) for tag in {*_ATTRIBUTES, *mathematics}
    }
    return nh3.Cleaner(
        tags=_TAGS | _MATHEMATICS,
        attributes=attributes,
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto", "tel", "ftp", "doi", "data"},
        filter_style_properties=_STYLES,
        link_rel="noreferrer",
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    """An attribute's value, changed where it must be; None where the attribute goes."""
    if name == "src":
        return value if re.match(r"data:image/[a-z.+-]+;base64,[A-Za-z0-9+/=]*$", value) else None
    if name == "href":
        return None if re.match(r"data:", re.sub(r"[\x00-\x20]", "", value), re.IGNORECASE) else value
    if name == "style":
        return _kept_style(value)
    if name == "class":
        return " ".join(part for part in value.split() if not part.startswith("page-") or part in _OURS)
    if name == "id":
        return None if value.startswith("page.") else value
    if name == "role":
        return value if value.startswith("doc-") else None
    return value


def _kept_style(style: str) -> str:
    """The declarations that fetch nothing; nh3 then keeps those of listed properties."""
    return ";".join(part for part in style.split(";") if not _FETCHES.search(part))


# Classes that the page itself puts into content before it is cleaned; they only set margins.
_OURS = frozenset({"page-table", "page-titled", "page-shared", "page-highlight", "page-variable"})


def clean_drawing(svg: str, prefix: str) -> str:
    """An SVG drawing to stand inside a page: nothing that runs or fetches, ids with a prefix of its own.

    Colours may be `var(--name, #hex)`. Style sheets go (matplotlib's only sets round joins), as do
    ids that nothing refers to and decimals that nobody sees. Raises ValueError when there is no drawing.
    """
    referred = {name for pair in _REFERRED.findall(svg) for name in pair}

    def kept(tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return prefix + value if value in referred else None
        if name in ("href", "xlink:href"):
            return f"#{prefix}{value[1:]}" if value.startswith("#") else None
        if name == "d":
            return _UNSEEN_DECIMALS.sub("", " ".join(value.split()))
        if name == "style":
            value = _kept_style(value)
        elif _FETCHES.search(value):
            return None
        return _REFERENCE.sub(lambda found: f"url(#{prefix}{found[1]})", value)

    body = re.sub(r"(?s)^.*?(?=<svg\b)", "", svg, count=1).replace("xlink:href", "href")
    cleaned = nh3.clean(
        body,
        tags=_DRAWN,
        attributes={"*": _DRAWING_ATTRIBUTES | _PAINT},
        attribute_filter=kept,
        clean_content_tags={"script", "style", "foreignObject", "metadata", "title", "desc"},
        filter_style_properties=_PAINT,
        link_rel=None,
    ).strip()
    if not cleaned.startswith("<svg") or not cleaned.endswith("</svg>"):
        raise ValueError("the drawing is no SVG")
    return cleaned
