"""Proposed rows for the next article: what a machine can type, with a question mark where a person must decide.

A cell that begins with "?" is a guess, or nothing yet. No report is made before it is decided. Rows that the
ledger already has are not proposed again.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import product

from reported.article.speakers import Speakers
from reported.article.text import normalise, paragraphs, sha256
from reported.article.words import found_in, guarded, reading, words_of
from reported.ledger.files import UNDECIDED
from reported.ledger.records import POSSIBLE, SILENT_EVIDENCE, TABLES
from reported.ledger.schema import columns
from reported.prose import Phrase, language
from reported.prose.units import is_known

Row = dict[str, str]
Tables = Mapping[str, Sequence[Mapping[str, str]]]

ORDER = ("sources", "parties", "claimants", "quantities", "figures", "relations", "set_aside")
"""The tables that a draft has rows for."""
COLUMNS = ("table", *dict.fromkeys(name for table in ORDER for name in columns(TABLES[table])))
"""The columns of a draft as one CSV file; `table` says where a row belongs."""
_REASONS = {
    "date": "a date; kept as a date in the rows it belongs to",
    "time": "a time of day",
    "designation": "part of a name; counts nothing",
    "ordinal": "an order; counts nothing",
    "score": "the score of a match or a vote",
}
_SMALL = 20
"""Equal numbers below this are often about different things; from here on they are taken for one."""
_NEAR = 400
"""How many characters around a number are looked at."""
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(]?[A-Z0-9])")
_NUMBER_OF = re.compile(
    r"\bnumber of ([a-z]+(?: [a-z]+)?)(?= (?:at|to|was|were|is|are|has|had|rose|stood|by)\b)"
)
_BYLINE = 100
"""Fewer characters than this near the top of an article may be a byline."""
_DATES = ("%d %B %Y", "%B %d %Y", "%d %b %Y", "%b %d %Y", "%Y-%m-%d")
_STATE = re.compile(
    r"\W+(?:(?:were|was|are|is|have|has|had|been|being|reported|confirmed|feared|still)\W+)*"
    r"([a-z]+ed|dead|missing|hurt|lost|found|ill|sick|homeless)\b"
)


@dataclass(frozen=True)
class Draft:
    """Rows by table, and what to tell the person who decides."""

    source: str
    rows: Mapping[str, Sequence[Row]]
    notes: tuple[str, ...]

    def __str__(self) -> str:
        """The rows as one CSV file with the columns COLUMNS. No cell starts a formula in a spreadsheet."""
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        for table, rows in self.rows.items():
            for row in rows:
                writer.writerow({"table": table} | {name: guarded(cell) for name, cell in row.items()})
        return out.getvalue()


def draft(text: str, source: str, known: Tables) -> Draft:
    """Propose rows for an article; `known` are the ledger's rows, as text, by table.

    `source` is the article's id. A quantity in the text becomes a row of figures.csv; a date, a time, a
    designation or an ordinal a row of set_aside.csv. What repeats another number of the article is set aside where
    it is the headline's, or the same speaker's; else it is a figure with a relation to the other. What
    figures.csv refers to and no table has yet is proposed as well.
    """
    drafting = _Drafting(source, text, {name: list(known.get(name, ())) for name in ORDER})
    return Draft(source, {name: rows for name, rows in drafting.rows.items() if rows}, tuple(drafting.notes))


def source_for(text: str, name: str, known: Tables) -> str:
    """The id of an article: that of the source with its checksum, else a new one made from its file's name."""
    sources = known.get("sources", ())
    checksum = sha256(text)
    if again := [row["id"] for row in sources if row["sha256"] == checksum]:
        return again[0]
    id_ = (_slug(name) or "article")[:40].strip("_")
    return _unused(id_, {row["id"] for row in sources})


def _unused(id_: str, taken: Collection[str]) -> str:
    """The id, with a number behind it where it is taken."""
    numbered = (f"{id_}_{n}" for n in range(2, len(taken) + 3))
    return next(one for one in (id_, *numbered) if one not in taken)


@dataclass
class _Mention:
    """A number expression and where it is."""

    paragraph: int
    found: Phrase
    words: str
    sentence: str
    start: int
    """Where the sentence starts in its paragraph."""
    before: str
    """What comes before the sentence in its paragraph."""
    speaker: str = ""
    repeats: _Mention | None = None
    id: str = ""
    quantity: str = ""

    @property
    def is_mere_repetition(self) -> bool:
        """Whether nobody but the speaker of the number that it repeats can have said it."""
        told = self.repeats.speaker if self.repeats else ""
        return self.paragraph == 1 or bool(told and self.speaker == told)


