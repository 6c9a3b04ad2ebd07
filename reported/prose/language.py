"""Which language a text is in: only English is read. A guess from scripts and from the most frequent words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from reported.prose.tokens import QUOTES, Tokens
from reported.prose.vocabulary import entries

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
_ENGLISH = _WORDS["en"] | frozenset(
    [
        "a",
        "i",
        "o",
        "e",
        "no",
        "me",
        "so",
        "do",
        "am",
        "an",
        "men",
        "die",
        "also",
        "still",
        "son",
        "con",
        "tan",
        "par",
        "sin",
        "is",
        "was",
        "in",
        "on",
        "at",
        "as",
        "or",
        "de",
        "la",
        "le",
        "el",
        "al",
        "van",
        "over",
        "under",
        "den",
        "des",
        "du",
        "da",
        "y",
        "mint",
        "has",
        "had",
        "her",
        "we",
        "if",
        "may",
        "one",
        "time",
    ]
)
_SUSPECTS = frozenset[str]().union(*_WORDS.values()) - _ENGLISH
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile("[\u0370-\u1cff\u2c00-\u2dff\u3040-\ud7af]")
_ENDS = frozenset((".", "!", "?", "", ";"))


def language(text: str) -> tuple[str, float]:
    """The language of a text as an ISO 639-1 code, and how sure that is, from 0 to 1; ("und", 0.0) where no word tells.

    >>> language("Der Sprecher nannte rund 500 Verletzte und mehr als 20 Tote.")[0]
    'de'
    """
    return _guess(_WORD.findall(text))


def _guess(words: list[str]) -> tuple[str, float]:
    hits = Counter[str]()
    cyrillic = ""
    for word in words:
        script = unicodedata.name(word[0], "").split(" ")[0].split("-")[0] if ord(word[0]) > 0x36F else ""
        if script == "CYRILLIC":
            cyrillic += word.lower()
        elif script in _SCRIPTS:
            hits[_SCRIPTS[script]] += 1
        else:
            for code, known in _WORDS.items():
                hits[code] += word.lower() in known
    if cyrillic:
        code = next((code for code, letters in _CYRILLIC if set(letters) & set(cyrillic)), "ru")
        hits[code] += sum(1 for word in words if ord(word[0]) > 0x36F)
    if not +hits:
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
        first = 0
        for i in range(self.count + 1):
            if self.token[i] in _ENDS or (self.sort[i] == "p" and not QUOTES.isdisjoint(self.token[i])):
                words = [self.written(k) for k in range(first, i) if self.is_word(k)]
                if words and (reason := _refusal(words)):
                    found.update(dict.fromkeys(range(first, i + 1), reason))
                first = i + 1
        return found


def _refusal(words: list[str]) -> str:
    """Why words that are not English are not read, or ""."""
    telling = [word for n, word in enumerate(words) if word.islower() or not n or ord(word[0]) > 0x36F]
    code, certainty = _guess(telling)
    hits = sum(word.lower() in _SUSPECTS or ord(word[0]) > 0x36F for word in telling)
    if code in ("en", "und") or hits < 2 or hits * 6 < len(words):
        return ""
    return f"the words around it look {NAMES[code]} ({certainty:.0%} sure); only English is read"
