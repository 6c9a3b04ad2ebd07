"""Broken ledgers: seeded mutations of the project's own, each of which loads whole or is refused in words.

`python tests/fuzz.py --runs 20000` breaks the project's ledger in 20,000 ways. Each way either loads to a ledger in
which everything holds, checked here against the files themselves, or raises DataError, every line of which
names a file and, where it applies, row and column. Anything else fails: another exception, more than
MAX_SECONDS of processor time, more than MAX_MEMORY, a request, a file read elsewhere. A failure prints the
command that repeats it.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import csv
import io
import json
import math
import multiprocessing
import os
import queue
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reported.ledger import READINGS, DataError, diff, load  # noqa: E402
from reported.ledger import rows as ledger_rows  # noqa: E402
from reported.ledger.frames import frame as frame_of  # noqa: E402
from reported.ledger.records import RELATIONS, TABLES  # noqa: E402
from reported.ledger.rows import SHIPPED  # noqa: E402
from reported.ledger.schema import columns  # noqa: E402

DATA = ROOT / "data"
MAX_SECONDS = 2.0
MAX_MEMORY = 1024 * 2**20
MAX_SILENCE = 60
"""Seconds that a case may take by the clock before its process counts as hanging."""

Files = dict[str, bytes]
Rows = list[list[str]]


# ---------------------------------------------------------------- what a cell, a file or a schema may become

TEXTS = (
    "", " ", "x", "0", "-1", "true", "inf", "NaN", "null", "None", "1e9", "1_000", "1,000", "12.5", "007", "٤٢", "４２", "½", "Ⅳ",
    "9" * 15, "9" * 16, "9" * 400, "0." + "0" * 8 + "1", "-0", "+5", "0x10", "3 4", "1.2.3", ".5", "5.",
    "<script>alert(1)</script>", "]]>", "[x](javascript:alert(1))", "#eval(\"1\")", "$x$", "@cite", "\\input{/etc/passwd}", "`x`",
    "=cmd|' /C calc'!A1", "+1+1", "-2+3", "@SUM(1)", "＝1", "&lt;b&gt;", "<!--", "--", "{{7*7}}", "{% raw %}", "%s%n", "../../etc/passwd",
    "\u202egnp.exe", "zero\u200bwidth", "soft\u00adhyphen", "\ufeffbom", "\u2028", "\ue000", "\U000e0041", "a\u0301" * 40, "e\u0301", "\u00e9",
    "😀", "李明", "مرحبا", "שלום", "Кремль", "x" * 300, "long " * 100, "x" * 5000, "a\nb", "a\rb", "a\tb", "\0", "\x1b[31m", "\ud800",
    '"', '""', "'", ",", ";", "|", "https://example.org/", "file:///etc/passwd", "__import__('os').system('true')", "data/figures.csv",
    "2024-01-26", "2024-1-26", "20240126", "2024-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "1899-12-31", "2024-W04-5", "26.01.2024", "26/01/2024", "2024", "2024-01", "2024-13", "45317", "1.2E+05", "42.284", "42 284", "tomorrow",
    "?", "?65", "#NAME?", "yes", "no", "True", "figures", "class", "exact", "between", "about", "percent", "level", "unrelated to", "floor of",
)  # fmt: skip
JSONS: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, 10**30, float("nan"), float("inf"), "", "x", "string", "integer", "date", "any", "geojson", "array", "object",
    "https://example.org/schema.json", "../../etc/passwd", "/etc/passwd", "file:///etc/passwd", [], {}, [[]], [None], {"$ref": "https://example.org/x"},
    {"$ref": "#"}, {"": ""}, ["id"], ["id", "id"], ["nothing"], [1, 2], {"a": {"b": {"c": []}}}, "x" * 10**5,
)  # fmt: skip


def table_names(files: Files) -> list[str]:
    return [name for name in files if name.endswith(".csv")]


def rows_of(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def written(rows: Rows) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def cell(random: Random, rows: Rows) -> tuple[int, int]:
    return random.randrange(1, len(rows)), random.randrange(len(rows[0]))


def number(random: Random) -> str:
    """A number as it should be written, of any size."""
    digits = random.choice([1, 1, 2, 3, 4, 6, 9, 12, 15])
    return str(random.randrange(10 ** (digits - 1), 10**digits))


# ---------------------------------------------------------------- mutations: each changes the files and says what it did

Mutation = Callable[[Random, Files], str]


def change_cell(random: Random, files: Files) -> str:
    name = random.choice(table_names(files))
    rows = rows_of(files[name])
    r, c = cell(random, rows)
    rows[r][c] = random.choice(TEXTS)
    files[name] = written(rows)
    return f"{name} row {r + 1}, column {rows[0][c]}: {rows[r][c][:60]!r}"


def change_sign(random: Random, files: Files) -> str:
    name = random.choice(table_names(files))
    rows = rows_of(files[name])
    r, c = cell(random, rows)
    signs = list(rows[r][c] or "0")
    at = random.randrange(len(signs))
    match random.randrange(3):
        case 0:
            signs[at] = chr(
                random.choice([*range(32, 127), *range(0x2000, 0x2070), random.randrange(0x110000)])
            )
        case 1:
            del signs[at]
        case 2:
            signs.insert(at, random.choice("0123456789.,-+ \u00a0\u202e"))
    rows[r][c] = "".join(signs)
    files[name] = written(rows)
    return f"{name} row {r + 1}, column {rows[0][c]}: one sign, now {rows[r][c][:60]!r}"


def change_number(random: Random, files: Files) -> str:
    """Another number, in digits and words alike: it should load, and be shown as written."""
    rows = rows_of(files["figures.csv"])
    value, words = rows[0].index("value"), rows[0].index("words")
    row = random.choice([r for r in rows[1:] if r[value] and re.search(r"\d", r[words])])
    new = number(random)
    grouped = f"{int(new):,}"
    old = f"{int(row[value]):,}"
    row[words] = (
        row[words].replace(old, grouped) if old in row[words] else row[words].replace(row[value], grouped)
    )
    row[value] = new
    files["figures.csv"] = written(rows)
    return f"figures.csv {row[0]}: {new} in digits and words"


def change_qualifier(random: Random, files: Files) -> str:
    rows = rows_of(files["figures.csv"])
    qualifier, value, words = (rows[0].index(c) for c in ("qualifier", "value", "words"))
    row = random.choice([r for r in rows[1:] if r[value]])
    row[qualifier] = random.choice(
        ["exact", "at least", "more than", "up to", "less than", "about", "nearly"]
    )
    said = "" if row[qualifier] == "exact" else row[qualifier] + " "
    row[words] = f"{said}{int(row[value]):,} people"
    files["figures.csv"] = written(rows)
    return f"figures.csv {row[0]}: {row[words]}"


def change_words(random: Random, files: Files) -> str:
    """Another phrase, which its row may or may not agree with."""
    rows = rows_of(files["figures.csv"])
    row = random.choice(rows[1:])
    value = number(random)
    said = random.choice(["{} people", "at least {} people", "about {}", "{} percent", "minus {} degrees", "could be {}", "{} or more", "{} to 99", "between {} and 9", "dozens", "{}"])  # fmt: skip
    separator = random.choice([",", " ", ".", "'", "\u202f", ""])
    row[rows[0].index("words")] = said.format(f"{int(value):,}".replace(",", separator))
    if random.random() < 0.7:
        row[rows[0].index("value")] = value
        row[rows[0].index("qualifier")] = random.choice(["exact", "at least", "about", "between"])
    files["figures.csv"] = written(rows)
    return f"figures.csv {row[0]}: {row[rows[0].index('words')]!r}"


def change_quantity(random: Random, files: Files) -> str:
    """Another kind, unit or precision, or a period."""
    rows = rows_of(files["quantities.csv"])
    row = random.choice(rows[1:])
    new = {
        "kind": random.choice(["stock", "event", "ratio", "level", "change", "length"]),
        "unit": random.choice(["person", "percent", "day", "x"]),
        "whole": random.choice(["yes", "no"]),
        "counted": random.choice(["yes", "no"]),
        "period_start": random.choice(["", "2022", "2024-01", "2024-01-26", "2025"]),
    }
    for column in random.sample(list(new), random.choice([1, 2, 5])):
        row[rows[0].index(column)] = new[column]
    files["quantities.csv"] = written(rows)
    return f"quantities.csv {row[0]}: {new}"


def move_cells(random: Random, files: Files) -> str:
    name = random.choice(table_names(files))
    rows = rows_of(files[name])
    (r, c), (s, d) = cell(random, rows), cell(random, rows)
    match random.randrange(4):
        case 0:
            rows[r][c], rows[r][d] = rows[r][d], rows[r][c]
            did = f"row {r + 1}: {rows[0][c]} and {rows[0][d]} swapped"
        case 1:
            rows[r][c], rows[s][c] = rows[s][c], rows[r][c]
            did = f"column {rows[0][c]}: rows {r + 1} and {s + 1} swapped"
        case 2:
            rows[r][c] = rows[s][d]
            did = f"row {r + 1}, column {rows[0][c]}: copied from row {s + 1}, column {rows[0][d]}"
        case _:
            rows[r][c] = ""
            did = f"row {r + 1}, column {rows[0][c]}: emptied"
    files[name] = written(rows)
    return f"{name} {did}"


def move_rows(random: Random, files: Files) -> str:
    name = random.choice(table_names(files))
    rows = rows_of(files[name])
    r, s = random.randrange(1, len(rows)), random.randrange(1, len(rows))
    match random.randrange(6):
        case 0:
            del rows[r]
            did = f"row {r + 1} dropped"
        case 1:
            rows.insert(s, list(rows[r]))
            did = f"row {r + 1} doubled"
        case 2:
            rows.insert(
                s, [f"{rows[r][0]}_{n}" if c == 0 else x for n, (c, x) in enumerate(enumerate(rows[r]))]
            )
            rows[s][0] = f"{rows[s][0]}_again"
            did = f"row {r + 1} added once more under another id"
        case 3:
            body = rows[1:]
            random.shuffle(body)
            rows[1:] = body
            did = "rows shuffled"
        case 4:
            del rows[1:]
            did = "all rows dropped"
        case _:
            rows[r:] = [
                [f"{row[0]}_{n}", *row[1:]]
                for n in range(random.choice([10, 300]))
                for row in rows[r : r + 1]
            ]
            did = f"row {r + 1} many times"
    files[name] = written(rows)
    return f"{name} {did}"


def move_columns(random: Random, files: Files) -> str:
    name = random.choice(table_names(files))
    rows = rows_of(files[name])
    c, d = random.randrange(len(rows[0])), random.randrange(len(rows[0]))
    match random.randrange(6):
        case 0:
            rows = [row[:c] + row[c + 1 :] for row in rows]
            did = f"column {c + 1} dropped"
        case 1:
            rows = [[*row, row[c]] for row in rows]
            did = f"column {c + 1} doubled"
        case 2:
            rows[0][c], rows[0][d] = rows[0][d], rows[0][c]
            did = f"headers {c + 1} and {d + 1} swapped"
        case 3:
            rows[0][c] = random.choice(TEXTS)
            did = f"header {c + 1} now {rows[0][c][:40]!r}"
        case 4:
            order = random.sample(range(len(rows[0])), len(rows[0]))
            rows = [[row[i] for i in order] for row in rows]
            did = "columns reordered, headers with them"
        case _:
            r = random.randrange(1, len(rows))
            rows[r] = rows[r][: random.randrange(len(rows[r]))] if random.random() < 0.5 else [*rows[r], "x"]
            did = f"row {r + 1} ragged"
    files[name] = written(rows)
    return f"{name} {did}"


def change_relation(random: Random, files: Files) -> str:
    rows = rows_of(files["relations.csv"])
    names = [row[0] for name in ("figures.csv", "quantities.csv") for row in rows_of(files[name])[1:]]
    for n in range(random.choice([1, 1, 3, 40])):
        row = list(random.choice(rows[1:]))
        row[0] = f"added_{n}"
        row[1], row[3] = random.choice(names), random.choice(names)
        row[2] = random.choice(RELATIONS)
        rows.append(row)
    files["relations.csv"] = written(rows)
    return f"relations.csv: {len(rows)} rows, the last {rows[-1][1:4]}"


def change_rule(random: Random, files: Files) -> str:
    rows = rows_of(files["readings.csv"])
    row = random.choice(rows[1:])
    column = random.choice(
        [
            "base",
            "lower_factor",
            "lower_end",
            "lower_units",
            "upper_factor",
            "upper_end",
            "upper_units",
            "units_apply_to",
        ]
    )
    row[rows[0].index(column)] = random.choice(
        [
            "",
            "0",
            "1",
            "0.5",
            "0.99",
            "1.01",
            "2",
            "12",
            "inf",
            "open",
            "closed",
            "all",
            "counts",
            "999999999",
        ]
    )
    files["readings.csv"] = written(rows)
    return f"readings.csv {row[0]}: {column} now {row[rows[0].index(column)]!r}"


def change_bytes(random: Random, files: Files) -> str:
    name = random.choice(list(files))
    raw = bytearray(files[name])
    for _ in range(random.choice([1, 1, 1, 5, 50])):
        at = random.randrange(len(raw))
        match random.randrange(4):
            case 0:
                raw[at] = random.randrange(256)
            case 1:
                del raw[at]
            case 2:
                raw[at:at] = random.choice(
                    [
                        b'"',
                        b",",
                        b"\n",
                        b"\r",
                        b"\0",
                        b"\xff",
                        b"\xef\xbb\xbf",
                        b"\xe2\x80\xae",
                        b'""',
                        b"\t",
                        b"{",
                        b"]",
                    ]
                )
            case 3 if len(raw) > 100:
                del raw[at : at + random.randrange(60)]
    files[name] = bytes(raw)
    return f"{name}: bytes"


def change_encoding(random: Random, files: Files) -> str:
    name = random.choice(list(files))
    text = files[name].decode()
    how = random.choice(["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1251", "crlf", "cr", "nfd", "semicolons", "tabs", "empty", "half", "missing", "folder", "link", "spaces"])  # fmt: skip
    match how:
        case "crlf":
            files[name] = text.replace("\n", "\r\n").encode()
        case "cr":
            files[name] = text.replace("\n", "\r").encode()
        case "nfd":
            files[name] = unicodedata.normalize("NFD", text).encode()
        case "semicolons":
            files[name] = text.replace(",", ";").encode()
        case "tabs":
            files[name] = text.replace(",", "\t").encode()
        case "empty":
            files[name] = b""
        case "half":
            files[name] = files[name][: random.randrange(len(files[name]))]
        case "spaces":
            files[name] = text.replace(",", ", ").encode()
        case "missing" | "folder" | "link":
            files[name] = how.encode()  # see `put`
        case _:
            files[name] = text.encode(how, "replace")
    return f"{name}: {how}"


def change_size(random: Random, files: Files) -> str:
    name = random.choice(table_names(files))
    rows = rows_of(files[name])
    r, c = cell(random, rows)
    size = random.choice([2001, 131_073, 10**6])
    rows[r][c] = random.choice(["x", "9", "(", "a,", '"', "\n", "\u0301", "х"]) * size
    files[name] = written(rows)
    return f"{name} row {r + 1}, column {rows[0][c]}: {size:,} characters"


def nodes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to everything in a JSON value."""
    for key, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield (*path, key)
        yield from nodes(inner, (*path, key))


