"""Who a sentence says is speaking: those that a ledger knows, and names next to words such as "said"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_VERBS = r"(?:said|says|told|reported|reports|announced|estimated|estimates|put|puts|stated|wrote|added|confirmed|warned)"
_NAME = r"[A-Z][\w'’-]+(?: (?:(?:of|de|von|van|for|and|the) )?[A-Z][\w'’-]+)*"
_BODY = r"(?:[Tt]he )(?:[\w'’-]+ ){0,4}?[\w'’-]+"
_TOLD = (
    re.compile(rf"\b[Aa]ccording to ({_NAME}|{_BODY}|[a-z]+(?: [a-z]+)?)(?=[,.;]|$| on | in | who )"),
    re.compile(rf"\b{_VERBS} (?:(?:its|his|her|their|the) [\w ]+, )?({_NAME})"),
    re.compile(rf"({_NAME}),? (?:who [^,]+, )?(?:also )?{_VERBS}\b"),
    re.compile(rf"(?:^|[,;\"'] ?|and |-- )({_BODY}) (?:also )?{_VERBS}\b"),
)
_LONGEST_NAME = 8  # in words
_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he|[Tt]hey) (?:also )?{_VERBS}\b")
_NO_NAME = {
    "He", "She", "They", "It", "We", "I", "But", "And", "In", "On", "At", "The", "That", "This", "Officials",
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
}  # fmt: skip
"""Words with a capital that name no speaker."""


class Speakers:
    """The claimants of a ledger, to be found in sentences by name or office."""

    def __init__(self, claimants: Iterable[Mapping[str, str]]) -> None:
        self._by_name: dict[str, str] = {}
        for row in claimants:
            names = [row.get(name, "").lstrip("?") for name in ("name", "local_name", "role")]
            for name in names:
                self.learn(name, row["id"])

    def learn(self, name: str, id_: str) -> None:
        """Remember a speaker: by the whole name, without its article, and by the last word of a person's name."""
        plain = re.sub(r"^[Tt]he ", "", name).strip()
        if len(plain) > 2:
            self._by_name.setdefault(" ".join(re.findall(r"[\w'’-]+", plain.lower())), id_)
        last = plain.split()[-1] if len(plain.split()) > 1 else ""
        if last[:1].isupper() and len(last) > 2:
            self._by_name.setdefault(last.lower(), id_)

    def of(self, sentence: str, position: int, before: str = "") -> str:
        """The id of the speaker whom the ledger knows, else the name that the sentence gives, else "".

        Of several in one sentence, the one nearest to the number at `position`. Whom "she said" means is looked for
        in the text `before` the sentence.
        """
        if before and _PRONOUN.search(sentence):
            return self.of(before, len(before))
        found = [match for pattern in _TOLD for match in pattern.finditer(sentence)]
        found.sort(key=lambda match: min(abs(match.start() - position), abs(match.end() - position)))
        told = [match[1] for match in found if match[1] not in _NO_NAME]
        for text in [*told, sentence]:
            if known := self._named_in(text):
                return known
            if text is not sentence:
                return text
        return ""

    def _named_in(self, text: str) -> str:
        """The claimant with the longest name that a text has, or ""."""
        words = re.findall(r"[\w'’-]+", text.lower())
        for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                if id_ := self._by_name.get(" ".join(words[start : start + length])):
                    return id_
        return ""
