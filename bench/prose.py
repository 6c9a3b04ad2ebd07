"""Numbers in prose: megabytes a second, and how many are right, beside quantulum3, in one run.

`python bench/prose.py` reads the sentences of the test set, once as they are (a number in every 65 characters) and
once at the density of news (one in 150, as measured on 120 articles). Times are processor times. quantulum3 runs without its classifier, which
would read a trained model; it is left out where it is not installed (group `bench`).
"""

import importlib
import sys
import time
import warnings
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from reported.prose import Phrase, find
from tests.prose import score

PLAIN = (
    "The spokesman declined to say who was there and when the next meeting would be held, but residents of the town "
    "said that the road had been open all week. "
)
LENGTH = 500_000  # characters to read; quantulum3 gets a tenth of them


def texts() -> dict[str, str]:
    """The two texts."""
    sentences = [sentence["text"] for half in score.HALVES for sentence in score.sentences(half)]
    dense = " ".join(sentences)
    news = " ".join(f"{sentence} {PLAIN}" for sentence in sentences)
    return {
        "test set": dense * (LENGTH // len(dense) + 1),
        "density of news": news * (LENGTH // len(news) + 1),
    }


def speed(read: Callable[[str], Any], text: str, length: int) -> float:
    """Megabytes a second of processor time: the best of three."""
    paragraphs = [text[start : start + 2000] for start in range(0, length, 2000)]
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        for paragraph in paragraphs:
            read(paragraph)
        best = min(best, time.process_time() - started)
    return length / best / 1e6


def quantulum() -> Callable[[str], list[Phrase]] | None:
    """quantulum3's reader with our results, or None where it is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            parser = importlib.import_module("quantulum3.parser")
        except ImportError:
            return None

    def read(text: str) -> list[Phrase]:
        found = []
        for quantity in parser.parse(text):
            value, spread = Decimal(str(quantity.value)), Decimal(str(quantity.uncertainty or 0))
            start, end = quantity.span
            unit = {"percentage": "percent", "dimensionless": ""}.get(quantity.unit.name, quantity.unit.name)
            lower, upper = (value - spread, value + spread) if spread else (value, None)
            found.append(
                Phrase(
                    text[start:end],
                    start,
                    end,
                    start,
                    end,
                    "exact",
                    lower,
                    upper,
                    kind="count",
                    noun="",
                    unit=unit,
                )
            )
        return found

    read("5 boats")  # loads its tables
    return read


def main() -> None:
    other = quantulum()
    for name, text in texts().items():
        ours = speed(find, text, LENGTH)
        line = f"{name}: {ours:.2f} MB/s"
        if other:
            theirs = speed(other, text, LENGTH // 10)
            line += f", quantulum3 {theirs:.3f} MB/s: {ours / theirs:.0f} times as fast"
        print(line)
    for half in score.HALVES:
        print(score.report(half, score.sentences(half)))
        if other:
            print(
                score.report(
                    f"{half}, quantulum3 (which has no qualifiers)", score.sentences(half), find=other
                )
            )


if __name__ == "__main__":
    main()