def change_descriptor(random: Random, files: Files) -> str:
    package = json.loads(files["datapackage.json"])
    path = random.choice([p for p in nodes(package) if p[0] == "resources" or random.random() < 0.1])
    owner = package
    for key in path[:-1]:
        owner = owner[key]
    value = random.choice(JSONS)
    how = random.randrange(5)
    if how == 0:
        del owner[path[-1]]
    elif how == 1 and isinstance(owner, list):
        owner.append(owner[path[-1]])
    elif how == 2 and isinstance(owner, dict):
        owner[random.choice(["$ref", "path", "data", "schema", "dialect", "profile", "encoding", "type", "format", "enum", "pattern", "required", "unique", "minimum", "maxLength", "missingValues", "primaryKey", "foreignKeys", "constraints", "groupChar", "bareNumber", "rdfType", "example"])] = value  # fmt: skip
    elif how == 3:
        deep: Any = value
        for _ in range(random.choice([5, 300])):
            deep = {"x": deep} if random.random() < 0.5 else [deep]
        owner[path[-1]] = deep
    else:
        owner[path[-1]] = value
    files["datapackage.json"] = json.dumps(package).encode()
    return f"datapackage.json: {'/'.join(map(str, path))}, way {how}, {str(value)[:40]}"


def raw_descriptor(random: Random, files: Files) -> str:
    deep = 10 ** random.randrange(2, 6)
    text = random.choice(["[" * deep, '{"a":' * deep, "[" * deep + "]" * deep, "{}", "[]", "null", '""', "9" * deep, "{'a': 1}", '{"resources": [], "resources": []}', "NaN", "\\", "<xml/>"])  # fmt: skip
    files["datapackage.json"] = text.encode()
    return f"datapackage.json: {text[:30]}… {len(text):,} characters"


