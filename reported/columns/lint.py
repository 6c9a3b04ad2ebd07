"""Compare a coded table with its words: its ends may be out of order, contradicted, or closed against the words."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from reported.columns.cell import DOUBT, OPEN, Cell
from reported.columns.cells import alternatives
from reported.columns.statements import TOTAL
from reported.columns.texts import Texts
from reported.columns.words import Reader
from reported.ledger.faults import quoted
from reported.prose import ENDS_SAID

if TYPE_CHECKING:
    import pandas as pd

    from reported.intervals.bounds import Bounds
    from reported.prose import Phrase

CHECKS = {
    "order": "the ends are out of order",
    "best missing": "there is a low and a high, and no best between them",
    "words": "the ends, or the best, contradict the words",
    "end": "the words say where an end is, and low or high lies beyond it",
    "qualifier": "the words leave an end open or the number approximate; low and high are one number",
    "total": "the number that the words of a group give contradicts the sum of its rows",
    "doubt": "the words leave their number open",
    "revised within": "against the old table: a number inside the old ends",
    "revised beyond": "against the old table: a number outside the old ends",
    "added": "a row that the old table does not have",
    "removed": "a row that only the old table has",
}
"""Each kind of finding and its meaning."""
_ENDS = ("low", "best", "high")
"""The columns of coded numbers."""


@dataclass(frozen=True)
class _Row:
    """A row of the table: its label, its words, and the coded numbers (NaN if there is none)."""

    label: object
    words: str
    low: float
    best: float
    high: float

    @property
    def ends(self) -> tuple[float, float] | None:
        """The least and the greatest coded number."""
        coded = [number for number in (self.low, self.best, self.high) if not math.isnan(number)]
        return (min(coded), max(coded)) if coded else None


def lint(
    table: pd.DataFrame,
    words: str = "",
    low: str = "",
    best: str = "",
    high: str = "",
    *,
    of: str | Iterable[str] = (),
    group: str = "",
    against: pd.DataFrame | None = None,
    key: str = "",
    reading: str = "typical",
    unit: str = "",
    also: Iterable[str] = (),
    without: Collection[str] = (),
) -> pd.DataFrame:
    """List what is wrong in a table whose numbers were coded from words: a row for each finding, none for a clean table.

    `words`, `low`, `best` and `high` name columns, of which the table may have only some. Where the words are running
    text, `of` says what the numbers count: `of="killed"` compares them with the numbers of killed, dead and deaths alone,
    `of=["marchers"]` with those of that noun; a text without any is passed over. `group` names a column, such
    as the article: if all rows of a group have the same words, these are compared with the sum of the rows.
    `against` is an older release of the table, matched by the column `key` (the index if none is named). `reading` is a
    reading or a codebook. `without` leaves out kinds of findings: order, best missing, words, end, qualifier, total, doubt,
    revised within, revised beyond, added, removed.

    Columns of the result: row (its label in the index), finding, words, low, best, high, lower and upper (what the
    words, or the old table, allow) and note. Raises ValueError if a column does not exist or holds no numbers.

    >>> import pandas as pd
    >>> coded = pd.DataFrame({"size": ["at least 50", "about 200"], "low": [50, 190], "high": [50, 210]})
    >>> lint(coded, words="size", low="low", high="high")[["row", "finding", "note"]].values.tolist()
    [[0, 'qualifier', '"at least 50" has no upper end; low and high are both 50']]
    """
    __tracebackhide__ = True
    import pandas as pd

    names = {"words": words, "low": low, "best": best, "high": high}
    _check_arguments(table, [*names.values(), group], without)
    rows = _rows(table, names)
    found: list[dict[str, object]] = []

    def report(finding: str, row: _Row, note: str, bounds: Bounds | None = None) -> None:
        if finding not in without:
            lower, upper = (bounds.lower, bounds.upper) if bounds is not None else (None, None)
            number = {end: None if math.isnan(getattr(row, end)) else getattr(row, end) for end in _ENDS}
            found.append(
                {
                    "row": row.label,
                    "finding": finding,
                    "words": row.words,
                    **number,
                    "lower": lower,
                    "upper": upper,
                }
                | {"note": note}
            )

    for row in rows:
        _order(row, report, bool(best))
    if words:
        read = _read(
            [row.words for row in rows], (of,) if isinstance(of, str) and of else of, reading, unit, also
        )
        for members in _groups(rows, table[group].tolist() if group else range(len(rows))):
            _words(members, read, report, both=bool(low and high))
    if against is not None:
        _check_arguments(against, [low, best, high, key], ())
        _revised(rows, table, against, names, key, report)
    columns = ["row", "finding", "words", *_ENDS, "lower", "upper", "note"]
    findings = pd.DataFrame(found, columns=columns)
    numbers = dict.fromkeys([*_ENDS, "lower", "upper"], "Float64")
    return findings.astype(numbers | dict.fromkeys(["finding", "words", "note"], "str"))


Report = Callable[..., None]


@dataclass(frozen=True)
class _Words:
    """The different words of the table as read: under the chosen reading, the typical one, and number by number."""

    cells: dict[str, Cell]
    typical: dict[str, Cell]
    alternatives: Callable[[str], list[Bounds]]

    def may_be(self, text: str) -> list[Bounds]:
        cell = self.cells[text]
        return [cell.bounds] if cell.bounds is not None else self.alternatives(text)


def _read(texts: list[str], of: Iterable[str], reading: str, unit: str, also: Iterable[str]) -> _Words:
    """Read the words of the table: as phrases, or as running text if `of` says what is counted."""
    different = list(dict.fromkeys(texts))
    readers = [Reader(name, unit, also) for name in (reading, "typical")]
    if counted := list(of):
        known: dict[str, tuple[Phrase, ...]] = {}
        chosen, typical = (Texts(counted, one.phrase, known) for one in readers)
        return _Words(
            {text: chosen.cell(text) for text in different},
            {text: typical.cell(text) for text in different},
            chosen.alternatives,
        )
    cells, plain = (
        dict(zip(different, one.cells(different, [1] * len(different)), strict=True)) for one in readers
    )
    return _Words(cells, plain, lambda text: alternatives(text, reading, readers[0].unit, readers[0].also))


def _check_arguments(table: pd.DataFrame, names: Iterable[str], without: Collection[str]) -> None:
    for name in names:
        if name and name not in table.columns:
            raise ValueError(no_column(name, table.columns))
    for check in without:
        if check not in CHECKS:
            raise ValueError(f"{quoted(check)} is no kind of finding; expected one of {', '.join(CHECKS)}")


def no_column(name: str, columns: Iterable[object]) -> str:
    """Say that a table has no such column, and which it has."""
    known = [str(column) for column in columns]
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {quoted(near[0])}?" if near else f"it has {', '.join(known)}"
    return f"no column {quoted(name)}; {hint}"


def _rows(table: pd.DataFrame, names: dict[str, str]) -> list[_Row]:
    import pandas as pd

    columns: dict[str, list[float]] = {}
    for end in _ENDS:
        columns[end] = _numbers(table, names[end]) if names[end] else [math.nan] * len(table)
    words = table[names["words"]].astype(object) if names["words"] else [""] * len(table)
    texts = ["" if pd.isna(text) else str(text) for text in words]
    return [_Row(*row) for row in zip(table.index, texts, *columns.values(), strict=True)]


def _numbers(table: pd.DataFrame, name: str) -> list[float]:
    """Return a column of coded numbers, with NaN for empty cells."""
    import pandas as pd

    column = table[name]
    numbers = pd.to_numeric(column.replace("", None), errors="coerce")
    broken = numbers.isna() & column.notna() & (column.astype(str).str.strip() != "")
    if broken.any():
        label = column.index[broken][0]
        raise ValueError(
            f"row {label}, column {name}: {quoted(str(column[label]))} is not a number; correct it"
        )
    return numbers.to_numpy(dtype=float, na_value=math.nan).tolist()


def _groups(rows: list[_Row], labels: Iterable[object]) -> Iterator[list[_Row]]:
    groups: dict[object, list[_Row]] = {}
    for position, (row, label) in enumerate(zip(rows, labels, strict=True)):
        none = label is None or label != label or label == ""
        groups.setdefault((position,) if none else label, []).append(row)
    yield from groups.values()


def _order(row: _Row, report: Report, coded: bool) -> None:
    pairs = (("low", "best"), ("best", "high"), ("low", "high"))
    wrong = [
        f"{one} {_plain(a)} > {other} {_plain(b)}"
        for one, other in pairs
        if (a := getattr(row, one)) > (b := getattr(row, other))
    ]
    if wrong:
        report("order", row, "; ".join(wrong))
    elif coded and math.isnan(row.best) and row.low < row.high:
        report("best missing", row, f"nothing between {_plain(row.low)} and {_plain(row.high)}")


def _words(members: list[_Row], read: _Words, report: Report, both: bool) -> None:
    """Compare the rows of one group with their words."""
    alike = len(members) > 1 and len({row.words for row in members}) == 1
    if alike:
        _total(members[0], members, read, report)
        return
    for row in members:
        cell = read.cells[row.words]
        others = [other for other in members if other is not row]
        if others and TOTAL.search(row.words):
            whole = row.ends is None or _agree(row.ends, read.may_be(row.words))
            told = _total(row, others if whole else members, read, report)
            if not (whole or told):
                continue  # "100 in all" beside 60 in one row and 40 in the other
        contradicted = _against_words(row, read, report)
        if cell.status not in OPEN and not contradicted:
            stated = _beyond(row, read.typical[row.words], report)
            if both and not stated:
                _qualifier(row, read.typical[row.words], report)


def _against_words(row: _Row, read: _Words, report: Report) -> bool:
    """Report coded numbers that contradict the words; return True if any do."""
    cell = read.cells[row.words]
    may_be = read.may_be(row.words)
    if row.ends is None:
        note = "nothing is coded" if cell.bounds is not None else ""
    else:
        low, high = row.ends
        best_outside = not math.isnan(row.best) and all(row.best not in bounds for bounds in may_be)
        note = ""
        if not _agree((low, high), may_be):
            coded = _plain(low) if low == high else f"{_plain(low)} to {_plain(high)}"
            note = f"{coded} is coded; {cell.reason}" + _added_up(row, read)
        elif may_be and best_outside and row.low <= row.best <= row.high:
            note = f"best {_plain(row.best)} is outside; {cell.reason}"
        elif cell.status == DOUBT and len(may_be) < 2:
            report("doubt", row, cell.reason)
    if note:
        report("words", row, note, reduce(or_, may_be))
    return bool(note)


def _agree(ends: tuple[float, float], may_be: list[Bounds]) -> bool:
    """True if a coded interval has a number in common with one that the words allow."""
    return not may_be or any(bounds.upper >= ends[0] and ends[1] >= bounds.lower for bounds in may_be)


def _beyond(row: _Row, cell: Cell, report: Report) -> bool:
    """Report a low or high beyond an end that the words state; return True if one is."""
    if cell.bounds is None or cell.qualifier not in ENDS_SAID:
        return False
    beyond = [f"low {_plain(row.low)} is below"] * (row.low < cell.bounds.lower)
    beyond += [f"high {_plain(row.high)} is above"] * (row.high > cell.bounds.upper)
    if note := " and ".join(beyond):
        report("end", row, f"{note} {quoted(cell.reason)}", cell.bounds)
    return bool(beyond)


def _added_up(row: _Row, read: _Words) -> str:
    """Say that the coded number adds up rival statements, or return ""."""
    each = read.alternatives(row.words)
    assert row.ends is not None
    return " (the rival statements are added up)" if len(each) > 2 and row.ends[0] in each[-1] else ""


def _qualifier(row: _Row, cell: Cell, report: Report) -> None:
    bounds = cell.bounds
    if bounds is None or bounds.is_exact or math.isnan(row.low) or row.low != row.high:
        return
    lost = "has no upper end" if math.isinf(bounds.upper) else "is no single number"
    note = f"{quoted(cell.reason)} {lost}; low and high are both {_plain(row.low)}"
    report("qualifier", row, note, bounds)


def _total(whole: _Row, members: list[_Row], read: _Words, report: Report) -> bool:
    """Report words of a group that contradict the sum of its rows; return True if they do."""
    coded = [row.ends for row in members if row.ends is not None]
    may_be = read.may_be(whole.words)
    if not coded or not may_be:
        return False
    low, high = sum(ends[0] for ends in coded), sum(ends[1] for ends in coded)
    if _agree((low, high), may_be):
        return False
    total = _plain(low) if low == high else f"{_plain(low)} to {_plain(high)}"
    repeated = len(set(coded)) == 1 and len(coded) > 1 and any(coded[0][0] in bounds for bounds in may_be)
    rows = f"its {len(members)} rows add up to" if len(members) > 1 else "the other row is"
    report("total", whole, f"{rows} {total}" + "; each repeats the whole" * repeated, reduce(or_, may_be))
    return True


def _revised(
    rows: list[_Row], table: pd.DataFrame, old: pd.DataFrame, names: dict[str, str], key: str, report: Report
) -> None:
    from reported.intervals.bounds import Bounds

    before = {}
    old_names = names | {"words": names["words"] if names["words"] in old.columns else ""}
    for label, row in zip(_keys(old, key, "old table"), _rows(old, old_names), strict=True):
        before[label] = row
    for label, row in zip(_keys(table, key, "table"), rows, strict=True):
        earlier = before.pop(label, None)
        if earlier is None:
            report("added", row, f"{quoted(str(label))} is not in the old table")
            continue
        if earlier.ends == row.ends and not _moved(earlier, row):
            continue
        was = "nothing" if earlier.ends is None else _span(earlier)
        now = "nothing" if row.ends is None else _span(row)
        within = earlier.ends is None or (
            row.ends is not None and earlier.ends[0] <= row.ends[0] and row.ends[1] <= earlier.ends[1]
        )
        bounds = None if earlier.ends is None else Bounds(*earlier.ends)
        report("revised within" if within else "revised beyond", row, f"was {was}, is {now}", bounds)
    for label, row in before.items():
        report("removed", row, f"{quoted(str(label))} is only in the old table")


def _moved(earlier: _Row, row: _Row) -> bool:
    return any(
        getattr(earlier, end) != getattr(row, end)
        and not (math.isnan(getattr(earlier, end)) and math.isnan(getattr(row, end)))
        for end in _ENDS
    )


def _span(row: _Row) -> str:
    assert row.ends is not None
    best = "" if math.isnan(row.best) or row.ends[0] == row.ends[1] else f", best {_plain(row.best)}"
    return (
        _plain(row.ends[0])
        if row.ends[0] == row.ends[1]
        else f"{_plain(row.ends[0])} to {_plain(row.ends[1])}"
    ) + best


def _keys(table: pd.DataFrame, key: str, name: str) -> list[object]:
    keys: list[object] = (table[key] if key else table.index).tolist()
    seen = set()
    for label in keys:
        if label in seen:
            raise ValueError(
                f"{name}: {quoted(str(label))} is in several rows of {key or 'the index'}; name a key"
            )
        seen.add(label)
    return keys


def _plain(number: float) -> str:
    return f"{int(number):,}" if number.is_integer() else f"{number:,}"
