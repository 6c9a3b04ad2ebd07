"""Propose rows for an article, with a question mark where a person must decide.

A cell that begins with "?" is a guess, or nothing yet. No report is final before it is decided. Rows that the
ledger already has are not proposed again.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reported.article.days import Day, a_year_before, days, published_in, spans
from reported.article.quantities import (
    OF_WHOLE,
    Counted,
    Quantities,
    counted,
    is_whole,
    place_named,
    who,
)
from reported.article.sentences import Sentence, sentences
from reported.article.speakers import (
    Saying,
    Speakers,
    another_speaks,
    is_generic,
    is_institution,
    is_pronoun,
    may_be_called,
    plain_name,
    with_office,
)
from reported.article.text import Article, normalise, paragraphs, sha256
from reported.article.words import found_in, reading, says_the_same, slug, unused, words_of
from reported.ground.formulas import guarded
from reported.ledger.files import UNDECIDED
from reported.ledger.records import PERCENT_KINDS, SIGNED, SILENT_EVIDENCE, TABLES
from reported.ledger.schema import columns
from reported.prose import CEILINGS, FLOORS, NEAR, Phrase, language
from reported.prose.units import kind, standard

Row = dict[str, str]
Tables = Mapping[str, Sequence[Mapping[str, str]]]

ORDER = ("sources", "parties", "claimants", "quantities", "figures", "relations", "set_aside")
"""The tables that a draft has rows for."""
COLUMNS = ("table", *dict.fromkeys(name for table in ORDER for name in columns(TABLES[table])))
"""The columns of a draft as one CSV file; `table` says where a row belongs."""
_REASONS = {
    "time": "a time of day",
    "age": "somebody's age",
    "designation": "part of a name; counts nothing",
    "ordinal": "an order; counts nothing",
    "score": "the score of a match or a vote",
}
_PART = re.compile(
    r"\b(?:including|among them|of whom|of which|of them|of these|of those|among whom|comprising)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_PART_BEHIND = re.compile(r"\W{0,2}(?:\w+ ){0,2}(?:of whom|of which|of them|of these|among them)\b")
_COMPARED = re.compile(
    r"\b(?:compared|against|versus|up from|down from|from|than|previous|last year)\b", re.IGNORECASE
)
_RISEN = re.compile(
    r"\b(?:rose|risen|rises|rising|climbed|jumped|fell|fallen|dropped|grew|grown|increased|decreased|up|down) to (?:at least |about |some |nearly )?$"
)
"""Precedes a newer number of the same quantity."""
_DATELINE = re.compile(r"[A-Z][A-Z' ]{2,}\b[^.;]{0,40}?(?:\.[^.;]{0,30}?)?(?:--|–|—|\s-\s)")
"""Place and day of writing: "KATO, Dec. 30 (Post) --"."""
_OF_ALL = re.compile(r"\bof the (?:dead|deaths|victims|injured|wounded|missing|cases|total)\b")
_FROM = re.compile(
    r"(?:(?:,|\() ?(?:up|down|rising|falling|unchanged)? ?from|,? ?(?:as )?(?:compared (?:with|to)|against|versus)|\bfrom) (?:the |an? |its |some |about |just )*$"
)
_YEAR_BEFORE = re.compile(
    r"[^.;:]{0,30}?\b(?:a year (?:earlier|ago|before)|(?:the )?(?:previous|preceding|prior|same|corresponding) (?:period|quarter|month|half)"
    r" (?:of )?(?:the )?(?:last|previous) year|(?:the )?(?:previous|preceding|prior) year|last year|the year before)"
)
_OF_EVENT = re.compile(
    r"\b(?:since|after|following|before|until|ahead of|when|which|that|who)\b[^,;.]*$", re.IGNORECASE
)
_BYLINE = 100
"""A block shorter than this near the top of an article may be a byline."""
_PARTIES = (
    ("news_media", "News media", "no", r"newspaper|news|radio|television|gazette|times|post|courier|media|herald|tribune|agency \(press\)"),
    ("researchers", "Researchers", "no", r"stud(?:y|ies)|researchers?|scientists?|university|institute|experts?|analysts?|survey|poll"),
    (
        "united_nations", "International organisations", "no",
        r"united nations|(?-i:UN|WHO)\b|world health|unicef|red cross|red crescent",
    ),
    ("unions", "Unions", "yes", r"(?:trade )?unions?\b|union's"),
    ("organisers", "Organisers", "yes", r"organi[sz]ers?\b|campaigners?\b|protesters?\b|activists?\b"),
    ("companies", "Companies", "yes", r"compan(?:y|ies)|(?-i:Limited|Ltd|PLC|Inc|Corporation|Airlines|Holdings)\b"),
    (
        "authorities", "The authorities", "yes",
        r"police|officials?|authorit|minist|government|council|mayor|governor|president|department|agency|office|service|army|navy"
        r"|military|hospital|court|prosecut|commission|bureau|state|regulator|fire (?:chief|officials)|firefighters|general|sheriff"
        r"|coast guard|senator|parliament|embassy|treasury|central bank",
    ),
)  # fmt: skip
"""Proposed parties, matched by the words of a speaker's name or office."""


