"""A notebook read as a document: its settings and, cell by cell, what is to be shown. Both exporters start here.

Nothing is converted or cleaned here; how the parts look is the templates' matter.
"""

import base64
import binascii
import re
import urllib.parse
import urllib.request
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from reported.press.clean.text import visible
from reported.press.errors import CellError
from reported.press.read import foreign, outputs

NOT_DRAWN = "a drawing of the chart is not an SVG, or holds what no drawing does"

Kind = Literal["prose", "html", "table", "chart", "picture", "printed", "unshown"]


@dataclass
class Block:
    """One thing to show.

    `data` by kind: prose: Markdown; html: HTML of an output, not cleaned; table, chart: see outputs.py; picture:
    bytes, with `mime`, `alt` and `width`; printed: text, `mime` saying from where; unshown: a sentence instead.
    """

    kind: Kind
    data: Any
    mime: str = ""
    alt: str = ""
    width: int = 0


@dataclass
class Cell:
    """A cell: its place in the document and in its file, its blocks, and its code where that may be shown."""

    number: int
    file: str
    file_number: int
    blocks: list[Block] = field(default_factory=list)
    code: str = ""
    chapter: bool = False

    @property
    def where(self) -> str:
        """The cell's name for a reader."""
        return f"cell {self.file_number} of {self.file}"


@dataclass(frozen=True)
class Choice:
    """A choice that a reader makes once for the whole page."""

    name: str
    label: str
    options: Sequence[Mapping[str, str]]
    default: str
    offered: bool = True

    @property
    def chosen(self) -> str:
        """The default, in words, where there is a choice to make."""
        labels = [option["label"] for option in self.options if option["value"] == self.default]
        return f"{self.label}: {labels[0]}" if self.offered and labels else ""

    @property
    def groups(self) -> list[str]:
        """The names of a drawing's groups that are shown for one option only."""
        return [f"{self.name}-{option['value']}" for option in self.options]


# how drawings that show several readings are read where no setting says otherwise
READINGS = Choice(
    "reading",
    "Reading",
    [{"value": name, "label": name} for name in ("digits", "typical", "cautious")],
    "typical",
    False,
)


@dataclass(frozen=True)
class Wanted:
    """The parts of a notebook to show, by nbconvert's options."""

    excluded: Container[str] = ()
    """Of `exclude_*`: code_cell, input, output, output_stdin, markdown, raw, unknown."""
    raw_mimetypes: Container[str] = ("", "text/html")
    image_root: str = ""
    """The folder that pictures named in text may lie in; "" for the notebook's project."""
    remote_images: str = "leave"
    """Pictures at other hosts: leave (with a line that says so), refuse (with an error), embed (they are fetched)."""


