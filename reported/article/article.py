"""An article's text: the ledger held against it, and proposed rows for the next one.

Finds, compares and reports; it writes no file and judges no claim. The text itself goes nowhere: a miss shows
the number and its noun.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from reported import prose
from reported.prose import Phrase, PhraseError

MAX_WORDS = 6  # of an article, in one row
LONGEST = 1_000_000  # characters: an article has not so many

FIGURE_COLUMNS = (
    "id", "quantity", "qualifier", "value", "value_to", "claimant", "relayed_by", "stated_on", "as_of",
    "as_of_basis", "evidence", "little_disclosed", "source", "paragraph", "words", "note",
)  # fmt: skip
#: `file` says which file a row is for, kind and reason belong to set_aside.csv, noun is there for the reader.
DRAFT_COLUMNS = ("file", *FIGURE_COLUMNS, "kind", "reason", "noun")
_REASONS = {
    "date": "a date; kept as a date in the rows it belongs to",
    "time": "a time of day",
    "designation": "part of a name; counts nothing",
    "ordinal": "an order; counts nothing",
    "score": "the score of a match or a vote",
}


class ArticleError(ValueError):
    """A text that cannot be read, or a source that is not known; says what was found and what to do."""


class Ledger(Protocol):
    """What an audit needs of a ledger: three tables as DataFrames."""

    @property
    def figures(self) -> Any: ...
    @property
    def set_aside(self) -> Any: ...
    @property
    def sources(self) -> Any: ...


# ------------------------------------------------------------------------------------------------- text

_QUOTES = str.maketrans({**dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‘’‚‛", "'")})
_GROUP_SPACE = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")
_LOST_SPACE = re.compile(r"(?<!\d)\u202f|\u202f(?!\d{3}(?!\d))")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_SIGNATURES = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word file or other archive", b"{\\rtf": "an RTF file"}


def read(path: str | Path) -> str:
    """The text of an article's file (UTF-8, with or without a byte order mark).

    Raises ArticleError where there is no such text: file missing, a folder, not UTF-8, binary, empty, too long.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        found = "a folder" if path.is_dir() else (error.strerror or "not readable").lower()
        raise ArticleError(f"{path.name or path}: {found}; name the text file of an article") from None
    found = _not_text(data)
    if found:
        raise ArticleError(f"{path.name}: {found}; save the article as plain text in UTF-8")
    text = data.decode("utf-8-sig")
    if not normalise(text):
        raise ArticleError(f"{path.name}: empty; save the article's text in it")
    if len(text) > LONGEST:
        raise ArticleError(
            f"{path.name}: {len(text):,} characters, more than {LONGEST:,}; save one article alone"
        )
    return text


def _not_text(data: bytes) -> str:
    """What bytes are that are no UTF-8 text, or ""."""
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature):
            return name
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return f"not UTF-8 (line {line}, byte {error.start + 1} is 0x{data[error.start]:02x})"
    if control := _CONTROL.search(text):
        return f"not text (a control character, U+{ord(control[0]):04X}, in line {text[: control.start()].count(chr(10)) + 1})"
    return "a web page" if re.match(r"\s*<(?:!doctype html|html)\b", text, re.IGNORECASE) else ""


def paragraphs(text: str) -> list[str]:
    """The text's blank-line blocks, normalised; the headline is the first, and paragraph 1."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(_QUOTES)
    text = _LOST_SPACE.sub(" ", _GROUP_SPACE.sub("\u202f", text))  # thin spaces stay where they group digits
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        line = re.sub(r"[^\S\u202f]+", " ", line).strip(" ")
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [" ".join(block) for block in blocks if block]


def normalise(text: str) -> str:
    """NFC, straight quotes, single spaces, trimmed, one blank line between paragraphs, nothing invisible."""
    return "\n\n".join(paragraphs(text))


def sha256(text: str) -> str:
    """Checksum of the normalised text, in hexadecimal: what sources.csv keeps of an article."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()


# ------------------------------------------------------------------------------------------------ audit


@dataclass(frozen=True)
class Miss:
    """Where ledger and text do not agree: paragraph (0: none), words, what is wrong, what to do."""

    paragraph: int
    words: str
    kind: str
    found: str
    advice: str

    def __str__(self) -> str:
        place = f"paragraph {self.paragraph}: " if self.paragraph else ""
        words = f'"{self.words}": ' if self.words else ""
        return f"{place}{words}{self.found}; {self.advice}"


