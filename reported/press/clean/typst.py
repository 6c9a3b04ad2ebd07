"""Cleaned HTML as Typst's markup, for print: the same HTML that a page shows.

Every text is a string literal of Typst, so that no sign of it is markup. How the parts look is said in report.typ, whose
functions are called here. Formulas wait under their signs, as in pandoc.py.
"""

import contextlib
import functools
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reported.ground.english import not_printed
from reported.press.clean import tables
from reported.press.clean.markup import Element, declarations, names, parsed

FORMULA = re.compile("(\uf8f3\\d+\uf8f4)")
_BLOCKS = names("""
    address article aside blockquote caption center dd details div dl dt figcaption figure footer h1 h2 h3
    h4 h5 h6 header hr li nav ol p pre section summary table tbody td tfoot th thead tr ul
""")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INLINE = {
    "b": "#strong[", "strong": "#strong[", "em": "#emph[", "i": "#emph[", "cite": "#emph[", "dfn": "#emph[", "var": "#emph[",
    "sub": "#sub[", "sup": "#super[", "kbd": "#kbd[", "small": "#text(size: 0.87em)[",
}  # fmt: skip
_LINES = {"del": "#strike[", "s": "#strike[", "strike": "#strike[", "ins": "#underline[", "u": "#underline["}
_DEEPEST = 8  # lists, quotes and boxes within one another; beyond, they go no further in
_DEEPEST_INLINE = 24
_PIXELS = {"": 0.75, "px": 0.75, "pt": 1, "in": 72, "cm": 28.35, "mm": 2.835, "em": 9.75, "rem": 9.75}
"""Units of length in points; 96 pixels are an inch."""
_SPACE = re.compile(r"[ \t\n\r\f]+")
_ENUMERATIONS = {"a": "a.", "A": "A.", "i": "i.", "I": "I."}
_HORIZONTAL = {"left": "left", "right": "right", "center": "center", "start": "left", "end": "right"}
_VERTICAL = {"top": "top", "middle": "horizon", "bottom": "bottom", "baseline": "top"}


def string(text: str) -> str:
    """A Typst string literal."""
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "")):
        text = text.replace(sign, written)
    return f'"{text}"'


