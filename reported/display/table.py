"""A table as notebook output: JSON for pages and print, accessible HTML for Jupyter, Markdown and plain text.

Independent of a table's subject. A cell is a list of runs of text; text is never markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

TABLE_MIME = "application/vnd.reported.table+json"

Run: TypeAlias = dict[str, Any]
"""Text with marks: text, href, strong, em, small, break, choices (reading to text), class, and `sort`, what a cell
whose first run it is is sorted by: 2024-06-11 for a day."""
Cell: TypeAlias = list[Run]

BREAK: Run = {"text": "", "break": True}


def run(text: object, **marks: Any) -> Run:
    """Make a run of text, leaving out empty marks. None is empty text.

    >>> run("at least 50", strong=True, href="")
    {'text': 'at least 50', 'strong': True}
    """
    return {"text": "" if text is None else str(text)} | {name: mark for name, mark in marks.items() if mark}


def cell(*parts: Run | str | None) -> Cell:
    """Make a cell of runs, each on a line of its own; empty ones are left out.

    >>> cell("77", run("a note", small=True))
    [{'text': '77'}, {'text': '', 'break': True}, {'text': 'a note', 'small': True}]
    """
    runs = [run(part) if isinstance(part, str) else part for part in parts if part]
    kept = [part for part in runs if part["text"]]
    return [piece for i, part in enumerate(kept) for piece in ([BREAK, part] if i else [part])]


def joined(cells: Iterable[Cell], between: str = "; ") -> Cell:
    """Join cells into one, with the same text between each two.

    >>> joined([[run("77")], [run("78")]], " or ")
    [{'text': '77'}, {'text': ' or '}, {'text': '78'}]
    """
    return [piece for part in cells for piece in (run(between), *part)][1:]


@dataclass(frozen=True)
class Column:
    """A column: header, relative width in print, whether it holds numbers and can be filtered."""

    header: str
    width: float = 1
    number: bool = False
    filter: bool = False


@dataclass(frozen=True)
class Row:
    """A row, its first cell a row header; `id` makes it a link's target, `cite` is the citation of its number.

    A `group` row has one cell, a heading for the rows below it.
    """

    cells: Sequence[Cell]
    id: str = ""
    group: bool = False
    cite: str = ""


@dataclass(frozen=True, repr=False)
class Table:
    """A captioned table. `left_out` says what a long table leaves out.

    Raises ValueError for a row with more or fewer cells than there are columns.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    id: str = ""
    kind: str = ""
    left_out: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != (1 if row.group else len(self.columns)):
                raise ValueError(f"{len(row.cells)} cells in a row of {len(self.columns)} columns")

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        texts = {"text/html": self.html(), "text/markdown": self.markdown(), "text/plain": self.plain()}
        return {TABLE_MIME: asdict(self), **texts}

    def __repr__(self) -> str:
        return self.plain()

    def html(self) -> str:
        """The table as accessible HTML."""
        head = "".join(
            f'<th scope="col" style="text-align: left">{_text(c.header)}</th>' for c in self.columns
        )
        body = "".join(_html_row(row, len(self.columns)) for row in self.rows)
        rest = f"<p><small>{_text(self.left_out)}</small></p>" if self.left_out else ""
        return (
            f"<table><caption>{_text(self.caption)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>{rest}"
        )

    def markdown(self) -> str:
        """Return the table as a Markdown pipe table, which most Markdown readers know."""
        empty = [""] * len(self.columns)
        lines = [[_marked(column.header) for column in self.columns], ["---"] * len(self.columns)]
        for row in self.rows:
            cells = ["".join(map(_markdown_run, cell)) for cell in row.cells]
            lines.append([f"**{cells[0]}**", *empty[1:]] if row.group else cells)
        rest = f"\n\n{_marked(self.left_out)}" if self.left_out else ""
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        return f"{_marked(self.caption)}\n\n{table}{rest}"

    def plain(self) -> str:
        """Return the table as lines of text with aligned columns."""
        rows = [[column.header for column in self.columns]]
        rows += [[_plain_cell(cell) for cell in row.cells] for row in self.rows]
        full = [row for row in rows if len(row) == len(self.columns)]
        widths = [min(_WIDEST, max(len(row[n]) for row in full)) for n in range(len(self.columns) - 1)]
        lines = ["  ".join([*map(str.ljust, row, widths), *row[len(widths) :]]).rstrip() for row in rows]
        return "\n".join([self.caption, *lines, *([self.left_out] if self.left_out else [])])


_WIDEST = 40
"""Widest padding of a column of plain text, in characters."""


def chosen(says: Mapping[str, str], **marks: Any) -> Run:
    """Make a run that follows the reader's choice of reading (typical by default)."""
    return run(says["typical"], choices=dict(says) if len(set(says.values())) > 1 else None, **marks)


def _html_row(row: Row, columns: int) -> str:
    id_ = f' id="{_text(row.id)}"' if row.id else ""
    if row.group:
        heading = f'<th scope="rowgroup" colspan="{columns}" style="text-align: left">'
        return f"<tr{id_}>{heading}{_html_cell(row.cells[0])}</th></tr>"
    first, *rest = map(_html_cell, row.cells)
    cells = "".join(f'<td style="text-align: left; vertical-align: top">{cell}</td>' for cell in rest)
    return f'<tr{id_}><th scope="row" style="text-align: left; vertical-align: top">{first}</th>{cells}</tr>'


def _html_cell(cell: Cell) -> str:
    return "".join(map(_html_run, cell))


def _html_run(piece: Run) -> str:
    if piece.get("break"):
        return "<br>"
    marked = _text(piece["text"])
    for name in ("strong", "em", "small"):
        if piece.get(name):
            marked = f"<{name}>{marked}</{name}>"
    return f'<a href="{_text(piece["href"])}">{marked}</a>' if piece.get("href") else marked


def _markdown_run(piece: Run) -> str:
    if piece.get("break"):
        return "<br>"
    marked = _marked(piece["text"])
    if marked.strip() and (sign := "**" * bool(piece.get("strong")) or "*" * bool(piece.get("em"))):
        marked = f"{sign}{marked}{sign}"
    return f"[{marked}]({piece['href']})" if piece.get("href") else marked


def _marked(words: str) -> str:
    """Return text for a Markdown cell, which is one line."""
    return re.sub(r"([\\`*_\[\]<>|~$&])", r"\\\1", " ".join(words.split()))


def _plain_cell(cell: Cell) -> str:
    return "".join("; " if piece.get("break") else piece["text"] for piece in cell)


def _text(words: str) -> str:
    return html.escape(words)