@dataclass(frozen=True)
class Audit:
    """The outcome of holding a ledger against a text; `str()` is the report, `complete` the verdict."""

    source: str
    sha256: str
    paragraphs: int
    numbers: int
    as_figures: int
    set_aside: int
    rows: int
    misses: tuple[Miss, ...]
    warning: str = ""

    @property
    def complete(self) -> bool:
        """Whether every row stands in the text and every number of the text in a row."""
        return not self.misses

    @property
    def uncovered(self) -> int:
        """How many number expressions of the text are in no row."""
        return self.numbers - self.as_figures - self.set_aside

    def __str__(self) -> str:
        verdict = "all holds" if self.complete else f"{len(self.misses)} to mend"
        lines = [
            f"{self.source or 'a new article'}: {self.numbers} numbers in {self.paragraphs} paragraphs: "
            f"{self.as_figures} figures, {self.set_aside} set aside, {self.uncovered} in no row; "
            f"{self.rows} rows checked: {verdict}"
        ]
        lines += [f"warning: {self.warning}"] * bool(self.warning)
        return "\n".join([*lines, *map(str, self.misses)])


@dataclass
class _Row:
    """A row of figures.csv or set_aside.csv, and the number expressions of its paragraph that it may be."""

    file: str
    id: str
    paragraph: int
    words: str
    cells: Mapping[str, str]
    may_be: list[int] = field(default_factory=list)


def audit(ledger: Ledger, text: str, source: str | None = None) -> Audit:
    """Hold a ledger against an article's text.

    `source` names the article in sources.csv; without it the one with the text's checksum is taken, or else the
    one most of whose rows stand in the text. Every row's words must stand in their paragraph and give the
    stored qualifier and value there, every number expression must be one figure or set aside.

    Raises ArticleError when `source` is no source of the ledger.
    """
    blocks = paragraphs(text)
    checksum = sha256(text)
    sums = {row["id"]: row["sha256"] for row in _records(ledger.sources)}
    rows = [*_rows("figures", ledger.figures), *_rows("set_aside", ledger.set_aside)]
    if source is None:
        source = _recognised(blocks, checksum, sums, rows)
    elif source not in sums:
        raise ArticleError(f'no source "{source}"; sources.csv has {", ".join(sorted(sums))}')
    by_paragraph: dict[int, list[_Row]] = {}
    for row in rows:
        if row.cells["source"] == source:
            by_paragraph.setdefault(row.paragraph, []).append(row)
    pages = [_Page(n, block, by_paragraph.pop(n, [])) for n, block in enumerate(blocks, 1)]
    misses = list(_source_misses(source, checksum))
    misses += [_astray(row, blocks) for astray in by_paragraph.values() for row in astray]
    misses += [miss for page in pages for miss in page.misses(blocks)]
    warning = ""
    if source and sums[source] != checksum:
        warning = (
            f"the text's sha256 is {checksum}, sources.csv has another for {source}: a page edited around its "
            "article, or another article; the rows' words decide"
        )
    return Audit(
        source=source,
        sha256=checksum,
        paragraphs=len(blocks),
        numbers=sum(len(page.found) for page in pages),
        as_figures=sum(len(page.figures) for page in pages),
        set_aside=sum(len(page.aside) for page in pages),
        rows=sum(row.cells["source"] == source for row in rows),
        misses=tuple(misses),
        warning=warning,
    )


def _records(frame: Any) -> Iterator[dict[str, str]]:
    """A table's rows as text, whatever stands for an empty cell in it."""
    for record in frame.to_dict("records"):
        yield {
            name: str(cell) if isinstance(cell, str | int | Decimal) else "" for name, cell in record.items()
        }


def _rows(file: str, frame: Any) -> Iterator[_Row]:
    for cells in _records(frame):
        words = normalise(_unguarded(cells["words"]))
        yield _Row(file, cells.get("id", ""), int(cells["paragraph"] or 0), words, cells)


def _recognised(blocks: list[str], checksum: str, sums: Mapping[str, str], rows: Sequence[_Row]) -> str:
    """The source with this checksum; else the one most of whose rows' words stand in the text; else ""."""
    for source, known in sums.items():
        if known == checksum:
            return source
    standing = Counter(row.cells["source"] for row in rows if _standing(row, blocks))
    every = Counter(row.cells["source"] for row in rows)
    likely = [source for source in sums if 2 * standing[source] > every[source]]
    return max(likely, key=lambda source: standing[source], default="")


def _standing(row: _Row, blocks: list[str]) -> bool:
    return 1 <= row.paragraph <= len(blocks) and any(_places(row.words, blocks[row.paragraph - 1]))


def _source_misses(source: str, checksum: str) -> Iterator[Miss]:
    if not source:
        yield Miss(
            0, "", "source", "no source of the ledger is this article",
            f"add it to sources.csv with sha256 {checksum}, or name it with --source",
        )  # fmt: skip


