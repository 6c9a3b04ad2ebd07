"""Where the words of a PDF are on its pages, as poppler reads them."""

import functools
import html
import itertools
import os
import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass

import pytest

_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
_PAGE = re.compile(r'(?s)<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>')


_FORMULA = re.compile("[\u0300-\u036f\u20d0-\u20ff\u2190-\u22ff\U0001d400-\U0001d7ff]|^.$")


@dataclass(frozen=True)
class Word:
    """A word with its box, in points from the upper left corner of its page."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """A page's size and words."""

    width: float
    height: float
    words: list[Word]


def poppler(pdf: bytes, *command: str) -> str:
    """What a poppler tool prints of a PDF; without the tool the test is skipped, except in CI."""
    if shutil.which(command[0]) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{command[0]} is missing")
        pytest.skip(f"needs {command[0]} (poppler-utils)")
    return subprocess.run([*command, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


@functools.lru_cache(maxsize=32)
def pages(pdf: bytes) -> tuple[Page, ...]:
    """The pages with their words."""
    return tuple(
        Page(
            float(width),
            float(height),
            [
                Word(html.unescape(text), number, *map(float, box))
                for *box, text in _WORD.findall(body)
                if text.strip()
            ],
        )
        for number, (width, height, body) in enumerate(_PAGE.findall(poppler(pdf, "pdftotext", "-bbox")), 1)
    )


def overprints(pdf: bytes) -> list[tuple[Word, Word]]:
    """Pairs of words that are printed one over the other, and words that leave their page (paired with themselves).

    A box is as high as its font, which is more than its letters: boxes count as one over the other from half of their
    height. Accents, and signs of formulas, stand over one another, and are left alone.
    """
    found = []
    for page in pages(pdf):
        found += [
            (word, word)
            for word in page.words
            if word.left < 0 or word.top < 0 or word.right > page.width or word.bottom > page.height
        ]
        plain = [word for word in page.words if not _FORMULA.search(unicodedata.normalize("NFD", word.text))]
        ordered = sorted(plain, key=lambda word: word.top)
        for number, one in enumerate(ordered):
            for other in itertools.islice(ordered, number + 1, None):
                if other.top > one.bottom:
                    break
                across = min(one.right, other.right) - max(one.left, other.left)
                down = min(one.bottom, other.bottom) - max(one.top, other.top)
                if across > 0.7 and down > 0.5 * min(one.bottom - one.top, other.bottom - other.top):
                    found.append((one, other))
    return found
