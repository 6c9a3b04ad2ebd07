"""Tables in files: CSV, XLSX and Parquet, read and written in parts, so that a table may be larger than memory.

Cells of CSV stay as they are typed: pandas would make missing values of "None" and "n/a" before anything is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reported.ledger.files import delimiter

if TYPE_CHECKING:
    import pandas as pd

PART = 100_000  # rows
_TEXT = {".csv": "", ".tsv": "\t", ".txt": ""}
KINDS = (*_TEXT, ".xlsx", ".parquet")


class TableError(ValueError):
    """A file that cannot be read or written as a table; one line, beginning with the file."""


def parts(path: Path, columns: list[str] | None = None, sheet: str = "") -> Iterator[pd.DataFrame]:
    """Yield a table's rows in parts; the index of CSV and XLSX rows is their number in a spreadsheet, from 2."""
    if not path.is_file():
        raise TableError(f"{path}: {'a folder, not a file' if path.is_dir() else 'no such file'}")
    if path.suffix.lower() not in KINDS:
        raise TableError(f"{path}: expected a table, {', '.join(KINDS)}")
    read = {".xlsx": _sheet, ".parquet": _parquet}.get(path.suffix.lower(), _text)
    try:
        yield from read(path, columns, sheet)
    except (TableError, MemoryError):
        raise
    except ImportError as error:
        raise TableError(f"{path}: needs openpyxl; install reported[excel]") from error
    except Exception as error:  # of pandas, pyarrow, openpyxl and zipfile, which share no class
        line = str(error).strip().split("\n")[0] or type(error).__name__
        raise TableError(f"{path}: cannot be read as a table ({line})") from error


def _text(path: Path, columns: list[str] | None, _: str) -> Iterator[pd.DataFrame]:
    import pandas as pd

    try:
        with path.open(encoding="utf-8-sig") as lines:
            header = lines.readline()
    except UnicodeDecodeError as error:
        raise TableError(f"{path}: is not in UTF-8; save it as CSV UTF-8") from error
    if not header.strip():
        raise TableError(f"{path}: empty")
    if "\0" in header:
        raise TableError(f"{path}: not text; expected a table")
    separator = _TEXT[path.suffix.lower()] or delimiter(header)
    with pd.read_csv(
        path,
        dtype=str,
        keep_default_na=False,
        encoding="utf-8-sig",
        sep=separator,
        chunksize=PART,
        usecols=columns,
    ) as reader:
        for part in reader:
            part.index += 2
            yield part


def _sheet(path: Path, columns: list[str] | None, sheet: str) -> Iterator[pd.DataFrame]:
    import pandas as pd

    with pd.ExcelFile(path, engine="openpyxl") as book:
        names = [str(name) for name in book.sheet_names]
        if sheet and sheet not in names:
            raise TableError(f"{path}: no sheet {sheet!r}; it has {', '.join(names)}")
        table = pd.read_excel(
            book, sheet_name=sheet or 0, dtype=object, keep_default_na=False, na_values=[""], usecols=columns
        )
    table.index += 2
    yield table


def _parquet(path: Path, columns: list[str] | None, _: str) -> Iterator[pd.DataFrame]:
    import pandas as pd
    import pyarrow.parquet

    start = 0
    with pyarrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=PART, columns=columns):
            part = batch.to_pandas()
            part.index = pd.RangeIndex(start, start + len(part))
            start += len(part)
            yield part


class Writer:
    """Writes a table part by part. The complete file replaces an earlier one in `done`, and not before."""

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() not in KINDS:
            raise TableError(f"{path}: expected a name that ends in {', '.join(KINDS)}")
        if not path.absolute().parent.is_dir():
            raise TableError(f"{path}: no such folder")
        self.path = path
        self._partial = path.with_name(f".{path.name}.{os.getpid()}{path.suffix}")
        self._sheets: list[pd.DataFrame] = []
        self._parquet: Any = None
        self._started = False

    def add(self, part: pd.DataFrame) -> None:
        """Write some rows, without their index."""
        suffix = self.path.suffix.lower()
        if suffix in _TEXT:
            part.to_csv(
                self._partial,
                mode="a" if self._started else "w",
                header=not self._started,
                index=False,
                sep=_TEXT[suffix] or ",",
                float_format=_plain,
                encoding="utf-8" if self._started else "utf-8-sig",
            )
        elif suffix == ".parquet":
            self._add_parquet(part)
        else:
            self._sheets.append(part)
        self._started = True

    def _add_parquet(self, part: pd.DataFrame) -> None:
        import pyarrow
        import pyarrow.parquet

        table = pyarrow.Table.from_pandas(part, preserve_index=False)
        if self._parquet is None:
            self._parquet = pyarrow.parquet.ParquetWriter(self._partial, table.schema)
        self._parquet.write_table(table.cast(self._parquet.schema))

    def done(self) -> None:
        """Put the complete file in place."""
        if self._sheets:
            import pandas as pd

            try:
                pd.concat(self._sheets).to_excel(self._partial, index=False, engine="openpyxl", inf_rep="inf")
            except ImportError as error:
                raise TableError(f"{self.path}: needs openpyxl; install reported[excel]") from error
        if self._parquet is not None:
            self._parquet.close()
        self._partial.replace(self.path)

    def drop(self) -> None:
        """Discard what was written and keep an earlier file."""
        if self._parquet is not None:
            self._parquet.close()
        self._partial.unlink(missing_ok=True)


def _plain(number: Any) -> str:
    return str(int(number)) if float(number).is_integer() else repr(float(number))


def written(path: Path | None, make: Callable[[Writer | None], None]) -> None:
    """Run `make` with a writer for this path; the file appears only if nothing is raised."""
    writer = Writer(path) if path else None
    try:
        make(writer)
        if writer:
            writer.done()
    except BaseException:
        if writer:
            writer.drop()
        raise
