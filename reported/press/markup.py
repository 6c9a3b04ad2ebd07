"""HTML that press.content made safe, written as Typst markup: all of its text inside string literals.

Knows elements, tables and pictures; not notebooks, pages or fonts (those are press.pdf's).
"""

import base64
import re
import urllib.parse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.html

from reported.press.content import image_type, visible, words

# Widths in points that a table can have on an upright and on a turned A4 page (see report.typ).
UPRIGHT, TURNED = 470.0, 717.0
_SIZES = (8.5, 7.5, 6.5)  # text sizes of tables, tried in this order on a turned page
_GAP = 10.0  # points between two columns
_BREAK = "\u200b"  # where a very long word may be broken


def string(text: str) -> str:
    """A Typst string literal."""
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def breakable(text: str, longest: int = 24, step: int = 8) -> str:
    """The text with places to break in words longer than `longest`: after marks, and else every `step`."""

    def broken(word: str) -> str:
        parts = re.findall(rf".{{0,{2 * step}}}?[_/.,&?=(){{}}\[\]:;@|+\\-]+|.{{1,{step}}}", word)
        return _BREAK.join(parts)

    return re.sub(rf"[^\s{_BREAK}]{{{longest + 1},}}", lambda word: broken(word[0]), text)


@dataclass
class Setter:
    """Sets the pieces of one cell or output.

    folder     where pictures are written, their names beginning with `name`
    targets    ids that some link leads to: they become labels
    undrawable strings no font at hand can draw: each becomes U+FFFD and is noted in `replaced`
    downloads  relative addresses that stay links
    plainly    set formulas as TeX and leave pictures out, saying so (when Typst refused them)
    outlined   whether headings are the document's (else they are an output's own, and only look so)
    """

    folder: Path
    name: str
    targets: frozenset[str] = frozenset()
    undrawable: Sequence[str] = ()
    downloads: Sequence[str] = ()
    plainly: bool = False
    outlined: bool = True
    max_rows: int = 200
    replaced: set[str] = field(default_factory=set)
    wide: bool = False  # whether a table in here asks for a turned page
    _pictures: int = 0
    _depth: int = 0
    _tables: int = 0
    _notes: dict[str, Any] = field(default_factory=dict)

    # ------------------------------------------------------------ text

    def drawable(self, text: str) -> str:
        """The text with what cannot be drawn replaced."""
        text = visible(text)
        for missing in self.undrawable:
            if missing in text:
                self.replaced.add(missing)
                text = text.replace(missing, "\ufffd")
        return text

    def text(self, text: str) -> str:
        """Running text: spaces collapsed."""
        collapsed = re.sub(r"[ \t\n\f\r]+", " ", self.drawable(text))
        return f"#{string(breakable(collapsed))};" if collapsed else ""

    def raw(self, text: str, block: bool = False) -> str:
        """Text as written, in the typewriter face."""
        text = breakable(self.drawable(text).expandtabs(8), 90 if block else 24)
        return f"#raw({string(text)}, block: {'true' if block else 'false'});"

    def html(self, html: str) -> str:
        """A piece of HTML as Typst blocks."""
        if not html.strip():
            return ""
        fragment = lxml.html.fragment_fromstring(html, create_parent="div")
        self._notes.update(
            {note.get("id"): note for note in fragment.iterfind(".//section[@class='footnotes']//li[@id]")}
        )
        return "\n\n".join(self.blocks(fragment))

    # ------------------------------------------------------------ blocks

    def blocks(self, element: Any) -> list[str]:
        """The content of an element as blocks; inline neighbours make one paragraph."""
        done: list[str] = []
        run: list[str] = [self.text(element.text or "")]

        def finish() -> None:
            if paragraph := _trimmed(run):
                done.append(paragraph)
            run.clear()

        for child in element:
            if child.tag in _BLOCKS or (child.tag == "img" and _stands_alone(child)):
                finish()
                done += self._block(child)
            else:
                run.append(self.inline(child))
            run.append(self.text(child.tail or ""))
        finish()
        return done

    def _block(self, element: Any) -> list[str]:
        if element.tag not in _NESTING:
            return self._single_block(element)
        if self._depth >= _DEEPEST:  # Typst gives up at about twice this; a page is too narrow long before
            text = self.text(element.text_content().strip())
            return [text] if text else []
        self._depth += 1
        try:
            return self._single_block(element)
        finally:
            self._depth -= 1

    def _single_block(self, element: Any) -> list[str]:
        tag, classes = element.tag, element.get("class", "").split()
        if "footnotes" in classes:
            return []
        if tag in _HEADINGS:
            return [self._heading(element)]
        label = self._label(element)
        if tag == "table":
            return [self.table(element, label)]
        if tag == "img":
            return [label + self.picture(element)]
        if tag == "pre":
            return [f"{label}#listing[{self.raw(element.text_content().strip(chr(10)), block=True)}]"]
        if tag == "hr":
            return ["#ornament"]
        if tag in ("ul", "ol"):
            return [label + self._list(element)]
        inside = self.blocks(element)
        if label:
            inside = [label + "\n".join(inside[:1]), *inside[1:]]
        frame = next((name for name in ("unshown", "note") if name in classes), None)
        frame = {"blockquote": "quotation", "figcaption": "remark", "dt": "strong"}.get(tag, frame)
        frame = "indented" if tag == "dd" else frame
        return [f"#{frame}[{_joined(inside)}]"] if frame and inside else inside

    def _heading(self, element: Any) -> str:
        level, text = int(element.tag[1]), self.content(element)
        if not self.outlined:
            return f"{self._label(element)}#minor[{text}]" if text else ""
        name = element.get("id", "")
        if level == 1:
            return f"#masthead[{text}]{_label(name)}"
        # the running head repeats a chapter's words, without its links and notes
        spoken = self.drawable(words(element))
        head = f" #metadata({string(spoken)}) <chapter>" if level == 2 else ""
        return f"#heading(level: {level - 1})[{text}]{_label(name)}{head}"

    def _list(self, element: Any) -> str:
        items = [self.blocks(item) for item in element.iterchildren("li")]
        if not items:
            return "\n".join(self.blocks(element))
        # what an item's words introduce stands close below them
        loose = any(len(item) > 1 and not item[1].startswith(("#list", "#enum")) for item in items)
        start = re.fullmatch(r"-?\d{1,6}", element.get("start", ""))
        function = "#list(" if element.tag == "ul" else f"#enum(start: {int(start[0]) if start else 1}, "
        body = ", ".join(f"[{(_joined if loose else chr(10).join)(item)}]" for item in items)
        return f"{function}tight: {'false' if loose else 'true'}, {body})"

    def _label(self, element: Any) -> str:
        """An anchor where an element stands, if some link leads there."""
        name = element.get("id")
        return f"#metadata(none){_label(name)}" if name in self.targets else ""

    # ------------------------------------------------------------ inline

    def content(self, element: Any) -> str:
        """The content of an element as one run of inline markup."""
        parts = [self.text(element.text or "")]
        for child in element:
            parts += [self.inline(child), self.text(child.tail or "")]
        return _trimmed(parts)

    def inline(self, element: Any) -> str:
        tag, classes = element.tag, element.get("class", "").split()
        if tag in _BLOCKS:
            return f"{_joined(self._block(element))}#linebreak();"
        label = self._label(element)
        if tag == "br":
            return "#linebreak();"
        if tag == "wbr":
            return f'#"{_BREAK}";'
        if tag == "img":
            return label + self.picture(element, inline=True)
        if "formula" in classes:
            return label + self.formula(element)
        if tag == "math":
            tex = element.findtext(".//annotation") or element.text_content()
            return label + self.raw(" ".join(tex.split()))
        if tag in _TYPEWRITER:
            return label + self.raw(" ".join(element.text_content().split()))
        if tag == "a":
            return label + self._link(element)
        inside = "".join(
            [self.text(element.text or "")]
            + [self.inline(child) + self.text(child.tail or "") for child in element]
        )
        if tag == "q":
            inside = f"{self.text('“')}{inside}{self.text('”')}"
        function = _INLINE.get(tag) or next((f"#{name}" for name in classes if name in _CLASSES), None)
        if inside and function:
            inside = f"{function}[{inside}];"
        return label + _styled(inside, element.get("style", ""))

    def _link(self, element: Any) -> str:
        classes, address = element.get("class", ""), element.get("href", "").strip()
        if "footnote-back" in classes:
            return ""
        if "footnote-ref" in classes and address[1:] in self._notes:
            note = self._notes[address[1:]]
            return f"#footnote[{_joined(self.blocks(note))}];"
        inside = "".join(
            [self.text(element.text or "")]
            + [self.inline(child) + self.text(child.tail or "") for child in element]
        )
        if not inside or not address:
            return inside
        if address.startswith("#"):
            return f"#to({string(urllib.parse.unquote(address[1:]))})[{inside}];"
        if re.match(r"[a-zA-Z][\w+.-]*:", address) or address in self.downloads:
            return f"#link({string(self.drawable(address))})[{inside}];" if len(address) <= 2000 else inside
        return inside  # an address relative to the notebook leads nowhere from a page

    def formula(self, element: Any) -> str:
        tex = " ".join(element.text_content().split())
        typst = element.get("data-typst", "").strip()
        display = "true" if element.get("data-display") else "false"
        if self.plainly or not typst or not _only_mathematics(typst):
            return self.raw(tex, block=False)
        return (
            f"#formula({string(self.drawable(tex))}, {display}, $ {self.drawable(typst)} $.body,"
            f" {self.raw(tex)[1:-1]});"
        )

    # ------------------------------------------------------------ pictures

    def picture(self, element: Any, inline: bool = False) -> str:
        """An `<img>` with a data: address."""
        head, _, body = element.get("src", "").partition(",")
        alt = element.get("alt", "").strip()
        if not head.startswith("data:"):
            return self.unshown(f"Image not shown{f': {alt}' if alt else ''}.", inline)
        content = base64.b64decode(body)
        pixels = re.fullmatch(r"([1-9]\d{0,3}(?:\.\d+)?)(?:px)?", element.get("width", ""))
        return self.image(content, alt, float(pixels[1]) * 0.75 if pixels else None, inline)

    def image(self, content: bytes, alt: str, width: float | None = None, inline: bool = False) -> str:
        """A picture from its bytes; `width` in points, at most the page's."""
        kind = image_type(content)
        if self.plainly or kind is None:
            return self.unshown(f"An image that cannot be read: {alt}.", inline)
        lost = ""
        if kind == "image/svg+xml":
            svg = content.decode("utf-8", "replace")
            content = self.drawing(svg).encode()
            if re.search(r"(?i)<(?:foreignObject|script)\b|<image\b(?![^>]*href=[\"']data:)", svg):
                lost = " " + self.unshown("Parts of this drawing cannot be shown in print.", inline)
        self._pictures += 1
        name = f"{self.name}-{self._pictures}.{kind.partition('/')[2].partition('+')[0]}"
        (self.folder / name).write_bytes(content)
        function = "inline-picture" if inline else "picture"
        # `image` is called from here, so that Typst's refusal of it names this piece
        call = f"width => image({string(name)}, alt: {string(self.drawable(alt))}, width: width)"
        size = f"{width:g}pt" if width else "auto"
        return f"#{function}({call}, {size}){';' if inline else ''}{lost}"

    def drawing(self, svg: str) -> str:
        """An SVG as Typst's renderer needs it: colours resolved, nothing fetched or run."""
        svg = re.sub(r"(?s)<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>|<\?(?!xml\s).*?\?>", "", svg)
        svg = re.sub(r"var\(\s*--[\w-]+\s*,\s*([^()]*(?:\([^()]*\)[^()]*)?)\)", r"\1", svg)
        svg = re.sub(r"(?is)<script\b.*?(</script\s*>|/>)", "", svg)
        svg = re.sub(r"""(?is)<image\b(?![^>]*href=["']data:)[^>]*?(/>|>.*?</image\s*>)""", "", svg)
        svg = re.sub(r"&#(?:x0*([0-9a-fA-F]{2,6})|0*(\d{3,7}));", _referred, svg)
        svg = visible(svg).replace("⟨", "[").replace("⟩", "]")
        # a drawing has no second font: what its own lacks is written as its number
        for missing in self.undrawable:
            svg = svg.replace(missing, "".join(f"[U+{ord(letter):04X}]" for letter in missing))
        return svg

    def unshown(self, line: str, inline: bool = False) -> str:
        """A plain line in place of something."""
        return f"#{'unshown-inline' if inline else 'unshown'}[{self.text(line)}]{';' if inline else ''}"

    # ------------------------------------------------------------ tables

    def table(self, element: Any, label: str = "") -> str:
        """An HTML table: header rows repeated on every page, spans clamped, long ones cut with a line."""
        self._tables += 1
        if self._tables > 1:  # one inside another's cell
            rows = [
                " · ".join(" ".join(cell.text_content().split()) for cell in row)
                for row in element.iter("tr")
            ]
            self._tables -= 1
            return "#linebreak();".join(self.text(row) for row in rows if row)
        try:
            return self._table(element, label)
        finally:
            self._tables -= 1

    def _table(self, element: Any, label: str) -> str:
        head = [row for part in element.iterchildren("thead") for row in part.iterchildren("tr")]
        body = [row for row in element.iter("tr") if row not in head and _own(row, element)]
        if not head and body and all(cell.tag == "th" for cell in body[0].iterchildren("td", "th")):
            head, body = body[:1], body[1:]
        left_out = max(len(body) - self.max_rows, 0)
        body = body[: len(body) - left_out]
        headers, rows = _Grid(head), _Grid(body)
        columns = max(headers.columns, rows.columns)
        if not columns:
            return self.unshown("An empty table.")
        plan = _plan(element, headers, rows, columns)
        self.wide = self.wide or plan.turned
        shown = plan.shown
        numeric = [rows.numeric(column) for column in range(shown)]
        caption = element.find("caption")
        parts = [
            f"columns: ({', '.join(plan.columns)},)",
            f"size: {plan.size}pt",
            f"align: ({', '.join('right' if number else 'left' for number in numeric)},)",
            f"caption: [{self.content(caption)}]" if caption is not None else "caption: none",
            f"heads: {len(head)}",
        ]
        if head:
            parts.append(f"table.header({', '.join(self._cells(headers, shown, columns))})")
        parts += self._cells(rows, shown, columns)
        lines = [label + "#sheet(\n  " + ",\n  ".join(parts) + ",\n)"]
        if left_out:
            lines.append(self.unshown(f"{_count(left_out, 'more row')} of this table left out in print."))
        if columns > shown:
            lines.append(self.unshown(f"{_count(columns - shown, 'more column')} of this table left out."))
        return "\n\n".join(lines)

    def _cells(self, grid: "_Grid", shown: int, columns: int) -> list[str]:
        """The cells of a grid in reading order: group rows as subheads, gaps filled, columns cut."""
        done = []
        for y, row in enumerate(grid.rows):
            anchor = self._label(grid.elements[y])
            for x in range(shown):
                cell = row.get(x)
                if cell is _TAKEN:
                    continue
                if cell is None:
                    done.append(f"[{anchor}]")
                else:
                    done.append(self._cell(cell, anchor, shown - x, columns))
                anchor = ""
        return done

    def _cell(self, cell: "_Cell", anchor: str, room: int, columns: int) -> str:
        element = cell.element
        inside = anchor + self._label(element) + _joined(self.blocks(element))
        names = [name for name in element.get("class", "").split() if name in _CLASSES]
        for name in names:
            inside = f"#{name}[{inside}]"
        header = element.tag == "th" and element.get("scope") not in ("row", "rowgroup")
        if header:
            inside = f"#column-head[{inside}]"
        if element.get("scope") == "row":
            inside = f"#row-head[{inside}]"
        inside = _styled(inside, element.get("style", ""))
        across = min(cell.colspan, room)
        if element.get("scope") == "rowgroup" and cell.colspan >= columns:
            return f"table.header(level: 2, repeat: false, group-head({across})[{inside}])"
        options = []
        if across > 1:
            options.append(f"colspan: {across}")
        if cell.rowspan > 1:
            options.append(f"rowspan: {cell.rowspan}")
        if fill := _colour(_declarations(element.get("style", "")).get("background-color", "")):
            options.append(f"fill: {fill}")
        if (header and across > 1) or _declarations(element.get("style", "")).get("text-align") == "center":
            options.append("align: center")
        if len(inside) > 4000:
            options.append("breakable: true")  # taller than a page, perhaps
        return f"table.cell({', '.join(options)})[{inside}]" if options else f"[{inside}]"


