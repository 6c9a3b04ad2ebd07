"""Guess the language of a text from scripts and its most frequent words: only English is read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from reported.prose.tokens import QUOTES, Tokens
from reported.prose.vocabulary import entries, listed

_WORDS: dict[str, frozenset[str]] = {}
NAMES = {
    "uk": "Ukrainian", "ru": "Russian", "bg": "Bulgarian", "el": "Greek", "ar": "Arabic", "he": "Hebrew", "ko": "Korean",
    "ja": "Japanese", "zh": "Chinese", "hi": "Hindi", "th": "Thai", "ka": "Georgian", "hy": "Armenian",
}  # fmt: skip
for _entry in entries():
    if _entry.group == "language":
        _WORDS[_entry.meaning] = frozenset(_entry.words)
        NAMES[_entry.meaning] = _entry.example
_SCRIPTS = {
    "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh",
    "DEVANAGARI": "hi", "THAI": "th", "GEORGIAN": "ka", "ARMENIAN": "hy", "CYRILLIC": "",
}  # fmt: skip
_CYRILLIC = (("uk", "іїєґ"), ("ru", "ыэё"), ("bg", "ъ"))
_ENGLISH = _WORDS["en"] | listed("set: also english")
_LANGUAGES: dict[str, list[str]] = {}
for _code, _known in _WORDS.items():
    for _word in _known:
        _LANGUAGES.setdefault(_word, []).append(_code)
_SUSPECTS = frozenset[str]().union(*_WORDS.values()) - _ENGLISH
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile("[\u0370-\u1cff\u2c00-\u2dff\u3040-\ud7af]")
_ENDS = frozenset((".", "!", "?", "", ";"))


def language(text: str) -> tuple[str, float]:
    """The language of a text as an ISO 639-1 code, and how sure that is, from 0 to 1; ("und", 0.0) if no word tells.

    >>> language("Der Sprecher nannte rund 500 Verletzte und mehr als 20 Tote.")[0]
    'de'
    """
    return _guess(_WORD.findall(text))


def _guess(words: list[str]) -> tuple[str, float]:
    hits = Counter(code for word in words for code in _LANGUAGES.get(word.lower(), ()))
    other = [word for word in words if word[0] > "\u036f"]
    letters = set[str]()
    for word in other:
        scripts = {unicodedata.name(letter, "").split(" ")[0].split("-")[0] for letter in word}
        letters.update(word.lower() if "CYRILLIC" in scripts else "")
        hits.update(_SCRIPTS[script] for script in scripts & _SCRIPTS.keys())
    if letters:
        code = next((code for code, telling in _CYRILLIC if not letters.isdisjoint(telling)), "ru")
        hits[code] += hits.pop("")
    if hits["ja"]:  # which writes with Chinese characters too
        hits["ja"] += hits.pop("zh", 0)
    if not hits.total():
        return "und", 0.0
    (best, most), *_ = hits.most_common(1)
    return best, round(
        1 / sum(3.0 ** (n - most) for n in [*hits.values(), 0]), 2
    )  # each word trebles the odds


class Languages(Tokens):
    """The stretches of a text that are in another language than English."""

    def foreign(self) -> dict[int, str]:
        """Each token of a stretch in another language, to the reason why numbers there are not read."""
        found: dict[int, str] = {}
        if _SUSPECTS.isdisjoint(self.token) and not _OTHER_SCRIPT.search(self.shown):
            return found
        end = 0
        for i in [i for i, token in enumerate(self.token) if token in _SUSPECTS or token[:1] > "\u036f"]:
            if i < end or not self.is_word(i):
                continue
            first, end = i, i
            while first > 0 and not self.ends_sentence(first - 1):
                first -= 1
            while end < self.count and not self.ends_sentence(end):
                end += 1
            if reason := _refusal([self.written(k) for k in range(first, end) if self.is_word(k)]):
                found.update(dict.fromkeys(range(first, end), reason))
        return found

    def ends_sentence(self, i: int) -> bool:
        """True if a sentence or a quotation ends or begins at token i."""
        return self.token[i] in _ENDS or (self.sort[i] == "p" and not QUOTES.isdisjoint(self.token[i]))


def _refusal(words: list[str]) -> str:
    """Return why words that are not English are not read, or ""."""
    telling = [word for n, word in enumerate(words) if word.islower() or not n or word[0] > "\u036f"]
    hits = sum(word.lower() in _SUSPECTS or word[0] > "\u036f" for word in telling)
    if hits < 2 or hits * 6 < len(words):
        return ""
    code, certainty = _guess(telling)
    if code in ("en", "und"):
        return ""
    return f"the words around it look {NAMES[code]} ({certainty:.0%} sure); only English is read"