def _places(words: str, block: str) -> Iterator[tuple[int, int]]:
    """Where words stand in a paragraph, whole: not inside longer words."""
    start = block.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        whole_before = start == 0 or not (block[start - 1].isalnum() and words[0].isalnum())
        whole_behind = end == len(block) or not (block[end].isalnum() and words[-1].isalnum())
        if whole_before and whole_behind:
            yield start, end
        start = block.find(words, start + 1)


def _astray(row: _Row, blocks: list[str]) -> Miss:
    """The miss of a row whose words do not stand where it says."""
    elsewhere = [str(n) for n, block in enumerate(blocks, 1) if any(_places(row.words, block))]
    if elsewhere:
        advice = f"they stand in paragraph {', '.join(elsewhere)}; correct the paragraph"
    else:
        advice = "correct the words, or take the row out"
    return Miss(row.paragraph, row.words, "not there", f"words of {row.file} row {row.id}, not there", advice)


class _Page:
    """One paragraph: its number expressions, the rows that name it, and which row is which number."""

    def __init__(self, number: int, block: str, rows: Sequence[_Row]) -> None:
        self.number = number
        self.block = block
        self.rows = rows
        self.found = prose.find(block)
        self.starts = [p.number_start for p in self.found]
        self.ends = [p.number_end for p in self.found]
        self.figures: dict[int, _Row] = {}  # by place in `found`
        self.aside: dict[int, _Row] = {}

    def misses(self, blocks: list[str]) -> list[Miss]:
        """Every disagreement of this paragraph, in the order of the text."""
        misses = [_astray(row, blocks) for row in self.rows if not any(_places(row.words, self.block))]
        there = [row for row in self.rows if any(_places(row.words, self.block))]
        figures = [row for row in there if row.file == "figures"]
        for row in figures:
            misses += self.quoted(row)
        self.assign([row for row in figures if row.may_be])
        taken = [id(row) for row in self.figures.values()]
        misses += [self.twice(row) for row in figures if row.may_be and id(row) not in taken]
        for row in there:
            if row.file == "set_aside":
                misses += self.put_aside(row)
        return misses + [
            self.uncovered(p)
            for k, p in enumerate(self.found)
            if k not in self.figures and k not in self.aside
        ]

    def within(self, start: int, end: int) -> range:
        """The number expressions inside a stretch of the paragraph."""
        return range(bisect_left(self.starts, start), bisect_right(self.ends, end))

    def meeting(self, start: int, end: int) -> range:
        """The number expressions that a stretch of the paragraph has characters of."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def quoted(self, row: _Row) -> list[Miss]:
        """What is wrong with a figure's words; fills in which number expressions the row may be."""
        try:
            said = prose.parse(row.words)
        except PhraseError as error:
            return [self.miss(row, "unclear", str(error), "correct the words")]
        stored = (row.cells["qualifier"], _decimal(row.cells["value"]), _decimal(row.cells["value_to"]))
        misses = []
        if stored != _reading(said):
            found = f"figures row {row.id} has {_shown(*stored)}, its words say {_shown(*_reading(said))}"
            misses.append(self.miss(row, "misquoted", found, "correct the row"))
        others = []
        for start, end in _places(row.words, self.block):
            here = [k for k in self.within(start, end) if self.found[k].is_quantity]
            for k in here:
                decided = self.found[k].doubt and row.cells.get("note")
                if _reading(self.found[k]) == _reading(said) or decided:
                    row.may_be.append(k)
                else:
                    others.append(self.found[k])
            if not here:
                others += [self.found[k] for k in self.meeting(start, end)]
        if row.may_be:
            return misses
        if not others:
            return [*misses, self.miss(row, "unclear", "no quantity there in the text", "correct the words")]
        return [*misses, self.cut(row, others[0])]

    def cut(self, row: _Row, other: Phrase) -> Miss:
        """The miss of words that leave off what the text says with them."""
        if other.doubt:
            advice = "a note in the row must say how it is meant"
            return self.miss(row, "unclear", f'the text says "{other.text}": {other.doubt}', advice)
        return self.miss(row, "cut", f'the text says "{other.text}"', "take the words with their qualifier")

    def assign(self, rows: Sequence[_Row]) -> None:
        """One number expression for each row, as many rows as can have one (augmenting paths)."""
        for row in sorted(rows, key=lambda row: len(row.may_be)):
            before: dict[int, int | None] = {}  # number expression -> the one given up for it
            queue: list[tuple[int, int | None]] = [(k, None) for k in row.may_be]
            for k, origin in queue:
                if k in before:
                    continue
                before[k] = origin
                if k not in self.figures:
                    self._shift(k, before, row)
                    break
                queue += [(other, k) for other in self.figures[k].may_be if other not in before]

    def _shift(self, k: int, before: Mapping[int, int | None], row: _Row) -> None:
        """Move rows along a path of exchanges, so that `row` gets a place too."""
        origin = before[k]
        while origin is not None:
            self.figures[k] = self.figures[origin]
            k, origin = origin, before[origin]
        self.figures[k] = row

    def put_aside(self, row: _Row) -> list[Miss]:
        """Mark what a row sets aside: the number in its words, and its like where the same words stand again."""
        like: set[tuple[object, ...]] = set()
        held = False
        for start, end in _places(row.words, self.block):
            inside = self.within(start, end)
            held = held or bool(inside)
            free = [k for k in inside if k not in self.figures]
            if not like:
                like = {_likeness(self.found[k]) for k in free}
            self.aside |= {k: row for k in free if _likeness(self.found[k]) in like}
        if held and not like:
            return [self.miss(row, "twice", "set aside and a figure", "take one of the two rows out")]
        return []

    def twice(self, row: _Row) -> Miss:
        return self.miss(
            row,
            "twice",
            "more rows than numbers",
            f"take figures row {row.id} out, or another of this number",
        )

    def uncovered(self, found: Phrase) -> Miss:
        """The miss of a number expression that is in no row."""
        words = _words(found, self.block)
        if found.doubt:
            advice = "set it aside with a reason, or add a figure whose note says how it is meant"
            return Miss(self.number, words, "uncovered", f"in no row ({found.doubt})", advice)
        if not found.is_quantity:
            return Miss(
                self.number, words, "uncovered", f"in no row ({found.kind})", "set it aside with a reason"
            )
        reading = _shown(*_reading(found))
        return Miss(
            self.number,
            words,
            "uncovered",
            "in no row",
            f"add a figure ({reading}) or set it aside with a reason",
        )

    def miss(self, row: _Row, kind: str, found: str, advice: str) -> Miss:
        return Miss(self.number, row.words, kind, found, advice)