# ---------------------------------------------------------------- a table's grid and widths


@dataclass(frozen=True)
class _Cell:
    element: Any
    colspan: int
    rowspan: int

    @property
    def text(self) -> str:
        return " ".join(self.element.text_content().split())


_TAKEN = _Cell(None, 1, 1)  # a place that a span from the left or from above covers


class _Grid:
    """Rows of HTML cells put at their places, spans clamped to the rows and columns there are."""

    def __init__(self, elements: Sequence[Any]) -> None:
        self.elements = elements
        self.rows: list[dict[int, _Cell]] = [{} for _ in elements]
        for y, element in enumerate(elements):
            x = 0
            for cell in element.iterchildren("td", "th"):
                while x in self.rows[y]:
                    x += 1
                across = _span(cell.get("colspan"), 100)
                across = next((free for free in range(across) if x + free in self.rows[y]), across)
                down = min(_span(cell.get("rowspan"), len(elements)), len(elements) - y)
                for dy in range(down):
                    self.rows[y + dy].update(dict.fromkeys(range(x, x + across), _TAKEN))
                self.rows[y][x] = _Cell(cell, across, down)
        self.columns = max((max(row) + 1 for row in self.rows if row), default=0)

    def column(self, x: int) -> list[_Cell]:
        """Cells that stand in one column only."""
        cells = (row.get(x) for row in self.rows)
        return [cell for cell in cells if cell is not None and cell is not _TAKEN and cell.colspan == 1]

    def numeric(self, x: int) -> bool:
        """Whether a column is to be set flush right: marked so, or numbers throughout."""
        cells = [cell for cell in self.column(x) if cell.text]
        if any("num" in cell.element.get("class", "").split() for cell in cells):
            return True
        aligned = [_declarations(cell.element.get("style", "")).get("text-align") for cell in cells]
        return bool(cells) and (
            all(align == "right" for align in aligned) or all(_NUMBER.fullmatch(cell.text) for cell in cells)
        )


