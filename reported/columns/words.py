"""Columns of numbers in words as bounds: `read_words`, and phrase by phrase `explain_words`. No ledger is needed."""

from __future__ import annotations

import datetime
import math
import numbers
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from reported.columns.cell import DOUBT, NO_NUMBER, OPEN, READ, Cell
from reported.columns.cells import coded, explain, read_one
from reported.columns.codebooks import rules_of
from reported.ground.english import counted
from reported.intervals.units import UnitError
from reported.ledger.faults import quoted
from reported.prose import Phrase, language
from reported.prose.language import NAMES
from reported.prose.units import PERCENT, is_currency, standard

if TYPE_CHECKING:
    import pandas as pd

Errors = Literal["raise", "coerce"]
_SHOWN = 20
_LONG = 12  # words: a phrase has fewer, a sentence more
_CERTAIN = 0.7


class WordsError(ValueError):
    """Words of a column that leave a number open; `phrases` lists them as `explain_words` does."""

    def __init__(self, message: str, phrases: pd.DataFrame) -> None:
        super().__init__(message)
        self.phrases = phrases


def read_words(
    series: Iterable[object],
    reading: str = "typical",
    unit: str = "",
    errors: Errors = "raise",
    also: Iterable[str] = (),
) -> pd.Series[Any]:
    """A column of phrases such as "at least 42,284" as bounds in their unit, in a Series with the same index.

    `reading` names a reading (digits, typical, cautious) or a codebook (acled, ucdp, ccc). `unit` is what the column
    counts or measures, and `also` are further nouns that it counts as this unit: `unit="person", also=["tractor"]`.
    Ends of counts are whole numbers. Percentages keep their numbers: 45 for "45 percent". Numbers are taken as they
    are. A row is missing if it is empty, says that the number is not known, or has no digit and no number word;
    "none" and "nobody" are 0.

    Raises WordsError with every phrase that leaves its number open and how often it occurs; with `errors="coerce"`
    these rows are missing. Raises UnitError if the column mixes units, TypeError for what is no column, and
    ValueError for an unknown reading, for sentences (see `reported.prose.find`) and for another language.

    >>> read_words(["about 600,000", "dozens", "none", "unknown"]).astype("str").tolist()
    ['[570000, 630000]', '[24, inf]', '[0, 0]', nan]
    >>> read_words(["5 people", "dozens"]).astype("str").tolist()
    ['[5, 5] person', '[24, inf] person']
    """
    __tracebackhide__ = True
    import pandas as pd

    from reported.intervals import BoundsDtype

    if errors not in ("raise", "coerce"):
        raise ValueError(f'errors is {quoted(str(errors))}, expected "raise" or "coerce"')
    rules_of(reading)
    _check_units(unit, also)
    if hasattr(series, "map_partitions"):  # a Dask column, a partition at a time
        import reported.intervals.dask  # noqa: F401

        empty = pd.Series([], dtype=BoundsDtype(), name=getattr(series, "name", None))
        options: dict[str, Any] = {"reading": reading, "unit": unit, "errors": errors, "also": tuple(also)}
        return series.map_partitions(read_words, **options, meta=empty)  # type: ignore[no-any-return]
    column = _column(series)
    if isinstance(column.dtype, BoundsDtype):
        return column.bounds.to(unit) if unit else column.copy()
    reader = Reader(reading, unit, also)
    codes, values = _different(column)
    cells = reader.cells(values, _counts(codes, len(values)), lambda code: column.index[codes == code][0])
    reader.check()
    if errors == "raise":
        reader.refuse()
    return pd.Series(_array(cells, codes, reader.column_unit), index=column.index, name=column.name)


