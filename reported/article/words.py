"""Number expressions for audits and drafts: those of a paragraph, and the words to keep of one."""

from __future__ import annotations

import csv
import keyword
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from reported.article.text import page_chrome
from reported.ground.invisible import is_hidden
from reported.prose import Phrase, find

_NO_NOUN = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|[a-z]|including")
MAX_WORDS = 6  # of an article, in one row


def found_in(paragraph: str) -> list[Phrase]:
    """Return the number expressions of a paragraph, without those of page chrome.

    >>> [(one.text, one.noun) for one in found_in("The toll rose to 14 Friday.")]
    [('14', '')]
    """
    found, around = [*map(_counting, find(paragraph))], page_chrome(paragraph)
    if not around:
        return found
    starts = [start for start, _ in around]
    inside = [max(0, bisect_right(starts, p.start) - 1) for p in found]
    return [
        p for p, n in zip(found, inside, strict=True) if not around[n][0] <= p.start < p.end <= around[n][1]
    ]


def _counting(found: Phrase) -> Phrase:
    """Correct a number whose noun is only the day or the word after it."""
    return replace(found, noun="", unit="") if _NO_NOUN.fullmatch(found.noun.lower()) else found


def reading(found: Phrase) -> tuple[str, Decimal | None, Decimal | None]:
    """Return what a number expression says: qualifier, number, second number."""
    return found.qualifier, found.value, found.value_to


def says(found: Phrase, stated: tuple[str, Decimal | None, Decimal | None]) -> bool:
    """True if a number expression says, or leaves open, what a row states."""
    return stated in found.readings if found.doubt else stated == reading(found)


def words_of(found: Phrase, paragraph: str) -> str:
    """Return the words to keep of an expression: with its noun, if they are few and mean the same alone.

    They end before another number, and are words that the checks accept if the text has any.
    """
    end = found.end
    if found.noun and found.is_quantity:
        place = paragraph.find(found.noun, found.number_end, found.number_end + 80)
        if found.kind == "money" and paragraph[found.number_end : max(place, 0)].strip(" -"):
            place = -1  # a sign is before the number, and what stands further on is of another
        end = place + len(found.noun) if 0 <= place <= found.number_end + 16 else end
    longer = paragraph[found.start : max(end, found.end)]
    if not found.is_quantity:
        return _few(found.text)
    number = paragraph[found.number_start : max(end, found.end)]
    bare = paragraph[found.number_start : found.number_end]
    pieces = [
        longer,
        found.text,
        number,
        bare,
        *(piece.strip(" ,.;:") for piece in _around(found, paragraph)),
    ]
    few = [piece for piece in dict.fromkeys(pieces) if 0 < len(piece.split()) <= MAX_WORDS]
    if " per " in found.unit:  # what it is per, if the words have room for it
        few.sort(key=lambda piece: _per(find(piece)) != _per([found]))
    same = next((piece for piece in few if says_the_same(piece, found)), "")
    return same or _few(found.text)


def _per(phrases: Iterable[Phrase]) -> list[str]:
    """Return what each of some numbers is per: ["day"] of 82 people a day."""
    return [per for phrase in phrases if phrase.is_quantity for per in phrase.unit.split(" per ")[1:]]


def _few(text: str) -> str:
    """Return the first words of a text, or of its longest part without an invisible character, which no row may hold."""
    parts = "".join("\n" if is_hidden(character) else character for character in text).split("\n")
    return " ".join(max(parts, key=len).split()[:MAX_WORDS])


def _around(found: Phrase, paragraph: str) -> Iterator[str]:
    """Return the expression with a few more words around it, which may be what makes it a number."""
    before = paragraph[max(0, found.start - 40) : found.start].split(" ")
    behind = paragraph[found.end : found.end + 40].split(" ")
    for fore, aft in ((0, 2), (2, 1), (3, 1), (0, 3), (2, 2), (0, 4), (4, 1), (3, 2)):
        yield " ".join(before[-fore:] if fore else [""]) + found.text + " ".join(behind[:aft])


def says_the_same(words: str, found: Phrase) -> bool:
    """True if words mean the same alone as they do in the text."""
    said = [phrase for phrase in find(words) if phrase.is_quantity]
    if len(said) != 1:
        return False
    if found.doubt:
        return said[0].doubt != "" and set(found.readings[:1]) <= set(said[0].readings)
    same = not said[0].doubt and reading(said[0]) == reading(found) and said[0].hedge in ("", found.hedge)
    return same and (not said[0].unit or _per(said) == _per([found]))  # 82 people are no 82 people a day


def words_of_kind(kind: str) -> frozenset[str]:
    """Return the words of a kind in vocabulary.csv."""
    with (Path(__file__).parent / "vocabulary.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(
            word for row in csv.DictReader(file) if row["kind"] == kind for word in row["words"].split()
        )


def slug(text: str) -> str:
    """Make an id from a text: lower-case letters, digits and underscores, starting with a letter; "" if it has none."""
    made = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    made = made if not made[:1].isdigit() else f"n{made}"
    return f"{made}_number" if keyword.iskeyword(made) else made


def unused(id_: str, taken: Collection[str]) -> str:
    """Return the id, with a number appended if it is taken."""
    if id_ not in taken:
        return id_
    low, high = 1, 2
    while f"{id_}_{high}" in taken:  # ids are given in order, so the first free number is found by halving
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{id_}_{middle}" in taken else (low, middle)
    return f"{id_}_{high}"


def decimal_of(cell: str) -> Decimal | None:
    """Return a cell's number, or None."""
    return Decimal(cell) if re.fullmatch(r"-?\d+(?:\.\d+)?", cell) else None