@dataclass
class Writer:
    """Writes the pieces of one document, in order: headings' levels never skip one, and an anchor is set once."""

    max_rows: int
    max_columns: int
    known: Container[str]
    """What links may lead to."""
    sources: Sequence[tuple[str, str]]
    """Formulas as written and as TeX, by number."""
    numbered: Container[str]
    """The ids of headings whose levels are those of the document; others are written as HTML."""
    shift: int = 0
    images: list[tuple[int, str]] = field(default_factory=list)
    """Pictures, as the piece that they are in and their address."""
    titled: bool = False
    current: int = 0
    resolve: Callable[[str], str] = lambda address: address.removeprefix("#")
    _line: str = ""
    """The line that words get, under or through them, "link" for that of a link: PDF/UA-1 allows one, so words alone have it."""
    _level: int = 0
    _lower: int = 0
    _set: set[str] = field(default_factory=set)
    _notes: dict[str, Element] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def written(self, html: str, number: int) -> str:
        """A piece, by its number, as Typst."""
        self.current = number
        root = parsed(html)
        self._notes = {
            item.get("id"): item
            for section in root.walk()
            if section.get("role") == "doc-endnotes"
            for item in section.walk()
            if item.name == "li" and item.get("id")
        }
        self._used = set()
        return "\n\n".join(self._blocks(root, 1))

    # ------------------------------------------------------------ blocks

    def _blocks(self, parent: Element, depth: int) -> list[str]:
        out: list[str] = []
        run: list[Element | str] = []

        def end_run() -> None:
            out.extend(self._paragraph(run))
            run.clear()

        for child in parent.children:
            if isinstance(child, Element) and (child.name in _BLOCKS or self._holds_blocks(child)):
                end_run()
                out.extend(self._block(child, depth))
            else:
                run.append(child)
        end_run()
        return out

    def _holds_blocks(self, element: Element) -> bool:
        return any(inner.name in _BLOCKS for inner in element.walk())

    def _paragraph(self, children: Sequence[Element | str]) -> list[str]:
        text = self._trimmed(children)
        if not text:
            return []
        return [f"#from-right[{text}]" if _is_rtl(_plain(children)) else text]

    def _block(self, element: Element, depth: int) -> list[str]:
        name = element.name
        if name in _HEADINGS:
            return self._heading(element)
        if name == "p":
            made = self._blocks(element, depth)
            made = [f"#strong[{part}];" for part in made] if "page-minor" in element.classes else made
            return self._anchored(element, self._aligned(element, self._looking(element, made, False)))
        if name == "pre":
            text = self._as_written(element.text).removeprefix("\n").rstrip("\n")
            return [*self._anchored(element, []), f"#listing(raw(block: true, {string(text)}))"]
        if name == "hr":
            return ["#horizontalrule"]
        if name == "table":
            return self._anchored(element, _Table(self, element, depth).written())
        if name in ("ul", "ol"):
            return self._list(element, depth)
        if name == "blockquote":
            made = self._blocks(element, depth + 1)
            return [f"#quote(block: true)[{_joined(made)}]"] if made and depth <= _DEEPEST else made
        if name == "dl":
            return self._definitions(element, depth)
        if name == "figcaption":
            made = self._blocks(element, depth)
            return [f"#figure-caption[{_joined(made)}]"] if made else []
        if name == "summary":
            return [f"#strong[{part}];" for part in self._blocks(element, depth)]
        if name == "section" and element.get("role") == "doc-endnotes":
            return self._left_notes(element, depth)
        if name in ("div", "center"):
            return self._box(element, depth)
        with self._lined(element):
            made = self._blocks(element, depth)
        return self._anchored(element, self._around_blocks(element, made))

    @contextlib.contextmanager
    def _lined(self, element: Element) -> Iterator[None]:
        """Within an element that draws a line under or through its words; what is struck out is not underlined too."""
        before = self._line
        line = "link" if element.name == "a" and element.get("href") else _LINES.get(element.name, "")
        self._line = max(before, line, key=("", "#underline[", "link", "#strike[").index)
        yield
        self._line = before

    def _around_blocks(self, element: Element, made: list[str]) -> list[str]:
        """Blocks with the look of an element of text, or the link, that is around them."""
        if opening := _INLINE.get(element.name):
            made = [part if "#foreign-table" in part else f"{opening}{part}];" for part in made]
        made = self._looking(element, made, False)
        return [self._link(element, part) for part in made] if element.name == "a" else made

    def _anchored(self, element: Element, made: list[str]) -> list[str]:
        anchor = self._anchor(element.get("id"))
        if anchor and made:
            return [anchor + made[0], *made[1:]] if not made[0].startswith("#page") else [anchor, *made]
        return [anchor] if anchor else made

    def _anchor(self, id: str) -> str:
        if not id or id in self._set or id not in self.known:
            return ""
        self._set.add(id)
        return f"#anchor({string(id)});"

    def _heading(self, element: Element) -> list[str]:
        inner = Element("", {}, element.children)
        notes = [each for each in inner.walk() if each.get("role") == "doc-noteref"]
        words = self._trimmed(_without_links(inner.children))
        if not words:
            return []
        id = element.get("id")
        wanted = int(element.name[1])
        if id not in self.numbered:
            wanted += self.shift
        else:
            # a title that is none, since a heading of HTML came before it
            self._lower = self._lower or int(wanted == 1 and self._level > 0)
            wanted += self._lower
        if wanted == 1 and self._level == 0 and self.shift == 0:
            self.titled, level = True, 1
        else:
            level = min(max(wanted, 2), max(self._level, 1) + 1)
        self._level = level
        rtl = _is_rtl(element.text)
        words = f"#from-right[{words}]" if rtl else words
        own = bool(id) and id not in self._set
        self._set.add(id)
        if level == 1:
            side = "(at: right)" if rtl else ""
            heading = (f"#anchor({string(id)});" if own else "") + f"#masthead{side}[{words}]"
        else:
            heading = f"#heading(level: {level - 1})[{words}]" + (f"#label({string(id)})" if own else "")
        # a running head repeats a heading, and may hold no note: it stands beneath
        return [heading, *(part for note in notes for part in self._note_text(note, 1))]

    def _list(self, element: Element, depth: int) -> list[str]:
        items, loose = [], False
        for child in element.children:
            if isinstance(child, str):
                if not child.strip():
                    continue
                child = Element("li", {}, [child])
            loose = loose or any(inner.name == "p" for inner in child.elements)
            item = self._blocks(child, depth + 1) if child.name == "li" else self._block(child, depth + 1)
            items.append((child.get("value"), item))
        if depth > _DEEPEST or not items:
            return [part for _, made in items for part in made]
        tight = "false" if loose else "true"
        if element.name == "ul":
            bodies = ", ".join(f"[{_joined(made)}]" for _, made in items)
            return self._anchored(element, [_directed(element, f"#list(tight: {tight}, {bodies})")])
        start = int(element.get("start")) if re.fullmatch(r"\d{1,6}", element.get("start")) else 1
        bodies = ", ".join(
            (f"enum.item({value})[" if re.fullmatch(r"\d{1,6}", value) else "[") + f"{_joined(made)}]"
            for value, made in items
        )
        numbering = _ENUMERATIONS.get(element.get("type"), "1.")
        reversed_ = ", reversed: true" if "reversed" in element.attributes else ""
        if reversed_ and not element.get("start"):
            start = 1
        made = f"#enum(tight: {tight}, start: {start}, numbering: {string(numbering)}{reversed_}, {bodies})"
        return self._anchored(element, [_directed(element, made)])

    def _definitions(self, element: Element, depth: int) -> list[str]:
        out: list[str] = []
        term: list[str] = []
        meaning: list[str] = []

        def end() -> None:
            if term or meaning:
                out.append(f"#define[{' #linebreak(); '.join(term)}][{_joined(meaning)}]")
            term.clear()
            meaning.clear()

        # a term and what it means may stand in a `div` together
        parts = [
            part
            for child in element.children
            for part in (child.children if isinstance(child, Element) and child.name == "div" else [child])
        ]
        for part in parts:
            if isinstance(part, Element) and part.name == "dt":
                if meaning:
                    end()
                term += self._blocks(part, depth)
            elif isinstance(part, Element):
                meaning += self._blocks(part, depth) if part.name == "dd" else self._block(part, depth)
            else:
                meaning += self._paragraph([part])
        end()
        return self._anchored(element, out)

    def _left_notes(self, section: Element, depth: int) -> list[str]:
        """The notes that no text refers to, which would vanish otherwise."""
        left = [item for item in section.walk() if item.name == "li" and item.get("id") not in self._used]
        return [part for item in left for part in self._blocks(_without_backlinks(item), depth)]

    def _box(self, element: Element, depth: int) -> list[str]:
        """A box that Bootstrap, GitHub and MyST know, and one with a colour of its own."""
        classes = element.classes
        kind = next((found[1] for each in classes if (found := re.fullmatch(r"alert-(\w+)", each))), "")
        is_alert = bool(kind) or "alert" in classes or "admonition" in classes
        if depth > _DEEPEST or not (is_alert or "title" in classes or any(looks(element.get("style")))):
            return self._anchored(element, self._aligned(element, self._blocks(element, depth)))
        made = self._blocks(element, depth + 1)
        if is_alert and made:
            made = [f"#alert({string(kind or 'note')})[{_joined(made)}]"]
        elif "title" in classes and made:
            made = [f"#alert-title[{_joined(made)}]"]
        else:
            made = self._looking(element, made, True)
        return self._anchored(element, self._aligned(element, made))

    def _looking(self, element: Element, made: list[str], filled: bool) -> list[str]:
        style = element.get("style")
        if not style or not made or any("#foreign-table" in part for part in made):
            return made
        fill, look = looks(style)
        if look:
            made = [f"#text({look})[{_joined(made)}]"]
        if fill and filled:
            # a box that is a bar is as long as it says
            width, words = _length(declarations(style).get("width", "")), element.text.strip()
            width = width if width.endswith("%") or (width.endswith("pt") and not words) else "100%"
            made = [f"#block(width: {width}, inset: {6 if words else 0}pt, fill: {fill})[{_joined(made)}]"]
        elif fill:
            made = [f"#highlight(fill: {fill})[{part}];" for part in made]
        return made

    def _aligned(self, element: Element, made: list[str]) -> list[str]:
        written = element.get("align") or declarations(element.get("style")).get("text-align", "")
        side = "center" if element.name == "center" else _HORIZONTAL.get(written.lower(), "left")
        if side == "left":
            return made
        return [part if "#foreign-table" in part else f"#align({side})[{part}]" for part in made]

    # ------------------------------------------------------------ words

    def _trimmed(self, children: Sequence[Element | str]) -> str:
        made = "".join(self._inlines(children, 1))
        return re.sub(r"^(?: |#linebreak\(\);)+|(?: |#linebreak\(\);)+$", "", made)

    def _inlines(self, children: Iterable[Element | str], depth: int, breakable: bool = False) -> list[str]:
        return [
            self._with_line(self._text(child, breakable))
            if isinstance(child, str)
            else self._inline(child, depth, breakable)
            for child in children
        ]

    def _with_line(self, made: str) -> str:
        return f"{self._line}{made}];" if self._line.startswith("#") and made.strip() else made

    def _text(self, text: str, breakable: bool) -> str:
        text = _SPACE.sub(" ", text)
        if not text:
            return ""
        out = " " if text[0] == " " else ""
        if text.strip(" "):
            for part in FORMULA.split(text.strip(" ")):
                if FORMULA.fullmatch(part):
                    out += part
                elif breakable:
                    out += _breakable(part)
                elif part:
                    out += _literal(part)
            out += " " if text[-1] == " " else ""
        return out

    def _inline(self, element: Element, depth: int, breakable: bool) -> str:
        name = element.name
        if name == "br":
            return "#linebreak();"
        if name == "img":
            return self._picture(element)
        if name == "wbr":
            return "#h(0.001pt);"
        if name in ("code", "samp", "tt"):
            text = self._as_written(element.text)
            parts = parts_of(text) if breakable else [text]
            raw = "#h(0.001pt);".join(f"#raw({string(part)});" for part in parts)
            return self._anchor(element.get("id")) + (self._with_line(raw) if text else "")
        if element.get("role") == "doc-noteref":
            return self._note(element)
        with self._lined(element):
            inner = (
                "".join(self._inlines(element.children, depth + 1, breakable))
                if depth <= _DEEPEST_INLINE
                else self._with_line(self._text(element.text, breakable))
            )
        anchor = self._anchor(element.get("id"))
        if name == "a":
            return anchor + self._link(element, inner)
        if name == "q":
            return f'{anchor}#"“";{inner}#"”";'
        if not inner.strip():
            return anchor + inner
        opening = _INLINE.get(name)
        if opening:
            inner = f"{opening}{inner}];"
        if name == "mark" or element.get("style"):
            fill, look = looks(element.get("style"))
            if name == "mark":
                fill = fill or "luma(90%)"
            if look:
                inner = f"#text({look})[{inner}];"
            if fill:
                inner = f"#highlight(fill: {fill})[{inner}];"
        return anchor + inner

    def _link(self, element: Element, inner: str) -> str:
        address, title = element.get("href"), element.get("title")
        if not inner.strip():
            return inner
        if re.match(r"(?:https?://|mailto:)", address):
            return f"#link({string(address)})[{inner}];"
        if address and not re.match(r"[A-Za-z][\w+.-]*:", address):
            id = self.resolve(address)
            if id and id in self.known:
                return f"#to({string(id)})[{inner}];"
            if address.startswith("#") and title and id != "page.main":
                return f"{inner} {_literal(f'({title})')}"
        return inner

    def _picture(self, image: Element) -> str:
        address = self._as_written(image.get("src"))
        name = string(str(len(self.images)))
        self.images.append((self.current, address))
        style = declarations(image.get("style"))
        width, height = (_length(image.get(side) or style.get(side, "")) for side in ("width", "height"))
        alt = self._as_written(image.get("alt"), 1)
        return f"#picture({name}, alt: {string(alt)}, width: {width}, height: {height});"

    def _note(self, reference: Element) -> str:
        made = self._note_text(reference, 1)
        return f"#footnote[{_joined(made)}];" if made else "".join(self._inlines(reference.children, 1))

    def _note_text(self, reference: Element, depth: int) -> list[str]:
        id = reference.get("href").removeprefix("#")
        if id in self._used or id not in self._notes:
            return []
        self._used.add(id)
        return self._blocks(_without_backlinks(self._notes[id]), depth)

    def _as_written(self, text: str, form: int = 0) -> str:
        """A text with formulas as they were written, or (1) as TeX."""
        if "\uf8f3" not in text:
            return text
        return FORMULA.sub(lambda sign: self.sources[int(sign[0][1:-1])][form], text)