@dataclass
class _Drafting:
    source: str
    text: str
    known: Mapping[str, list[Mapping[str, str]]]
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in ORDER})
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ids = {name: {row["id"] for row in rows} for name, rows in self.known.items()}
        self.quantities = _Quantities(self.known["quantities"])
        self.speakers = Speakers(self.known["claimants"])
        self.about_the_article()
        mentions = list(self.mentions())
        _join_repeated(mentions)
        figures = [m for m in mentions if m.found.is_quantity and not (m.repeats and m.is_mere_repetition)]
        for mention in sorted(figures, key=lambda m: m.repeats is not None):
            self.figure(mention)  # a repetition after what it repeats, whose quantity it has
        order = {mention.id: place for place, mention in enumerate(figures)}
        self.rows["figures"].sort(key=lambda row: order[row["id"]])
        for mention in mentions:
            if mention.repeats is not None:
                self.repetition(mention, mention.repeats)
            elif not mention.found.is_quantity:
                self.set_aside(mention, mention.found.kind, _REASONS.get(mention.found.kind, UNDECIDED))
        self.rows["set_aside"].sort(key=lambda row: int(row["paragraph"]))

    def about_the_article(self) -> None:
        code, certainty = language(self.text)
        if code != "en":
            self.notes.append(
                f"the text seems to be in the language {code or 'unknown'} ({certainty:.0%} sure); numbers are read in "
                "English only, so check every row against the text"
            )
        checksum = sha256(self.text)
        if self.source in self.ids["sources"]:
            row = next(row for row in self.known["sources"] if row["id"] == self.source)
            if row["sha256"] != checksum:
                what = "has the checksum of another text" if row["sha256"] else "has no checksum"
                self.notes.append(f"sources.csv row {self.source} {what}; that of this text is {checksum}")
            return
        title = paragraphs(self.text)[0]
        published = UNDECIDED + _date_of(paragraphs(self.text))
        row = {"publisher": UNDECIDED, "title": UNDECIDED + title[:200], "published": published}
        self.add("sources", {"id": self.source, **row, "language": code or UNDECIDED, "sha256": checksum})

    def mentions(self) -> Iterator[_Mention]:
        there = {
            (row["paragraph"], normalise(row["words"]))
            for table in ("figures", "set_aside")
            for row in self.known[table]
            if row["source"] == self.source
        }
        for number, block in enumerate(paragraphs(self.text), 1):
            ends = [0, *(match.end() for match in _SENTENCE_END.finditer(block)), len(block)]
            for found in found_in(block):
                words = words_of(found, block)
                if (str(number), words) not in there:
                    start, end = _sentence(ends, found)
                    before = block[max(0, start - _NEAR) : start]
                    mention = _Mention(number, found, words, block[start:end], start, before)
                    mention.speaker = self.speaker(mention)
                    yield mention

    def speaker(self, mention: _Mention) -> str:
        at = mention.found.start - mention.start
        return self.speakers.of(mention.sentence, at, mention.before)

    def figure(self, mention: _Mention) -> None:
        found = mention.found
        cells: Row = {"qualifier": found.qualifier, **_numbers(found.value, found.value_to)}
        if found.doubt:
            qualifier, *numbers = found.readings[0] if found.readings else ("", None, None)
            cells = {"qualifier": qualifier, **_numbers(*numbers)}
            cells = {name: UNDECIDED + cell for name, cell in cells.items() if cell or name != "value_to"}
        quantity = (
            mention.repeats.quantity if mention.repeats else self.quantities.of(found, mention.sentence)
        )
        mention.quantity = quantity
        if quantity not in self.ids["quantities"]:
            self.new_quantity(quantity, found)
        claimant = self.claimant(self.speaker(mention))
        mention.id = self.new_id(
            "figures", f"{self.source}_p{mention.paragraph}_{_slug(found.noun) or 'number'}"
        )
        self.add(
            "figures",
            {
                "id": mention.id,
                "quantity": UNDECIDED + quantity,
                **cells,
                "standing": POSSIBLE if found.hedge else "",
                "hedge": found.hedge,
                "claimant": UNDECIDED + claimant,
                "evidence": UNDECIDED + SILENT_EVIDENCE,
                "source": self.source,
                "paragraph": str(mention.paragraph),
                "words": mention.words,
                "note": f"{UNDECIDED}{found.doubt}" if found.doubt else "",
            },
        )

    def new_quantity(self, id_: str, found: Phrase) -> None:
        unit, whole = _unit(found), _is_whole(found)
        if _is_negative(found):
            kind = "level"
        elif unit == "percent":
            kind = "ratio"
        else:
            kind = "stock" if whole else "amount"
        self.add(
            "quantities",
            {
                "id": id_,
                "topic": f"{UNDECIDED}figures",
                "label": UNDECIDED + id_.replace("_", " ").capitalize(),
                "unit": unit if is_known(unit) else UNDECIDED + unit,
                "kind": UNDECIDED + kind,
                "whole": "yes" if whole else "no",
                "counted": "no",
            },
        )

    def claimant(self, name: str) -> str:
        """The id of a speaker; a row is proposed for one that the ledger does not know."""
        if not name or name in self.ids["claimants"]:
            return name
        id_ = self.new_id("claimants", _slug(re.sub(r"^the ", "", name, flags=re.IGNORECASE)))
        self.speakers.learn(name, id_)
        name = name[0].upper() + name[1:]
        self.add("claimants", {"id": id_, "name": UNDECIDED + name, "party": UNDECIDED})
        return id_

    def repetition(self, mention: _Mention, of: _Mention) -> None:
        where = f"paragraph {of.paragraph}"
        seems = f'paragraph {mention.paragraph}: "{mention.words}" seems to repeat "{of.words}" of {where}'
        if mention.is_mere_repetition:
            self.set_aside(mention, "repetition", f"{UNDECIDED}repeats {of.id}, {where}")
            self.notes.append(f"{seems}; it is set aside, and {of.id} is the one figure")
            return
        self.add(
            "relations",
            {
                "id": self.new_id("relations", f"{mention.id}_repeats"),
                "subject": mention.id,
                "relation": f"{UNDECIDED}restates",
                "object": of.id,
                "source": self.source,
                "paragraph": str(mention.paragraph),
            },
        )
        self.notes.append(f"{seems}; it is a figure of its own, related to {of.id}")

    def set_aside(self, mention: _Mention, kind: str, reason: str) -> None:
        id_ = self.new_id("set_aside", f"{self.source}_p{mention.paragraph}_{kind}")
        self.add(
            "set_aside",
            {
                "id": id_,
                "source": self.source,
                "paragraph": str(mention.paragraph),
                "words": mention.words,
                "kind": kind,
                "reason": reason,
            },
        )

    def add(self, table: str, row: Row) -> None:
        self.ids[table].add(row["id"])
        self.rows[table].append(row)

    def new_id(self, table: str, wanted: str) -> str:
        """An id that no row of the ledger or of this draft has."""
        taken = self.ids[table] | (self.ids["quantities"] if table == "figures" else set())
        return _unused(wanted[:70].strip("_"), taken)