_NUMBER = re.compile(r"[-−+±]?[\d\s.,’']*\d(?:\.\d*)?(?:[eE][-+]?\d+)?\s?%?|NaN|nan|<NA>|None|NaT|–|—|-?inf")


def _span(written: str | None, most: int) -> int:
    return min(max(int(written), 1), max(most, 1)) if written and re.fullmatch(r"\d{1,6}", written) else 1


def _own(row: Any, table: Any) -> bool:
    """Whether a row belongs to this table and not to one inside a cell of it."""
    return next(row.iterancestors("table")) is table


@dataclass(frozen=True)
class _Plan:
    """How a table is to stand: column widths (Typst lengths), text size, page turned, columns shown."""

    columns: list[str]
    size: float
    turned: bool
    shown: int


def _plan(element: Any, headers: _Grid, rows: _Grid, columns: int) -> _Plan:
    """Upright if it fits, else turned, else smaller, else cut; `data-wide` and `data-widths` have their say."""
    asked = element.get("data-wide") in ("true", "", "1")
    tries = [(TURNED, size) for size in _SIZES]
    if not asked:
        tries.insert(0, (UPRIGHT, _SIZES[0]))
    for room, size in tries:
        least, natural = _widths(headers, rows, columns, size)
        if sum(least) + _GAP * (columns - 1) <= room:
            break
    shown = columns
    while shown > 1 and sum(least[:shown]) + _GAP * (shown - 1) > room:
        shown -= 1
    weights = [float(part) for part in re.findall(r"\d+(?:\.\d+)?", element.get("data-widths", ""))]
    free = room - _GAP * (shown - 1)
    if len(weights) == columns and all(weights):
        widths = _weighted(least[:shown], weights[:shown], free)
    else:
        widths = _shared(least[:shown], natural[:shown], free)
    # the gap stands half on each side of a column, except at the table's edges
    gaps = [_GAP if 0 < x < shown - 1 else _GAP / 2 if shown > 1 else 0 for x in range(shown)]
    lengths = [f"{width + gap:.1f}pt" for width, gap in zip(widths, gaps, strict=True)]
    return _Plan(lengths, size, room == TURNED, shown)