# ---------------------------------------------------------------- tables

_MOST_MEASURED = 3
_LONGEST_PART, _LONGEST_NUMBER, _LONGEST_BAR = 20, 40, 120
_NARROW, _BROAD = re.compile(r"[il.,;:'|!jtfI() ]"), re.compile(r"[mwMW@%A-Z_\u3000-\U000fffff]")


class _Widest:
    """The widest of some texts, as far as can be told without measuring."""

    def __init__(self) -> None:
        self.found: dict[str, float] = {}

    def add(self, text: str) -> None:
        if not text or text in self.found:
            return
        width = len(text) - 0.4 * len(_NARROW.findall(text)) + 0.4 * len(_BROAD.findall(text))
        self.found[text] = width
        if len(self.found) > _MOST_MEASURED:
            del self.found[min(reversed(self.found), key=self.found.__getitem__)]

    @property
    def first(self) -> str:
        return max(self.found, key=self.found.__getitem__, default="")

    def __str__(self) -> str:
        return _array(map(string, sorted(self.found, key=lambda text: -self.found[text])))


@dataclass
class _Column:
    """Measurements of a column, or of cells that span several."""

    words: _Widest = field(default_factory=_Widest)
    lines: _Widest = field(default_factory=_Widest)
    fixed: _Widest = field(default_factory=_Widest)
    codes: _Widest = field(default_factory=_Widest)
    formulas: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    bars: float = 0
    """The longest of pictures that are as wide as they say, in points."""


