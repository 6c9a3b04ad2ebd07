"""Compare a ledger with an article: every row is in the text, every number of the text in a row.

Finds, compares and reports; it writes no file and judges no claim. A miss shows the number and its noun only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from reported.article.text import ArticleError, normalise, paragraphs, sha256
from reported.article.words import decimal_of, found_in, reading, says, words_of
from reported.ground.english import counted
from reported.ground.formulas import unguarded
from reported.prose import Phrase, PhraseError, find, parse

if TYPE_CHECKING:
    from reported.ledger import Rows


@dataclass(frozen=True)
class Miss:
    """A disagreement between ledger and text: paragraph (0: none), words, what is wrong, what to do."""

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
    """The outcome of comparing a ledger with a text; `str()` is the report, `complete` the verdict."""

    source: str
    sha256: str
    paragraphs: int
    numbers: int
    as_figures: int
    set_aside: int
    rows: int
    misses: tuple[Miss, ...]
    warning: str = ""
    overruled: tuple[str, ...] = ()
    """One line for each row in which a person overrules the reading of its words."""

    @property
    def complete(self) -> bool:
        """True if every row is in the text and every number of the text is in a row."""
        return not self.misses

    @property
    def uncovered(self) -> int:
        """Number of expressions in the text that are in no row."""
        return self.numbers - self.as_figures - self.set_aside

    def __str__(self) -> str:
        verdict = "nothing to correct" if self.complete else f"{len(self.misses)} to correct"
        lines = [
            f"{self.source or 'a new article'}: {counted(self.numbers, 'number')} in {counted(self.paragraphs, 'paragraph')}: "
            f"{counted(self.as_figures, 'figure')}, {self.set_aside} set aside, {self.uncovered} in no row; "
            f"{counted(self.rows, 'row')} checked: {verdict}"
        ]
        lines += [f"warning: {self.warning}"] * bool(self.warning)
        lines += [f"overruled: {line}" for line in self.overruled]
        return "\n".join([*lines, *map(str, self.misses)])


@dataclass
class _Row:
    """A row of figures.csv or set_aside.csv, and the number expressions that may be it."""

    file: str
    id: str
    paragraph: int
    words: str
    cells: Mapping[str, str]
    may_be: list[int] = field(default_factory=list)


def audit(ledger: Rows, text: str, source: str | None = None) -> Audit:
    """Compare a ledger with an article's text.

    `source` names the article in sources.csv; without it, the one with the text's checksum is used, or else the
    one most of whose rows are in the text. Every row's words must be in their paragraph and state the stored
    qualifier and value there; every number expression must be one figure or set aside.

    Raises ArticleError when `source` is not in sources.csv.
    """
    blocks = paragraphs(text)
    checksum = sha256(text)
    sums = {row["id"]: row["sha256"] for row in ledger.tables["sources"].rows}
    rows = [row for file in ("figures", "set_aside") for row in _rows(file, ledger)]
    if source is None:
        source = _recognised(blocks, checksum, sums, rows)
    elif source not in sums:
        raise ArticleError(f'no source "{source}"; sources.csv has {", ".join(sorted(sums)) or "none yet"}')
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
        known = "another" if sums[source] else "none"
        warning = (
            f"the text's sha256 is {checksum}, sources.csv has {known} for {source}: a page edited around its "
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
        overruled=tuple(
            f'figures row {row.id} ("{row.words}"): {row.cells["overruled"]}'
            for row in rows
            if row.cells["source"] == source and row.cells.get("overruled")
        ),
    )


def _rows(file: str, ledger: Rows) -> Iterator[_Row]:
    for cells in ledger.tables[file].rows:
        words = normalise(unguarded(cells["words"]))
        yield _Row(file, cells["id"], int(cells["paragraph"] or 0), words, cells)


def _recognised(blocks: list[str], checksum: str, sums: Mapping[str, str], rows: Sequence[_Row]) -> str:
    """The source with this checksum; else the one most of whose rows' words are in the text; else ""."""
    for source, known in sums.items():
        if known == checksum:
            return source
    there = Counter(row.cells["source"] for row in rows if _is_there(row, blocks))
    every = Counter(row.cells["source"] for row in rows)
    likely = [source for source in sums if 2 * there[source] > every[source]]
    return max(likely, key=lambda source: there[source], default="")


def _is_there(row: _Row, blocks: list[str]) -> bool:
    return 1 <= row.paragraph <= len(blocks) and any(_places(row.words, blocks[row.paragraph - 1]))


def _source_misses(source: str, checksum: str) -> Iterator[Miss]:
    if not source:
        yield Miss(
            0, "", "source", "no source of the ledger is this article",
            f"add it to sources.csv with sha256 {checksum}, or name it with --source",
        )  # fmt: skip


def _places(words: str, block: str) -> Iterator[tuple[int, int]]:
    """Find words in a paragraph, but not inside longer words."""
    start = block.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        whole_before = start == 0 or not (block[start - 1].isalnum() and words[0].isalnum())
        whole_behind = end == len(block) or not (block[end].isalnum() and words[-1].isalnum())
        if whole_before and whole_behind:
            yield start, end
        start = block.find(words, start + 1)