@dataclass
class Document:
    """A notebook as both exporters see it."""

    title: str
    subtitle: str
    authors: Sequence[str]
    language: str
    description: str
    footer: str
    draft: str
    downloads: Sequence[str]
    imprint: Sequence[Mapping[str, str]]
    """Day of the edition and licence, each with `text` and `href`."""
    citation: str
    choice: Choice
    shift: int
    folder: Path
    cells: list[Cell]
    wanted: Wanted
    attachments: Mapping[int, Mapping[str, Any]]
    code_language: str
    choices: Mapping[str, Mapping[str, str]]
    notices: list[str] = field(default_factory=list)
    """What the author should know of how it is shown, for the log."""
    refused: list[tuple[Cell | None, str]] = field(default_factory=list)
    """Pictures elsewhere that were asked for although they are refused."""

    @property
    def blocks(self) -> Iterator[tuple[Cell, Block]]:
        """Every block with its cell, in reading order."""
        return ((cell, block) for cell in self.cells for block in cell.blocks)

    @property
    def rtl(self) -> bool:
        """True if its language is written from right to left."""
        return self.language.split("-")[0] in {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}

    def of_kind(self, *kinds: Kind) -> list[tuple[Cell, Block]]:
        """The blocks of some kinds."""
        return [(cell, block) for cell, block in self.blocks if block.kind in kinds]

    def row_ids(self) -> list[str]:
        """The ids of all rows of tables, of each the first."""
        return _first(row["id"] for _, block in self.of_kind("table") for row in block.data["rows"])

    def anchors(self) -> list[str]:
        """The ids of charts and tables, of each the first."""
        return _first(block.data["id"] for _, block in self.of_kind("chart", "table"))

    def check_refused(self) -> None:
        """Raise CellError for a picture elsewhere that was asked for and is refused."""
        for cell, address in self.refused:
            said = f"the picture {address} is at another host, which is refused; save it beside the notebook"
            raise CellError(cell.file if cell else self.title, cell.file_number if cell else 0, said)

    def image(self, address: str, cell: Cell | None) -> tuple[bytes, str] | str:
        """The bytes and type of a picture named in text, or why it is not shown.

        It is attached to its cell, in a file of the project, in a data URI, or elsewhere (see Images).
        """
        data = self._image_data(address.strip(), cell)
        if isinstance(data, str):
            return data
        mime = outputs.picture_type(data)
        return (data, mime) if mime else "it is not a PNG, JPEG, GIF, WebP or SVG picture"

    def _image_data(self, address: str, cell: Cell | None) -> bytes | str:
        if address.startswith("attachment:"):
            attached = self.attachments.get(cell.number, {}) if cell else {}
            bundle = attached.get(urllib.parse.unquote(address.removeprefix("attachment:")), {})
            for mime, content in bundle.items():
                return outputs.picture_bytes(outputs.joined(content), mime)
            return "it is not attached to its cell"
        if address.startswith("data:"):
            head, _, body = urllib.parse.unquote(address).partition(",")
            try:
                if re.search(r";\s*base64\s*$", head):
                    return base64.b64decode("".join(body.split()), validate=True)
                return body.encode("utf-8", "replace")
            except (binascii.Error, ValueError):
                return "its data are damaged"
        if found := re.match(r"(?:https?:)?//([^/?#]*)", address):
            if self.wanted.remote_images == "embed":
                return _fetched(address if address.startswith("http") else f"https:{address}")
            self.refused += [(cell, address)] if self.wanted.remote_images == "refuse" else []
            return f"it is at {visible(found[1])}, and nothing is fetched for a page"
        if re.match(r"[A-Za-z][\w+.-]+:", address):
            return "such an address cannot be read"
        return self._file(address)

    def _file(self, address: str) -> bytes | str:
        root = (
            Path(self.wanted.image_root).resolve()
            if self.wanted.image_root
            else _project(self.folder.resolve())
        )
        name = urllib.parse.unquote(address)
        # a query asks a server for something, a file does not mind
        for written in (name, urllib.parse.unquote(re.split("[?#]", address, maxsplit=1)[0])):
            try:
                path = (self.folder / written).resolve()
                if path.is_file() and path.is_relative_to(root):
                    return path.read_bytes()
                if path.is_file():
                    return "it lies outside the project's folder; image_root names another"
            except (OSError, ValueError):
                continue
        return "there is no such file"


_MARKS = (
    ".git",
    "datapackage.json",
    "data/datapackage.json",
    "pyproject.toml",
    "_quarto.yml",
    "_toc.yml",
    "myst.yml",
)


def _project(folder: Path) -> Path:
    """The nearest folder around a notebook that has the mark of a project; without one, the notebook's own."""
    around = (
        parent for parent in (folder, *folder.parents) if any((parent / mark).exists() for mark in _MARKS)
    )
    return next(around, folder)


_LARGEST = 20_000_000  # bytes of a picture that is fetched


def _fetched(address: str) -> bytes | str:
    request = urllib.request.Request(address, headers={"User-Agent": "reported"})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            data: bytes = answer.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        return f"it could not be fetched ({visible(str(error))})"
    return data if len(data) <= _LARGEST else "it is larger than 20 MB"


def _first(names: Any) -> list[str]:
    return [name for name in dict.fromkeys(names) if name]


def read(notebook: Any, resources: Mapping[str, Any], wanted: Wanted = Wanted()) -> Document:
    """Read a notebook. `resources` are nbconvert's: `metadata.name` and `metadata.path` say where it is.

    Raises CellError for an output that is not what its type promises, and for settings that are none.
    """
    try:
        return _read(notebook, resources, wanted)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        name = resources.get("metadata", {}).get("name") or "notebook"
        what = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise CellError(
            f"{name}.ipynb", 0, f"its metadata under `reported` cannot be read: {what}"
        ) from error