def explain_words(
    series: Iterable[object], reading: str = "typical", unit: str = "", also: Iterable[str] = ()
) -> pd.DataFrame:
    """Explain how `read_words` reads a column: one row for each different phrase, the most frequent first.

    Columns: phrase, times, status (read, several statements, in doubt, no number, not covered by the codebook),
    qualifier, lower, upper, unit, and reason: the words that made it so. Raises as `read_words` does if there is
    no column to explain, and never for a phrase or a unit.

    >>> explain_words(["dozens", "dozens", "150?"])[["phrase", "times", "status", "lower"]].values.tolist()
    [['dozens', 2, 'read', 24.0], ['150?', 1, 'in doubt', <NA>]]
    """
    __tracebackhide__ = True
    rules_of(reading)
    _check_units(unit, also)
    reader = Reader(reading, unit, also)
    if hasattr(series, "map_partitions"):
        column: Any = series
        counted = column.value_counts(dropna=False).compute()
        reader.cells(list(counted.index), [int(times) for times in counted])
    else:
        codes, values = _different(_column(series))
        reader.cells(values, _counts(codes, len(values)))
    return reader.table()


def _check_units(unit: object, also: object) -> None:
    __tracebackhide__ = True
    if not isinstance(unit, str):
        raise TypeError(f'unit is {unit!r}, expected text such as "person"')
    if isinstance(also, str):
        raise TypeError(f"also is {also!r}, expected a list of nouns: also=[{also!r}]")