MUTATIONS: dict[Mutation, int] = {
    change_cell: 22,
    change_sign: 10,
    change_number: 8,
    change_qualifier: 6,
    move_cells: 10,
    move_rows: 7,
    move_columns: 6,
    change_words: 8,
    change_quantity: 4,
    change_relation: 4,
    change_rule: 4,
    change_bytes: 8,
    change_encoding: 5,
    change_size: 1,
    change_descriptor: 8,
    raw_descriptor: 1,
}


def mutate(seed: int, case: int, files: Files) -> tuple[Files, list[str]]:
    """The files as case number `case` of a seed breaks them, and what was done."""
    random = Random(f"{seed} {case}")
    broken, did = dict(files), []
    for _ in range(random.choice([1, 1, 1, 1, 2, 3])):
        mutation = random.choices(list(MUTATIONS), list(MUTATIONS.values()))[0]
        try:
            did.append(mutation(random, broken))
        except (
            ValueError,
            IndexError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
            csv.Error,
        ) as error:
            did.append(f"({mutation.__name__} found nothing to break: {type(error).__name__})")
    return broken, did


# ---------------------------------------------------------------- what must hold


class Broken(AssertionError):
    """A ledger that loaded and in which something does not hold, or a refusal that says too little."""


def hold(condition: object, what: str) -> None:
    if not condition:
        raise Broken(what)


