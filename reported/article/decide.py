"""Deciding in one pass: a workbook with each number in its sentence, what is proposed, and lists to choose from.

`write` makes it from a ledger's rows; `read` returns the rows with the answers, all or none. No table is written here.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reported.article.sentences import sentences
from reported.article.text import ArticleError, paragraphs, sha256
from reported.article.words import slug, unused
from reported.ledger.cells import typed
from reported.ledger.faults import DataError, Faults, Place
from reported.ledger.files import UNDECIDED, Table
from reported.ledger.records import TABLES
from reported.ledger.schema import YES_NO, Column, columns

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Row = dict[str, str]
Tables = Mapping[str, Sequence[Mapping[str, str]]]

SHEETS = {
    "Numbers": "figures",
    "Speakers": "claimants",
    "Parties": "parties",
    "Quantities": "quantities",
    "Articles": "sources",
    "Relations": "relations",
    "Reactions": "reactions",
}
"""The sheets and their tables; the first also has the numbers that are set aside."""
_SHEET_OF = {table: sheet for sheet, table in SHEETS.items()} | {"set_aside": "Numbers"}
_NUMBERS = (
    "decided", "sentence", "words", "quantity", "qualifier", "value", "value_to", "unit", "claimant", "relayed_by", "stated_on", "as_of",
    "evidence", "standing", "hedge", "window", "event", "precision", "overruled", "inferred", "note", "kind", "reason", "paragraph",
    "source", "id", "table",
)  # fmt: skip
_DECISIONS = {"Numbers": ("figure", "set aside", "remove")}
_ANY_ROW = ("yes", "remove")
_WIDTHS = {
    "sentence": 60,
    "words": 22,
    "quantity": 24,
    "claimant": 20,
    "reason": 30,
    "label": 34,
    "title": 40,
    "name": 26,
}
_OPEN = "FFF2CC"  # of a cell to decide
_MARKS = "reported"  # the hidden sheet that says of which ledger the workbook is
_MORE_ROWS = 200  # below those there are, with lists to choose from


def write(path: Path, title: str, rows: Tables, sentence_of: Mapping[tuple[str, str], str]) -> None:
    """Write the workbook of a ledger; `sentence_of` has the sentence of a row by its table and id.

    Raises OSError if it cannot be written; an earlier workbook is then left unchanged.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    lists: dict[tuple[str, ...], str] = {}
    marks = book.create_sheet(_MARKS)
    for sheet in SHEETS:
        _fill(book.create_sheet(sheet), sheet, rows, sentence_of, lists)
    for choices, place in lists.items():
        letter = re.sub(r".*!\$([A-Z]+)\$.*", r"\1", place)
        for number, choice in enumerate(choices, 1):
            marks[f"{letter}{number}"] = choice
    for number, (name, mark) in enumerate(_fingerprint(title, rows).items(), 1):
        marks[f"A{number}"], marks[f"B{number}"] = name, mark
    marks["C1"] = _digest(book)
    marks.sheet_state = "hidden"
    book.move_sheet(marks, len(SHEETS))
    book.active = 0
    handle, temporary = tempfile.mkstemp(prefix=".reported-", suffix=".xlsx", dir=path.parent)
    os.close(handle)
    try:
        book.save(temporary)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _fingerprint(title: str, rows: Tables) -> dict[str, str]:
    """The project's title, and a checksum of each table."""
    sums = {
        name: hashlib.sha256(json.dumps(list(map(dict, rows[name]))).encode()).hexdigest() for name in TABLES
    }
    return {"title": title} | sums


