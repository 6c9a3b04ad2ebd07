"""MathML (the Core part, as math-core writes it) as Typst's mathematics. Signs are written as themselves, never by name."""

import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reported.ground.invisible import BREAKS, OPERATORS

_SPECIAL = frozenset("\\#$%&/^_`*@'\"()[]{}<>,;:|=!~.-?+")
_ACCENTS = {
    "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303", "¯": "\u0304", "ˉ": "\u0304", "˙": "\u0307",
    "¨": "\u0308", "ˇ": "\u030c", "˘": "\u0306", "´": "\u0301", "`": "\u0300", "˚": "\u030a", "⃗": "\u20d7",
    "→": "\u20d7", "←": "\u20d6", "↔": "\u20e1", "⃛": "\u20db", "⃜": "\u20dc", "\u0302": "\u0302", "\u0303": "\u0303",
}  # fmt: skip
_LINES = {
    "⏞": "overbrace", "⏟": "underbrace", "⎴": "overbracket", "⎵": "underbracket", "⏜": "overparen", "⏝": "underparen",
    "‾": "overline", "¯": "overline", "_": "underline", "\u0332": "underline", "―": "overline",
}  # fmt: skip
_UNSEEN = re.compile(f"[{OPERATORS}{BREAKS}]")
_LARGE = frozenset("∑∏∐⋃⋂⋁⋀⨀⨁⨂⨃⨄⨅⨆⨿")
_INTEGRALS = frozenset("∫∬∭∮∯∰")


@dataclass(frozen=True)
class Set:
    """A formula in Typst's mathematics, and the number that stands beside it."""

    body: str
    number: str = ""


def written(mathml: str) -> Set:
    """A formula of math-core's, to stand between Typst's dollar signs.

    >>> written("<math><msub><mi>x</mi><mn>1</mn></msub><mo>+</mo><mi>sin</mi></math>").body
    'std.math.attach(x, b: 1)\\\\+std.math.upright("sin")'
    """
    root = ElementTree.fromstring(mathml.replace("&ApplyFunction;", "").replace("&nbsp;", "\u00a0"))
    rows = list(root)
    numbered = len(rows) == 1 and rows[0].tag == "mtable" and _is_numbered(rows[0])
    made = _equations(rows[0]) if numbered else Set(_row(root))
    # by their full names, whatever a template calls its own
    return Set(
        _CALL.sub(lambda found: f"std.math.{found[0]}" if found[1] else found[0], made.body), made.number
    )


_CALL = re.compile(
    r'"(?:\\.|[^"\\])*"|\b(accent|attach|bold|cancel|class|display|frac|inline|italic|limits|lr|mat|mid|mono|root|scripts'
    r"|sqrt|stretch|upright|overbrace|underbrace|overbracket|underbracket|overparen|underparen|overline|underline)\("
)


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _sign(sign: str) -> str:
    """A sign that is nothing but itself: no call, no attachment, no delimiter that looks for another."""
    paired = unicodedata.category(sign) in ("Ps", "Pe") or sign in _FENCES
    return f"\\{sign}" if sign in _SPECIAL or paired else sign


def _all(elements: Sequence[ElementTree.Element]) -> str:
    """Elements one after another. A space would be set beside words; where letters must be kept apart, a comment does."""
    made = ""
    for part in map(_one, elements):
        # Typst takes signs that may go on a name (℘ and · besides letters and digits) for one with those before them
        apart = bool(made and part) and f"a{made[-1]}{part[0]}".isidentifier()
        made += f"/**/{part}" if apart else part
    return made


def _row(element: ElementTree.Element) -> str:
    """Return the content of an element; delimiters at its ends that can grow do."""
    inside = list(element)
    while inside and inside[0].tag == "mspace" and not inside[0].attrib:
        del inside[0]  # math-core's mark of an operator's name
    ends = [each for each in (inside[0], inside[-1]) if each.tag == "mo"] if len(inside) > 1 else []
    grows = [each for each in ends if each.get("stretchy") != "false" and _text(each) in _FENCES | {""}]
    body = _all(inside)
    return f"lr({body})" if len(grows) == 2 and len(inside) > 2 else body


_FENCES = frozenset("()[]{}|‖⟨⟩⌈⌉⌊⌋∣∥⟦⟧⟮⟯⎰⎱⌜⌝⌞⌟/\\↑↓↕⇑⇓⇕")


def _text(element: ElementTree.Element) -> str:
    return _UNSEEN.sub("", "".join(element.itertext()))


def _group(element: ElementTree.Element) -> str:
    """An element as one argument."""
    return _one(element) or '""'


def _one(element: ElementTree.Element) -> str:
    write = _WRITERS.get(element.tag)
    return write(element) if write else _row(element)


def _identifier(element: ElementTree.Element) -> str:
    text = _text(element)
    if len(text) == 1:
        return f"upright({_sign(text)})" if element.get("mathvariant") == "normal" else _sign(text)
    return f"upright({_string(text)})" if text else ""