class _Quantities:
    """The quantities that the ledger and the draft have, by the words that they go with."""

    def __init__(self, known: Iterable[Mapping[str, str]]) -> None:
        self.by_stem: dict[str, dict[str, None]] = defaultdict(dict)
        self.units: dict[str, str] = {}
        self.whole: set[str] = set()
        self.nameless: set[str] = set()  # proposed for counts without a noun
        for row in known:
            text = f"{row['id']} {row['label']} {row.get('population', '')}".replace("_", " ")
            self.learn(row["id"], text, row["unit"].lstrip(UNDECIDED), whole=row.get("whole") == "yes")

    def learn(self, id_: str, text: str, unit: str, *, whole: bool) -> None:
        """Remember a quantity by its name or by the sentence that it was proposed from."""
        self.units[id_] = unit
        if whole:
            self.whole.add(id_)
        for stem in _stems(text):
            self.by_stem[stem][id_] = None

    def of(self, found: Phrase, sentence: str) -> str:
        """The id of the quantity that a number is most likely of; a new one where none is like it.

        A count is like a quantity that goes with its noun and with what happened, an amount or a share like one
        that goes with two more words of the sentence. Of several, the one with the most words of the sentence.
        """
        unit, here = _unit(found), _stems(sentence)
        name = _name(found, sentence)
        mine = _stems(name.replace("_", " ")) if found.kind == "count" and found.noun else set()
        scores = Counter(id_ for stem in sorted(here) for id_ in self.by_stem.get(stem, ()))
        if mine:
            alike = [id_ for id_ in scores if all(id_ in self.by_stem.get(stem, ()) for stem in mine)]
            alike = [id_ for id_ in alike if self.units[id_] != "percent" and id_ not in self.nameless]
        else:
            alike = [id_ for id_, count in scores.items() if count > 1 and self.units[id_] == unit]
        if not _is_whole(found):
            alike = [id_ for id_ in alike if id_ not in self.whole]
        if alike and not _is_negative(found):
            return max(alike, key=lambda id_: scores[id_])
        id_ = _unused(name, self.units)
        if found.kind == "count" and not mine:
            self.nameless.add(id_)
        self.learn(id_, name.replace("_", " ") if mine else sentence, unit, whole=_is_whole(found))
        return id_