def _read(notebook: Any, resources: Mapping[str, Any], wanted: Wanted) -> Document:
    about = resources.get("metadata", {})
    settings = dict(notebook.metadata.get("reported") or {})
    name = str(about.get("name") or "notebook")
    title = settings.get("title") or notebook.metadata.get("title") or name
    names = settings.get("source_names") or {}
    cells = []
    choices: dict[str, Mapping[str, str]] = {}
    for index, source in enumerate(notebook.cells):
        file, number = names.get(source.get("id"), (f"{name}.ipynb", index + 1))
        cells.append(_cell(source, index, str(file), int(number), choices, wanted))
    return Document(
        title=visible(str(title)),
        subtitle=visible(str(settings.get("subtitle") or "")),
        authors=[
            visible(_author(author))
            for author in settings.get("authors") or notebook.metadata.get("authors") or ()
        ],
        language=language_tag(str(settings.get("language") or "en")),
        description=visible(str(settings.get("description") or "")),
        footer=visible(str(settings.get("footer") or "")),
        draft=_draft(settings.get("draft")),
        downloads=[visible(str(file)) for file in settings.get("downloads") or ()],
        imprint=_imprint(settings),
        citation=_citation(str(title), settings),
        choice=_choice(settings.get("choice")),
        shift=int(bool(settings.get("shift"))),
        folder=Path(about.get("path") or "."),
        cells=cells,
        wanted=wanted,
        attachments={
            index: cell.attachments for index, cell in enumerate(notebook.cells) if cell.get("attachments")
        },
        code_language=_language(notebook.metadata),
        choices=choices,
    )


def language_tag(written: str) -> str:
    """A language tag (BCP 47) of how systems and people write one; English for what is none.

    >>> language_tag("pt_BR.UTF-8"), language_tag("uk"), language_tag("Portuguese")
    ('pt-BR', 'uk', 'en')
    """
    tag = re.match(
        r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?![A-Za-z0-9])",
        written.replace("_", "-"),
    )
    return tag[0] if tag else "en"


def _imprint(settings: Mapping[str, Any]) -> list[dict[str, str]]:
    """The edition's day and the licence, as far as they are known."""
    parts = []
    if edition := settings.get("edition"):
        parts.append({"text": visible(f"Edition of {edition}"), "href": ""})
    for licence in settings.get("licences") or ():
        licence = licence if isinstance(licence, Mapping) else {"title": licence}
        href = str(licence.get("path") or "")
        name = visible(str(licence.get("title") or licence.get("name") or href))
        parts.append({"text": f"Licence: {name}", "href": href if re.match("https?://", href) else ""})
    return parts


def _citation(title: str, settings: Mapping[str, Any]) -> str:
    """Return how to cite the document if its edition is known: authors, title, edition, address."""
    edition = settings.get("edition")
    if not edition:
        return ""
    authors = ", ".join(map(_author, settings.get("authors") or ()))
    address = str(settings.get("homepage") or "")
    parts = [authors, title, f"edition of {edition}", address if re.match("https?://", address) else ""]
    return visible(", ".join(part for part in parts if part) + ".")


def _draft(setting: Any) -> str:
    """Return a draft's notice; "" for a document that is no draft."""
    if not setting:
        return ""
    return "Draft" if setting is True else visible(f"Draft: {setting}")


def _author(author: Any) -> str:
    return str(author.get("name", "")) if isinstance(author, Mapping) else str(author)


def _choice(setting: Any) -> Choice:
    if not setting:
        return READINGS
    options = [
        {"value": str(option["value"]), "label": visible(str(option["label"]))}
        for option in setting["options"]
    ]
    for value in [setting["name"], *(option["value"] for option in options)]:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", value):
            raise ValueError(f"the setting `choice` has {value!r} where a name such as typical is expected")
    return Choice(setting["name"], visible(str(setting["label"])), options, setting["default"])


def _language(metadata: Mapping[str, Any]) -> str:
    info = metadata.get("language_info", {})
    name = info.get("pygments_lexer") or info.get("name") or metadata.get("kernelspec", {}).get("language")
    return "python" if not name or str(name).startswith("ipython") else str(name)


