"""Read from running text the number of one thing that a table counts, such as the killed; `cells` reads short cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from reported.columns.cell import DOUBT, NO_NUMBER, Cell
from reported.prose import Phrase, find
from reported.prose.units import PERSON, singular
from reported.prose.vocabulary import listed, meanings

if TYPE_CHECKING:
    from reported.intervals.bounds import Bounds

_FATES = meanings("fate", "fate noun")
_VERBS = listed("fate")
_HARMLESS, _AUXILIARIES, _OCCASIONS = (
    listed("set: fate of none"),
    listed("set: fate auxiliary"),
    listed("set: occasion"),
)
_ARTICLES = frozenset(("a", "an", "the", "one", "his", "her", "their", "its", "another", "several", "and"))
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE = re.compile(r"[.;!?](?:\s|$)|\n")
_BREAK = re.compile(r"[.;:!?](?:\s|$)|\n|\b(?:while|whereas|but|after|when|before|following)\b", re.I)
_APART = re.compile(r",|\b(?:and|or|for|by|over|against|in)\b", re.I)
_NOUN = r"(?:[\w'’/.-]+\s+){0,5}?[\w'’/.-]*"
_LIST = re.compile(
    rf"\s*{_NOUN}\s*(?:,?\s*(?:and|or|&|including)\b|,)\s*(?:(?:an?|another|his|her|their)\s+)?", re.I
)
_BOTH = re.compile(r"\s*(?:and|or|and/or|/)\s*(?:were\s+)?([a-z]+)", re.I)
_ONE_MORE = re.compile(
    r"\s*(?:[\w'’()-]+,?\s+){0,4}?(?:(?:and|along with)\s+(?:an?|the|his|her|their|another|(?:shot|killed|wounded) an\w*)"
    r"|(?<=,\s)(?:his|her|their|another))\s",
    re.I,
)
_NOT_ALL = re.compile(
    r"\bsuicide\b|\bown li(?:fe|ves)\b|\bgun on (?:him|her|them)sel(?:f|ves)\b"
    r"|\b(?:kill|shoot|shot)\w* (?:him|her|them)sel(?:f|ves)\b|\bfatally shot (?:him|her|them)\b"
    r"|\b(?:each|except|everyone|bodies|(?:later|subsequently|afterwards) died|died later|dead included)\b"
    r"|\ball (?:aboard|on ?board|those|but)\b|\bon the other\b"
    r"|(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|ty) (?:aboard|on) (?:the )?(?-i:[A-Z])",
    re.I,
)
"""Words by which more were killed than those that are numbered, or others: he took his own life, eleven on each plane."""
_ONE_BEFORE = re.compile(
    r"(?:^|[^\w\s]\s*|\b(?:\w+ing|killed|died|of)\s+)(?:an?|the|his|her|their|one)\s+"
    r"(?:[\w'’-]+\s+){1,5}?(?:and|along with)\s*$"
    r"|(?-i:[A-Z][\w.'’-]*\s+[A-Z][\w.'’-]*,?(?:\s\d\d,)?\s+and\s*$)",
    re.I,
)
_SINGULAR = frozenset(("was", "is", "has"))
_DISTRIBUTED = re.compile(
    r"\b(?:split|spread|divided|shared|distributed)\s+(?:\w+\s+){0,3}?(?:among|amongst|across|between|over|into)\b"
    r"|\bcoded\s+(?:to|separately|as|with|in|under|elsewhere)\b",
    re.I,
)
_NEAR = 2  # words between a number and "killed" without a "were"
_MOST = 5  # of more numbers than this no sums are made


def counted_words(of: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words that say that something of `of` is counted, and those that say that something else is.

    >>> "deaths" in counted_words(["killed"])[0], "wounded" in counted_words(["killed"])[1]
    (True, True)
    """
    named = {word.lower() for word in of}
    families = {_FATES.get(word, word) for word in named}
    own = named | {word for word, family in _FATES.items() if family in families}
    own |= {f"{word}s" for word in named - _FATES.keys()} | {singular(word) for word in named}
    return frozenset(own), frozenset(_FATES.keys() - own)


