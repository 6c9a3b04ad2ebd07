"""The words of vocabulary.csv by group, and phrases found among tokens.

A row of the file is a group, one or more wordings with bars between them, what they mean, and an example. A new
wording of a qualifier is one more row there; no code changes.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of vocabulary.csv."""

    group: str
    words: tuple[str, ...]
    meaning: str
    example: str


@cache
def entries() -> tuple[Entry, ...]:
    """Every row of the file."""
    rows = csv.DictReader((files("reported.prose") / "vocabulary.csv").read_text("utf-8").splitlines())
    return tuple(
        Entry(row["group"], tuple(row["words"].split("|")), row["meaning"], row["example"]) for row in rows
    )


def meanings(*groups: str) -> dict[str, str]:
    """Each wording of these groups, to its meaning."""
    return {words: entry.meaning for entry in entries() if entry.group in groups for words in entry.words}


def values(*groups: str) -> dict[str, int]:
    """Each wording of these groups, to the whole number it stands for."""
    return {words: int(meaning) for words, meaning in meanings(*groups).items()}


def listed(*groups: str) -> frozenset[str]:
    """The wordings of these groups."""
    return frozenset(meanings(*groups))


class Phrasebook:
    """Phrases and what each means, found by the words at a place among tokens: the longest that fits."""

    def __init__(self, table: Mapping[str, str]) -> None:
        """`table`: phrases, words with spaces between them, to their meanings."""
        self.meaning = {tuple(words.replace("-", " - ").split()): meaning for words, meaning in table.items()}
        self._opening: dict[str, list[tuple[str, ...]]] = {}
        self._closing: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(self.meaning, key=len, reverse=True):
            self._opening.setdefault(words[0], []).append(words)
            self._closing.setdefault(words[-1], []).append(words)

    def starting(self, tokens: Sequence[str], i: int) -> tuple[str, ...]:
        """The phrase that starts at token i, or ()."""
        phrases = self._opening.get(tokens[i], ())
        return next((words for words in phrases if tuple(tokens[i : i + len(words)]) == words), ())

    def ending(self, tokens: Sequence[str], end: int, floor: int) -> tuple[str, ...]:
        """The phrase that ends before token `end` and starts at `floor` or behind it, or ()."""
        if end <= floor:
            return ()
        phrases = self._closing.get(tokens[end - 1], ())
        fits = (w for w in phrases if end - len(w) >= floor and tuple(tokens[end - len(w) : end]) == w)
        return next(fits, ())