def _weighted(least: list[float], weights: list[float], room: float) -> list[float]:
    """The room shared by weight, no column below its least."""
    fixed: set[int] = set()
    while True:
        rest = room - sum(least[x] for x in fixed)
        total = sum(weight for x, weight in enumerate(weights) if x not in fixed) or 1
        widths = [least[x] if x in fixed else rest * weight / total for x, weight in enumerate(weights)]
        short = {x for x, width in enumerate(widths) if x not in fixed and width < least[x]}
        if not short:
            return widths
        fixed |= short


def _widths(headers: _Grid, rows: _Grid, columns: int, size: float) -> tuple[list[float], list[float]]:
    """Of each column the least width it can bear and the one it would like, in points."""
    least, natural = [], []
    for x in range(columns):
        number = rows.numeric(x)
        texts = [cell.text for cell in (*headers.column(x), *rows.column(x))] or [""]
        words = [word for text in texts for word in (text.split() or [""])]
        like = max(width(text, size) for text in texts) + 2
        bear = max(min(width(word, size), 14 * size) for word in words) + 2
        cells = [cell.text for cell in rows.column(x)]
        least.append(max([bear, *(width(text, size) + 2 for text in cells)]) if number and cells else bear)
        natural.append(max(like, least[-1]))
    return least, natural


