"""Who a sentence says is speaking: those that a ledger knows, and names next to words such as "said"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_VERBS = r"(?:said|says|told|reported|reports|announced|estimated|estimates|put|puts|stated|wrote|added|confirmed|warned)"
_NAME = r"[A-Z][\w'’-]+(?: (?:(?:of|de|von|van|for|and|the) )?[A-Z][\w'’-]+)*"
_BODY = r"(?:[Tt]he )(?:[\w'’-]+ ){0,4}?[\w'’-]+"
_TOLD = (
    re.compile(rf"\b[Aa]ccording to ({_NAME}|{_BODY}|[a-z]+(?: [a-z]+)?)(?=[,.;]|$| on | in | who )"),
    re.compile(rf"\b{_VERBS} ({_NAME})"),
    re.compile(rf"({_NAME}),? (?:also )?{_VERBS}\b"),
    re.compile(rf"(?:^|[,;\"'] ?|and )({_BODY}) (?:also )?{_VERBS}\b"),
)
_NO_NAME = {
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
        if last[:1].isupper() and len(last) > 3:
            self._by_name.setdefault(last.lower(), id_)

    def of(self, sentence: str) -> str:
        """The id of the speaker whom the ledger knows, else the name that the sentence gives, else ""."""
        told = [match[1] for pattern in _TOLD for match in pattern.finditer(sentence)]
        for text in [*told, sentence]:
            lower = text.lower()
            known = [name for name in self._by_name if re.search(rf"\b{re.escape(name)}\b", lower)]
            if known:
                return self._by_name[max(known, key=len)]
        return next((name for name in told if name not in _NO_NAME), "")