def counted(text: str, own: frozenset[str], others: frozenset[str]) -> tuple[Phrase, ...]:
    """The numbers of a text that count what the words of `own` name, and not what those of `others` do.

    >>> own, others = counted_words(["killed"])
    >>> [phrase.text for phrase in counted("A blast hit 3 shops, killing at least 12 and wounding 30.", own, others)]
    ['at least 12']
    """
    return _Text(text, own, others).counted()


class Texts:
    """Reads texts for the numbers of one thing: `of`, by its own words or those of its family."""

    def __init__(
        self, of: Collection[str], read: Callable[[Phrase], Cell], known: dict[str, tuple[Phrase, ...]]
    ) -> None:
        """`read` reads one phrase as a cell; `known` keeps the numbers of each text, also for other readings."""
        self._own, self._others = counted_words(of)
        self._read, self._known = read, known

    def cell(self, text: str) -> Cell:
        """Return the text as a cell: read if one number counts it, in doubt if several do."""
        cells = self._cells(text)
        if not cells:
            return Cell(NO_NUMBER, "no number counts it")
        if len(cells) == 1 and not self._unnumbered(text, 1):
            return cells[0]
        numbers = ", ".join(f'"{cell.reason}"' for cell in cells)
        return Cell(
            DOUBT, f"{len(cells)} numbers count it: {numbers}" if len(cells) > 1 else f"at least {numbers}"
        )

    def alternatives(self, text: str) -> list[Bounds]:
        """List what the text may say: each number, and their sums; more if some of those counted have no number."""
        from reported.intervals.bounds import Bounds

        cells = self._cells(text)
        read = [cell.bounds for cell in cells if cell.bounds is not None]
        if not read or len(read) < len(cells):
            return []
        found = list(read)
        for size in range(2, min(len(read), _MOST) + 1):
            found += [sum(several[1:], several[0]) for several in combinations(read, size)]
        if self._unnumbered(text, len(read)) or len(read) > _MOST:
            found.append(Bounds(min(bounds.lower for bounds in read), float("inf")))
        return found

    def _cells(self, text: str) -> list[Cell]:
        return [self._read(phrase) for phrase in self._counted(text)]

    def _counted(self, text: str) -> tuple[Phrase, ...]:
        if text not in self._known:
            self._known[text] = counted(text, self._own, self._others)
        return self._known[text]

    def _unnumbered(self, text: str, numbers: int) -> bool:
        """True if the text names more of them than it numbers: a guard was killed and two others died."""
        if sum(word.lower() in self._own for word in _WORD.findall(text)) > numbers:
            return True
        if "killed" in self._own and _NOT_ALL.search(text):
            return True
        phrases = self._counted(text)
        return any(_ONE_MORE.match(text, one.end) or _ONE_BEFORE.search(text[: one.start]) for one in phrases)


