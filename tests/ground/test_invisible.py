"""The one list of characters that a reader cannot see."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest

from reported.ground import invisible
from reported.ground.invisible import HIDDEN, JOINERS, SELECTORS, is_hidden

PACKAGE = Path(invisible.__file__).parents[1]
EVERY = [chr(code) for code in range(sys.maxunicode + 1)]


def test_whatever_is_listed_is_hidden():
    listed = re.compile(f"[{HIDDEN}{JOINERS}{SELECTORS}]")
    assert [c for c in EVERY if listed.match(c) and not is_hidden(c)] == []


def test_whatever_turns_text_is_listed():
    """A character that changes the order of what follows can make a reader see another number."""
    turning = [c for c in EVERY if unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")]  # fmt: skip
    assert len(turning) == 9
    assert all(re.match(f"[{invisible.REORDERS}]", c) for c in turning)


@pytest.mark.parametrize("character", ["a", "é", "ж", "中", "٣", "½", "–", "…", "’", "€", "́"])
def test_what_is_drawn_is_not_hidden(character):
    assert not is_hidden(character)


def test_there_is_one_list():
    """No other file names the zero-width space: whoever looks for invisible characters takes this list."""
    written = re.compile(r"\\u200b|\u200b|\\u2060|\\u202a|\\ufe0f")
    found = [p.name for p in PACKAGE.rglob("*.py") if written.search(p.read_text(encoding="utf-8"))]
    assert sorted(found) == ["invisible.py"]