@dataclass(frozen=True)
class Draft:
    """Rows by table, and notes for the person who decides."""

    source: str
    rows: Mapping[str, Sequence[Row]]
    notes: tuple[str, ...]

    def __str__(self) -> str:
        """Return the rows as one CSV file with the columns COLUMNS; no cell starts a formula in a spreadsheet."""
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        for table, rows in self.rows.items():
            for row in rows:
                writer.writerow({"table": table} | {name: guarded(cell) for name, cell in row.items()})
        return out.getvalue()


def draft(article: Article | str, source: str, known: Tables) -> Draft:
    """Propose rows for an article; `known` are the ledger's rows, as text, by table.

    `source` is the article's id. A quantity in the text becomes a row of figures.csv; a date, a time, a designation
    or an ordinal becomes a row of set_aside.csv. A number that repeats another one is set aside if it is in the
    headline or has the same speaker; otherwise it is a figure related to the other. Claimants, quantities and parties
    that figures.csv refers to and that no table has yet are proposed as well.
    """
    about = Article(article) if isinstance(article, str) else article
    drafting = _Drafting(source, about.text, {name: list(known.get(name, ())) for name in ORDER}, about)
    return Draft(source, {name: rows for name, rows in drafting.rows.items() if rows}, tuple(drafting.notes))


def source_for(text: str, name: str, known: Tables) -> str:
    """Return an article's id: that of the source with its checksum, otherwise a new one made from its file name."""
    sources = known.get("sources", ())
    checksum = sha256(text)
    if again := [row["id"] for row in sources if row["sha256"] == checksum]:
        return again[0]
    id_ = (slug(name) or "article")[:40].strip("_")
    return unused(id_, {row["id"] for row in sources})


@dataclass(eq=False)
class _Mention:
    """A number expression and where it is."""

    paragraph: int
    found: Phrase
    words: str
    sentence: Sentence
    speaker: str = ""
    """The claimant's id, or the name in the text."""
    saying: Saying | None = None
    repeats: _Mention | None = None
    whole: _Mention | None = None
    """The number of which the text says this one is a part."""
    what: Counted | None = None
    id: str = ""
    quantity: str = ""
    days: dict[str, Day] = field(default_factory=dict)
    window: str = ""
    aside: str = ""
    """The reason why it is not a figure although it counts something."""
    aside_kind: str = "number"
    over: _Mention | None = None
    """The number whose window this one is part of: "in the past 48 hours"."""

    @property
    def group(self) -> str:
        """The capitalised words before the noun: "Ada" in "Ada refugees"."""
        words = re.findall(r"[A-Za-z][\w'’-]*", self.found.noun)[:-1]
        return " ".join(word for word in words if word[:1].isupper())

    @property
    def is_figure(self) -> bool:
        """True if it counts or measures something and is neither another's window nor a number of speakers."""
        return self.found.is_quantity and self.over is None and not self.aside

    @property
    def at(self) -> int:
        """Its position in its sentence."""
        return self.found.start - self.sentence.start

    @property
    def is_mere_repetition(self) -> bool:
        """True if it is in the headline or only repeats a number of the same speaker."""
        told = self.repeats.speaker if self.repeats else ""
        return self.paragraph == 1 or bool(told and self.speaker == told)