def _shared(least: list[float], natural: list[float], room: float) -> list[float]:
    """Widths between least and natural that fill the room, or less where little is needed."""
    spare = room - sum(natural)
    if spare >= 0:
        if sum(natural) < 0.6 * room:
            return natural
        return [width + spare * width / sum(natural) for width in natural]
    # every column gets what it needs, up to a common limit for those that want more
    low, high = 0.0, max(natural)
    for _ in range(40):
        limit = (low + high) / 2
        total = sum(max(least[x], min(natural[x], limit)) for x in range(len(least)))
        low, high = (limit, high) if total <= room else (low, limit)
    widths = [max(least[x], min(natural[x], low)) for x in range(len(least))]
    over = sum(widths) - room
    return [width - max(over, 0) * width / sum(widths) for width in widths]


def width(text: str, size: float) -> float:
    """Roughly the width of text in Source Sans 3, in points."""
    return size * sum(_EM.get(letter, 0.58 if letter.isupper() else 0.51) for letter in text)


_EM = {
    **dict.fromkeys("ijl.,:;'|!()[] ’‘ ", 0.27),
    **dict.fromkeys("ftrs-/–", 0.39),
    **dict.fromkeys("mwMW@%—…", 0.85),
    **dict.fromkeys("0123456789", 0.5),
}