def _number(element: ElementTree.Element) -> str:
    text = _text(element)
    return text if re.fullmatch(r"[0-9]+", text) else _string(text)


def _operator(element: ElementTree.Element) -> str:
    text = _text(element)
    if element.get("maxsize") and len(text) == 1:
        return f"stretch({_sign(text)}, size: #{float(element.get('maxsize', '1em').removesuffix('em'))}em)"
    if len(text) > 1 and set(text) <= set("′″‴"):
        return text
    if not text:  # the sign between a function and what it is of
        return _space_of(element.get("lspace", ""))
    sign = _string(text) if len(text) > 1 else _sign(text)
    if element.get("stretchy") == "true" and text in _FENCES:
        return f"mid({sign})"
    if element.get("movablelimits") == "false":
        return f"limits({sign})"
    if element.get("lspace") == element.get("rspace") == "0" and text not in _LARGE | _INTEGRALS:
        return f'class("normal", {sign})'
    sides = {"prefix": "opening", "postfix": "closing"}
    return f'class("{sides[form]}", {sign})' if (form := element.get("form", "")) in sides else sign


def _words(element: ElementTree.Element) -> str:
    """Words among formulas; bold and italic ones as such."""
    made = _string(_UNSEEN.sub("", element.text)) if element.text else ""
    for part in element:
        words = _string(_text(part))
        made += {"b": f"bold({words})", "i": f"italic({words})", "code": f"mono({words})"}.get(
            part.tag, words
        )
        made += _string(part.tail) if part.tail else ""
    return made


def _space(element: ElementTree.Element) -> str:
    return _space_of(element.get("width", ""))


def _space_of(width: str) -> str:
    found = re.fullmatch(r"(-?[0-9.]+)em", width)
    return f"#h({float(found[1]):g}em);" if found else ""


def _fraction(element: ElementTree.Element) -> str:
    over, under = map(_group, element)
    if re.fullmatch(r"0[a-z]*", element.get("linethickness", "")):
        return f"mat(delim: #none, row-gap: #0.25em, {over}; {under})"
    style = {"true": "display", "false": "inline"}.get(element.get("displaystyle", ""))
    return f"{style}(frac({over}, {under}))" if style else f"frac({over}, {under})"


def _root(element: ElementTree.Element) -> str:
    base, degree = map(_group, element)
    return f"root({degree}, {base})"


def _scripts(*places: str) -> Callable[[ElementTree.Element], str]:
    """A writer of what has something above or below it, or behind."""

    def write(element: ElementTree.Element) -> str:
        base, *others = list(element)
        attached = [
            f"{place}: {_group(other)}" for place, other in zip(places, others, strict=True) if _one(other)
        ]
        return f"attach({', '.join([_base(base, beside=True), *attached])})" if attached else _one(base)

    return write


def _base(base: ElementTree.Element, beside: bool) -> str:
    """Return the base of a script, which is set beside it or above and below."""
    text = _text(base)
    body = _group(base)
    if text in _LARGE:
        return f"scripts({body})" if beside else body
    if text in _INTEGRALS:
        return body if beside else f"limits({body})"
    return body if beside else f"limits({body})"


def _above_below(*places: str) -> Callable[[ElementTree.Element], str]:
    def write(element: ElementTree.Element) -> str:
        base, *others = list(element)
        if len(others) == 1:
            sign = _text(others[0])
            if sign in _LINES and others[0].tag == "mo":
                line = _LINES[sign]
                if element.tag == "mover":
                    line = line.replace("under", "over")
                return f"{line}({_group(base)})"
            if sign in _ACCENTS and others[0].tag == "mo" and element.tag == "mover":
                wide = others[0].get("stretchy") != "false"
                size = "" if wide or len(_text(base)) < 2 else ", size: #0.8em"
                return f"accent({_group(base)}, {_string(_ACCENTS[sign])}{size})"
        if base.tag == "mo" and _text(base) in "→←↔⇒⇐⇔↦⟶⟵↪↩⇌⇋⇄":  # an arrow as long as what stands over it
            base_set = f"stretch({_sign(_text(base))}, size: #(100% + 1em))"
        else:
            base_set = _base(base, beside=False)
        attached = [
            f"{place}: {_group(other)}" for place, other in zip(places, others, strict=True) if _one(other)
        ]
        return f"attach({', '.join([base_set, *attached])})" if attached else base_set

    return write


def _prescripts(element: ElementTree.Element) -> str:
    base, *others = list(element)
    places = iter(("b", "t", "tr", "br"))
    attached, before = [], False
    for other in others:
        if other.tag == "mprescripts":
            before, places = True, iter(("bl", "tl"))
            continue
        place = next(places, None)
        if place and _one(other):
            attached.append(f"{place}: {_group(other)}")
    del before
    return f"attach({', '.join([_group(base), *attached])})"