@dataclass
class _Drafting:
    source: str
    text: str
    known: Mapping[str, list[Mapping[str, str]]]
    about: Article
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in ORDER})
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.notes += self.about.notes
        self.blocks = paragraphs(self.text)
        self.ids = {name: {row["id"] for row in rows} for name, rows in self.known.items()}
        self.ids["figures"] |= self.ids["quantities"]  # no figure has the id of a quantity
        self.quantities = Quantities(self.known["quantities"])
        self.speakers = Speakers(self.known["claimants"])
        self.names: dict[str, Row] = {}
        self.institutions: dict[str, str] = {}
        self.drafted: dict[str, Row] = {}
        self.stated: dict[str, list[_Mention]] = {}
        self.days_of: dict[int, list[Day]] = {}
        self.publisher, self.published = self.about_the_article()
        mentions = list(self.mentions())
        self.speak(mentions)
        _find_windows(mentions, self.published)
        _set_ages_aside(mentions)
        for mention in mentions:
            self.date(mention)
            if mention.is_figure:
                latest = str(self.published.year) if self.published else ""
                mention.what = counted(mention.found, mention.sentence.text, mention.at, latest)
        self.date_all(mentions)
        _find_told_wholes(mentions)
        _find_wholes(mentions)
        _fill_gaps(mentions)
        self.compare_years(mentions)
        _find_parts(mentions)
        _join_repeated(mentions)
        figures = [m for m in mentions if m.is_figure and not (m.repeats and m.is_mere_repetition)]
        for mention in sorted(figures, key=lambda m: m.repeats is not None):
            self.figure(mention)  # a repetition after what it repeats, whose quantity it has
        order = {mention.id: place for place, mention in enumerate(figures)}
        self.rows["figures"].sort(key=lambda row: order[row["id"]])
        for mention in mentions:
            if mention.repeats is not None:
                self.repetition(mention, mention.repeats)
            elif mention.over is not None:
                whose = mention.over.repeats or mention.over
                self.set_aside(mention, "time", f"the window of {whose.id}")
            elif mention.aside:
                self.set_aside(mention, mention.aside_kind, mention.aside)
            elif not mention.found.is_quantity:
                self.set_aside(mention, mention.found.kind, self.reason(mention, mentions))
            elif mention.whole is not None:
                self.part(mention, mention.whole)
        self.rows["set_aside"].sort(key=lambda row: int(row["paragraph"]))

    # The article

    def about_the_article(self) -> tuple[str, datetime.date | None]:
        """Propose the article's row; return its publisher, and its day if known."""
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
            return row.get("publisher", "").lstrip(UNDECIDED), _day(
                row.get("published", "").lstrip(UNDECIDED)
            )
        lines = [block for block in self.blocks[1:4] if len(block) < _BYLINE]
        published = self.about.published or next(filter(None, map(published_in, lines)), "")
        if not published and any(days(block, datetime.date(2000, 1, 1)) for block in self.blocks):
            self.notes.append(
                "no day of publication was found, so days such as Tuesday are left open; name it with --published"
            )
        row = {
            "publisher": UNDECIDED + self.about.publisher,
            "title": UNDECIDED + (self.about.title or self.blocks[0])[:200],
            "published": UNDECIDED + published,
        }
        link = {"link": self.about.link} if self.about.link else {}
        self.add(
            "sources", {"id": self.source, **row, "language": code or UNDECIDED, **link, "sha256": checksum}
        )
        return self.about.publisher, _day(published)

    def mentions(self) -> Iterator[_Mention]:
        there = {
            (row["paragraph"], normalise(row["words"]))
            for table in ("figures", "set_aside")
            for row in self.known[table]
            if row["source"] == self.source
        }
        self.sentences: list[list[Sentence]] = []
        for number, block in enumerate(self.blocks, 1):
            inside = list(sentences(block))
            self.sentences.append(inside)
            place = 0
            for found in found_in(block):
                while place + 1 < len(inside) and inside[place + 1].start <= found.start:
                    place += 1
                words = words_of(found, block)
                if (str(number), words) not in there:
                    yield _Mention(number, found, words, inside[place])

    # Who

    def speak(self, mentions: Sequence[_Mention]) -> None:
        """Find each number's speaker: in its sentence, earlier in its paragraph, or for the whole text."""
        by_sentence: dict[int, list[_Mention]] = {}
        for mention in mentions:
            by_sentence.setdefault(id(mention.sentence), []).append(mention)
        last, (whole, since), listed = "", self.of_the_whole_text(), ""
        quoted = ""  # who is quoted in a paragraph that goes on in the next one
        for block, inside in zip(self.blocks, self.sentences, strict=True):
            before: tuple[str, Saying | None] = (quoted if block.startswith('"') else "", None)
            for place, sentence in enumerate(inside):
                named: dict[int, str] = {}
                for one in sentence.said:
                    last = named[one.start] = self.named(one, last)
                previous: _Mention | None = None
                for mention in by_sentence.get(id(sentence), ()):
                    if _is_converted(mention, previous):
                        mention.aside = "the same in another unit"
                    if not mention.found.doubt and any(
                        one.start <= mention.at < one.start + len(one.who) for one in sentence.said
                    ):
                        mention.aside = "how many speak"  # two officials said
                    previous = mention
                    number = (
                        mention.found.number_start - sentence.start
                    )  # "estimated that 2 million" has the verb in it
                    said = self.speakers.of(sentence.said, sentence.text, number)
                    if (
                        said is not None
                        and not said.behind
                        and another_speaks(sentence.text[said.end : number])
                    ):
                        mention.speaker = ""
                    elif said is not None:
                        mention.speaker, mention.saying = named[said.start], said
                    else:
                        alone = whole if mention.paragraph == 1 or mention.paragraph >= since else ""
                        mention.speaker = self.quoting(inside, place, last) or before[0] or listed or alone
                if sentence.said:
                    before = (named[sentence.said[-1].start], sentence.said[-1])
            quoted = before[0] if block.count('"') % 2 else ""
            if block.endswith(":"):
                listed = before[0] or listed
            elif len(block) > _BYLINE * 2 or before[0]:
                listed = ""

    def quoting(self, inside: Sequence[Sentence], place: int, last: str) -> str:
        """Find the speaker of a quotation that ends in a later sentence of the paragraph, which names the speaker."""
        sentence = inside[place]
        if not (sentence.quoted ^ (sentence.text.count('"') % 2 == 1)):
            return ""
        later = next((one for one in inside[place + 1 : place + 6] if one.said), None)
        return self.named(later.said[0], last) if later and later.said[0].behind else ""

    def named(self, one: Saying, last: str) -> str:
        """Return the claimant or name of a saying; a pronoun refers to whoever spoke last."""
        if is_pronoun(one.who):
            return last
        if is_generic(one.who) and not self.speakers.known(one.who):
            meant = (id_ for id_, name in reversed(self.institutions.items()) if may_be_called(name, one.who))
            if id_ := next(meant, ""):
                return id_
        id_ = self.named_in_full(one)
        name = self.names[id_]["name"] if id_ in self.names else plain_name(one.who)
        if is_institution(name):
            self.institutions.pop(id_, None)
            self.institutions[id_] = name  # the last one named is the first one meant
        return id_

    def named_in_full(self, one: Saying) -> str:
        who, office = with_office(one.who)
        plain = plain_name(who)
        another = re.match(r"(?:an?|another|one) ", one.who) is not None  # and not one who was named before
        if id_ := self.speakers.known(who) or (office and not another and self.speakers.known(office)) or "":
            if id_ in self.names:
                self.names[id_].setdefault("role", one.role or office)
                _go_by(self.names[id_], plain)
            return id_
        id_ = self.new_id("claimants", slug(plain) or "speaker")
        self.names[id_] = {
            "name": plain[0].upper() + plain[1:],
            "role": plain_name(one.role or office) if one.role or office else "",
        }
        self.ids["claimants"].add(id_)
        self.speakers.learn(who, id_)
        self.speakers.learn_office(office, id_)
        return id_

    def of_the_whole_text(self) -> tuple[str, int]:
        """Return the only speaker of a text and in which paragraph, if near the top, it is named first; otherwise the
        publisher."""
        last = ""
        seen: dict[str, int] = {}
        for number, inside in enumerate(self.sentences, 1):
            for sentence in inside:
                for one in sentence.said:
                    last = self.named(one, last)
                    seen.setdefault(last, number)
        seen.pop("", None)
        if len(seen) == 1 and min(seen.values()) <= 3:
            return next(iter(seen.items()))
        if not self.publisher:
            return "", 0
        if id_ := self.speakers.known(self.publisher):
            return id_, 0
        id_ = self.new_id("claimants", slug(plain_name(self.publisher)) or "publisher")
        self.names[id_] = {"name": self.publisher, "role": "", "party": "news_media"}
        self.ids["claimants"].add(id_)
        self.speakers.learn(self.publisher, id_)
        return id_, 0

    def claimant(self, id_: str) -> str:
        """Return a speaker's id, and propose a row if no table has it yet."""
        if id_ in self.names:
            row = self.names.pop(id_)
            role = row.get("role", "")
            party = row.get("party") or self.party(f"{row['name']} {role}")
            more = {name: UNDECIDED + row[name] for name in ("other_names", "role") if row.get(name)}
            self.rows["claimants"].append(
                {"id": id_, "name": UNDECIDED + row["name"], **more, "party": UNDECIDED + party}
            )
            if party in {name for name, *_ in _PARTIES}:
                self.propose_party(party)
        return id_

    def party(self, words: str) -> str:
        """Return the party that a speaker's name or office implies, or ""."""
        return next(
            (id_ for id_, _, _, pattern in _PARTIES if re.search(rf"\b(?:{pattern})", words, re.IGNORECASE)),
            "",
        )

    def propose_party(self, id_: str) -> None:
        if id_ in self.ids["parties"]:
            return
        label, interested = next(
            (label, interested) for name, label, interested, _ in _PARTIES if name == id_
        )
        self.add("parties", {"id": id_, "label": UNDECIDED + label, "interested": UNDECIDED + interested})

    # When

    def date(self, mention: _Mention) -> None:
        """Find the day on which it was said, and the day for which it holds."""
        if not mention.is_figure:
            return
        key = id(mention.sentence)
        if key not in self.days_of:
            place = _DATELINE.match(mention.sentence.text)
            found = days(mention.sentence.text, self.published)
            self.days_of[key] = [day for day in found if place is None or day.start > place.end()]
        if not (named := self.days_of[key]):
            return
        said = [
            day
            for one in mention.sentence.said
            for day in named
            if one.day[0] <= day.start and day.end <= one.day[1] + 1
        ]
        mine = mention.saying
        if mine is not None:
            stated = [day for day in said if mine.day[0] <= day.start and day.end <= mine.day[1] + 1]
            mention.days.update({"stated_on": stated[0]} if stated and len(stated[0].date) == 10 else {})
        start, end = mention.at, mention.at + len(mention.found.text)
        rest = [
            day
            for day in named
            if day not in said and day.may_hold and not (start <= day.start < end)
            if not _of_another_time(mention.sentence.text, end, day)
        ]
        first = [day for day in rest if day.is_first]
        near = sorted(rest, key=lambda day: min(abs(day.start - end), abs(start - day.end)))
        if chosen := (first or near)[:1]:
            mention.days["as_of"] = chosen[0]

    def date_all(self, mentions: Sequence[_Mention]) -> None:
        """Give numbers without a day that of a line near the top such as "Data as of 3 May"."""
        told = {mention.paragraph for mention in mentions if mention.is_figure}
        lines = [
            block
            for number, block in enumerate(self.blocks[:6], 1)
            if len(block) < _BYLINE and number not in told
        ]
        first = [day for block in lines for day in days(block, self.published) if day.is_first]
        for mention in mentions if first else ():
            if mention.is_figure:
                mention.days.setdefault("as_of", first[0])

    def compare_years(self, mentions: Sequence[_Mention]) -> None:
        """Give a number that is compared with an earlier one, or changes from it, the same quantity.

        "5 million for the year to 31 March, up from 4 million a year earlier".
        """
        last: _Mention | None = None
        for mention in mentions:
            if not mention.is_figure or mention.what is None:
                continue
            if last is not None and last.what is not None and last.sentence is mention.sentence:
                between = mention.sentence.text[last.at + len(last.found.text) : mention.at]
                behind = mention.sentence.text[mention.at + len(mention.found.text) :]
                alike = (mention.found.kind, mention.what.unit) == (last.found.kind, last.what.unit)
                if alike and _FROM.search(between) and len(between) < 60:
                    year = _YEAR_BEFORE.match(behind)
                    held = last.days.get("as_of")
                    mine = mention.days.get("as_of")
                    if year and held is not None:
                        inferred = f"a year before {held.date}"
                        mention.days["as_of"] = replace(
                            held, date=a_year_before(held.date), inferred=inferred
                        )
                    elif year and self.published is not None:
                        date, inferred = str(self.published.year - 1), f'"{year[0].strip(" ,")}"'
                        mention.days["as_of"] = Day(
                            0, 0, date, "", f"{inferred}, counted from {self.published}"
                        )
                    elif held is not None and held == mine:
                        del mention.days["as_of"]  # it is the later number's
                    dated = "as_of" in mention.days
                    mention.what = replace(last.what, other=last.what.other if dated else "earlier")
                    mention.window = mention.window or (last.window if year else "")
                    continue
            last = mention

    # What

    def figure(self, mention: _Mention) -> None:
        found = mention.found
        cells: Row = {"qualifier": found.qualifier, **_numbers(found.value, found.value_to)}
        if found.doubt:
            qualifier, *numbers = found.readings[0] if found.readings else ("", None, None)
            cells = {"qualifier": qualifier, **_numbers(*numbers)}
            cells = {name: UNDECIDED + cell for name, cell in cells.items() if cell or name != "value_to"}
        mention.quantity = self.quantity(mention)
        mention.id = self.new_id(
            "figures", f"{self.source}_p{mention.paragraph}_{slug(found.noun)[:40] or 'number'}"
        )
        self.add(
            "figures",
            {
                "id": mention.id,
                "quantity": UNDECIDED + mention.quantity,
                **cells,
                "standing": found.standing,
                "window": mention.window,
                "hedge": found.hedge,
                "claimant": UNDECIDED + self.claimant(mention.speaker),
                **self.relay(mention),
                **self.held(mention),
                "evidence": UNDECIDED + SILENT_EVIDENCE,
                "source": self.source,
                "paragraph": str(mention.paragraph),
                "words": mention.words,
                **self.overruling(mention),
                "note": f"{UNDECIDED}{found.doubt}" if found.doubt else "",
            },
        )

    def quantity(self, mention: _Mention) -> str:
        """Return the id of its quantity, and propose a row if no table has it yet."""
        if mention.repeats is not None:
            return mention.repeats.quantity
        what = mention.what
        assert what is not None  # of every quantity
        held = mention.days.get("as_of")
        if held and self.published and what.name.startswith("people_") and not (what.other or mention.whole):
            earlier = held.date[:4] < str(self.published.year - (self.published.month < 3))
            what = replace(what, other=held.date[:4]) if earlier else what  # of another event
        id_, is_new = self.quantities.of(what, mention.sentence.text, whole=is_whole(mention.found))
        for apart in self.apart(mention, what) if not is_new and self.cannot_be(mention, id_) else ():
            what = apart
            id_, is_new = self.quantities.of(what, mention.sentence.text, whole=is_whole(mention.found))
            if is_new or not self.cannot_be(mention, id_):
                break
        self.stated.setdefault(id_, []).append(mention)
        if is_new:
            self.new_quantity(id_, what, mention.found)
        elif id_ in self.drafted:
            row = self.drafted[id_]
            if not is_whole(mention.found):
                row["whole"] = "no"
            if _is_negative(mention.found) and row["kind"].lstrip(UNDECIDED) not in SIGNED:
                row |= {"kind": f"{UNDECIDED}level", "whole": "no"}
        return id_

    def apart(self, mention: _Mention, what: Counted) -> Iterator[Counted]:
        """Tell it apart from a quantity that it cannot belong to: by its place and group, otherwise by its paragraph.

        A toll that rises is one quantity if no other place is named.
        """
        place = what.place or place_named(mention.sentence.text, mention.at)
        other = " ".join(part for part in (what.other, mention.group) if part)
        if (place, other) != (what.place, what.other):
            what = replace(what, place=place, other=other, is_named=True)
            yield what
        if not what.name.startswith("people_"):
            yield replace(what, other=f"{what.other} paragraph {mention.paragraph}".strip(), is_named=False)
        elif group := who(mention.found.noun):
            yield replace(what, other=group, is_named=True)  # 12 soldiers and 3 civilians

    def cannot_be(self, mention: _Mention, quantity: str) -> bool:
        """True if its speaker has another number for this quantity at that time: it counts something else."""
        if _RISEN.search(mention.sentence.text[: mention.at]):
            return False
        return any(
            (other.window and mention.window and other.window != mention.window)
            or (
                (other.speaker, other.window) == (mention.speaker, mention.window)
                and _same_day(other, mention)
                and _disjoint(other.found, mention.found)
            )
            for other in self.stated.get(quantity, ())
        )

    def new_quantity(self, id_: str, what: Counted, found: Phrase) -> None:
        kind = what.kind
        if _is_negative(found) and kind not in SIGNED:
            kind = "level"
        if what.unit == "percent" and kind not in PERCENT_KINDS:
            kind = "ratio"
        whole = is_whole(found) and kind not in ("change", "level", "ratio")
        parts = (part for part in (what.label, what.place, what.other) if part)
        label = ", ".join(dict.fromkeys(", ".join(parts).split(", ")))
        population = {"population": f"{UNDECIDED}{what.place}"} if what.place else {}
        self.add(
            "quantities",
            {
                "id": id_,
                "topic": UNDECIDED + _topic(what),
                "label": UNDECIDED + label,
                "unit": what.unit if found.unit or what.unit == "person" else UNDECIDED + what.unit,
                "kind": UNDECIDED + kind,
                "whole": "yes" if whole else "no",
                "counted": "no",
                **population,
            },
        )
        self.ids["figures"].add(id_)
        self.drafted[id_] = self.rows["quantities"][-1]

    def relay(self, mention: _Mention) -> Row:
        """Return who passed it on, if the sentence says so."""
        name = mention.saying.relayed_by if mention.saying else ""
        if not name or self.speakers.known(name) == mention.speaker:
            return {}
        id_ = self.speakers.known(name)
        if not id_:
            id_ = self.new_id("claimants", slug(name))
            self.ids["claimants"].add(id_)
            self.names[id_] = {"name": name, "role": "", "party": "news_media"}
            self.speakers.learn(name, id_)
        return {"relayed_by": UNDECIDED + self.claimant(id_)}

    def held(self, mention: _Mention) -> Row:
        """Return a figure's days, and how they were inferred if the text does not write them out."""
        cells, stated, inferred = {}, mention.days.get("stated_on"), []
        as_of = mention.days.get("as_of")
        ahead = (
            as_of is not None
            and self.published is not None
            and as_of.date > str(self.published)[: len(as_of.date)]
        )
        for name, day in mention.days.items():
            if name == "as_of" and ahead and not _may_be_ahead(mention.found):
                continue
            if (
                name == "as_of"
                and stated is not None
                and day.date > stated.date[: len(day.date)]
                and not ahead
            ):
                continue
            cells[name] = UNDECIDED + day.date
            inferred += [f"{name}: {day.inferred}"] if day.inferred else []
        if inferred:
            cells["inferred"] = UNDECIDED + "; ".join(inferred)
        return cells

    def overruling(self, mention: _Mention) -> Row:
        """Return why the reading differs from that of the few words kept, if only the sentence shows it."""
        if mention.found.doubt or says_the_same(mention.words, mention.found):
            return {}
        return {"overruled": f"{UNDECIDED}read in its whole sentence; these words alone say something else"}

    # How the numbers go together

    def repetition(self, mention: _Mention, of: _Mention) -> None:
        where = f"paragraph {of.paragraph}"
        seems = f'paragraph {mention.paragraph}: "{mention.words}" seems to repeat "{of.words}" of {where}'
        if mention.is_mere_repetition:
            self.set_aside(mention, "repetition", f"{UNDECIDED}repeats {of.id}, {where}")
            self.notes.append(f"{seems}; it is set aside, and {of.id} is the one figure")
            return
        self.relation(mention, "restates", of)
        self.notes.append(f"{seems}; it is a figure of its own, related to {of.id}")

    def part(self, mention: _Mention, whole: _Mention) -> None:
        whole = whole.repeats or whole
        if whole.id and mention.id and mention.quantity != whole.quantity:
            self.relation(mention, "part of", whole)

    def relation(self, mention: _Mention, relation: str, to: _Mention) -> None:
        self.add(
            "relations",
            {
                "id": self.new_id(
                    "relations", f"{mention.id}_{'repeats' if relation == 'restates' else 'part'}"
                ),
                "subject": mention.id,
                "relation": UNDECIDED + relation,
                "object": to.id,
                "source": self.source,
                "paragraph": str(mention.paragraph),
            },
        )

    def reason(self, mention: _Mention, mentions: Sequence[_Mention]) -> str:
        """Return why it is not a figure."""
        if mention.found.kind != "date":
            return _REASONS.get(mention.found.kind, UNDECIDED)
        start, end = mention.at, mention.at + len(mention.found.text)
        for other in self.beside(mention, mentions):
            for column, day in other.days.items():
                if other.id and start < day.end and day.start < end:
                    return f"a date; {column} of {other.id}"
        return "a date; no figure here is of it"

    def beside(self, mention: _Mention, mentions: Sequence[_Mention]) -> list[_Mention]:
        """Return the figures in the same sentence."""
        if not hasattr(self, "_beside"):
            self._beside: dict[int, list[_Mention]] = {}
            for one in mentions:
                if one.is_figure:
                    self._beside.setdefault(id(one.sentence), []).append(one)
        return self._beside.get(id(mention.sentence), [])

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
        """Return an id that no row of the ledger or of this draft has."""
        return unused(wanted[:70].strip("_"), self.ids[table])


