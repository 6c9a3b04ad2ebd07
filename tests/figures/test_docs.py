"""docs/figures.md is run, and has every public name."""

import doctest
import re
from pathlib import Path

import reported

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "figures.md"


def test_every_example_holds(monkeypatch):
    monkeypatch.chdir(ROOT)

    failed, tried = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert tried > 40
    assert failed == 0


def test_every_public_name_occurs():
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in reported.__all__ if not re.search(rf"`[^`]*\b{name}\b", text)] == []