@dataclass
class _Place:
    """A cell in its place: the column it begins in, counted from 0, and how many columns and rows it takes."""

    x: int
    span: int
    height: int
    cell: Element | None = None
    row: Element | None = None


class _Table:
    """A table that is somebody's HTML or Markdown.

    How it is laid out is decided in Typst, from the texts that are widest in each column. Rows and columns beyond the
    limits are left out, and a line says so.
    """

    def __init__(self, writer: Writer, table: Element, depth: int, alone: bool = True) -> None:
        self.writer, self.table, self.depth = writer, table, depth
        self.alone = alone and depth == 1
        self.columns: list[_Column] = []
        self.align: list[str] = []
        self.spans: dict[tuple[int, int], _Column] = {}
        self.long = False

    def written(self) -> list[str]:
        heads, bodies, feet, captions, others = self._parts()
        sections = {"head": heads, "body": bodies, "foot": feet}
        grids = {kind: _grid(rows) for kind, rows in sections.items()}
        count = max(
            (place.x + place.span for grid in grids.values() for row in grid for place in row), default=0
        )
        caption = [part for each in captions for part in self.writer._blocks(each, self.depth + 1)]
        around = [part for each in others for part in self.writer._block(each, self.depth)]
        if not count:
            return [*caption, *around]
        shown = min(count, self.writer.max_columns)
        rows_left = max(len(bodies) - self.writer.max_rows, 0)
        if rows_left:
            grids["body"] = _grid(bodies[: len(bodies) - rows_left])
        self.columns = [_Column() for _ in range(shown)]
        row_heads = self._row_heads(grids["body"], shown)
        sides: list[set[str]] = [set() for _ in range(shown)]
        for place in (place for row in grids["body"] for place in row):
            if place.cell and place.span == 1 and place.x < shown:
                sides[place.x].add(_side(place.cell, place.row) or "left")
        self.align = [next(iter(found)) if len(found) == 1 else "left" for found in sides]
        rows = "".join(
            f'("{kind}", ({"".join(self._cell(place, kind, shown) for place in _filled(row, y, grid, count))})),'
            for kind, grid in grids.items()
            for y, row in enumerate(grid)
        )
        left_out = not_printed("table", {"row": rows_left, "column": count - shown})
        note = string(left_out) if left_out else "none"
        said = f"caption: [{_joined(caption)}], " if caption else ""
        measured = "".join(
            f"(words: {column.words}, lines: {column.lines}, fixed: {column.fixed}, codes: {column.codes}, "
            f"formulas: {_array(f'[{each}]' for each in column.formulas)}, bars: {column.bars}pt, "
            f"pictures: {_array(f'[{each}]' for each in column.pictures)}),"
            for column in self.columns
        )
        spans = ""
        for (x, span), column in sorted(self.spans.items()):
            for text in column.fixed.found:
                column.words.found[text] = column.fixed.found[text]
            spans += f"({x}, {span}, {column.words}, {column.lines}),"
        made = (
            f"#foreign-table(align: {_array(self.align)}, row-heads: {min(row_heads, shown)}, "
            f"alone: {str(self.alone).lower()}, long: {str(self.long).lower()}, left-out: {note}, {said}"
            f"measured: ({measured}), spans: ({spans}), rows: ({rows}))"
        )
        return [made, *around]

    def _parts(self) -> tuple[list[Element], list[Element], list[Element], list[Element], list[Element]]:
        heads: list[Element] = []
        bodies: list[Element] = []
        feet: list[Element] = []
        captions: list[Element] = []
        others: list[Element] = []

        def take(parent: Element, rows: list[Element]) -> None:
            for child in parent.children:
                if isinstance(child, str):
                    if child.strip():
                        others.append(Element("p", {}, [child]))
                elif child.name == "tr":
                    rows.append(child)
                elif child.name in ("thead", "tbody", "tfoot"):
                    take(child, {"thead": heads, "tbody": bodies, "tfoot": feet}[child.name])
                elif child.name == "caption":
                    captions.append(child)
                elif child.name not in ("colgroup", "col"):
                    others.append(child)

        take(self.table, bodies)
        if not heads and len(bodies) > 1 and bodies[0].elements and _is_head(bodies[0]):
            heads.append(bodies.pop(0))
        return heads, bodies, feet, captions, others

    def _row_heads(self, grid: Sequence[Sequence[_Place]], shown: int) -> int:
        """Count the leading columns that hold nothing but row headings."""
        heads = [0] * shown
        for row in grid:
            for place in row:
                if place.cell and place.cell.name == "th":
                    for x in range(place.x, min(place.x + place.span, shown)):
                        heads[x] += place.height
        return next((x for x in range(shown) if heads[x] < len(grid)), shown) if grid else 0

    def _cell(self, place: _Place, kind: str, shown: int) -> str:
        if place.x >= shown:
            return ""
        span = min(place.span, shown - place.x)
        if place.cell is None:
            return f"(none, {place.x}, {span}, {place.height}, auto, auto, []),"
        cell, row = place.cell, place.row
        column = self.columns[place.x]
        if place.span > 1:
            column = self.spans.setdefault((place.x, span), _Column())
        of_row = row.get("style") if row else ""
        style = f"{of_row};{cell.get('style')}"
        side = _side(cell, row)
        upright = _VERTICAL.get(
            (cell.get("valign") or declarations(style).get("vertical-align", "")).lower(), ""
        )
        upright = upright or _VERTICAL.get(row.get("valign").lower() if row else "", "")
        align = "auto"
        of_column = self.align[place.x] if place.span == 1 else ""
        if upright or (side or "left") != (of_column or "left"):
            align = f"{side or 'left'} + {upright or ('bottom' if kind == 'head' else 'top')}"
        body = _joined(self._contents(cell, column))
        fill, look = looks(style)
        if look and body:
            body = f"#text({look})[{body}]"
        anchor = self.writer._anchor(cell.get("id"))
        return f"(none, {place.x}, {span}, {place.height}, {fill or 'auto'}, {align}, [{anchor}{body}]),"

    def _contents(self, cell: Element, column: _Column) -> list[str]:
        """Return the content of a cell as Typst, and note the widths of its texts for its column."""
        lines, codes, nested = _lines(cell)
        if sum(map(len, lines)) > 400 or nested:
            self.long = True
        for line in lines:
            text = FORMULA.sub("", line)
            column.lines.add(text)
            for word in text.split():
                fixed = tables.is_number(word) is not False and len(word) <= _LONGEST_NUMBER
                for part in [word] if fixed else parts_of(word):
                    (column.fixed if fixed else column.words).add(part)
            if len(column.formulas) < _MOST_MEASURED:
                column.formulas += FORMULA.findall(line)
        for code in codes:
            for word in code.split():
                for part in parts_of(word):
                    column.codes.add(part)
        made = self._within(cell)
        if "#picture(" in "".join(made):
            self.long = True
            pictures = re.findall(r"#picture\((?:[^()\"]|\"(?:[^\"\\]|\\.)*\")*\);", "".join(made))
            made = [part.replace("#picture(", "#cell-picture(") for part in made]
            if len(column.pictures) < _MOST_MEASURED:
                column.pictures += pictures
            # small ones with a width are not made smaller: bars are compared
            widths = [float(each) for each in re.findall(r"width: ([\d.]+)pt", "".join(pictures))]
            column.bars = max([column.bars, *(width for width in widths if width <= _LONGEST_BAR)])
        return made

    def _within(self, cell: Element) -> list[str]:
        writer = self.writer
        if not any(child.name in _BLOCKS or writer._holds_blocks(child) for child in cell.elements):
            text = "".join(writer._inlines(cell.children, 1, True)).strip(" ")
            rtl = max(text, default="") >= "\u0590" and _is_rtl(cell.text)
            return [f"#from-right[{text}]" if rtl else text] if text else []
        return writer._blocks(cell, self.depth + 1)