def _astray(row: _Row, blocks: list[str]) -> Miss:
    """Describe a row whose words are not in the paragraph that it names."""
    elsewhere = [str(n) for n, block in enumerate(blocks, 1) if any(_places(row.words, block))]
    if elsewhere:
        advice = f"they are in paragraph {', '.join(elsewhere)}; correct the paragraph"
    else:
        advice = "correct the words, or take the row out"
    return Miss(row.paragraph, row.words, "not there", f"words of {row.file} row {row.id}, not there", advice)


class _Page:
    """One paragraph: its number expressions, the rows that name it, and which row is which number."""

    def __init__(self, number: int, block: str, rows: Sequence[_Row]) -> None:
        self.number = number
        self.block = block
        self.rows = rows
        self.found = found_in(block)
        self.starts = [p.number_start for p in self.found]
        self.ends = [p.number_end for p in self.found]
        self.figures: dict[int, _Row] = {}  # by place in `found`
        self.aside: dict[int, _Row] = {}

    def misses(self, blocks: list[str]) -> list[Miss]:
        """List the disagreements of this paragraph in the order of the text."""
        there = [row for row in self.rows if any(_places(row.words, self.block))]
        misses = [_astray(row, blocks) for row in self.rows if row not in there]
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
        """Return the number expressions inside a span of the paragraph."""
        return range(bisect_left(self.starts, start), bisect_right(self.ends, end))

    def meeting(self, start: int, end: int) -> range:
        """Return the number expressions that overlap a span of the paragraph."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def quoted(self, row: _Row) -> list[Miss]:
        """Check a figure's words, and note which number expressions the row may be."""
        if row.cells.get("overruled"):
            return self.overruled(row)
        stored = (row.cells["qualifier"], decimal_of(row.cells["value"]), decimal_of(row.cells["value_to"]))
        said = [p for p in find(row.words, chosen=True) if p.is_quantity]
        if len(said) != 1 or (said[0].doubt and stored not in said[0].readings):
            try:
                parse(row.words)
            except PhraseError as error:
                return [self.miss(row, "unclear", str(error), "correct the words")]
        misses = []
        if not says(said[0], stored):
            found = f"figures row {row.id} has {_shown(*stored)}, its words say {_shown(*reading(said[0]))}"
            misses.append(self.miss(row, "misquoted", found, "correct the row"))
        others = []
        for start, end in _places(row.words, self.block):
            here = [k for k in self.within(start, end) if self.found[k].is_quantity]
            for k in here:
                decided = self.found[k].doubt and row.cells.get("note")
                if reading(self.found[k]) == reading(said[0]) or decided:
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

    def overruled(self, row: _Row) -> list[Miss]:
        """Handle a row whose words a person reads in another way: it may be any number in them."""
        for start, end in _places(row.words, self.block):
            row.may_be += [k for k in self.meeting(start, end) if self.found[k].is_quantity]
        return (
            []
            if row.may_be
            else [self.miss(row, "unclear", "no quantity there in the text", "correct the words")]
        )

    def cut(self, row: _Row, other: Phrase) -> Miss:
        """Describe words that leave out part of what the text says with them."""
        if other.doubt:
            advice = "a note in the row must say how it is meant"
            return self.miss(row, "unclear", f'the text says "{other.text}": {other.doubt}', advice)
        return self.miss(row, "cut", f'the text says "{other.text}"', "take the words with their qualifier")

    def assign(self, rows: Sequence[_Row]) -> None:
        """Match as many rows as possible with one number expression each (augmenting paths)."""
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
        """Mark the number that a row sets aside, here and wherever the same words occur again."""
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
        advice = f"take figures row {row.id} out, or another of this number"
        return self.miss(row, "twice", "more rows than numbers", advice)

    def uncovered(self, found: Phrase) -> Miss:
        """Describe a number expression that is in no row."""
        words = words_of(found, self.block)
        text, advice = "in no row", "set it aside with a reason"
        if found.doubt:
            text += f" ({found.doubt})"
            advice += ", or add a figure whose note says how it is meant"
        elif not found.is_quantity:
            text += f" ({found.kind})"
        else:
            advice = f"add a figure ({_shown(*reading(found))}) or {advice}"
        return Miss(self.number, words, "uncovered", text, advice)

    def miss(self, row: _Row, kind: str, found: str, advice: str) -> Miss:
        return Miss(self.number, row.words, kind, found, advice)


def _likeness(found: Phrase) -> tuple[object, ...]:
    return found.kind, found.noun, *reading(found)


def _shown(qualifier: str, value: Decimal | None, value_to: Decimal | None) -> str:
    numbers = " and ".join(f"{number:,f}" for number in (value, value_to) if number is not None)
    return " ".join(part for part in (qualifier, numbers) if part) or "nothing"