# ---------------------------------------------------------------- small parts

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    {"p", "div", "section", "article", "aside", "header", "footer", "main", "nav", "address", "center"}
    | {"ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "table", "figure", "figcaption"}
    | {"details", "summary", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
)
_NESTING = frozenset({"ul", "ol", "dd", "blockquote", "table"})
_DEEPEST = 8
_TYPEWRITER = frozenset({"code", "kbd", "samp", "tt"})
_INLINE = {
    **dict.fromkeys(("em", "i", "cite", "var", "dfn"), "#emph"),
    **dict.fromkeys(("strong", "b"), "#strong"),
    **dict.fromkeys(("s", "del", "strike"), "#strike"),
    **dict.fromkeys(("u", "ins"), "#underlined"),
    "sub": "#sub",
    "sup": "#super",
    "small": "#small",
    "mark": "#highlight",
}
# classes that report.typ has a function for
_CLASSES = frozenset(
    {"verdict-holds", "verdict-fails", "verdict-undetermined", "verdict-refused", "soft"}
    | {"side-ukraine", "side-russia", "side-independent", "side-unnamed"}
)


def _label(name: str) -> str:
    return f"#label({string(name)})" if name else ""


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks)


def _stands_alone(image: Any) -> bool:
    """Whether an image is all that its paragraph holds."""
    parent = image.getparent()
    return len(parent) == 1 and not (parent.text or "").strip() and not (image.tail or "").strip()