def _side(cell: Element, row: Element | None) -> str:
    """The side that a cell's text stands at, by itself or its row; "" if nothing says so."""
    written = cell.get("align") or declarations(cell.get("style")).get("text-align", "")
    if not written and "num" in cell.classes:
        return "right"
    if not written and row:
        written = row.get("align") or declarations(row.get("style")).get("text-align", "")
    return _HORIZONTAL.get(written.lower(), "")


def _is_head(row: Element) -> bool:
    return all(cell.name == "th" for cell in row.elements)


def _lines(cell: Element) -> tuple[list[str], list[str], bool]:
    """The lines of text in a cell, its code, and if it holds a table, whose widest line is among the lines."""
    lines: list[str] = [""]
    codes: list[str] = []
    nested = False

    def take(element: Element) -> None:
        nonlocal nested
        for child in element.children:
            if isinstance(child, str):
                lines[-1] += _SPACE.sub(" ", child)
                continue
            block = child.name in _BLOCKS or child.name == "br"
            if child.name == "tr":
                nested = True
                lines.append(" mmm ".join(" ".join(each.text.split()) for each in child.elements))
                lines.append("")
                continue
            if block:
                lines.append("")
            if child.name == "pre":
                lines.extend([*child.text.split("\n"), ""])
                codes.append(re.sub(r"(\S)(\s)", r"\1mm\2", child.text) + "mm")  # a listing is set in
            else:
                if child.name in ("code", "samp", "tt"):
                    codes.append(child.text)
                take(child)
            if block:
                lines.append("")

    take(cell)
    return [text for line in lines if (text := " ".join(line.split()))], codes, nested