def check_loaded(package: ledger_rows.Rows, folder: Path) -> None:
    """Everything that must hold of a ledger that loaded, looked up in the files themselves."""
    raw = {name: records_of((folder if (folder / f"{name}.csv").exists() else SHIPPED) / f"{name}.csv") for name in TABLES}  # fmt: skip
    check_references(raw)
    rules = {(r["reading"], r["qualifier"]): r for r in raw["readings"]}
    hold(list(package.figures) == [r["id"] for r in raw["figures"]], "figures lost, added or reordered")
    for figure, row in zip(package.figures.values(), raw["figures"], strict=True):
        for column, value in (("value", figure.value), ("value_to", figure.value_to)):
            hold(
                ("" if value is None else f"{value:f}") == row[column],
                f"{figure.id}: {column} not as written",
            )
            said = grouped(row[column].lstrip("-"))
            hold(figure.hedge or said in figure.said, f"{figure.id}: {column} not said: {figure.said}")
        for column in ("words", "qualifier", "event", "hedge", "evidence", "note"):
            hold(getattr(figure, column) == row[column], f"{figure.id}: {column} not as written")
        for column in ("stated_on", "as_of"):
            hold(str(getattr(figure, column) or "") == row[column], f"{figure.id}: {column} not as written")
        first, last, words = figure.held
        hold(first is None or first <= last, f"{figure.id}: held {figure.held}")
        hold(last <= figure.source.published.last, f"{figure.id}: holds after its article")
        hold(words.removeprefix("by ") != words or first is not None, f"{figure.id}: {words} is no bound")
        hold(len(figure.words.split(" ")) <= 6, f"{figure.id}: a sentence of the article")
        check_bounds(figure, rules)
        hash(figure)
    hold(diff(package, package) == [], "a ledger differs from itself")
    for name in TABLES:
        frame = frame_of(package.tables[name])
        hold(list(frame["id"]) == [r["id"] for r in raw[name]], f"{name}: rows lost in the frame")


