"""Tables in cleaned HTML: headings that head nothing, columns of numbers, tables wider than a phone."""

import html as html_references
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# cleaned HTML has no bare `>` within a tag
_TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|tr|td|th)\b([^>]*)>")
_ANY_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(
    r"\(?[-+−<>~≈$€£¥]*\s?(?:\d[\d ,.'\u00a0\u202f]*|\d[\d.]*[eE][-+]?\d+)\)?\s?[%‰]?", re.ASCII
)
_NO_NUMBER = frozenset(("", "nan", "none", "nat", "<na>", "…", "..."))
_MOST_COLUMNS = 1000  # as far as browsers go


def is_number(text: str) -> bool | None:
    """If a cell's text is a number; None for what stands in a column of numbers where one is missing.

    >>> is_number("−1,200.5 %"), is_number("7 km"), is_number("NaN")
    (True, False, None)
    """
    if text.lower() in _NO_NUMBER:
        return None
    return _NUMBER.fullmatch(text) is not None


@dataclass
class _Cell:
    open: re.Match[str]
    section: str
    end: int = 0
    close: re.Match[str] | None = None

    def text(self, html: str) -> str:
        return " ".join(html_references.unescape(_ANY_TAG.sub(" ", html[self.open.end() : self.end])).split())

    def span(self, name: str) -> int:
        found = re.search(rf'\b{name}="(\d+)"', self.open[3])
        return min(max(int(found[1]), 1), _MOST_COLUMNS) if found else 1


@dataclass
class _Table:
    start: int
    depth: int
    end: int = 0
    section: str = "tbody"
    rows: list[list[_Cell]] = field(default_factory=list)

    def columns(self) -> Iterator[list[_Cell]]:
        """The cells of each column that stand in it alone, after what spans of rows and columns take up."""
        found: dict[int, list[_Cell]] = {}
        covered: dict[int, int] = {}
        for y, row in enumerate(self.rows):
            x = 0
            for cell in row:
                while covered.get(x, 0) > y:
                    x += 1
                width, height = cell.span("colspan"), cell.span("rowspan")
                covered |= dict.fromkeys(range(x, x + width), y + height)
                if width == 1:
                    found.setdefault(x, []).append(cell)
                x += width
        yield from found.values()


def completed(html: str, scrolled: bool) -> str:
    """The HTML with its tables made ready for a page. With `scrolled`, each gets a frame that it scrolls in.

    An empty heading becomes a cell with the same spans: a screen reader would announce it. Columns of numbers get the
    class `num`.
    """
    if "<table" not in html:
        return html
    changes: dict[tuple[int, int], str] = {}
    for table in _tables(html):
        numeric = {
            id(cell): cell
            for column in table.columns()
            if _is_numeric([cell for cell in column if cell.section == "tbody"], html)
            for cell in column
        }
        for cell in (cell for row in table.rows for cell in row):
            name, attributes = cell.open[2], cell.open[3]
            if name == "th" and not html[cell.open.end() : cell.end].replace("&nbsp;", "").strip():
                name = "td"
                if cell.close:
                    changes[cell.close.span()] = "</td>"
            if id(cell) in numeric:
                attributes = _with_class(attributes, "num")
            if (name, attributes) != (cell.open[2], cell.open[3]):
                changes[cell.open.span()] = f"<{name}{attributes}>"
        if scrolled and table.depth == 0:
            tag = html[table.start : html.index(">", table.start) + 1]
            changes[table.start, table.start + len(tag)] = f'<div class="page-scroll">{tag}'
            changes[table.end - len("</table>"), table.end] = "</table></div>"
    pieces, end = [], 0
    for (start, after), text in sorted(changes.items()):
        pieces += [html[end:start], text]
        end = after
    return "".join([*pieces, html[end:]])


def _is_numeric(cells: list[_Cell], html: str) -> bool:
    """If all cells of a column's body are numbers or missing ones, and nobody has aligned them."""
    found = set()
    for cell in cells:
        if cell.open[2] == "th" or "text-align" in cell.open[3] or ' align="' in cell.open[3]:
            return False
        found.add(is_number(cell.text(html)))
        if False in found:
            return False
    return True in found


def _with_class(attributes: str, name: str) -> str:
    if 'class="' in attributes:
        return attributes.replace('class="', f'class="{name} ', 1)
    return f'{attributes} class="{name}"'


def _find_head(table: _Table) -> None:
    """Make a first row of headings alone the table's head, where it has none."""
    first, *others = table.rows or [[]]
    if others and first and all(cell.open[2] == "th" and cell.section == "tbody" for cell in first):
        for cell in first:
            cell.section = "thead"


def _tables(html: str) -> list[_Table]:
    """Every table with its rows and their cells; those of a table within a cell are its own."""
    done: list[_Table] = []
    within: list[_Table] = []
    for tag in _TAG.finditer(html):
        closing, name = tag[1], tag[2]
        if name == "table" and not closing:
            within.append(_Table(tag.start(), len(within)))
        if not within:
            continue
        table = within[-1]
        if name == "table" and closing:
            table.end = tag.end()
            _find_head(table)
            done.append(within.pop())
        elif name in ("thead", "tbody", "tfoot"):
            table.section = "tbody" if closing else name
        elif name == "tr" and not closing:
            table.rows.append([])
        elif name in ("td", "th"):
            if closing:
                table.rows[-1][-1].end, table.rows[-1][-1].close = tag.start(), tag
            else:
                table.rows[-1].append(_Cell(tag, table.section))
    return done
