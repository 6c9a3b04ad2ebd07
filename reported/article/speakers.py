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
_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he|[Tt]hey) (?:also )?{_VERBS}\b")
_NO_NAME = {
    *(
        "He",
        "She",
        "They",
        "It",
        "We",
        "I",
        "But",
        "And",
        "In",
        "On",
        "At",
        "The",
        "That",
        "This",
        "Officials",
    ),
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
}


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
            self._by_name.setdefault(plain.lower(), id_)
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
            lower = text.lower()
            known = [name for name in self._by_name if re.search(rf"\b{re.escape(name)}\b", lower)]
            if known:
                return self._by_name[max(known, key=len)]
            if text is not sentence:
                return text
        return ""