def _grid(rows: Sequence[Element]) -> list[list[_Place]]:
    """Rows with the columns that their cells begin in. Spans end where their part of the table does."""
    out: list[list[_Place]] = []
    covered: dict[int, int] = {}
    for y, row in enumerate(rows):
        places: list[_Place] = []
        x = 0
        for cell in row.elements:
            while covered.get(x, 0) > y:
                x += 1
            height = min(_span(cell, "rowspan"), len(rows) - y)
            span, wanted = 1, min(_span(cell, "colspan"), 1000)
            while span < wanted and covered.get(x + span, 0) <= y:
                span += 1
            covered |= dict.fromkeys(range(x, x + span), y + height)
            places.append(_Place(x, span, height, cell, row))
            x += span
        out.append(places)
    return out


def _filled(row: Sequence[_Place], y: int, grid: Sequence[Sequence[_Place]], columns: int) -> list[_Place]:
    """The cells of a row, with empty ones where neither it nor a row above has a cell."""
    taken = {x for place in row for x in range(place.x, place.x + place.span)}
    for above in range(max(0, y - 200), y):
        for place in grid[above]:
            if above + place.height > y:
                taken.update(range(place.x, place.x + place.span))
    gaps = [_Place(x, 1, 1) for x in range(columns) if x not in taken]
    return sorted([*row, *gaps], key=lambda place: place.x)