def _trimmed(run: list[str]) -> str:
    """A run of inline markup without spaces at its ends; empty if nothing else is in it."""
    parts = [part for part in run if part]
    while parts and parts[0] in ('#" ";', "#linebreak();"):
        del parts[0]
    while parts and parts[-1] in ('#" ";', "#linebreak();"):
        del parts[-1]
    if parts and parts[0].startswith('#" '):
        parts[0] = '#"' + parts[0][3:]
    if parts and parts[-1].endswith(' ";'):
        parts[-1] = parts[-1][:-3] + '";'
    return "".join(parts).replace('#linebreak();#" ', '#linebreak();#"')


def _only_mathematics(typst: str) -> bool:
    """Whether Typst math holds no code, comment or end of the formula outside its strings and escapes."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"|\\.', "", typst)
    return not re.search(r'[#$"@]|//|/\*', bare)


def _referred(reference: re.Match[str]) -> str:
    """The letter that a numeric reference in a drawing stands for; ASCII stays as written."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return chr(number) if 127 < number <= 0x10FFFF else reference[0]


def _declarations(style: str) -> dict[str, str]:
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value}


def _styled(inside: str, style: str) -> str:
    """Colour and weight that an element's own style asks for."""
    if not style or not inside:
        return inside
    asked = _declarations(style)
    options = []
    if colour := _colour(asked.get("color", "")):
        options.append(f"fill: {colour}")
    if asked.get("font-weight") in ("bold", "600", "700", "800", "900"):
        options.append('weight: "semibold"')
    if asked.get("font-style") == "italic":
        options.append('style: "italic"')
    return f"#text({', '.join(options)})[{inside}];" if options else inside


# the names of colours that style functions use most
_COLOURS = {
    "black": "#000000",
    "blue": "#0000ff",
    "green": "#008000",
    "grey": "#808080",
    "lightblue": "#add8e6",
    "lightgreen": "#90ee90",
    "orange": "#ffa500",
    "red": "#ff0000",
    "white": "#ffffff",
    "yellow": "#ffff00",
}


def _colour(written: str) -> str:
    """A CSS colour as Typst code; empty when it is none that we read."""
    written = _COLOURS.get(written.lower(), written)
    if re.fullmatch(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", written):
        return f'rgb("{written}")'
    parts = re.fullmatch(
        r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*[\d.]+\s*)?\)", written
    )
    if parts and all(int(part) <= 255 for part in parts.groups()):
        return f"rgb({parts[1]}, {parts[2]}, {parts[3]})"
    return ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' if number != 1 else ''}"
