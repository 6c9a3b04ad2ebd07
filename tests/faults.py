"""docs/faults.md, from ledgers that are broken in one place each: every code of a fault, with what is said of it.

python -m tests.faults     write it anew
"""

import ast
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from reported.ledger import Fault, findings
from reported.ledger.files import MAX_FILE
from tests.figures.ledgers import figure, quantity, relation, write
from tests.ledgers import Copy

PACKAGE = Path(__file__).parent.parent / "reported" / "ledger"
PAGE = Path(__file__).parent.parent / "docs" / "faults.md"
INTRODUCTION = """# Faults

Generated from broken ledgers: `python -m tests.faults` writes it anew.

A fault is a line of `reported check`, and an entry of `DataError.faults`, which has its `code`, `file`, `row` and `column`.
Each line below is what is said of one ledger that was broken to show it; most codes have further wordings. A line says
what was found, what was expected, and what to do. No report is made before it is done. A fault of another file, such as a
workbook, has the code `file`.
"""
FINDINGS = """
## Findings

A finding is printed by `reported check` as “to look at”. It may well be so, and prevents nothing.
"""
QUANTITIES = [
    quantity("volunteers"),
    quantity("dead", kind="cumulative", period_start="2031-04-22"),
    quantity("saved", kind="event"),
    quantity("dyke", "kilometre", "length"),
    quantity("pace", "person per day", "ratio"),
    quantity("share", "percent", "ratio"),
]
FIGURES = [
    figure("about100", "volunteers", "about 100", claimant="mayor"),
    figure("more40", "volunteers", "more than 40", as_of="2031-04-30"),
    figure("tens", "volunteers", "tens", as_of="2031-04-29"),
    figure("dead1200", "dead", "1200", words="1,200 people"),
    figure("saved30", "saved", "30", event="flood"),
    figure("km2", "dyke", "about 2", "kilometre"),
    figure("pace5", "pace", "5", words="5 people per day"),
    figure("share40", "share", "40", "percent"),
]
RELATIONS = [
    relation("more40", "restates", "about100"),
    relation("saved", "unrelated to", "dead"),
    relation("dead", "part of", "volunteers"),
]
Break = Callable[[Copy], object]


def cell(table: str, row: str, **cells: str) -> Break:
    """Put other text into cells of a row."""
    return lambda copy: copy.change(table, row, **cells)


def further(table: str, **cells: str) -> Break:
    """Add a row."""
    return lambda copy: copy.write(table, [*copy.rows(table), cells])


def raw(name: str, change: Callable[[bytes], bytes]) -> Break:
    """Change the bytes of a file."""
    return lambda copy: (copy.folder / name).write_bytes(change((copy.folder / name).read_bytes()))


def _looped(copy: Copy) -> None:
    copy.path("parties").unlink()
    copy.path("parties").symlink_to("parties.csv")