class Reader:
    """Reads columns phrase by phrase, each different phrase once, also across the partitions of one table."""

    def __init__(self, reading: str = "typical", unit: str = "", also: Iterable[str] = ()) -> None:
        rules_of(reading)
        self.reading, self.unit = reading, standard(unit) if unit else ""
        self.also = frozenset(standard(noun) for noun in also)
        self._known: dict[object, Cell] = {}
        self._times: Counter[object] = Counter()
        self._first: dict[object, object] = {}

    def cells(
        self,
        values: Sequence[object],
        times: Sequence[int],
        row: Callable[[int], object] | None = None,
    ) -> list[Cell]:
        """Return the cell of each different value, and count it; `row(i)` is the first row of value i.

        Raises ValueError if most values are sentences or in another language.
        """
        new = [value for value in values if value not in self._known]
        texts = [value for value in new if isinstance(value, str) and any(map(str.isalpha, value))]
        _refuse_prose(texts)
        for value in new:
            self._known[value] = self._cell(value)
        self._refuse_language(texts)
        found = [self._known[value] for value in values]
        for i, (value, count) in enumerate(zip(values, times, strict=True)):
            self._times[value] += count
            if row is not None and found[i].status in OPEN and value not in self._first:
                self._first[value] = row(i)
        return found

    def _cell(self, value: object) -> Cell:
        if isinstance(value, str):
            return explain(value, self.reading, self.unit, self.also)
        if value is None or value != value or value is _missing():
            return Cell(NO_NUMBER, "empty")
        if isinstance(value, numbers.Number) and not isinstance(value, bool | complex):
            from reported.intervals.bounds import Bounds

            if math.isinf(value):  # type: ignore[arg-type]
                return Cell(DOUBT, "infinite")
            return Cell(READ, "a number", "exact", Bounds(value))  # type: ignore[arg-type]
        if isinstance(value, datetime.date | datetime.time):
            return Cell(DOUBT, "a date or time: has a spreadsheet made one of a range?")
        raise TypeError(f"expected words or numbers, found {type(value).__name__}: {quoted(str(value))}")

    def phrase(self, phrase: Phrase) -> Cell:
        """Read one phrase of running text."""
        return coded(read_one(phrase, self.reading, self.unit, self.also), self.reading)

    def _refuse_language(self, texts: Sequence[str]) -> None:
        unread = [text for text in texts if self._known[text].status in (DOUBT, NO_NUMBER)]
        if 2 * len(unread) > len(texts):
            words = {word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())}
            code, certainty = language(" ".join(sorted(words)))
            if len(words) > 1 and code not in ("en", "und") and certainty > _CERTAIN:
                raise ValueError(
                    f"the column looks {NAMES.get(code, code)} ({certainty:.0%} sure); only English is read"
                )

    def units(self) -> dict[str, list[object]]:
        """Return the units of the cells that were read, each with its values; bare numbers are under ""."""
        found: dict[str, list[object]] = {}
        for value, cell in self._known.items():
            if cell.bounds is not None and not (
                cell.bounds.lower == cell.bounds.upper == 0 and not cell.unit
            ):
                found.setdefault(cell.unit, []).append(value)
        return found

    @property
    def column_unit(self) -> str:
        """The unit of the column: the one named for it, or the one of its phrases, which `check` found to be alone."""
        return self.unit or next(filter(None, self.units()), "")

    def check(self) -> None:
        """Raise UnitError if the column mixes units and none is named for it."""
        found = self.units()
        named = [unit for unit in found if unit]
        bare = "" in found and any(unit == PERCENT or is_currency(unit) for unit in named)
        if self.unit or (len(named) < 2 and not bare):
            return
        lines = []
        for unit, values in sorted(found.items(), key=lambda item: -self._count(item[1])):
            example = max(values, key=lambda value: self._times[value])
            lines.append(
                f"{unit or 'no unit'}: {counted(self._count(values), 'row')}, such as {quoted(str(example))}"
            )
        likely = max(named, key=lambda unit: self._count(found[unit]))
        raise UnitError(
            "\n".join(
                [
                    "the column mixes units; name the one that it is in, such as "
                    f"unit={quoted(likely)}, and further nouns for it with also=[…]:",
                    *lines[:_SHOWN],
                    *[f"… and {len(lines) - _SHOWN:,} more"] * (len(lines) > _SHOWN),
                ]
            )
        )

    def _count(self, values: Iterable[object]) -> int:
        return sum(self._times[value] for value in values)

    def open(self) -> list[object]:
        """Return the values that leave their number open, the most frequent first."""
        found = [value for value, cell in self._known.items() if cell.status in OPEN]
        return sorted(found, key=lambda value: -self._times[value])

    def lines(self, shown: int = _SHOWN) -> list[str]:
        """Return a line for each of the first values that leave their number open."""
        found = self.open()
        first = {value: f", first in row {self._first[value]}" for value in found if value in self._first}
        lines = [
            f"{self._times[value]:,} × {quoted(str(value))}{first.get(value, '')}: {self._known[value].reason}"
            for value in found[:shown]
        ]
        return [*lines, *[f"… and {counted(len(found) - shown, 'more phrase')}"] * (len(found) > shown)]

    def refuse(self) -> None:
        """Raise WordsError if any phrase leaves its number open."""
        found = self.open()
        if not found:
            return
        rows, phrases = self._count(found), len(found)
        head = (
            f"{rows:,} of {counted(self._times.total(), 'row')} ({counted(phrases, 'different phrase')}) "
            "with a number that is left open:"
        )
        advice = 'correct the words, name the unit, or say errors="coerce" to leave these rows missing'
        table = self.table()
        raise WordsError(
            "\n".join([head, *self.lines(), advice]), table[table["status"].isin(OPEN)].reset_index(drop=True)
        )

    @property
    def rows(self) -> int:
        """The number of rows read."""
        return self._times.total()

    @property
    def different(self) -> int:
        """The number of different phrases."""
        return len(self._known)

    @property
    def is_empty(self) -> bool:
        """True if every cell was empty."""
        return all(
            _is_missing(value) or (isinstance(value, str) and not value.strip()) for value in self._known
        )

    def frame(self, column: pd.Series[Any]) -> pd.DataFrame:
        """Return the lower and upper end, qualifier and status of each row of a column, and count them."""
        import pandas as pd

        codes, values = _different(_column(column))
        cells = self.cells(values, _counts(codes, len(values)), lambda code: column.index[codes == code][0])
        each = pd.DataFrame(
            {
                "lower": pd.array([_end(cell, "lower") for cell in cells], dtype="Float64"),
                "upper": pd.array([_end(cell, "upper") for cell in cells], dtype="Float64"),
                "qualifier": pd.Series([cell.qualifier for cell in cells], dtype="str"),
                "status": pd.Series([cell.status for cell in cells], dtype="str"),
            }
        )
        return each.take(codes).set_axis(column.index)

    def statuses(self) -> Counter[str]:
        """Count the rows of each status."""
        found: Counter[str] = Counter()
        for value, cell in self._known.items():
            found[cell.status] += self._times[value]
        return found

    def table(self) -> pd.DataFrame:
        """Return the table of `explain_words`."""
        import pandas as pd

        values = sorted(self._known, key=lambda value: -self._times[value])
        cells = [self._known[value] for value in values]
        return pd.DataFrame(
            {
                "phrase": pd.Series(
                    ["" if _is_missing(value) else str(value) for value in values], dtype="str"
                ),
                "times": pd.Series([self._times[value] for value in values], dtype="int64"),
                "status": pd.Series([cell.status for cell in cells], dtype="str"),
                "qualifier": pd.Series([cell.qualifier for cell in cells], dtype="str"),
                "lower": pd.array([_end(cell, "lower") for cell in cells], dtype="Float64"),
                "upper": pd.array([_end(cell, "upper") for cell in cells], dtype="Float64"),
                "unit": pd.Series([cell.unit for cell in cells], dtype="str"),
                "reason": pd.Series([cell.reason for cell in cells], dtype="str"),
            }
        )