def records_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, read by a rule of our own, those of empty cells left out."""
    text = path.read_text(encoding="utf-8").lstrip("\ufeff")  # a program may add a second mark
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row for row in rows if any(row.values())]


def check_references(raw: dict[str, list[dict[str, str]]]) -> None:
    ids = {name: [row["id"] for row in rows] for name, rows in raw.items()}
    for name, every in ids.items():
        hold(len(set(every)) == len(every), f"{name}: an id occurs twice")
        hold(all(id_.isidentifier() for id_ in every), f"{name}: an id is no identifier")
        for column in columns(TABLES[name]).values():
            for row in raw[name]:
                found = row[column.name]
                hold(found or not column.required, f"{name} {row['id']}: {column.name} empty")
                hold(not found.startswith("?"), f"{name} {row['id']}: undecided")
                if column.to and found:
                    hold(found in ids[column.to], f"{name} {row['id']}: {column.name} leads nowhere")
    for row in raw["relations"]:
        for column_ in ("subject", "object"):
            hold(row[column_] in ids["figures"] + ids["quantities"], f"relation {row['id']} leads nowhere")


def check_bounds(figure: Any, rules: dict[tuple[str, str], dict[str, str]]) -> None:
    """The bounds of a figure follow the rules in the file, worked out here by a way of our own."""
    digits, typical, cautious = (figure.stated[reading] for reading in READINGS)
    if figure.hedge:
        hold(digits is typical is cautious is None, f"{figure.id}: a hedge that commits")
        return
    hold((digits is None) == (figure.value is None), f"{figure.id}: digits alone {digits}")
    hold(typical is not None and cautious is not None, f"{figure.id}: no bounds")
    hold(cautious.contains(typical), f"{figure.id}: cautious {cautious} is narrower than {typical}")
    if figure.value is not None:
        last = figure.value if figure.value_to is None else figure.value_to
        hold(digits.contains(float(figure.value)), f"{figure.id}: {digits} without {figure.value}")
        for reading, bounds in (("typical", typical), ("cautious", cautious)):
            rule = rules[reading, figure.qualifier]
            if rule["upper_factor"] == "inf":
                hold(bounds.upper == math.inf, f"{figure.id}: an upper end was made up")
            elif rule["lower_end"] == rule["upper_end"] == "closed" and rule["lower_factor"] != "0":
                hold(bounds.contains(float(figure.value)), f"{figure.id}: {bounds} without its number")
                hold(bounds.contains(float(last)), f"{figure.id}: {bounds} without its number")
    if figure.quantity.kind not in ("level", "change"):
        hold(typical.lower >= 0, f"{figure.id}: negative")
    if figure.quantity.whole:
        for bounds in (typical, cautious):
            ends = [end for end in (bounds.lower, bounds.upper) if not math.isinf(end)]
            signed = figure.quantity.kind in ("level", "change")
            hold(signed or all(end == int(end) for end in ends), f"{figure.id}: {bounds} is not whole")


def grouped(digits: str) -> str:
    """Digits with their thousands apart, by a rule of our own."""
    whole, point, part = digits.partition(".")
    return re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole) + point + part


PLACE = re.compile(r"data/([a-z_]+\.csv|datapackage\.json)(?: row (\d+)(?:, columns? (.+?))?)?: .")
ABOUT_A_FILE = re.compile(
    r"data/[a-z_]+\.csv: (not found|not a file|larger than|cannot be read|the reading )"
)


def check_refused(error: DataError, folder: Path) -> None:
    """Every line of a refusal names the file and, where it applies, row and column."""
    hold(error.problems, "refused without a reason")
    hold(str(error).splitlines()[:50] == list(error.problems)[:50], "the message is not its lines")
    for line in error.problems:
        place = PLACE.match(line)
        hold(place, f"no place in: {line[:200]}")
        assert place
        hold("\n" not in line and len(line) < 1200, f"not one line: {line[:200]}")
        hold(
            all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for c in line),
            f"hides something: {line[:200]!r}",
        )
        hold(
            "Traceback" not in line and "Error" not in line.replace("DataError", ""),
            f"speaks Python: {line[:200]}",
        )
        if place[1].endswith(".csv"):
            hold(place[2] or ABOUT_A_FILE.match(line), f"no row in: {line[:200]}")
        if place[2]:
            path = folder / place[1]
            lines = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
            hold(1 <= int(place[2]) <= lines, f"no such row: {line[:200]}")


# ---------------------------------------------------------------- running cases

FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.spawn",
    "urllib.",
    "ftplib.",
    "http.",
    "ctypes.dlopen",
    "webbrowser.",
)
_watched: list[Path] = []
_seen: list[str] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched:
        return
    if event.startswith(FORBIDDEN):
        _seen.append(f"{event} {arguments!r}"[:200])
        raise PermissionError(f"{event} is not allowed while a ledger is read")
    if event == "open" and isinstance(arguments[0], str | os.PathLike):
        path = os.fspath(arguments[0])
        inside = str(path).startswith((str(_watched[0]), sys.prefix, sys.base_prefix, str(ROOT / "reported")))
        if not inside:
            _seen.append(f"open {path!r}"[:200])


class TooSlow(BaseException):
    """More processor time than a ledger may take; no except clause of the code under test catches it."""


def _too_slow(*_: object) -> None:
    raise TooSlow


def put(folder: Path, files: Files) -> None:
    for name, content in files.items():
        path = folder / name
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.is_dir():
            path.rmdir()
        if content == b"folder":
            path.mkdir()
        elif content == b"link":
            path.symlink_to("/etc/passwd")
        elif content != b"missing":
            path.write_bytes(content)


def load_watched(folder: Path) -> ledger_rows.Rows:
    """The code under test, watched: no requests, no other processes, no other files, in bounded time."""
    _seen.clear()
    _watched.append(folder)
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_SECONDS)
    try:
        return load(folder)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        _watched.clear()
        hold(not [s for s in _seen if "/etc/passwd" not in s], f"reached outside: {_seen[:3]}")


def run_case(seed: int, case: int, original: Files, folder: Path) -> tuple[str, str, list[str]]:
    """`loaded`, `refused` or `failed`; why; what was done to the files."""
    broken, did = mutate(seed, case, original)
    changed = {name: content for name, content in broken.items() if content is not original[name]}
    put(folder, changed)
    try:
        package = load_watched(folder)
        check_loaded(package, folder)
        outcome, why = "loaded", ""
    except DataError as error:
        try:
            check_refused(error, folder)
            outcome, why = "refused", str(error)
        except Broken as wrong:
            outcome, why = "failed", str(wrong)
    except TooSlow:
        outcome, why = "failed", f"took more than {MAX_SECONDS} s of processor time"
    except Broken as wrong:
        outcome, why = "failed", str(wrong)
    except (Exception, RecursionError, MemoryError) as error:
        import traceback

        outcome, why = (
            "failed",
            f"{type(error).__name__}: {error}\n{''.join(traceback.format_tb(error.__traceback__)[-4:])}",
        )
    finally:
        put(folder, {name: original[name] for name in changed})
    return outcome, why, did


def limit_memory() -> None:
    """No more address space than now and MAX_MEMORY; where the system tells (Linux)."""
    with contextlib.suppress(OSError):
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MAX_MEMORY, resource.RLIM_INFINITY))


def work(seed: int, cases: range, at: Any, results: Any) -> None:
    """Run cases one after the other; put failures and, at the end, the counts into `results`."""
    signal.signal(signal.SIGVTALRM, _too_slow)
    count: collections.Counter[str] = collections.Counter()
    slowest = (0.0, -1)
    with tempfile.TemporaryDirectory() as temporary:
        folder, original = laid_out(temporary)
        sys.addaudithook(_audit)
        limit_memory()
        for case in cases:
            at.value = case
            started = time.process_time()
            outcome, why, did = run_case(seed, case, original, folder)
            slowest = max(slowest, (time.process_time() - started, case))
            count[outcome] += 1
            if outcome == "failed":
                results.put(("failure", case, did, why))
    results.put(
        ("done", cases.start, dict(count), slowest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    )


def laid_out(temporary: str) -> tuple[Path, Files]:
    """The project's ledger with the shipped readings in a folder of its own, loaded once before it is watched."""
    folder = Path(temporary) / "data"
    shutil.copytree(DATA, folder)
    shutil.copy(SHIPPED / "readings.csv", folder)
    check_loaded(load(folder), folder)
    return folder, {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def fuzz(seed: int, runs: int, jobs: int) -> int:
    """Run all cases in `jobs` processes; print what came of them; the number of failures."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    workers = []
    for job in range(jobs):
        at = context.Value("q", -1, lock=False)
        workers.append((context.Process(target=work, args=(seed, range(job, runs, jobs), at, results)), at))
    for process, _ in workers:
        process.start()
    count: collections.Counter[str] = collections.Counter()
    slowest, memory, running = (0.0, -1), 0, list(workers)
    moved: dict[Any, tuple[int, float]] = {}
    while running:
        try:
            kind, *rest = results.get(timeout=5)
        except queue.Empty:
            for worker in [w for w in running if is_lost(w, moved)]:
                process, at = worker
                print(
                    f"case {at.value} of seed {seed}: the process {'hangs' if process.is_alive() else 'died'}"
                )
                print(f"  repeat it: python tests/fuzz.py --seed {seed} --case {at.value}", flush=True)
                count["failed"] += 1
                process.kill()
                running.remove(worker)
            continue
        if kind == "failure":
            case, did, why = rest
            print(f"case {case} of seed {seed}: {'; '.join(did)}\n  {why}")
            print(f"  repeat it: python tests/fuzz.py --seed {seed} --case {case}", flush=True)
        else:
            job, counted, slow, rss = rest
            count.update(counted)
            slowest, memory = max(slowest, tuple(slow)), max(memory, rss)
            running.remove(workers[job])
    for process, _ in workers:
        process.join()
    print(
        f"seed {seed}: {sum(count.values()):,} broken ledgers, {count['loaded']:,} loaded whole, "
        f"{count['refused']:,} refused, {count['failed']:,} failed; slowest {slowest[0]:.2f} s of processor time "
        f"(case {slowest[1]}), at most {memory / 1024:.0f} MiB"
    )
    return count["failed"]


def is_lost(worker: tuple[Any, Any], moved: dict[Any, tuple[int, float]]) -> bool:
    """Whether a process died, or has been at one case for too long. `moved` remembers since when."""
    process, at = worker
    if not process.is_alive():
        return process.exitcode != 0
    case, since = moved.get(process, (None, 0.0))
    if case != at.value:
        moved[process] = at.value, time.monotonic()
        return False
    return time.monotonic() - since > MAX_SILENCE


def repeat(seed: int, case: int) -> int:
    """Run one case and show what was done and what came of it."""
    signal.signal(signal.SIGVTALRM, _too_slow)
    with tempfile.TemporaryDirectory() as temporary:
        folder, original = laid_out(temporary)
        sys.addaudithook(_audit)
        outcome, why, did = run_case(seed, case, original, folder)
    print("\n".join(did), outcome, why, sep="\n")
    return int(outcome == "failed")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=300, help="how many broken ledgers")
    parser.add_argument("--seed", type=int, default=1, help="another seed breaks otherwise")
    parser.add_argument(
        "--jobs", type=int, default=min(2, os.cpu_count() or 1), help="processes side by side"
    )
    parser.add_argument("--case", type=int, help="repeat one case and show it")
    arguments = parser.parse_args()
    if arguments.case is not None:
        return repeat(arguments.seed, arguments.case)
    return int(fuzz(arguments.seed, arguments.runs, arguments.jobs) > 0)


if __name__ == "__main__":
    sys.exit(main())