def _span(cell: Element, name: str) -> int:
    written = cell.get(name)
    return max(int(written), 1) if re.fullmatch(r"\d{1,9}", written) else 1


# ---------------------------------------------------------------- texts


def parts_of(word: str) -> list[str]:
    """Split a long word where it may continue on the next line of a cell.

    After its marks, between a small and a capital letter, and anywhere in what is still long then. Numbers are never
    broken.

    >>> parts_of("number_of_cases"), parts_of("1,234,567.89")
    (['number_', 'of_', 'cases'], ['1,234,567.89'])
    """
    if len(word) <= 8 or (len(word) <= _LONGEST_NUMBER and tables.is_number(word)):
        return [word]
    parts: list[str] = []
    for part in _PLACES.sub("\1", word).split("\1"):
        parts += [part] if len(part) <= _LONGEST_PART else list(_clusters(part))
    return parts


_PLACES = re.compile(r"(?<=[_/.,:;=&?-])(?=[A-Za-z])(?<=[A-Za-z\d].)|(?<=[a-z])(?=[A-Z])|(?<=_)(?=\d)")


def _clusters(text: str) -> list[str]:
    """The letters of a text, each with the marks that stand on it."""
    out: list[str] = []
    for sign in text:
        if out and unicodedata.combining(sign):
            out[-1] += sign
        else:
            out.append(sign)
    return out


