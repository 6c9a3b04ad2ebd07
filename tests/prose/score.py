"""How well numbers in prose are read: `make prose` scores `find` on the sentences of seen.jsonl, unseen.jsonl and fresh.jsonl.

The rules of scoring are in docs/prose.md. No test: the tests beside it hold single cases.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from reported.prose import Phrase, find

Finder = Callable[[str], list[Phrase]]
HERE = Path(__file__).parent
HALVES = ("seen", "unseen", "fresh")
#: Qualifiers of the annotation that the reader's vocabulary does not tell from another.
COARSER = {"at most": "up to", "just over": "more than", "between": "exact"}
#: What the annotation sets aside and the reader may read, neither to its credit nor against it.
SPARE = ("age",)
#: Doubts of the annotation between names of one qualifier, which the vocabulary settles: docs/prose.md.
SETTLED = re.compile(
    r"(?:(?:just|slightly|fractionally|a (?:little|shade|touch|bit|hair|whisker)) (?:under|below|short of)|within"
    r"|(?:several|a few) (?:dozen|hundred|thousand|million)|a couple of|a handful|thousands"
    r"|upwards? of|[\d,]+-plus)\b",
    re.IGNORECASE,
)
#: Units of the annotation that are so many of another: a decade is ten years.
LONGER = {"decade": 10, "decades": 10, "century": 100, "centuries": 100}
RESAMPLES = 2000


_ASKED = "The setting currency says so"


def found(text: str) -> list[Phrase]:
    """What is read in a sentence, with the setting that a bare franc or peso asks for: the annotation has no countries."""
    read = find(text)
    asked = next((phrase for phrase in read if _ASKED in phrase.doubt), None)
    return find(text, currency=asked.unit.split(" ")[0]) if asked else read


@dataclass(frozen=True)
class Outcome:
    """One number of the annotation with what was read in its place; either may be missing."""

    gold: dict[str, Any] | None
    read: Phrase | None

    @property
    def value(self) -> bool:
        """Whether the value is right: doubt where doubt is due, and none where it is not."""
        if self.gold is None or self.read is None or bool(self.gold["doubt"]) != bool(self.read.doubt):
            return False
        return bool(self.gold["doubt"]) or any(same_value(one, self.read) for one in readings(self.gold))

    @property
    def qualified(self) -> bool:
        """Whether the value and its qualifier are right."""
        if not self.value or self.gold is None or self.read is None or self.gold["doubt"]:
            return self.value
        read = self.read.qualifier
        stated = {one["qualifier"] for one in readings(self.gold) if same_value(one, self.read)}
        return COARSER.get(read, read) in {COARSER.get(one, one) for one in stated}

    @property
    def failure(self) -> str:
        """What kind of failure this is, or ""."""
        if self.qualified:
            return ""
        if self.gold is None:
            return "read where nothing is counted"
        if self.read is None:
            return "missed"
        if self.gold["doubt"]:
            return "guessed where doubt is due"
        if self.read.doubt:
            return "doubt that is not warranted"
        return "wrong qualifier" if self.value else "wrong value"


def readings(gold: dict[str, Any]) -> list[dict[str, Any]]:
    """The number as annotated, with the other readings where the vocabulary settles between them."""
    keys = ("qualifier", "value", "value_to")
    others = gold.get("readings") or [] if SETTLED.match(gold["span"]) else []
    return [gold, *(gold | dict(zip(keys, one, strict=True)) for one in others)]


def same_value(gold: dict[str, Any], read: Phrase) -> bool:
    """Whether both ends agree; a share may be written as a fraction, in percent, or as a part "of" a whole."""
    ends = [(gold["value"], read.value), (gold["value_to"], read.value_to)]
    if all((one is None) == (other is None) for one, other in ends):
        pairs = [(float(one), float(other)) for one, other in ends if one is not None and other is not None]
        if not pairs:
            return bool(gold["qualifier"] == read.qualifier)
        of = float(gold["of"] or 0)
        scales = {1.0}
        if "percent" in (gold["unit"], read.unit):
            scales |= {100.0, 0.01} | ({100 / of} if of else set())
        scales |= {1 / LONGER[word] for word in read.unit.split() if word in LONGER}
        return any(all(math.isclose(a * s, b, rel_tol=1e-6) for a, b in pairs) for s in scales)
    return False


def located(text: str, items: Iterable[dict[str, Any]]) -> list[tuple[int, int]]:
    """Where each span is in the text, in order."""
    places, cursor = [], 0
    for item in items:
        start = text.find(item["span"], cursor)
        start = start if start >= 0 else text.find(item["span"])
        if start < 0:
            raise ValueError(f'"{item["span"]}" is not in "{text}"')
        cursor = start + len(item["span"])
        places.append((start, cursor))
    return places


def outcomes(sentence: dict[str, Any], find: Finder = found) -> list[Outcome]:
    """Every number annotated or read in a sentence, paired where they overlap."""
    text, numbers = sentence["text"], sentence["numbers"]
    free = [phrase for phrase in find(text) if phrase.is_quantity]
    result: list[Outcome] = []
    for gold, (start, end) in zip(numbers, located(text, numbers), strict=True):
        inside = [p for p in free if p.number_start < end and start < p.number_end]
        if not inside and any(
            o.read and o.read.of == gold["value"] and o.read.number_end >= end for o in result
        ):
            continue  # the whole of "52 out of the 54", annotated by itself
        if not inside and any(o.read and f"per {gold['value']}" in o.read.unit for o in result):
            continue  # the base of "14.0 per 100,000", likewise
        read = inside[0] if inside else None
        whole = gold["of"]
        for phrase in inside:
            if phrase is read or (whole is not None and phrase.value == whole):
                free.remove(phrase)
        result.append(Outcome(gold, read))
    spare = [
        place
        for other, place in zip(sentence["others"], located(text, sentence["others"]), strict=True)
        if other["kind"] in SPARE or (other["kind"] == "score" and re.search("[a-z]", other["span"]))
    ]
    free = [p for p in free if not any(p.number_start < end and start < p.number_end for start, end in spare)]
    free = [
        p for p in free if not (p.kind == "multiple" and any(o["span"] == p.text for o in sentence["others"]))
    ]
    free = [p for p in free if p.value != 0]  # "no new cases", which the annotation passes over
    return result + [Outcome(None, phrase) for phrase in free]


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.96, part / whole
    centre = share + z * z / (2 * whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return max(0.0, (centre - half) / (1 + z * z / whole)), min(1.0, (centre + half) / (1 + z * z / whole))


def f1(right: int, read: int, gold: int) -> float:
    return 2 * right / (read + gold) if read + gold else 1.0


def bootstrap(rows: Sequence[tuple[int, int, int]]) -> tuple[float, float]:
    """The 95 % interval of F1 over sentences drawn again, with a fixed seed."""
    source = random.Random(20240126)
    scores = sorted(
        f1(*(sum(column) for column in zip(*source.choices(rows, k=len(rows)), strict=True)))
        for _ in range(RESAMPLES)
    )
    return scores[RESAMPLES * 25 // 1000], scores[RESAMPLES * 975 // 1000 - 1]


def report(
    name: str, sentences: Sequence[dict[str, Any]], failures: bool = False, find: Finder = found
) -> str:
    """The scores of one half, as text."""
    per_sentence = [outcomes(sentence, find) for sentence in sentences]
    every = [outcome for found in per_sentence for outcome in found]
    gold = sum(o.gold is not None for o in every)
    read = sum(o.read is not None for o in every)
    lines = [f"{name}: {len(sentences)} sentences, {gold} numbers; {read} read"]
    for label, right in (("value", "value"), ("value with qualifier", "qualified")):
        hits = sum(getattr(o, right) for o in every)
        rows = [
            (
                sum(getattr(o, right) for o in found),
                sum(o.read is not None for o in found),
                sum(o.gold is not None for o in found),
            )
            for found in per_sentence
        ]
        lines.append(
            f"  {label:21} F1 {shown(f1(hits, read, gold), bootstrap(rows))}"
            f"  precision {shown(hits / read, wilson(hits, read))}  recall {shown(hits / gold, wilson(hits, gold))}"
        )
    certain = [o for o in every if o.read and not o.read.doubt]
    wrong = sum(not o.qualified for o in certain)
    lines.append(
        f"  wrong without a doubt {shown(wrong / len(certain), wilson(wrong, len(certain)))}, {wrong} of {len(certain)}"
    )
    kinds = Counter(o.failure for o in every if o.failure)
    lines.append("  failures: " + (", ".join(f"{kind} {n}" for kind, n in kinds.most_common()) or "none"))
    if failures:
        for sentence, found in zip(sentences, per_sentence, strict=True):
            lines += [f"    {detail(o)}  <- {sentence['text']}" for o in found if o.failure]
    return "\n".join(lines)


def shown(share: float, interval: tuple[float, float]) -> str:
    return f"{100 * share:.1f} [{100 * interval[0]:.1f}, {100 * interval[1]:.1f}]"


def detail(outcome: Outcome) -> str:
    """One failure in a line."""
    gold, read = outcome.gold, outcome.read
    keys = ("qualifier", "value", "value_to", "unit", "doubt")
    wanted = " ".join(str(gold[key]) for key in keys if gold[key] not in (None, "")) if gold else "nothing"
    got = [str(getattr(read, key)) for key in keys if getattr(read, key) not in (None, "")] if read else []
    return f'{outcome.failure}: "{gold["span"] if gold else ""}" is {wanted}; read "{read.text if read else ""}" {" ".join(got)}'


def sentences(half: str) -> list[dict[str, Any]]:
    """The annotated sentences of one half, the doubts that the vocabulary settles taken out."""
    lines = (HERE / f"{half}.jsonl").read_text("utf-8").splitlines()
    found: list[dict[str, Any]] = [json.loads(line, parse_float=Decimal) for line in lines]
    for number in (number for sentence in found for number in sentence["numbers"]):
        number["doubt"] = bool(number["doubt"]) and not SETTLED.match(number["span"])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", choices=HALVES, help="list what was read wrong in this half")
    failures = parser.parse_args().failures
    for half in HALVES:
        print(report(half, sentences(half), failures == half))


if __name__ == "__main__":
    main()