def _end(cell: Cell, end: str) -> float | None:
    return None if cell.bounds is None else getattr(cell.bounds, end)


def _refuse_prose(texts: Sequence[str]) -> None:
    long = [text for text in texts if len(text.split()) > _LONG]
    if len(texts) > 2 and 2 * len(long) > len(texts):
        raise ValueError(
            f"the column holds sentences, not phrases ({quoted(long[0][:60])} …); find the numbers of each with "
            'reported.prose.find, or compare what one thing counts with lint(…, of="killed")'
        )


def _missing() -> object:
    import pandas as pd

    return pd.NA


def _is_missing(value: object) -> bool:
    return value is None or value is _missing() or value != value


def _column(series: Any) -> pd.Series[Any]:
    """Return the argument as a column. Raises TypeError for anything else."""
    import pandas as pd

    if isinstance(series, str):
        raise TypeError(
            f"expected a column, found the words {quoted(series)}; "
            f"write [{quoted(series)}] for a column of one, or said({quoted(series)})"
        )
    if isinstance(series, pd.DataFrame):
        raise TypeError(f"expected one column, found a table of {len(series.columns)}; name one: table[…]")
    if isinstance(series, Mapping) or not isinstance(series, Iterable):
        raise TypeError(f"expected a column, found {type(series).__name__}")
    column = series if isinstance(series, pd.Series) else pd.Series(list(series), dtype=object)
    kind = column.dtype
    if pd.api.types.is_bool_dtype(kind) or pd.api.types.is_complex_dtype(kind):
        raise TypeError(f"expected words or numbers, found a column of {kind}")
    return column


def _different(column: pd.Series[Any]) -> tuple[Any, list[object]]:
    """Return the code of each row's value, and the different values; a missing one is None."""
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    if column.dtype == object:
        odd = next(
            (value for value in column if isinstance(value, bool) or not isinstance(value, Hashable)), None
        )
        if odd is not None:
            raise TypeError(f"expected words or numbers, found {type(odd).__name__}: {quoted(str(odd))}")
    codes, values = pd.factorize(column, use_na_sentinel=True)
    different: list[object] = list(values)
    if (codes < 0).any():
        codes = codes.copy()
        codes[codes < 0] = len(different)
        different.append(None)
    return codes, different


def _counts(codes: Any, length: int) -> list[int]:
    import numpy as np

    counted: list[int] = np.bincount(codes, minlength=length).tolist() if length else []
    return counted


def _array(cells: Sequence[Cell], codes: Any, unit: str) -> Any:
    """Return the bounds of each row in a unit, by the code of its phrase."""
    import numpy as np

    from reported.intervals import BoundsArray

    ends = np.array(
        [
            (math.nan, math.nan) if cell.bounds is None else (cell.bounds.lower, cell.bounds.upper)
            for cell in cells
        ]
        or np.empty((0, 2)),
        dtype=float,
    ).reshape(-1, 2)
    return BoundsArray.from_arrays(ends[codes, 0], ends[codes, 1], unit)