class _Text:
    """One text, for `counted`."""

    def __init__(self, text: str, own: frozenset[str], others: frozenset[str]) -> None:
        self.text, self.own, self.others = text, own, others
        self.persons = not own.isdisjoint(_FATES)

    def counted(self) -> tuple[Phrase, ...]:
        if self.own.isdisjoint(word.lower() for word in _WORD.findall(self.text)) or _DISTRIBUTED.search(
            self.text
        ):
            return ()
        phrases = find(self.text)
        said: list[bool | None] = [
            self.counts(phrases, i) if self.may_count(phrase) else False for i, phrase in enumerate(phrases)
        ]
        links = range(len(phrases) - 1) if self.persons else range(0)
        for i in reversed(links):
            if said[i] is None and said[i + 1] and self.listed(phrases, i):
                said[i] = True
        for i in links:
            if said[i + 1] is None and said[i] and self.listed(phrases, i):
                said[i + 1] = True
        return tuple(phrase for phrase, one in zip(phrases, said, strict=True) if one)

    def listed(self, phrases: Sequence[Phrase], i: int) -> bool:
        """True if a number and the next form a list: four guards and two of their drivers."""
        return bool(_LIST.fullmatch(self.text, phrases[i].end, phrases[i + 1].start))

    def may_count(self, phrase: Phrase) -> bool:
        """True if a number can count it; people, if what became of them is counted."""
        if phrase.kind != "count" or phrase.change:
            return False
        if self.occasion(phrase):
            return False
        return not self.persons or phrase.unit in ("", PERSON) or self.named(phrase)

    def occasion(self, phrase: Phrase) -> bool:
        """True if the sentence tells why people gathered or retaliated, not what happened."""
        before = _SENTENCE.split(self.text[: phrase.start])[-1]
        return not _OCCASIONS.isdisjoint(word.lower() for word in _WORD.findall(before))

    def named(self, phrase: Phrase) -> bool:
        return any(word.lower() in self.own for word in _WORD.findall(phrase.noun))

    def counts(self, phrases: Sequence[Phrase], i: int) -> bool | None:
        """True if a number counts it, by its noun or the words around it; None if nothing says so or otherwise."""
        phrase, last = phrases[i], i + 1 == len(phrases)
        noun = [word.lower() for word in _WORD.findall(phrase.noun)]
        if phrase.value == 0 and not _HARMLESS.isdisjoint(noun):
            return True
        if known := next((word for word in noun if word in self.own or word in self.others), ""):
            behind = self.text.find(phrase.noun, phrase.number_end) + len(phrase.noun)
            return known in self.own and not (self.active(behind) or self.both(behind))
        before = _BREAK.split(self.text[phrases[i - 1].end if i else 0 : phrase.start])[-1]
        if (said := self.said_before(before)) is not None:
            return said
        gap = self.text[phrase.end : len(self.text) if last else phrases[i + 1].start]
        after = _BREAK.split(gap)[0]
        return self.said_behind(phrase, after, followed=not last and after == gap)

    def said_before(self, words: str) -> bool | None:
        """Look at the words before: killing at least 12; the death toll rose to 12. None if they say nothing."""
        for match in reversed(list(_WORD.finditer(words))[-4:]):
            word = match[0].lower()
            if word in self.own or word in self.others:
                return None if _APART.search(words, match.end()) else word in self.own
        return None

    def said_behind(self, phrase: Phrase, words: str, *, followed: bool) -> bool | None:
        """Look at the words behind: 12 people were killed; but "12 men shot dead a guard". None if they say nothing."""
        found = list(_WORD.finditer(words))
        for n, match in enumerate(found):
            word = match[0].lower()
            if word not in _VERBS and (word not in self.own or word in _FATES):
                continue
            if word not in self.own and word not in self.others:
                continue
            ahead = {before[0].lower() for before in found[max(0, n - 3) : n]}
            told = n <= _NEAR or (match[0].islower() and not _AUXILIARIES.isdisjoint(ahead))
            behind = {before[0].lower() for before in found[:n]}
            one = _SINGULAR | (frozenset(("had", "who")) if {"who", "had"} <= behind else frozenset())
            alone = not one.isdisjoint(behind - {"who"}) and "were" not in ahead and phrase.value != 1
            governs = followed and not words[match.end() :].strip()
            if governs or alone or not told or (word.endswith("ing") and word != "missing"):
                return None
            end = phrase.end + match.end()
            return None if self.active(end) else word in self.own and not self.both(end)
        return None

    def both(self, end: int) -> bool:
        """True if "killed" that ends there is one of two: killed or wounded."""
        other = _BOTH.match(self.text, end)
        return other is not None and other[1].lower() in self.others

    def active(self, end: int) -> bool:
        """True if "killed" that ends there has an object: shot and killed a driver."""
        behind = _WORD.match(self.text, end + 1)
        return behind is not None and behind[0].lower() in _ARTICLES - {"and"}