def _enclosed(element: ElementTree.Element) -> str:
    notation = element.get("notation", "")
    body = _row(element) or '""'
    if "strike" in notation:
        kind = (
            "cross: #true"
            if notation.count("strike") > 1
            else "inverted: #true"
            if "down" in notation
            else "angle: #none"
        )
        return f"cancel({body})" if kind.startswith("angle") else f"cancel({body}, {kind})"
    return f"boxed({body})"


def _hidden(element: ElementTree.Element) -> str:
    return f"concealed({_row(element)})" if _row(element) else ""


def _styled(element: ElementTree.Element) -> str:
    body = _row(element)
    colour = re.search(r"color:\s*(#[0-9a-fA-F]{6})", element.get("style", "")) or re.fullmatch(
        "(#[0-9a-fA-F]{6})", element.get("mathcolor", "")
    )
    if body and colour:
        body = f'coloured("{colour[1]}", {body})'
    style = {"true": "display", "false": "inline"}.get(element.get("displaystyle", ""))
    return f"{style}({body})" if style and body else body


# ---------------------------------------------------------------- tables


def _is_numbered(table: ElementTree.Element) -> bool:
    return all("width: 50%" in (row[0].get("style") or "") for row in table if len(row))


def _equations(table: ElementTree.Element) -> Set:
    """Equations with numbers: one number stands beside the formula, of several each behind its own."""
    rows = [list(row) for row in table]
    numbers = [_text(row[-1]).strip() for row in rows]
    bare = [row[1:-1] for row in rows]
    if len(rows) == 1:
        return Set(_all([each for cell in bare[0] for each in cell]), numbers[0])
    lines = [_line(row, display=True) for row in bare]
    if any(numbers):
        lines = [
            f"{line} & #h(2em); {_string(number)}" if number else f"{line} &"
            for line, number in zip(lines, numbers, strict=True)
        ]
    return Set(f"mat(delim: #none, row-gap: #0.7em, {'; '.join(lines)})")


def _line(row: Sequence[ElementTree.Element], display: bool) -> str:
    """A line of columns that stand right and left in turn, about the points where they meet."""
    cells = (_all(list(cell)) for cell in row)
    return " & ".join(f"display({cell})" if cell and display else cell for cell in cells)


def _side(cell: ElementTree.Element) -> str:
    found = re.search(r"text-align:\s*(left|right)", cell.get("style", ""))
    return found[1] if found else ""


def _is_aligned(rows: Sequence[Sequence[ElementTree.Element]]) -> bool:
    widest = max(rows, key=len)
    sides = [_side(cell) for cell in widest]
    return (
        len(sides) > 1
        and all(side == ("left" if number % 2 else "right") for number, side in enumerate(sides))
        and ("padding-left: 0" in (widest[1].get("style") or ""))
    )


def _table(element: ElementTree.Element) -> str:
    rows = [list(row) for row in element]
    if not rows:
        return ""
    if _is_numbered(element):
        return _equations(element).body
    display = element.get("displaystyle") == "true"
    if _is_aligned(rows):
        return f"mat(delim: #none, row-gap: #0.6em, {'; '.join(_line(row, display) for row in rows)})"
    wide = max(map(len, rows))
    lines = [
        ", ".join([*(_cell(cell, display) for cell in row), *['""'] * (wide - len(row))]) for row in rows
    ]
    gap = ", column-gap: #1em" if any(_side(cell) for cell in rows[0]) else ""
    return f"mat(delim: #none{gap}{_rules(rows)}, {'; '.join(lines)})"


def _cell(cell: ElementTree.Element, display: bool) -> str:
    body = _all(list(cell)) or '""'
    body = f"display({body})" if display else body
    return {"left": f"& {body}", "right": f"{body} &"}.get(_side(cell), body)


def _rules(rows: Sequence[Sequence[ElementTree.Element]]) -> str:
    """The lines between columns and rows."""
    across = [y for y, row in enumerate(rows) if y and row and "border-top" in (row[0].get("style") or "")]
    down = [x + 1 for x, cell in enumerate(rows[0][:-1]) if "border-right" in (cell.get("style") or "")]
    if not across and not down:
        return ""
    return f", augment: #(hline: ({''.join(f'{y}, ' for y in across)}), vline: ({''.join(f'{x}, ' for x in down)}))"


_WRITERS: dict[str, Callable[[ElementTree.Element], str]] = {
    "mi": _identifier,
    "mn": _number,
    "mo": _operator,
    "mtext": _words,
    "ms": _words,
    "mspace": _space,
    "mfrac": _fraction,
    "msqrt": lambda element: f"sqrt({_row(element) or chr(34) * 2})",
    "mroot": _root,
    "msub": _scripts("b"),
    "msup": _scripts("t"),
    "msubsup": _scripts("b", "t"),
    "munder": _above_below("b"),
    "mover": _above_below("t"),
    "munderover": _above_below("b", "t"),
    "mmultiscripts": _prescripts,
    "menclose": _enclosed,
    "mphantom": _hidden,
    "mstyle": _styled,
    "mrow": _styled,
    "mpadded": _styled,
    "mtable": _table,
    "annotation": lambda element: "",
}