def _unit(found: Phrase) -> str:
    """The unit as a quantity names it; the noun where it is no unit that is known."""
    return found.unit or "number"


def _is_whole(found: Phrase) -> bool:
    """Whether only whole units seem to exist of what is counted."""
    numbers = [n for n in (found.value, found.value_to) if n is not None]
    return found.kind == "count" and all(n == n.to_integral_value() for n in numbers)


def _is_negative(found: Phrase) -> bool:
    return found.value is not None and found.value < 0


def _date_of(blocks: Sequence[str]) -> str:
    """The date in a short line near the top, such as a byline, as ISO 8601; "" where there is none."""
    lines = [block for block in blocks[1:4] if len(block) < _BYLINE]
    dates = [found.text for line in lines for found in found_in(line) if found.kind == "date"]
    for text, form in product(dates, _DATES):
        with contextlib.suppress(ValueError):
            return str(datetime.strptime(re.sub("[.,]", "", text), form).date())
    return ""


def _name(found: Phrase, sentence: str) -> str:
    """A name for what a number counts, from its noun and what is said to have happened to it."""
    if found.kind in ("percent", "money"):
        return "share" if found.kind == "percent" else "money"
    if not found.noun and (of := _NUMBER_OF.findall(sentence.partition(found.text)[0])):
        return _slug(of[-1])
    noun = _slug(found.noun) or "number"
    behind = (
        sentence.find(found.noun, max(0, sentence.find(found.text))) + len(found.noun) if found.noun else -1
    )
    state = _STATE.match(sentence, behind) if behind >= 0 else None
    return f"{noun}_{state[1]}" if state else noun


def _join_repeated(mentions: Sequence[_Mention]) -> None:
    """Note of each number that repeats another of the article which one it repeats.

    The one that is repeated has a speaker, or else is not in the headline.
    """
    alike: dict[tuple[object, ...], list[_Mention]] = {}
    for mention in sorted(mentions, key=lambda m: m.paragraph == 1):  # a headline repeats what follows it
        says = reading(mention.found)
        if not mention.found.is_quantity or says[1] is None:
            continue
        noun = mention.found.noun.lower() if says[1] < _SMALL else ""
        key: tuple[object, ...] = (mention.found.kind, *says, noun)
        if mention.paragraph == 1:
            key = next((other for other in alike if other[:-1] == key[:-1]), key)
        alike.setdefault(key, []).append(mention)
    for group in alike.values():
        kept = min(group, key=lambda m: (not m.speaker, m.paragraph == 1, m.paragraph))
        for mention in group:
            mention.repeats = kept if mention is not kept else None


def _numbers(value: Decimal | None, value_to: Decimal | None) -> Row:
    return {name: "" if n is None else f"{n:f}" for name, n in (("value", value), ("value_to", value_to))}


def _sentence(ends: Sequence[int], found: Phrase) -> tuple[int, int]:
    """Where the sentence that a number is in starts and ends, and no further from the number than names are looked
    for. `ends` are those of all sentences, after 0."""
    start = ends[bisect_right(ends, found.start, hi=len(ends) - 1) - 1]
    end = ends[bisect_left(ends, found.end)]
    return max(start, found.start - _NEAR), min(end, found.end + _NEAR)


def _slug(text: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return slug if not slug[:1].isdigit() else f"n{slug}"


def _stems(text: str) -> set[str]:
    """The longer words of a text without their endings, for a rough likeness."""
    words = re.findall(r"[a-z]{4,}", text.lower())
    return {re.sub(r"(?:ies|es|ed|s|d)$", "", word) for word in words} - _EMPTY


_EMPTY = {
    "that",
    "with",
    "from",
    "wer",
    "have",
    "been",
    "this",
    "than",
    "they",
    "least",
    "more",
    "about",
    "sai",
}
"""Stems of words that say nothing of what is counted."""
