"""docs/columns.md says what is so: its Python runs, its commands print what it says, its lists are whole."""

import doctest
from pathlib import Path

from reported.columns.cell import STATUSES
from reported.columns.codebooks import CODEBOOKS, rules_of
from reported.columns.lint import CHECKS
from tests.test_tutorial import prints
from tests.tutorial import steps, take

PAGE = Path(__file__).parents[2] / "docs" / "columns.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_python_runs():
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert tried > 8
    assert failed == 0


def test_the_commands_print_what_the_page_says(tmp_path):
    taken = [
        (name, take(tmp_path, kind, name, body), body)
        for kind, name, body in steps(PAGE)
        if kind in ("csv", "console")
    ]
    assert len(taken) == 3
    for name, printed, body in taken[1:]:
        assert prints(printed, body), f"$ {name}\n{printed}"


def test_every_status_finding_and_codebook_is_in_the_page():
    for word in (*STATUSES, *CHECKS, *CODEBOOKS):
        assert word in TEXT, word
    for name, book in CODEBOOKS.items():
        assert name in TEXT.split("## Codebooks")[1]
        assert book.project in TEXT


def test_every_rule_of_a_codebook_says_what_it_rests_on():
    for name in CODEBOOKS:
        assert all(rule.ground for rule in rules_of(name).values())


def test_the_table_of_codebooks_is_what_the_rules_say():
    from reported.columns.cells import explain

    section = TEXT.split("## Codebooks")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    head = [cell.strip(" `") for cell in lines[0].strip("|").split("|")]
    checked = 0
    for line in lines[1:]:
        words, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        if " N" in words or words.startswith(("-", "M")):
            continue
        for name, cell in zip(head[2:], cells[1:], strict=True):
            bounds = explain(words, reading=name).bounds
            assert cell.removesuffix(" *") == ("–" if bounds is None else f"{bounds.lower:,.0f}"), (
                words,
                name,
            )
            checked += 1
    assert checked == 24