def _go_by(row: Row, name: str) -> None:
    """Record the initials of a speaker that is also named in full; the full name is the name."""
    short, full = sorted((row["name"], name), key=len)
    if re.fullmatch("[A-Z]{2,6}", short) and full != short and full.upper() != short:
        row |= {"name": full, "other_names": short}


def _topic(what: Counted) -> str:
    if what.unit in ("person", "case"):
        return "people"
    if what.kind in ("ratio", "change"):
        return "shares and changes"
    return {"amount": "amounts", "duration": "times", "length": "lengths"}.get(what.kind, "other numbers")


def _day(cell: str) -> datetime.date | None:
    return datetime.date.fromisoformat(cell) if re.fullmatch(r"\d{4}-\d\d-\d\d", cell) else None


def _is_negative(found: Phrase) -> bool:
    return found.value is not None and found.value < 0


def _may_be_ahead(found: Phrase) -> bool:
    """True if a number may hold for a day after its article: it is forecast, planned or feared."""
    return bool(found.standing)


def _is_converted(mention: _Mention, other: _Mention | None) -> bool:
    """True if it repeats the preceding measure in another unit: "500 metres (0.3 miles)"."""
    if other is None or mention.found.doubt or mention.found.unit == other.found.unit:
        return False
    between = mention.sentence.text[other.at + len(other.found.text) : mention.at]
    what = kind(mention.found.unit)
    return (
        what not in ("", "currency")
        and what == kind(other.found.unit)
        and re.fullmatch(r"[\w ]{0,20} ?\(", between) is not None
    )


