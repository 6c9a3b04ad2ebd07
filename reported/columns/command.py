"""The commands `reported column`, to read a column of a file, and `reported lint`, to compare a coded file with its words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING

from reported.ground.english import counted

if TYPE_CHECKING:
    import pandas as pd

    from reported.columns.files import Writer
    from reported.columns.words import Reader

ADDED = ("lower", "upper", "qualifier", "status")
_TABLE = "a table: .csv, .tsv, .xlsx or .parquet"


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Declare both commands with `command`, the command line's function that declares one."""
    one = command(
        column,
        "read a table's column of numbers in words",
        "column marches.csv --words participants --unit person --out marches-read.csv",
        "Prints how many rows were read, and each phrase that leaves its number open. The exit status is 1 if there is "
        "one.",
    )
    one.add_argument("table", metavar="TABLE", type=Path, help=_TABLE)
    one.add_argument("--words", metavar="COLUMN", required=True, help="the column with the words")
    one.add_argument(
        "--out", metavar="FILE", type=Path, help=f"write the table with the columns {', '.join(ADDED)}"
    )
    one.add_argument("--allow-doubt", action="store_true", help="exit with 0 even if rows are left open")
    two = command(
        lint,
        "compare a coded table with its words",
        "lint marches.csv --words participants --low low --high high --group article",
        "Prints one line for each finding, or writes them to a table, and is silent on a clean table.",
    )
    two.add_argument("table", metavar="TABLE", type=Path, help=_TABLE)
    two.add_argument("--words", metavar="COLUMN", default="", help="the column with the words")
    for end in ("low", "best", "high"):
        two.add_argument(f"--{end}", metavar="COLUMN", default="", help=f"the column with the {end} number")
    two.add_argument(
        "--of",
        metavar="WORD",
        nargs="+",
        default=[],
        action="extend",
        help="what the numbers count, if the words are running text: killed, injured, or a noun",
    )
    two.add_argument(
        "--group",
        metavar="COLUMN",
        default="",
        help="the column of the article, or of something else that rows share",
    )
    two.add_argument("--against", metavar="OLD", type=Path, help="an older release of the table")
    two.add_argument(
        "--key", metavar="COLUMN", default="", help="the column that names a row in both tables (default: id)"
    )
    two.add_argument(
        "--without",
        metavar="KIND",
        nargs="+",
        default=[],
        action="extend",
        help="kinds of findings to leave out",
    )
    two.add_argument("--out", metavar="FILE", type=Path, help="write the findings as a table")
    for each in (one, two):
        each.add_argument("--unit", default="", help="what the column counts or measures, such as person")
        each.add_argument(
            "--also",
            metavar="NOUN",
            nargs="+",
            default=[],
            action="extend",
            help="further nouns for this unit",
        )
        each.add_argument("--reading", default="typical", help="a reading or a codebook (default: typical)")
        each.add_argument("--sheet", default="", help="the sheet of a workbook (default: its first)")


def column(arguments: argparse.Namespace) -> int:
    """Read a table's column of numbers in words."""
    return _explained(lambda: _column(arguments), arguments.table)


def lint(arguments: argparse.Namespace) -> int:
    """Compare a coded table with its words."""
    return _explained(lambda: _lint(arguments), arguments.table)


def _explained(run: Callable[[], int], table: Path) -> int:
    """Run, and print an error as a line that begins with the file."""
    from reported.columns.files import TableError

    try:
        return run()
    except TableError as error:
        print(error, file=sys.stderr)
    except (ValueError, TypeError) as error:
        print(f"{table}: {error}", file=sys.stderr)
    return 1


def _column(arguments: argparse.Namespace) -> int:
    from reported.columns.files import TableError, parts, written
    from reported.columns.words import Reader

    if arguments.out and arguments.out.resolve() == arguments.table.resolve():
        raise TableError(f"{arguments.out}: is the table itself; name another file")
    reader = Reader(arguments.reading, arguments.unit, arguments.also)

    def make(writer: Writer | None) -> None:
        for part in parts(arguments.table, sheet=arguments.sheet):
            read = _part(part, arguments.words, reader)
            if writer:
                writer.add(read)
        if not reader.rows:
            raise ValueError(f'column "{arguments.words}" has no rows')
        if reader.is_empty:
            raise ValueError(f'column "{arguments.words}" is empty in all {reader.rows:,} rows')
        reader.check()

    written(arguments.out, make)
    open_ = _summary(arguments, reader)
    return 1 if open_ and not arguments.allow_doubt else 0


def _part(part: pd.DataFrame, name: str, reader: Reader) -> pd.DataFrame:
    """Return some rows of the table with the added columns."""
    from reported.columns.lint import no_column

    if name not in part.columns:
        raise ValueError(no_column(name, part.columns))
    taken = any(added in part.columns for added in ADDED)
    names = {added: f"{name}_{added}" if taken else added for added in ADDED}
    if clash := next((new for new in names.values() if new in part.columns), None):
        raise ValueError(f'there is a column "{clash}" already; rename it')
    read = reader.frame(part[name])
    return part.assign(**{names[added]: read[added] for added in ADDED})


def _summary(arguments: argparse.Namespace, reader: Reader) -> bool:
    """Print a summary; return True if any number is left open."""
    statuses = reader.statuses()
    counts = ", ".join(f"{count:,} {status}" for status, count in statuses.most_common())
    print(
        f"{arguments.table}: {counted(reader.rows, 'row')}, {counted(reader.different, 'different phrase')} "
        f'in "{arguments.words}", '
        f"read as {arguments.reading}: {counts}"
    )
    if arguments.out:
        print(f"written: {arguments.out}")
    lines = reader.lines()
    for line in lines:
        print(f"  {line}")
    return bool(lines)


def _lint(arguments: argparse.Namespace) -> int:
    from reported.columns.files import Writer
    from reported.columns.lint import lint as findings_of

    ends = {end: getattr(arguments, end) for end in ("words", "low", "best", "high", "group")}
    if not any(ends[end] for end in ("low", "best", "high")):
        raise ValueError("name a column of numbers: --low, --best or --high")
    table = _whole(arguments.table, arguments.sheet)
    old, key = None, arguments.key
    if arguments.against:
        old = _whole(arguments.against, "")
        key = key or ("id" if "id" in table.columns and "id" in old.columns else "")
        if not key:
            raise ValueError("name the column that names a row in both tables: --key")
    findings = findings_of(
        table,
        **ends,
        of=arguments.of,
        against=old,
        key=key,
        reading=arguments.reading,
        unit=arguments.unit,
        also=arguments.also,
        without=arguments.without,
    )
    if arguments.out:
        writer = Writer(arguments.out)
        writer.add(findings)
        writer.done()
    if findings.empty:
        return 0
    counts = ", ".join(f"{count} {kind}" for kind, count in findings["finding"].value_counts().items())
    if not arguments.out:
        for finding in findings.to_dict("records"):
            print(_line(finding))
    print(f"{arguments.table}: {counted(len(findings), 'finding')}: {counts}")
    return 1


def _line(finding: dict[Hashable, object]) -> str:
    words = f' "{finding["words"]}"' if finding["words"] else ""
    return f"row {finding['row']}, {finding['finding']}:{words} {finding['note']}"


def _whole(path: Path, sheet: str) -> pd.DataFrame:
    import pandas as pd

    from reported.columns.files import TableError, parts

    read = list(parts(path, sheet=sheet))
    if not read:
        raise TableError(f"{path}: no rows")
    return pd.concat(read)
