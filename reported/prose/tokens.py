"""A text as tokens: what each is, where it is, what touches what. Knows no numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from reported.ground.invisible import BREAKS, JOINERS, OPERATORS, REORDERS, TURNS
from reported.prose.vocabulary import listed

HYPHENS = frozenset("-‐‑")
DASHES = HYPHENS | {"–"}
QUOTES = frozenset("\"'“”‘’[]()„«»")
_REORDERED = re.compile(f"[{REORDERS}]")
_INVISIBLE = re.compile(f"[\u0300-\u036f{BREAKS}{JOINERS}{TURNS}{OPERATORS}ﬀ-ﬆ]")
_DEGREES = re.compile(r"(?<=\d)(\s?)º(?=\s?[CF]\b)")  # typed as an ordinal's sign: 2ºC
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SYMBOLS = r"⁄\-‐‑–−/%‰$€£¥₴₽₹₩₪₺₦₱฿₫৳₵~∼≈≃<>≥≤⩾⩽≧≦≳≲+±°#№"
_TOKEN = re.compile(
    r"(?P<n>(?:(?<![^\s(\[\"'“‘$€£])\.)?\d+(?:[,.'’\u00a0\u2007\u2009\u202f]\d+)*+)"
    r"|(?P<w>[ckd]?m[23](?!\w)|[^\W\d_]+(?:['’][^\W\d_]+)*+)"
    r"|(?P<b>\n[^\S\n]*+\n)"
    rf"|(?P<s>--+|[{_SYMBOLS}])"
    rf"|(?P<p>\.|[^\w\s{_SYMBOLS}.]+|_)"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _misspelt() -> dict[str, str]:
    """Qualifiers with one letter missing, doubled, wrong, added or two exchanged, to the qualifier."""
    found: dict[str, str] = {}
    for word in listed("set: misspelt"):
        for k in range(len(word)):
            head, tail = word[:k], word[k:]
            found[head + tail[1:]] = found[head + tail[1:2] + tail[:1] + tail[2:]] = word
            for letter in _LETTERS:
                found[head + letter + tail] = found[head + letter + tail[1:]] = word
    correct = listed("set: misspelt", "set: not misspelt", "set: stop")
    return {word: meant for word, meant in found.items() if word not in correct}


MISSPELT = _misspelt()
_MARGIN = 32  # more tokens than any step looks ahead or back


def _fold(text: str) -> tuple[str, list[int] | None]:
    """The text as a reader sees it (no zero-width characters, no ligatures), with the offsets of its characters."""
    if "º" in text:
        text = _DEGREES.sub(r"\1°", text)
    if not _INVISIBLE.search(text):
        return text, None
    shown: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        kept = _LIGATURES.get(character, "" if _INVISIBLE.match(character) else character)
        shown.append(kept)
        offsets.extend([offset] * len(kept))
    return "".join(shown), offsets


class Tokens:
    """The tokens of one text.

    Every step of a reader looks at a bounded number of tokens around it, so the whole is linear; `_MARGIN` empty
    tokens behind the last (and so, at negative places, before the first) save asking where the text ends.
    """

    def __init__(self, text: str, column: bool = False, chosen: bool = False) -> None:
        """`column`: the text is a cell of a column of quantities, where digits are no year, name or score by themselves.

        `chosen`: it is a few words that somebody took for a figure, so that nothing around them need say what it counts.
        """
        self.column = column
        self.chosen = chosen
        self.text = text
        self.shown, self.offsets = _fold(text)
        self.reordered = bool(_REORDERED.search(text))
        matches = list(_TOKEN.finditer(self.shown))
        #: n(umeral), w(ord), b(reak of paragraph), s(ymbol), p(unctuation)
        self.sort: list[str] = [match.lastgroup or "p" for match in matches]
        self.at = [match.start() for match in matches]
        self.to = [match.end() for match in matches]
        #: lower case, straight apostrophes; "" if a paragraph ends
        self.token = ["" if match.lastgroup == "b" else match[0].lower() for match in matches]
        if "’" in self.shown:
            self.token = [token.replace("’", "'") for token in self.token]
        if "⁄" in self.shown:
            self.token = ["/" if token == "⁄" else token for token in self.token]
        self.count = len(self.token)
        self.words_present = frozenset(self.token)
        if not MISSPELT.keys().isdisjoint(self.token):
            self.token = [MISSPELT.get(token, token) for token in self.token]
        for each, empty in ((self.token, ""), (self.sort, ""), (self.at, -1), (self.to, -2)):
            each.extend([empty] * _MARGIN)  # type: ignore[list-item]
        self.plain_until = 0  # where an address without digits ends
        self.floor = 0  # the first token not yet used by a phrase
        self.previous = ""  # the kind of the phrase that ends there
        self.firm = False  # whether that phrase is without a doubt
        self.told: list[Decimal] = []  # the values so far, of which "a third" may be one more

    def written(self, i: int) -> str:
        return self.shown[self.at[i] : self.to[i]]

    def touches(self, i: int) -> bool:
        """True if token i follows the one before it without a space."""
        return self.to[i - 1] == self.at[i]

    def is_numeral(self, i: int) -> bool:
        return self.sort[i] == "n"

    def is_word(self, i: int) -> bool:
        return self.sort[i] == "w"

    def next_word(self, i: int) -> int:
        """The token that goes on from token i - 1 across a space or a hyphen: i or i + 1."""
        if self.token[i] in HYPHENS and self.touches(i) and self.touches(i + 1):
            return i + 1
        return i

    def token_at(self, offset: int, i: int) -> int:
        """The first token from i on that starts at or behind an offset."""
        while i < self.count and self.at[i] < offset:
            i += 1
        return i

    def matches(self, i: int, *words: str) -> bool:
        return self.token[i : i + len(words)] == [*words]

    def capital(self, i: int) -> bool:
        """True if token i is a word with a capital letter."""
        return self.is_word(i) and self.written(i)[0].isupper()

    def goes_on(self, i: int) -> bool:
        """True if token i is a word or numeral that follows without a space."""
        return self.touches(i) and self.sort[i] in ("n", "w")

    def range_of(self, first: int, last: int) -> tuple[int, int]:
        start, end = self.at[first], self.to[last - 1]
        return (start, end) if self.offsets is None else (self.offsets[start], self.offsets[end - 1] + 1)