def sentences_of(rows: Tables, texts: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return the sentence of each figure and each number set aside; `texts` maps file names to articles.

    Raises ArticleError for a text whose checksum is in no row of sources.csv.
    """
    blocks: dict[str, list[str]] = {}
    for name, text in texts.items():
        source = next((row["id"] for row in rows["sources"] if row["sha256"] == sha256(text)), None)
        if source is None:
            raise ArticleError(
                f"{name}: no source of the ledger has the checksum of this text; it is another article, or has changed since it "
                "was drafted: name the text as it was, or draft this one"
            )
        blocks[source] = paragraphs(text)
    found = {}
    for table in ("figures", "set_aside"):
        for row in rows[table]:
            block = blocks.get(row["source"], [])
            number = int(row["paragraph"]) if row["paragraph"].isdigit() else 0
            if 1 <= number <= len(block):
                inside = [one.text.strip() for one in sentences(block[number - 1])]
                found[table, row["id"]] = next(
                    (one for one in inside if row["words"] in one), block[number - 1]
                )
    return found


def _fill(
    sheet: Worksheet,
    name: str,
    rows: Tables,
    sentence_of: Mapping[tuple[str, str], str],
    lists: dict[tuple[str, ...], str],
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    header, declared = _header(name), columns(TABLES[SHEETS[name]])
    sheet.append(header)
    shown = list(_rows_of(name, rows))
    units = {row["id"]: row["unit"] for row in rows["quantities"]}
    for line, (table, row) in enumerate(shown, 2):
        is_open = any(cell.startswith(UNDECIDED) for cell in row.values())
        for place, column in enumerate(header, 1):
            cell = sheet.cell(line, place)
            shown_beside = {"table": table, "sentence": sentence_of.get((table, row["id"]), "")}
            if name == "Numbers":
                shown_beside["unit"] = _unit(row, units)
            text = shown_beside.get(column, row.get(column, ""))
            _put(cell, text.removeprefix(UNDECIDED), row.get("words", "") if column == "sentence" else "")
            if text.startswith(UNDECIDED) or (column == "decided" and is_open):
                cell.fill = PatternFill("solid", fgColor=_OPEN)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place, column in enumerate(header, 1):
        letter = get_column_letter(place)
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet.column_dimensions[letter].width = _WIDTHS.get(column, 14)
        sheet.column_dimensions[letter].number_format = "@"  # of the empty cells below too: text stays text
        choices = _DECISIONS.get(name, _ANY_ROW) if column == "decided" else _choices(declared.get(column))
        _offer(sheet, letter, len(shown) + 1 + _MORE_ROWS, choices, declared.get(column), lists)
    sheet.freeze_panes = "D2" if name == "Numbers" else "B2"
    if name == "Numbers":
        sheet.column_dimensions[get_column_letter(len(header))].hidden = True


def _unit(row: Mapping[str, str], units: Mapping[str, str]) -> str:
    """Return the unit of a figure's quantity, or "" for a number set aside."""
    return units.get(row.get("quantity", "").removeprefix(UNDECIDED), "")


def _header(sheet: str) -> list[str]:
    return list(_NUMBERS) if sheet == "Numbers" else ["decided", *columns(TABLES[SHEETS[sheet]])]


def _rows_of(sheet: str, rows: Tables) -> list[tuple[str, Mapping[str, str]]]:
    """Return a sheet's rows with their tables; numbers are in the order of the text."""
    found = [(SHEETS[sheet], row) for row in rows[SHEETS[sheet]]]
    if sheet != "Numbers":
        return found
    found += [("set_aside", row) for row in rows["set_aside"]]
    order = {row["id"]: place for place, row in enumerate(rows["sources"])}
    return sorted(found, key=lambda one: (order.get(one[1]["source"], 0), int(one[1]["paragraph"] or 0)))


def _choices(column: Column | None) -> tuple[str, ...]:
    if column is None:
        return ()
    return ("yes", "no") if column.kind is YES_NO else column.choices


def _offer(
    sheet: Worksheet,
    letter: str,
    last: int,
    choices: tuple[str, ...],
    column: Column | None,
    lists: dict[tuple[str, ...], str],
) -> None:
    """Give a column's cells a drop-down list: the allowed values, or the ids of another sheet."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if column is not None and column.to in _SHEET_OF:
        of = _SHEET_OF[column.to]
        id_ = get_column_letter(_header(of).index("id") + 1)
        formula = f"{of}!${id_}$2:${id_}$2000"
    elif choices:
        place = lists.setdefault(choices, f"{_MARKS}!${get_column_letter(len(lists) + 4)}$1:")
        last_choice = len(choices)
        formula = re.sub(r"\$([A-Z]+)\$1:$", rf"$\1$1:$\1${last_choice}", place)
    else:
        return
    rule = DataValidation(
        "list", formula1=f"={formula}", allow_blank=True, errorStyle="warning", showErrorMessage=True
    )
    rule.error = "This is not in the list."
    rule.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(rule)


def _put(cell: Any, text: str, bold: str) -> None:
    """Write text as text, so that no number, date or formula is made of it."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)
    cell.number_format = "@"
    before, found, behind = text.partition(bold) if bold else (text, "", "")
    if found and (before or behind):
        parts = [part for part in (before, TextBlock(InlineFont(b=True), found), behind) if part]
        cell.value = CellRichText(*parts)
    else:
        cell.value = text or None
        if text:
            cell.data_type = "s"
            cell.quotePrefix = text[0] in "=+-@"


@dataclass
class Answers:
    """The content of a workbook: every table's rows, the sentences to show again, and notes for the person."""

    rows: dict[str, list[Row]]
    sentence_of: dict[tuple[str, str], str]
    changed: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Sheet(Table):
    """A sheet as a table whose faults are named by cell."""

    def at(self, row: int, *names: str) -> Place:
        """The place of a cell: `decide.xlsx, Numbers!F7`."""
        from openpyxl.utils import get_column_letter

        cells = [
            f"{get_column_letter(self.columns.index(one) + 1)}{self.lines[row]}"
            for one in names
            if one in self.columns
        ]
        return Place(f"{self.file}, {self.name}!{' '.join(cells) or self.lines[row]}")


def read(path: Path, title: str, rows: Tables) -> Answers:
    """Return the ledger's rows with the workbook's answers.

    A cell that was typed over is decided; the proposals of a row are accepted if its first cell says so. Raises
    DataError with every fault, named by cell, or with a single one if the file is not a workbook, belongs to another
    project, or was written from another state of the ledger.
    """
    book = _open(path)
    _same_ledger(path, book, _fingerprint(title, rows))
    faults = Faults()
    answers = Answers({name: [dict(row) for row in rows[name]] for name in TABLES}, {})
    sheets = {name: _cells(path, book, name, faults) for name in SHEETS}
    faults.raise_if_any()
    for name, sheet in sheets.items():
        _take(name, sheet, rows, answers, faults)
    _take_units(sheets["Numbers"], rows, answers, faults)
    _accept_named(sheets["Numbers"], answers)
    _drop_unused(answers)
    ids = {table: {row["id"] for row in answers.rows[table]} for table in TABLES}
    for name, sheet in sheets.items():
        _check(name, sheet, rows, ids, faults)
    faults.raise_if_any()
    return answers


def _open(path: Path) -> Any:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(path)
    except FileNotFoundError:
        raise DataError([f"{path.name}: not found; `reported decide` writes it"]) from None
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise DataError([f"{path.name}: not a workbook (.xlsx); save it as an Excel workbook"]) from None


def _same_ledger(path: Path, book: Any, now: Mapping[str, str]) -> None:
    was = {}
    if _MARKS in book.sheetnames:
        was = {
            str(row[0]): str(row[1]) for row in book[_MARKS].iter_rows(max_col=2, values_only=True) if row[0]
        }
    if not was:
        raise DataError(
            [f"{path.name}: not a workbook that `reported decide` wrote, or its hidden sheet is gone"]
        )
    if was.get("title") != now["title"]:
        raise DataError(
            [
                f'{path.name}: is of the project "{was.get("title")}", not of "{now["title"]}"; nothing was changed'
            ]
        )
    changed = [f"{name}.csv" for name in TABLES if was.get(name) != now[name]]
    if changed:
        raise DataError(
            [
                f"{path.name}: {', '.join(changed)} {'has' if len(changed) == 1 else 'have'} changed since the workbook was written; "
                "nothing was changed: write a new one under another name (--to) and copy the answers into it"
            ]
        )


def _cells(path: Path, book: Any, name: str, faults: Faults) -> _Sheet:
    """Return a sheet's rows as text, keyed by the names in its first line."""
    if name not in book.sheetnames:
        raise DataError([f"{path.name}: the sheet {name} is missing; nothing was changed"])
    header, lines, found = _header(name), [], []
    sheet = book[name]
    first = [str(cell.value or "") for cell in sheet[1]]
    missing = [column for column in header if column not in first]
    if missing:
        raise DataError(
            [f"{path.name}, {name}!1: the columns {', '.join(missing)} are missing; nothing was changed"]
        )
    for line in sheet.iter_rows(min_row=2):
        row = {}
        for column, cell in zip(first, line, strict=False):
            if column in header:
                row[column] = _text(cell.value)
                if cell.data_type == "f":
                    faults.add(f"{path.name}, {name}!{cell.coordinate}", "holds a formula; type its value")
        if any(row.values()):
            found.append(row)
            lines.append(line[0].row)
    return _Sheet(name, path.name, tuple(first), tuple(found), tuple(lines))


def _text(value: Any) -> str:
    """Return a cell as it was typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime | datetime.date):
        return str(value)[:10]
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value).strip()


def _take(name: str, sheet: _Sheet, rows: Tables, answers: Answers, faults: Faults) -> None:
    """Put the answers of a sheet into the rows."""
    tables = ("figures", "set_aside") if name == "Numbers" else (SHEETS[name],)
    before = {(table, row["id"]): row for table in tables for row in rows[table]}
    seen: dict[tuple[str, str], int] = {}
    for number, got in enumerate(sheet.rows):
        table = got.get("table") or tables[0]
        key = (table, got["id"])
        if key in before and seen.setdefault(key, number) != number:
            faults.add(
                sheet.at(number, "id"),
                f'"{got["id"]}" is the id of line {sheet.lines[seen[key]]} as well; take one out',
            )
            continue
        if got.get("sentence"):
            answers.sentence_of[key] = got["sentence"]
        decision = got["decided"]
        if decision and decision not in _DECISIONS.get(name, _ANY_ROW):
            known = _DECISIONS.get(name, _ANY_ROW)
            faults.add(
                sheet.at(number, "decided"),
                f'"{decision}" is no answer',
                else_=f"expected {', '.join(known)}",
            )
            continue
        if key in before:
            row = _answered(before[key], got, accept=decision in ("yes", "figure", "set aside"))
            _replace(answers, table, before[key], row, decision, got)
        elif any(got[column] for column in got if column not in ("table", "sentence", "decided")):
            _new(answers, tables[0], got)
    for table, id_ in before.keys() - seen.keys():
        answers.notes.append(f"{table}.csv row {id_}: not in the workbook; it is left as it was")


def _take_units(sheet: _Sheet, rows: Tables, answers: Answers, faults: Faults) -> None:
    """Copy the units that were typed beside numbers to their quantities."""
    before = {row["id"]: row["unit"] for row in rows["quantities"]}
    was = {row["id"]: _unit(row, before).removeprefix(UNDECIDED) for row in rows["figures"]}
    quantity = {row["id"]: row["quantity"].removeprefix(UNDECIDED) for row in answers.rows["figures"]}
    there = {row["id"]: row for row in answers.rows["quantities"]}
    typed_: dict[str, tuple[str, int]] = {}
    for number, got in enumerate(sheet.rows):
        unit, of = got.get("unit", ""), quantity.get(got["id"], got["quantity"])
        if not unit or unit == was.get(got["id"], "") or of not in there or unit == there[of]["unit"]:
            continue
        other, line = typed_.setdefault(of, (unit, number))
        if other != unit:
            place = sheet.at(number, "unit")
            faults.add(
                place, f'"{unit}", but line {sheet.lines[line]} has "{other}" for {of}; make them alike'
            )
            continue
        if typed(sheet, number, {"unit": columns(TABLES["quantities"])["unit"]}, faults) is not None:
            there[of]["unit"] = unit
            answers.changed += 1


def _accept_named(sheet: _Sheet, answers: Answers) -> None:
    """Accept the proposed quantities, speakers, parties and articles of the numbers decided as figures."""
    decided = {got["id"] for got in sheet.rows if got["decided"] == "figure"}
    named: set[tuple[str, str]] = set()
    for row in answers.rows["figures"]:
        if row["id"] in decided:
            named |= {("quantities", row["quantity"]), ("sources", row["source"])}
            named |= {("claimants", row[name]) for name in ("claimant", "relayed_by")}
    accepted: dict[str, int] = {}
    for table in ("quantities", "claimants", "sources", "parties"):  # a speaker before its party
        for row in answers.rows[table]:
            if (table, row["id"]) not in named:
                continue
            open_ = [name for name, cell in row.items() if cell.startswith(UNDECIDED) and cell != UNDECIDED]
            for name in open_:
                row[name] = row[name].removeprefix(UNDECIDED)
            accepted[table] = accepted.get(table, 0) + bool(open_)
            if table == "claimants":
                named.add(("parties", row["party"]))
    if told := ", ".join(f"{count} of {table}.csv" for table, count in accepted.items() if count):
        answers.notes.append(f"accepted with the figures that name them: {told}")


def _answered(row: Mapping[str, str], got: Mapping[str, str], *, accept: bool) -> Row:
    """Return a row with what was typed, and with its proposals if they are accepted."""
    new = {}
    for column, cell in row.items():
        shown = cell.removeprefix(UNDECIDED)
        typed_ = got.get(column, shown)
        if typed_ != shown:
            new[column] = typed_
        else:
            new[column] = shown if accept and (shown or cell != UNDECIDED) else cell
    return new


def _replace(
    answers: Answers, table: str, before: Mapping[str, str], row: Row, decision: str, got: Mapping[str, str]
) -> None:
    """Replace a row with the decided one, in the table that it now belongs to."""
    place = next(n for n, one in enumerate(answers.rows[table]) if one["id"] == before["id"])
    if decision == "remove":
        del answers.rows[table][place]
    elif decision == "set aside" and table == "figures":
        del answers.rows[table][place]
        shared = {column: row[column] for column in ("id", "source", "paragraph", "words")}
        reason = got.get("reason") or UNDECIDED
        answers.rows["set_aside"].append(shared | {"kind": got.get("kind") or "number", "reason": reason})
    elif decision == "figure" and table == "set_aside":
        del answers.rows[table][place]
        figure = {column: got.get(column, "") for column in columns(TABLES["figures"])}
        needed = {name for name, column in columns(TABLES["figures"]).items() if column.required}
        answers.rows["figures"].append(
            {name: cell or UNDECIDED * (name in needed) for name, cell in figure.items()}
        )
    else:
        answers.rows[table][place] = row
    answers.changed += (
        decision == "remove"
        or dict(before) != row
        or (decision, table) in (("set aside", "figures"), ("figure", "set_aside"))
    )
    gone = before["id"] if before["id"] not in {one["id"] for one in answers.rows[table]} else ""
    if gone and table == "figures":
        kept = [one for one in answers.rows["relations"] if gone not in (one["subject"], one["object"])]
        if len(kept) < len(answers.rows["relations"]):
            answers.notes.append(f"{gone} is no longer a figure; its relations were removed")
        answers.rows["relations"][:] = kept


def _new(answers: Answers, table: str, got: Mapping[str, str]) -> None:
    """Add a row that was typed below the others; without an id, one is made from its name."""
    ids = {row["id"] for row in answers.rows[table]}
    named = got.get("name") or got.get("label") or got.get("title") or got.get("words") or table
    id_ = got["id"] or unused(slug(named)[:60] or "row", ids)
    declared = columns(TABLES[table])
    row = {name: got.get(name, "") or UNDECIDED * column.required for name, column in declared.items()}
    if "interested" in row and row["interested"] == UNDECIDED:
        row["interested"] = "?yes"
    answers.rows[table].append(row | {"id": id_})
    answers.changed += 1


def _drop_unused(answers: Answers) -> None:
    """Remove proposals that are neither decided nor referred to by any row."""
    for table in ("quantities", "claimants", "parties"):
        used = {
            row[name].removeprefix(UNDECIDED)
            for other, record in TABLES.items()
            for name, column in columns(record).items()
            if column.to == table or name in ("subject", "object")
            for row in answers.rows[other]
            if name in row
        }
        kept = [
            row
            for row in answers.rows[table]
            if row["id"] in used or not any(cell.startswith(UNDECIDED) for cell in row.values())
        ]
        gone = [row["id"] for row in answers.rows[table] if row not in kept]
        answers.rows[table][:] = kept
        if gone:
            answers.notes.append(f"{table}.csv: removed {', '.join(gone)}, proposed but used by no row")


def _check(name: str, sheet: _Sheet, rows: Tables, ids: Mapping[str, set[str]], faults: Faults) -> None:
    """Check what was typed: values that the column allows, and ids that exist."""
    for number, got in enumerate(sheet.rows):
        table = got.get("table") or SHEETS[name]
        is_aside = got["decided"] == "set aside" or (table == "set_aside" and got["decided"] != "figure")
        declared = columns(TABLES["set_aside" if is_aside else SHEETS[name]])
        if got["decided"] == "remove":
            continue
        base = next((row for row in rows.get(table, ()) if row["id"] == got["id"]), {})
        accepted = got["decided"] != ""
        mine = {
            column: declaration
            for column, declaration in declared.items()
            if got.get(column) and (accepted or got[column] != base.get(column, "").removeprefix(UNDECIDED))
            if not got[column].startswith(UNDECIDED)
        }
        typed(sheet, number, mine, faults)
        for column, declaration in mine.items():
            if declaration.to and got[column] not in ids[declaration.to]:
                text = f'"{got[column]}" is not on the sheet {_SHEET_OF[declaration.to]}'
                faults.add(
                    sheet.at(number, column),
                    text,
                    got[column],
                    ids[declaration.to],
                    "add it there or choose another",
                )


def unread(path: Path) -> bool:
    """True if a workbook was filled in after it was written, by its own checksum and whatever the ledger is now."""
    if not path.exists():
        return False
    try:
        book = _open(path)
    except DataError:
        return True
    return _MARKS not in book.sheetnames or book[_MARKS]["C1"].value != _digest(book)


def _digest(book: Any) -> str:
    """Return a checksum of everything visible in a workbook."""
    cells = [
        [name, cell.coordinate, _text(cell.value)]
        for name in SHEETS
        if name in book.sheetnames
        for line in book[name].iter_rows()
        for cell in line
        if _text(cell.value)
    ]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def left_open(rows: Mapping[str, Iterable[Mapping[str, str]]]) -> int:
    """Count the rows that have something to decide."""
    return sum(
        any(cell.startswith(UNDECIDED) for cell in row.values()) for table in rows.values() for row in table
    )
