"""A sentence, a table or a chart as notebook output, carrying what page and print need.

Knows markup and output types; what a table or chart is about, it does not know. Text that comes from data is
escaped here, so that nothing in a ledger can turn into markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

CHART_MIME = "application/vnd.reported.chart+json"
WIDE, NARROW = 7.1, 3.35
"""Widths in inches at which a chart is drawn: a page's column, and a phone's."""

_LINK = re.compile(r"\]\(#([A-Za-z0-9_-]+)\)|href=\"#([A-Za-z0-9_-]+)\"")
_cited: dict[str, None] = {}


class ChartLike(Protocol):
    """What is asked of a chart: texts, and a drawing at a width in inches."""

    id: str
    title: str
    subtitle: str
    alt: str
    note: str

    def svg(self, width: float) -> str:
        """The chart drawn `width` inches wide."""
        ...


@dataclass(frozen=True)
class Sentence:
    """Markdown text as a notebook's output."""

    markdown: str

    def __post_init__(self) -> None:
        _note(self.markdown)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/markdown": self.markdown, "text/plain": plain(self.markdown)}


@dataclass(frozen=True)
class Row:
    """One row of a table: cells as HTML (escape text with `text`), the first a row header.

    `id` makes the row a link's target. A `group` row has one cell, a heading for the rows below it.
    """

    cells: Sequence[str]
    id: str = ""
    group: bool = False


@dataclass(frozen=True)
class Column:
    """A table's column: its header, relative width in print, and whether it holds numbers."""

    header: str
    width: float = 1
    number: bool = False


@dataclass(frozen=True)
class Table:
    """An accessible table: caption, header cells with scope, no empty header.

    `wide` asks print for a turned page; `choose` names the headers a reader may filter by on screen.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    wide: bool = False
    choose: Sequence[str] = ()
    kind: str = ""
    markup: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "markup", _table(self))
        _note(self.markup)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/html": self.markup, "text/plain": _plain_table(self)}


@dataclass(frozen=True)
class Picture:
    """A chart as a notebook's output: drawn at two widths, with title, note and alt text beside it."""

    chart: ChartLike

    def __post_init__(self) -> None:
        _note(self.chart.note)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        c = self.chart
        wide = c.svg(WIDE)
        parts = {"id": c.id, "title": c.title, "subtitle": c.subtitle, "alt": c.alt, "note": c.note}
        return {
            CHART_MIME: parts | {"parts": [{"wide": wide, "narrow": c.svg(NARROW)}]},
            "text/html": _figure(c, wide),
            "text/plain": c.alt,
        }


_LIKE_OURS = "'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans Condensed', "


def _figure(c: ChartLike, svg: str) -> str:
    """A chart for JupyterLab, which has not our fonts: others of their width, and room past the edge."""
    drawn = svg[svg.index("<svg") :].replace("<svg ", '<svg style="overflow: visible; max-width: 100%" ', 1)
    drawn = drawn.replace("'DejaVu Sans'", f"{_LIKE_OURS}'DejaVu Sans'")
    return (
        f'<figure id="{html.escape(c.id)}"><figcaption><strong>{html.escape(c.title)}</strong><br>'
        f'{html.escape(c.subtitle)}</figcaption><div role="img" aria-label="{html.escape(c.alt)}">{drawn}</div>'
        f"<p><small>{html.escape(plain(c.note))}</small></p></figure>"
    )


def say(*sentences: str) -> Sentence:
    """Sentences as one paragraph of Markdown. Numbers come from live figures, never typed.

    >>> say("Nothing follows.", "Or does it?").markdown
    'Nothing follows. Or does it?'
    """
    return Sentence(" ".join(sentences))


def points(sentences: Iterable[str]) -> Sentence:
    """Sentences as a list, one a point.

    >>> points(["One.", "Two."]).markdown
    '- One.\\n- Two.'
    """
    return Sentence("\n".join(f"- {sentence}" for sentence in sentences))


def cited(prefix: str) -> list[str]:
    """Ids that this notebook's outputs link to so far, those after `prefix`, in the order of first mention."""
    return [id_.removeprefix(prefix) for id_ in _cited if id_.startswith(prefix)]


def text(value: object) -> str:
    """Text as HTML that shows it as it is; None and missing values are empty."""
    return "" if value is None else html.escape(str(value))


def link(words: str, anchor: str) -> str:
    """An HTML link to a row or chart in the same document."""
    return f'<a href="#{html.escape(anchor)}">{text(words)}</a>'


def linked(markdown: str) -> str:
    """Text whose only markup is `[words](#anchor)` links, as HTML."""
    parts = re.split(r"\[([^\[\]]*)\]\(#([A-Za-z0-9_-]+)\)", markdown)
    pieces = [text(parts[0])]
    for words, anchor, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        pieces += [link(words, anchor), text(after)]
    return "".join(pieces)


def lines(*parts: str) -> str:
    """HTML parts, each on a line of its own; empty ones are left out."""
    return "<br>".join(part for part in parts if part)


def plain(markdown: str) -> str:
    """Markdown with its links and escapes taken away, for readers of plain text."""
    return re.sub(r"\\(.)", r"\1", re.sub(r"\[([^\[\]]*)\]\([^)]*\)", r"\1", markdown))


def _note(markup: str) -> None:
    for match in _LINK.finditer(markup):
        _cited.setdefault(match[1] or match[2])


def _table(table: Table) -> str:
    traits = [f'class="{" ".join(["reported", *table.kind.split()])}"']
    if table.wide:
        traits.append('data-wide="true"')
    traits.append(f'data-widths="{" ".join(f"{c.width:g}" for c in table.columns)}"')
    if table.choose:
        traits.append(f'data-filter="{html.escape(",".join(table.choose))}"')
    head = "".join(f'<th scope="col"{_numeric(c)}>{text(c.header)}</th>' for c in table.columns)
    body = "\n".join(_row(row, table.columns) for row in table.rows)
    return (
        f"<table {' '.join(traits)}>\n<caption>{text(table.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _row(row: Row, columns: Sequence[Column]) -> str:
    id_ = f' id="{html.escape(row.id)}"' if row.id else ""
    if row.group:
        return (
            f'<tr class="group"{id_}><th scope="rowgroup" colspan="{len(columns)}">{row.cells[0]}</th></tr>'
        )
    if len(row.cells) != len(columns):
        raise ValueError(f"{len(row.cells)} cells in a row of {len(columns)} columns")
    cells = "".join(
        f"<td{_numeric(column)}>{cell}</td>" for cell, column in zip(row.cells[1:], columns[1:], strict=True)
    )
    return f'<tr{id_}><th scope="row">{row.cells[0]}</th>{cells}</tr>'


def _numeric(column: Column) -> str:
    return ' class="num"' if column.number else ""


def _plain_table(table: Table) -> str:
    strip = re.compile(r"<br>")
    rows = [[c.header for c in table.columns], *(list(row.cells) for row in table.rows)]
    written = [
        "\t".join(html.unescape(re.sub(r"<[^>]+>", "", strip.sub("; ", c))) for c in row) for row in rows
    ]
    return "\n".join([table.caption, *written])