def _same_day(one: _Mention, other: _Mention) -> bool:
    mine, its = one.days.get("as_of"), other.days.get("as_of")
    return (mine.date if mine else "") == (its.date if its else "")


def _disjoint(one: Phrase, other: Phrase) -> bool:
    """True if two numbers of one thing cannot both be right, roughly read."""
    ends = [_ends(found) for found in (one, other)]
    return None not in ends and (ends[0][1] < ends[1][0] or ends[1][1] < ends[0][0])  # type: ignore[index]


def _ends(found: Phrase) -> tuple[float, float] | None:
    if found.value is None:
        return None
    low, high = float(found.value), float(found.value if found.value_to is None else found.value_to)
    if found.qualifier in FLOORS:
        return low, float("inf")
    if found.qualifier in CEILINGS:
        return float("-inf"), high
    if found.qualifier in NEAR:
        return low - abs(low) / 5, high + abs(high) / 5
    return low, high


def _of_another_time(sentence: str, end: int, day: Day) -> bool:
    """True if a day belongs to an event, or to what an earlier number is compared with."""
    event = _OF_EVENT.search(sentence, max(0, day.start - 60), day.start)
    if event and day.how in ("on", "in", "") and (event.start() >= end or day.start < end):
        return True
    between = sentence[end : day.start]
    return re.search(r"\b(?:compared|than|up from|down from)\b", between) is not None