def _reading(found: Phrase) -> tuple[str, Decimal | None, Decimal | None]:
    return found.qualifier, found.value, found.value_to


def _likeness(found: Phrase) -> tuple[object, ...]:
    return found.kind, found.noun, *_reading(found)


def _decimal(cell: str) -> Decimal | None:
    return Decimal(cell) if re.fullmatch(r"-?\d+(?:\.\d+)?", cell) else None


def _shown(qualifier: str, value: Decimal | None, value_to: Decimal | None) -> str:
    numbers = " and ".join(f"{number:,f}" for number in (value, value_to) if number is not None)
    return " ".join(part for part in (qualifier, numbers) if part) or "nothing"


# ------------------------------------------------------------------------------------------------ draft


def draft(text: str, source: str = "") -> str:
    """Proposed rows for an article, as CSV with the columns DRAFT_COLUMNS: one row a number expression.

    A quantity is a row for figures.csv, with qualifier, value and words filled in; dates, times, designations
    and ordinals are rows for set_aside.csv with a reason. What only a person can judge is left empty; where
    the words leave a number open, its note says why. No cell starts a formula in a spreadsheet.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, DRAFT_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for number, block in enumerate(paragraphs(text), 1):
        for count, found in enumerate(prose.find(block), 1):
            row = _proposed(found, block) | {"paragraph": str(number), "source": source}
            row["id"] = f"p{number}_{count}"
            writer.writerow({column: _guarded(cell) for column, cell in row.items()})
    return out.getvalue()


def _proposed(found: Phrase, block: str) -> dict[str, str]:
    row = {"words": _words(found, block), "noun": found.noun}
    if not found.is_quantity:
        return row | {"file": "set_aside", "kind": found.kind, "reason": _REASONS[found.kind]}
    if found.doubt:
        return row | {"file": "figures", "note": found.doubt}
    value, value_to = ("" if v is None else f"{v:f}" for v in (found.value, found.value_to))
    return row | {"file": "figures", "qualifier": found.qualifier, "value": value, "value_to": value_to}


def _words(found: Phrase, block: str) -> str:
    """The expression with its noun, if they are few words and say the same by themselves."""
    end = found.end
    if found.noun and found.is_quantity:
        place = block.find(found.noun, found.number_end)
        end = place + len(found.noun) if 0 <= place <= found.number_end + 16 else end
    longer = block[found.start : max(end, found.end)]
    return longer if len(longer.split()) <= MAX_WORDS and _same(longer, found) else found.text


def _same(words: str, found: Phrase) -> bool:
    try:
        return _reading(prose.parse(words)) == _reading(found)
    except PhraseError:
        return bool(found.doubt)


_STARTS_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r]")


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a plain negative number is none."""
    return f"'{cell}" if _STARTS_FORMULA.match(cell) and _decimal(cell) is None else cell


def _unguarded(cell: str) -> str:
    """The cell without the apostrophe that `draft` puts before what would start a formula."""
    return cell[1:] if cell.startswith("'") and _STARTS_FORMULA.match(cell[1:]) else cell