def _cell(
    source: Any, index: int, file: str, number: int, choices: dict[str, Mapping[str, str]], wanted: Wanted
) -> Cell:
    """Read a cell; what its rows say under each choice is added to `choices`, by the rows' anchors."""
    cell = Cell(index, file, number)
    # as nbconvert's preprocessor for tags leaves it
    removed = bool(source.metadata.get("transient", {}).get("remove_source"))
    if source.cell_type == "code":
        if "code_cell" not in wanted.excluded:
            hidden = removed or source.metadata.get("jupyter", {}).get("source_hidden")
            if not hidden and "input" not in wanted.excluded:
                cell.code = visible(source.source).strip("\n")
            if "output" not in wanted.excluded:
                _read_outputs(source, cell, choices, wanted)
    elif source.source.strip() and not removed and source.cell_type not in wanted.excluded:
        if source.cell_type == "markdown":
            cell.blocks.append(Block("prose", visible(source.source)))
        elif source.cell_type == "raw":
            cell.blocks += _raw(source, wanted)
    return cell


def _raw(source: Any, wanted: Wanted) -> list[Block]:
    """A raw cell, if it is of a wanted format: HTML and Markdown are read as such, all others shown as written."""
    metadata = source.metadata
    mime = str(metadata.get("raw_mimetype") or metadata.get("format") or "").lower()
    if mime not in wanted.raw_mimetypes:
        return []
    if mime == "text/html":
        return [Block("html", source.source)]
    if mime == "text/markdown":
        return [Block("prose", visible(source.source))]
    return [Block("printed", visible(source.source), "raw")]


def _read_outputs(source: Any, cell: Cell, choices: dict[str, Mapping[str, str]], wanted: Wanted) -> None:
    for count, output in enumerate(source.get("outputs", ()), 1):
        if output.get("name") == "stdin" and "output_stdin" in wanted.excluded:
            continue
        try:
            choices |= {row.anchor: row.choices for row in outputs.rows(output) if row.anchor and row.choices}
            cell.blocks += _blocks(output, cell.where)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CellError(
                cell.file, cell.file_number, f"output {count} cannot be shown: {error}"
            ) from error


def _blocks(output: Any, where: str) -> list[Block]:
    form = outputs.choose(output)
    if form.mime == outputs.CHART:
        return [Block("chart", outputs.chart(form.data))]
    if form.mime == outputs.TABLE:
        return [Block("table", outputs.table(form.data))]
    if form.mime == "text/html":
        # a chart that a script would add to the words
        scripted = foreign.drawn_by(form.data)
        return [
            Block("html", form.data),
            *([Block("unshown", outputs.unshown(scripted))] if scripted else []),
        ]
    if form.mime == "text/markdown":
        return [Block("prose", visible(form.data))]
    if form.mime == "text/latex":
        text = form.data.strip()
        return [Block("prose", visible(text if text.startswith("$") or "\\begin" in text else f"$${text}$$"))]
    if form.mime in outputs.IMAGES:
        data = outputs.picture_bytes(form.data, form.mime)
        mime = outputs.picture_type(data)
        if not mime:
            return [Block("unshown", f"[Image not shown: {form.mime} of {where} cannot be read]")]
        alt = visible(str(form.metadata.get("alt") or "")).strip() or f"Picture of {where}, not described"
        return [
            Block(
                "picture",
                data,
                mime,
                alt,
                round(outputs.length(form.metadata.get("width"))),
            )
        ]
    if form.mime == "nothing":
        return []
    if form.mime == "unshown":
        svg, words = foreign.picture(output.get("data", {}))
        if svg:
            alt = visible(words).strip() or f"Chart of {where}, not described"
            return [Block("picture", svg.encode(), "image/svg+xml", alt)]
        line = Block("unshown", form.data)
        if frame := foreign.last_frame(outputs.joined(output.get("data", {}).get("text/html", ""))):
            data = outputs.picture_bytes(frame, "image/png")
            if mime := outputs.picture_type(data):
                return [Block("picture", data, mime, f"Animation of {where}, not described"), line]
        text = outputs.joined(output.get("data", {}).get("text/plain", "")).strip()
        return [line, Block("printed", text, "stdout")] if text else [line]
    return [Block("printed", form.data, form.mime)] if form.data.strip() else []