def _find_windows(mentions: Sequence[_Mention], published: datetime.date | None) -> None:
    """Give each number the window of its sentence; a number inside a window is not a figure."""
    inside: dict[int, list[tuple[int, int, str]]] = {}
    last: dict[int, _Mention] = {}
    for mention in mentions:
        if not mention.found.is_quantity:
            continue
        mention.window = mention.found.window
        sentence = mention.sentence.text
        if id(mention.sentence) not in inside:
            inside[id(mention.sentence)] = spans(sentence, published)
        found = inside[id(mention.sentence)]
        start, end = mention.at, mention.at + len(mention.found.text)
        for first, stop, window in found:
            between = sentence[stop:start] if stop <= start else sentence[end:first]
            if (
                first < start
                and end <= stop + 1
                and mention.found.kind != "count"
                and not mention.found.doubt
            ):
                mention.window = window  # is this number's own
                mention.over = mention
            elif not (mention.window or re.search(r"[;:\"]|\b(?:from|than|compared)\b", between)):
                mention.window = window
        if mention.over is None:
            last[id(mention.sentence)] = mention
    for mention in mentions:
        if mention.over is mention:
            mention.over = last.get(id(mention.sentence))
            mention.aside_kind = "time"
            mention.aside = (
                "" if mention.over else "the time of what is told; nothing here is counted over it"
            )