def _literal(text: str) -> str:
    return f"#{string(text)};"


def _breakable(text: str) -> str:
    """Text in the cells of a table, with the places where it may be broken."""
    if len(text) <= 8:
        return _literal(text) if text else ""
    words = [parts_of(word) for word in text.split(" ")]
    if all(len(parts) == 1 for parts in words):
        return _literal(text)
    return " ".join(
        f"#breakable({', '.join(map(string, parts))});"
        if len(parts) > 1
        else (_literal(parts[0]) if parts[0] else "")
        for parts in words
    )


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(parts)


def _array(items: Iterable[str]) -> str:
    return "(" + "".join(f"{item}," for item in items) + ")"


def _plain(children: Iterable[Element | str]) -> str:
    return "".join(child if isinstance(child, str) else child.text for child in children)


def _directed(element: Element, made: str) -> str:
    return f"#from-right[{made}]" if _is_rtl(element.text) else made


def _is_rtl(text: str) -> bool:
    """If a text's first letter is of a script from right to left (UAX #9, rules P2 and P3)."""
    if text.isascii():
        return False
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L" and not "\uf8f3" <= sign <= "\uf8f4"
    return False


def _without_links(children: Iterable[Element | str]) -> list[Element | str]:
    """The contents of a heading without links, notes and anchors, which a running head may not repeat."""
    out: list[Element | str] = []
    for child in children:
        if isinstance(child, str):
            out.append(child)
        elif child.get("role") != "doc-noteref":
            inner = _without_links(child.children)
            if child.name == "a":
                out += inner
            else:
                attributes = {name: value for name, value in child.attributes.items() if name != "id"}
                out.append(Element(child.name, attributes, inner))
    return out


def _without_backlinks(element: Element) -> Element:
    kept: list[Element | str] = [
        child if isinstance(child, str) else _without_backlinks(child)
        for child in element.children
        if isinstance(child, str) or child.get("role") != "doc-backlink"
    ]
    return Element(element.name, element.attributes, kept)


def _length(written: str) -> str:
    """A length of HTML or CSS as Typst's.

    >>> _length("50%"), _length("100"), _length("x")
    ('50%', '75.0pt', 'auto')
    """
    found = re.match(r"\s*(\d+\.?\d*|\.\d+)\s*([A-Za-z%]*)", written)
    if not found or not float(found[1]):
        return "auto"
    if found[2] == "%":
        return f"{min(float(found[1]), 100):g}%"
    points = _PIXELS.get(found[2].lower())
    return f"{float(found[1]) * points}pt" if points and float(found[1]) < 1e5 else "auto"


@functools.lru_cache(maxsize=1024)
def looks(style: str) -> tuple[str, str]:
    """Colours and weight of an element, as colours.py writes them: Typst's fill, and the arguments of its text."""
    if not style.strip(";"):
        return "", ""
    found = declarations(style)
    arguments = []
    if colour := re.match(r"(?:light-dark\()?(#[0-9a-f]{6})", found.get("color", "")):
        arguments.append(f'fill: rgb("{colour[1]}")')
    weight = found.get("font-weight", "")
    if weight == "bold" or (weight.isdigit() and int(weight) >= 600):
        arguments.append('weight: "semibold"')
    if found.get("font-style") == "italic":
        arguments.append('style: "italic"')
    return _fill(found), ", ".join(arguments)


def _fill(found: Mapping[str, str]) -> str:
    if gradient := re.match(r"linear-gradient\((\d+)deg,([^)]*)\)", found.get("background", "")):
        stops: list[str] = []
        last = ""
        for colour, place in re.findall(r"(#[0-9a-f]+) ([\d.]+)%", gradient[2]):
            if not last and float(place) > 0:
                stops.append(f'(rgb("{colour}"), 0%)')
            stops.append(f'(rgb("{colour}"), {place}%)')
            last = colour
            if float(place) >= 100:
                break
        if not last:
            return ""
        stops.append(f'(rgb("{last}"), 100%)')
        return f"gradient.linear({', '.join(stops)}, angle: {(int(gradient[1]) - 90) % 360}deg)"
    colour_ = re.match(r"#[0-9a-f]{6}", found.get("background-color", ""))
    return f'rgb("{colour_[0]}")' if colour_ else ""