BROKEN: list[tuple[str, str, Break]] = [
    # code, column, what is broken
    ("no-file", "", lambda copy: copy.path("parties").unlink()),
    ("unreadable", "", _looped),
    ("too-large", "", lambda copy: os.truncate(copy.path("parties"), MAX_FILE + 1)),
    ("not-utf-8", "", raw("parties.csv", lambda text: text.replace(b"media", "média".encode("cp1252")))),
    ("misread", "", raw("parties.csv", lambda text: "\ufeff".encode().decode("cp1252").encode() + text)),
    ("not-csv", "", raw("parties.csv", lambda text: text + b'river,"The river,,no\n')),
    ("header", '"labl"', raw("parties.csv", lambda text: text.replace(b"label", b"labl"))),
    ("cells", "", raw("parties.csv", lambda text: text + b"river,The river,no\n")),
    ("not-json", "", raw("datapackage.json", lambda text: text[:-1])),
    ("version", "", raw("datapackage.json", lambda text: text.replace(b"{", b'{"schema_version": 99,', 1))),
    ("setting", "", raw("datapackage.json", lambda text: text.replace(b'"A flood"', b"7"))),
    ("empty", "value", cell("figures", "about100", value="")),
    ("undecided", "value", cell("figures", "about100", value="?100")),
    ("choice", "qualifier", cell("figures", "about100", qualifier="abuot")),
    ("cell", "as_of", cell("figures", "about100", as_of="01.05.2031")),
    ("unknown-id", "claimant", cell("figures", "about100", claimant="mayer")),
    ("id-repeated", "id", cell("figures", "more40", id="about100")),
    ("id-reserved", "id", cell("figures", "km2", id="reload")),
    ("id-of-both", "id", cell("figures", "km2", id="dead")),
    ("name-repeated", "other_names", cell("claimants", "mayor", other_names="The council")),
    ("relayed-by-claimant", "relayed_by", cell("figures", "about100", relayed_by="mayor")),
    ("no-event", "event", cell("figures", "saved30", event="")),
    ("hedge", "hedge", cell("figures", "about100", words="could be about 100 people")),
    ("hedge-without-standing", "standing", cell("figures", "about100", hedge="could")),
    ("value-without-digits", "value", cell("figures", "tens", value="24")),
    ("range-order", "value_to", cell("figures", "about100", value_to="90")),
    ("negative", "value", cell("figures", "about100", value="-100")),
    ("not-whole", "value", cell("figures", "about100", value="100.5")),
    ("no-bounds", "value", cell("figures", "about100", qualifier="less than", value="0", words="less than 0")),
    ("readings-order", "qualifier", cell("readings", "cautious_about", lower_factor="1")),
    ("words", "words", cell("figures", "about100", words="a great many people")),
    ("not-the-words", "value", cell("figures", "about100", value="110")),
    ("thousands-lost", "value", cell("figures", "km2", value="1.2", words="about 1,200 kilometres")),
    ("percentage", "words", cell("figures", "about100", words="about 100 percent")),
    ("unlike-unit", "words", cell("figures", "km2", words="about 2 miles")),
    ("unlike-rate", "words", cell("figures", "pace5", words="5 people per hour")),
    ("after-publication", "stated_on", cell("figures", "about100", stated_on="2031-05-03")),
    ("after-statement", "as_of", cell("figures", "about100", stated_on="2031-04-30")),
    ("before-period", "as_of", cell("figures", "dead1200", as_of="2031-04-21")),
    ("period-basis", "period_basis", cell("quantities", "dead", period_basis="")),
    ("unlike-units", "relation", cell("relations", "more40_about100", object="km2")),
    ("not-of-quantities", "object", cell("relations", "more40_about100", object="dead")),
    ("both-sides", "object", cell("relations", "more40_about100", object="more40")),
    ("relation-repeated", "", further("relations", **relation("about100", "refines", "more40", id="again"))),
    ("circle", "object", further("relations", **relation("volunteers", "part of", "dead", id="back"))),
    ("unrelated", "relation", further("relations", **relation("saved30", "refines", "dead1200", id="one"))),
    ("rules", "", cell("readings", "typical_about", qualifier="nearly")),
    ("rule", "", cell("readings", "typical_about", upper_factor="")),
]  # fmt: skip
TO_LOOK_AT: list[tuple[str, str, Break]] = [
    ("part-above-whole", "value", cell("figures", "dead1200", claimant="mayor")),
    ("contradiction", "value", further("figures", **figure("more", "saved", "50", event="flood"))),
    ("window-outside", "window", cell("figures", "about100", window="since 2031-05-02")),
]


def ledger(folder: Path) -> Copy:
    """A ledger that loads, and in which nothing is to be looked at."""
    written = write(folder, quantities=QUANTITIES, figures=FIGURES, relations=RELATIONS)
    return Copy(written, written)


def found(copy: Copy) -> tuple[Fault, ...]:
    """The faults of a ledger; if it has none, its findings."""
    return copy.faults or tuple(findings(copy.load()))


def said(code: str, column: str, broken: Break) -> Fault:
    """The fault of that code and column in the ledger broken so; AssertionError with the others where there is none."""
    with tempfile.TemporaryDirectory() as parent:
        copy = ledger(Path(parent) / "data")
        broken(copy)
        faults = {(fault.code, fault.column): fault for fault in reversed(found(copy))}
        assert (code, column) in faults, (code, column, list(map(str, faults.values())))
        return faults[code, column]


def written() -> str:
    """The page: each code with the place and the text of one fault, in the order of the checks."""
    parts = [INTRODUCTION, *_table(BROKEN), FINDINGS, *_table(TO_LOOK_AT)]
    return "\n".join(parts) + "\n"


def _table(broken: list[tuple[str, str, Break]]) -> Iterator[str]:
    yield from ("| code | where | what is said |", "|---|---|---|")
    for example in broken:
        fault = said(*example)
        where = f"`{Path(fault.file).name}`" + f", {fault.column.strip(chr(34))}" * bool(fault.column)
        text = re.sub(r"([\\|*_<>])", r"\\\1", fault.text)
        yield f"| `{fault.code}` | {where} | {text} |"


def codes() -> set[str]:
    """Every code that the package gives to a fault or a finding of a ledger."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.glob("*.py")]
    return {code for tree in trees for node in ast.walk(tree) for code in _codes(node)}


def _codes(node: ast.AST) -> Iterator[str]:
    given: list[Any] = []
    if isinstance(node, ast.Call):
        given += [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        named = node.func.id if isinstance(node.func, ast.Name) else ""
        given += node.args[:1] * (named in ("Fault", "_file_error"))
        given += node.args[5:6] * (isinstance(node.func, ast.Attribute) and node.func.attr == "add")
    elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
        given += node.value.elts[:1]
    elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in (
        "code",
        "(PART, CONTRADICTION, WINDOW)",
    ):
        given.append(node.value)
    for value in given:
        for part in ast.walk(value):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