def _set_ages_aside(mentions: Sequence[_Mention]) -> None:
    """An age bracket beside a number says whom that number counts: one in five adults aged 18-24."""
    counting = {id(one.sentence) for one in mentions if one.is_figure and one.found.unit != "year"}
    for mention in mentions:
        bracket = mention.is_figure and mention.found.unit == "year" and id(mention.sentence) in counting
        if bracket and _AGED.search(mention.sentence.text, 0, mention.at):
            mention.aside, mention.aside_kind = "the ages of those who are counted", "age"


_AGED = re.compile(
    r"\b(?:aged|ages?(?: of)?)(?: between| from)? ?(?:about |over |under |at least )?$", re.IGNORECASE
)


def _fill_gaps(mentions: Sequence[_Mention]) -> None:
    """Give a count without a noun that of the preceding count: "67 thefts, compared with 65"."""
    last: _Mention | None = None
    for mention in mentions:
        if mention.what is None or mention.found.kind != "count":
            continue
        gap = not mention.found.noun and mention.what.unit == "number" and mention.paragraph > 1
        before = mention.sentence.text[: mention.at]
        if gap and (of := re.search(r"\b([a-z]+s) \($", before)):  # most of the refugees (135,000)
            named = replace(mention.found, noun=of[1], unit=standard(of[1]))
            mention.what = counted(named, mention.sentence.text, mention.at)
            continue
        if gap and last is not None and last.what is not None and last.sentence is mention.sentence:
            between = mention.sentence.text[last.at + len(last.found.text) : mention.at]
            other = mention.what.other or ("earlier" if _COMPARED.search(between) else last.what.other)
            named = replace(mention.found, noun=last.found.noun, unit=last.found.unit)
            mine = counted(named, mention.sentence.text, mention.at)
            if slug(last.found.noun) in (mine.name, ""):  # it says nothing more of it
                mine = last.what
            mention.what = replace(mine, other=other, place=mention.what.place or last.what.place)
        if mention.found.noun:
            last = mention


