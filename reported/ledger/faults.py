"""Faults and findings in a file, each a code, a place and a text; and the error that carries them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from reported.ground.invisible import is_hidden

MAX_LINE = 1_000
MAX_SHOWN = 50


@dataclass(frozen=True)
class Place:
    """A file, a row as an editor numbers it, and a column (or several); rows and columns may be left out."""

    file: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        row = "" if self.row is None else f" row {self.row}"
        several = "s" if "," in self.column else ""
        return f"{self.file}{row}" + (f", column{several} {self.column}" if self.column else "")


@dataclass(frozen=True)
class Fault:
    """A fault: a code for its kind, the place, and a text that says what was found, what was expected and what to do.

    >>> print(Fault("too-long", Place("data/figures.csv", 7, "words"), "is 9,000 characters long; shorten it"))
    data/figures.csv row 7, column words: is 9,000 characters long; shorten it
    """

    code: str
    place: Place
    text: str

    @property
    def file(self) -> str:
        """The file, as a message names it: data/figures.csv."""
        return self.place.file

    @property
    def row(self) -> int | None:
        """The row as an editor numbers it; None for a fault of the whole file."""
        return self.place.row

    @property
    def column(self) -> str:
        """The column, or several with commas; "" for a fault of a whole row."""
        return self.place.column

    def __str__(self) -> str:
        line = f"{self.place}: {self.text}" if self.place.file else self.text
        return _visible(line[:MAX_LINE])


class DataError(ValueError):
    """Raised for a ledger, or another file, that cannot be used. `faults` lists why; str() joins the first fifty lines.

    A line of text stands for a fault of a whole file.
    """

    def __init__(self, faults: Iterable[Fault | str]) -> None:
        given = (f if isinstance(f, Fault) else Fault("file", Place(""), f) for f in faults)
        self.faults = tuple({str(fault): fault for fault in given}.values())
        left = len(self.faults) - MAX_SHOWN
        more = [f"… and {left:,} more"] if left > 0 else []
        super().__init__("\n".join([*self.problems[:MAX_SHOWN], *more]))

    @property
    def problems(self) -> tuple[str, ...]:
        """The faults as lines."""
        return tuple(map(str, self.faults))

    def __reduce__(self) -> tuple[type[DataError], tuple[tuple[Fault, ...]]]:
        return DataError, (self.faults,)


class Faults(list[Fault]):
    """The faults found so far."""

    def add(
        self,
        place: Place | str,
        text: str,
        found: str = "",
        known: Iterable[str] = (),
        else_: str = "",
        code: str = "cell",
    ) -> None:
        """Add a fault and a hint: the nearest of `known` to `found`, otherwise `else_`."""
        hint = else_
        if known and len(self) < MAX_SHOWN:  # looking for a near word is slow, and these few are read
            near = difflib.get_close_matches(found[:80], list(islice(known, 1_000)), n=1, cutoff=0.6)
            hint = f"did you mean {quoted(near[0])}?" if near else else_
        where = place if isinstance(place, Place) else Place(place)
        self.append(Fault(code, where, text + (f"; {hint}" if hint else "")))

    def raise_if_any(self) -> None:
        """Raise DataError if a fault was found."""
        if self:
            raise DataError(self)


def quoted(text: str, length: int = 60) -> str:
    """Return a cell's text for a message: in quotes, cut, with invisible characters written out."""
    return f'"{_visible(text if len(text) <= length else text[:length] + "…")}"'


def _visible(text: str) -> str:
    return "".join(f"⟨U+{ord(c):04X}⟩" if is_hidden(c) else c for c in text)
