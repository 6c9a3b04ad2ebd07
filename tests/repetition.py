"""How much of a page is said before: the share of its words in runs of six or more that occurred earlier in it."""

import re
from pathlib import Path

from lxml import html

RUN = 6
UNREAD = "script | style | svg | template | noscript | head | pre"
BLOCKS = "p | li | td | th | h1 | h2 | h3 | h4 | figcaption | caption | div | tr | dt | dd | section"


def page_words(page: Path) -> list[str]:
    """The words that a reader of the page reads, in lower case."""
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    for element in tree.xpath(" | ".join(f"//{name.strip()}" for name in UNREAD.split("|"))):
        element.drop_tree()
    for element in tree.xpath(" | ".join(f"//{name.strip()}" for name in BLOCKS.split("|"))):
        element.text = f"\n{element.text or ''}"
    return re.findall(r"[^\W_]+(?:['’][a-z]+)?", tree.text_content().lower())


def repeated_share(words: list[str]) -> float:
    """The share of words inside a run that occurred before and does not overlap its first occurrence.

    >>> repeated_share("a b c d e f g a b c d e f".split())
    0.46153846153846156
    """
    first: dict[tuple[str, ...], int] = {}
    marked = [False] * len(words)
    for start in range(len(words) - RUN + 1):
        run = tuple(words[start : start + RUN])
        if first.setdefault(run, start) + RUN <= start:
            marked[start : start + RUN] = [True] * RUN
    return sum(marked) / len(words)