def _find_wholes(mentions: Sequence[_Mention]) -> None:
    """Record the whole of a part, which may repeat an earlier number: "14 were in the bus; six of the 14 died"."""
    for place, (part, whole) in enumerate(itertools.pairwise(mentions)):
        between = part.sentence.text[part.at + len(part.found.text) : whole.at]
        if (
            not (part.sentence is whole.sentence and OF_WHOLE.fullmatch(between))
            or {part.found.kind, whole.found.kind} != {"count"}
            or part.what is None
            or whole.what is None
        ):
            continue
        part.whole = whole
        for other in reversed(mentions[:place]):
            if other.paragraph != whole.paragraph or other.what is None:
                continue
            if reading(other.found) == reading(whole.found) and whole.what.unit in (
                "number",
                other.what.unit,
            ):
                whole.what = other.what
                break
        if part.what.unit == "number":
            part.what = replace(part.what, unit=whole.what.unit)


def _find_told_wholes(mentions: Sequence[_Mention]) -> None:
    """Record the earlier number that the words of a part repeat as its whole: "14 were in the bus; six of the 14"."""
    for place, part in enumerate(mentions):
        if part.found.of is None or part.what is None or not part.is_figure:
            continue
        for other in reversed(mentions[:place]):
            alike = other.what is not None and part.what.unit in ("number", other.what.unit)
            if other.paragraph == part.paragraph and other.found.value == part.found.of and alike:
                part.whole = other
                break


def _find_parts(mentions: Sequence[_Mention]) -> None:
    """Record of which other number each one is said to be a part."""
    latest: _Mention | None = None
    first: dict[int, _Mention] = {}  # of each sentence
    for mention in mentions:
        if not mention.is_figure or mention.what is None or mention.found.kind != "count":
            continue
        whole = latest
        if whole is not None and whole.sentence is not mention.sentence:
            whole = first.get(id(whole.sentence), whole)  # of these: of what the sentence before is about
        if (
            mention.whole is None
            and whole is not None
            and whole.what is not None
            and whole.paragraph == mention.paragraph
        ):
            of, mine, text = whole.what, mention.what, mention.sentence.text
            start = whole.at + len(whole.found.text) if whole.sentence is mention.sentence else 0
            between, behind = text[start : mention.at], text[mention.at + len(mention.found.text) :][:40]
            is_part = bool(
                _OF_ALL.search(mention.found.text + behind)
                or (_PART.search(between) and not _COMPARED.search(between))
                or _PART_BEHIND.match(behind)
            )
            if is_part and mine.unit in (of.unit, "number") and whole.found.kind == "count":
                mention.whole = whole
                for name, day in whole.days.items():
                    mention.days.setdefault(name, day)
                mention.window = mention.window or whole.window
                name = mine.name if mine.is_named and mine.name not in ("number", of.name) else ""
                group = slug(mention.found.noun) or name
                part = f"{of.name}_{group or slug(mine.place) or 'part'}"
                words = (of.label, group.replace("_", " ") or mine.place or "part")
                label = ", ".join(dict.fromkeys(word for word in words if word))
                mention.what = Counted(part, of.unit, mine.place, mine.other, label, of.kind)
                continue
        latest = mention
        first.setdefault(id(mention.sentence), mention)


def _join_repeated(mentions: Sequence[_Mention]) -> None:
    """Record which earlier number each one repeats: the same number of the same thing.

    The repeated one has a speaker, or at least is not in the headline.
    """
    alike: dict[tuple[object, ...], list[_Mention]] = {}
    nameless: dict[tuple[object, ...], list[_Mention]] = {}
    for mention in mentions:
        says = reading(mention.found)
        if mention.is_figure and says[1] is not None and mention.what is not None:
            what = mention.what
            key: tuple[object, ...] = (mention.found.kind, *says, what.unit)
            if mention.paragraph == 1:
                nameless.setdefault((mention.found.kind, *says[1:]), []).append(mention)
            elif what.is_named and what.name != "number":
                alike.setdefault((*key, what.name, what.other), []).append(mention)
    groups = list(alike.values())
    for group in groups:  # a headline leaves words out
        first = group[0]
        assert first.what is not None
        for mention in nameless.get((first.found.kind, *reading(first.found)[1:]), ()):
            assert mention.what is not None
            if (
                mention.found.qualifier in ("exact", first.found.qualifier)
                and _may_be(mention.what, first.what)
                and mention.repeats is None
            ):
                group.append(mention)
                mention.repeats = first
    for group in groups:
        kept = min(group, key=lambda m: (m.paragraph == 1, not m.speaker, m.paragraph))
        for mention in group:
            mention.repeats = kept if mention is not kept else None


def _may_be(headline: Counted, what: Counted) -> bool:
    """True if a headline's number can be of this quantity: its unit is the same, or it has none."""
    if headline.unit == "number" or headline.name == what.name:
        return True
    return headline.unit == what.unit and (
        not headline.is_named or headline.name.split("_")[0] == what.name.split("_")[0]
    )


def _numbers(value: Decimal | None, value_to: Decimal | None) -> Row:
    return {
        name: "" if n is None else f"{n or Decimal(0):f}"
        for name, n in (("value", value), ("value_to", value_to))
    }
