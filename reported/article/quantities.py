"""Name, unit and kind of what a number counts, and which numbers count the same thing.

Numbers belong to one quantity if unit, what is counted, what happened to it, place and time agree; if in doubt, to two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reported.article.words import slug, unused, words_of_kind
from reported.prose import Phrase
from reported.prose.units import is_currency, is_known, is_time, kind, standard

_STATES = {
    "killed": r"killed|killing|kills|kill|dead|died|dies|die|deaths?|(?:death )?toll|fatalit(?:y|ies)|lives|perished|drowned|bodies"
    r"|body|slain|claimed",
    "injured": r"injured|injuring|injures|wounded|wounding|hurt|injuries|maimed",
    "missing": r"missing|unaccounted|disappeared|buried",
    "trapped": r"trapped|stranded|marooned|cut off",
    "displaced": r"displaced|homeless|evacuated|evacuees|fled|fleeing|refugees|uprooted|displacing|evacuate|evacuation|shelters?",
    "arrested": r"arrested|detained|arrests|charged|prosecuted|custody",
    "rescued": r"rescued|survivors|pulled alive|saved",
    "ill": r"cases|infected|infections|ill|sick|patients",
    "marched": r"protesters|demonstrators|marchers|marched|marching|demonstrated|rallied|protested|joined|turned out|took part"
    r"|taking part|crowd|strikers",
}
"""States of people with the words for each: one quantity, whichever word is used."""
_STATE = re.compile("|".join(f"\\b(?P<{name}>{words})\\b" for name, words in _STATES.items()), re.IGNORECASE)
_ONLY_PEOPLE = {"ill"}  # "cases" are not people: their unit is the case
_LABELS = {"killed": "People killed", "marched": "People who marched", "ill": "Cases"}
_BREAK = re.compile(
    r"[,;:()\"]|\s[-–—]+\s|\b(?:and|but|while|whereas|with|including|as|after|when|where|which|who)\b|\d"
)
_BEHIND = re.compile(
    r"\s+(?:(?:were|was|are|is|have|has|had|been|being|reported|confirmed|feared|still|also|now)\W+)*"
    r"([a-z]+ed|lost|found|sold|built|torn down)\b"
)
_OTHER = re.compile(
    r"\b(?:older|earlier|previous|separate|second|other|similar|former|last year's|previous year)\b(?: [a-z]+)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|of|during|for|since) ((?:19|20)\d\d)\b(?!\s*(?:people|dead))")
_PLACE = re.compile(
    r"\W{1,2}(?:(?:were|was|are|is|have|has|had|been|reported|recorded|confirmed|people|killed|died|dead|injured|missing) )*"
    r"(?:in|on|at|near|around|from|across) (?:the )?((?:[A-Z][\w'’-]+|north|south|east|west|capital)(?: (?:of |and )?[A-Z][\w'’-]+){0,3})"
)
_INTO = re.compile(
    r"\b(?:in|into|at|near|across|to|on) (?:the )?((?:new )?(?:[A-Z][\w'’-]+)(?: (?:[A-Z][\w'’-]+)){0,2})"
)
_ASIDE = re.compile(
    r"^((?: [\w'’-]+){0,3}), (?:including|among them|mostly|many of them|some of them) [^,.;]{1,50},"
)
_MONTHS = re.compile(
    r"^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b"
)
_CHANGED = re.compile(
    r"\b(?P<up>rose|risen|rises?|rising|increased?|increasing|up|grew|grown|jumped|climbed|soared|gained?|surged|higher|an increase)"
    r"|\b(?P<down>fell|fallen|falls?|falling|down|dropped|declined?|decreased?|cut|shrank|lost|slumped|lower|a (?:drop|decrease))\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?P<what>(?:[A-Za-z][\w'’-]*[ ]){0,3}?[A-Za-z][\w'’-]+)\s+(?:also |has |have |had |was |were |is |are |will |would |could )*"
    r"(?:of|at|was|is|were|are|to|stood at|put at|rose|risen|fell|fallen|up|down|increased|grew|dropped|reached|totall?ed|hit|by"
    r"|worth|costing|cost|costs|between|climbed|jumped|declined|decreased|reached|exceed(?:ed)?|measured|about|around|nearly"
    r"|some|almost|more than|less than|at least|only|just|up to|over|under|as many as|estimated at| )*\s*$"
)
_OF_WHAT = re.compile(
    r"\W{0,2}of (?:all |the |its |their |his |her |those |these |a |an )*((?:[a-z][\w'’-]+ ?){1,2})"
)
_NUMBER_OF = re.compile(
    r"\bnumber of ([a-z]+(?: [a-z]+)?)(?: (?:in|by|from|of|on) [^,;]{1,60}?)?(?= (?:at|to|was|were|is|are|has|had|rose|stood|by)\b)"
)
_LITTLE = words_of_kind("says nothing of a quantity")
_ALIKE = words_of_kind("the same in the plural")
_TO = re.compile(
    r"\b(?:to|from|at)\s+(?:(?:about|around|nearly|almost|some|just|over|under|at least|more than|less than) )*$"
)
"""Precedes the level that something reached or left, not the change: "fell 3 points to 41 %"."""
_MOVED = re.compile(
    r"\b(?:(?P<up>rose|risen|rises|rising|increased|increasing|grew|grown|jumped|climbed|soared|surged)"
    r"|(?P<down>fell|fallen|falls|falling|dropped|declined|decreased|shrank|slumped))\b(?P<rest>[^;:()]*)$",
    re.IGNORECASE,
)
_OF = r"of (?:the|its|their|those|these|all|all the)"
_WHOLE = re.compile(rf"\b{_OF} $")
"""Precedes the number that another one is a part of: "six of the 14"."""
OF_WHOLE = re.compile(rf" {_OF}(?: [a-z]+)? ")
_PART_OF_WHOLE = re.compile(rf"^ {_OF} \d[\d,]*(?= )")
_BESIDE = re.compile(r"\b\d[\d,.]* (?:[a-z-]+ ){1,2}and (?:about |some |at least |another )?$")
"""Precedes the second of two numbers with one verb: "killed 12 soldiers and 3 civilians"."""
_HEADED = re.compile(
    r"\b(?:target|goal|quota|limit|ceiling|cap|total|number|estimate|figure) of (?:about |some |at least |up to )?$"
)
"""Precedes a number of which the verb behind says nothing: "a target of 500 homes was missed"."""
_IN_PLACES = re.compile(r"\b(?:in|across) (?:the )?[A-Z][\w'’-]+(?:,? (?:and )?[A-Z][\w'’-]+)*")
_RATE = "per "
_LASTING = re.compile(r"\b(?:for|over|in|within|during|after|since)\b[^,;]{0,30}$")
"""Precedes a time during which something fell: "snow fell for 3 hours"."""


@dataclass(frozen=True)
class Counted:
    """A counted thing: `name` for ids, and what distinguishes it from others; equal ones are one quantity."""

    name: str
    unit: str
    place: str = ""
    other: str = ""
    """What marks it as belonging to another event or year."""
    label: str = ""
    kind: str = "stock"
    is_named: bool = True
    """True if the words say what is counted."""


def counted(found: Phrase, sentence: str, at: int, latest: str = "") -> Counted:
    """Return what a number counts, by its noun and the words around it.

    `at` is where `found` begins in the sentence, `latest` the year of the article.
    """
    behind, before = sentence[at + len(found.text) :], sentence[:at]
    if _WHOLE.search(before):  # the verb behind is the part's
        behind = ""
        found = replace(found, noun="") if _STATE.search(found.noun) else found
    unit = unit_of(found)
    place = "" if found.kind in ("percent", "fraction") else _place(found, behind)
    other = _other(before, behind, latest)
    if found.kind in ("percent", "fraction") or unit.startswith("percent"):
        return _share(found, before, behind, unit, other)
    if is_currency(unit) or found.kind == "money":
        what, is_change, down = _moved(before)
        if is_change:
            return _change(what, unit, other, down=down)
        name = slug(what) or "money"
        return Counted(name, unit, "", other, _labelled(name), "amount", bool(what))
    if found.kind == "multiple":
        what = _subject(before)
        return Counted(
            slug(f"{what} multiple"), unit, "", other, _labelled(f"{what} multiple"), "change", False
        )
    if found.kind == "measure" or kind(unit) in ("length", "measure", "time"):
        return _measure(found, before, behind, unit, other)
    return _count(found, before, behind, unit, place, other)


def unit_of(found: Phrase) -> str:
    """Return a number's unit as the ledger spells it, or "number" if the words name none."""
    noun = slug(found.noun).replace("_", " ")
    unit = found.unit or (standard(noun) if noun else "")
    if not found.unit and not is_known(unit) and not noun.endswith("s"):
        unit = ""  # no plural, so no noun of what is counted: "39 critically ill"
    if not unit and _STATE.search(found.noun):
        unit = "person"
    if not unit and noun.rpartition(" ")[2] in _ALIKE:
        unit = noun.rpartition(" ")[2]
    return unit if re.fullmatch(r"(?:[A-Z]{3}|[a-z][a-z0-9 -]*)(?: per [a-z0-9 -]+)?", unit) else "number"


def who(noun: str) -> str:
    """Return a noun that says which people are counted, otherwise "".

    >>> who("soldiers"), who("people"), who("fatalities"), who("houses")
    ('soldiers', '', '', '')
    """
    counts_people = standard(noun) == "person" and noun not in ("people", "persons")
    return noun if counts_people and not _STATE.search(noun) else ""


def is_whole(found: Phrase) -> bool:
    """True if what is counted seems to exist in whole units only."""
    ends = [(found.value, found.value_to), *(ends for _, *ends in found.readings)]
    numbers = [number for both in ends for number in both if number is not None]
    return found.kind == "count" and all(int(n.as_tuple().exponent) >= 0 for n in numbers)


def _moved(before: str) -> tuple[str, bool, bool]:
    """Return what a number before which these words stand is of, if it is a change, and if that is a fall."""
    if (moved := _MOVED.search(before)) and (what := _subject(before[: moved.start()] + " was ")):
        is_change = not _TO.search(moved["rest"]) and not re.search(r"\d|,", moved["rest"])
        if is_change or _TO.search(moved["rest"]):
            return what, is_change, moved["down"] is not None
    return _subject(before), False, False


def _count(found: Phrase, before: str, behind: str, unit: str, place: str, other: str) -> Counted:
    if unit == "point" and (moved := _moved(before))[1]:
        return _change(moved[0], unit, other, down=moved[2])
    state = _state(found, before, behind)
    if not found.noun and not state and (of := _NUMBER_OF.findall(before)):
        counted_ = re.sub(r" [a-z]+ed$", "", of[-1])  # the number of thefts reported
        name = slug(counted_)
        return Counted(name, standard(counted_), place, other, _labelled(name))
    if not found.noun and not state and _MOVED.search(before):
        what, is_change, down = _moved(before)
        unit = standard(what.rpartition(" ")[2]) if what.endswith("s") else unit
        if is_change:
            return _change(what, unit, other, down=down)
        if what and what.split()[-1] not in ("million", "billion", "thousand"):
            return Counted(slug(what), unit, place, other, _labelled(slug(what)))
    unit, per, rate = unit.partition(" per ")
    if state and (unit in ("person", "number") or standard(found.noun) == "person"):
        if rate:
            label = f"{_LABELS.get(state, f'People {state}')}{per}{rate}"
            return Counted(slug(label), f"person{per}{rate}", place, other, label)
        if state == "ill" and unit == "number":
            return Counted("cases", "case", place, other, "Cases", "cumulative")
        unit, name = "person", f"people_{state}"
        label = _LABELS.get(state, f"People {state}")
        return Counted(
            name,
            unit,
            place,
            other,
            label,
            "stock" if state in ("missing", "trapped", "marched") else "cumulative",
        )
    name = slug(found.noun) or "number"
    happened = _BEHIND.match(behind[_to_noun(found, behind) :])
    if happened and not _HEADED.search(before):
        name = f"{name}_{happened[1].replace(' ', '_')}"
    name = slug(f"{name}{per}{rate}")
    return Counted(name, f"{unit}{per}{rate}", place, other, _labelled(name), "stock", bool(found.noun))


def _state(found: Phrase, before: str, behind: str) -> str:
    """Return what happened to the people counted, from the noun or the words after or before it."""
    if match := _STATE.search(found.noun):
        return match.lastgroup or ""
    behind = _ASIDE.sub(" ", _PART_OF_WHOLE.sub("", behind))
    before = _BESIDE.sub("", before)
    cut = _BREAK.search(behind)
    near = behind[: cut.start() if cut else len(behind)][:80]
    if match := _STATE.search(near):
        return match.lastgroup or ""
    if found.noun and standard(found.noun) != "person":
        return ""
    cuts = [match.end() for match in _BREAK.finditer(before)]
    matches = [*_STATE.finditer(before, cuts[-1] if cuts else 0)]
    return (matches[-1].lastgroup or "") if matches else ""


def _to_noun(found: Phrase, behind: str) -> int:
    place = behind.find(found.noun) if found.noun else -1
    return place + len(found.noun) if 0 <= place <= 16 else 0


def _place(found: Phrase, behind: str) -> str:
    match = _PLACE.match(behind, _to_noun(found, behind))
    if not match or _MONTHS.match(match[1]) or match[1].endswith(("'s", "’s")):
        return ""
    return match[1]


def place_named(sentence: str, at: int) -> str:
    """Return the place named nearest to a position, outside any other number's clause, or "".

    >>> place_named("Some 2,000 have crossed into Kato in a week.", 5)
    'Kato'
    """
    start = max((match.end() for match in re.finditer(r"[;:\"]", sentence[:at])), default=0)
    clause = re.split(r"[;:\"]", sentence[start:], maxsplit=1)[0]
    found = [(abs(start + match.start() - at), match[1]) for match in _INTO.finditer(clause)]
    found = [(far, name) for far, name in found if not _MONTHS.match(name)]
    return min(found)[1] if found else ""


def _other(before: str, behind: str, latest: str) -> str:
    cuts = [match.end() for match in re.finditer(r"[,;:]|\band\b|\bbut\b|\bwith\b", before)]
    near = before[cuts[-1] if cuts else 0 :]
    if match := _OTHER.search(near[-60:]):
        return slug(match[0].split()[0])
    clause = re.split(r"[,;:.]", behind, maxsplit=1)[0]
    if (match := _YEAR.search(clause) or _YEAR.search(near)) and match[1] != latest:
        return match[1]
    return ""


def _share(found: Phrase, before: str, behind: str, unit: str, other: str) -> Counted:
    """Return a share of something, or the proportion by which it changed."""
    before = _IN_PLACES.sub(lambda match: " " * len(match[0]), before)
    cuts = [match.end() for match in re.finditer(r"[,;:(]|\band\b|\bbut\b", before)]
    clause = before[cuts[-1] if cuts else 0 :]
    changed = [*_CHANGED.finditer(clause)]
    if not changed and (
        match := re.match(
            r" (?:an? )?(rise|increase|jump|fall|drop|decrease|decline|reduction|up|down|more|higher|lower|fewer|less)\b(?! from)",
            behind,
        )
    ):
        down = match[1] in (
            "fall",
            "drop",
            "decrease",
            "decline",
            "reduction",
            "down",
            "lower",
            "fewer",
            "less",
        )
        what = _head(
            re.match(r"\W*\w+ (?:in|of) ((?:[a-z]+ ?){1,3})", behind[match.start(1) - match.start() :])
        ) or _subject(clause)
        return _change(what, unit, other, down=down)
    if not changed and found.change:
        return _change(_subject(clause), unit, other, down=found.change < 0)
    if changed and (unit.startswith("percent") and not _OF_WHAT.match(behind)):
        last = changed[-1]
        what = _subject(clause[: last.start()] + " was ")
        if what and _TO.search(clause[last.end() :]):
            name = slug(what)
            return Counted(name, unit, "", other, _labelled(name), "ratio")
        if not what and (earlier := _CHANGED.search(before)):  # rose in the north but fell in the south
            what = _subject(before[: earlier.start()] + " was ")
        return _change(what, unit, other, down=last["down"] is not None)
    if re.search(r"\bby (?:about |around |nearly |almost )?$", before) and (
        all_ := [*_CHANGED.finditer(before)]
    ):
        return _change(
            _subject(clause), unit, other, down=all_[-1]["down"] is not None
        )  # thefts rose by 3 %, fires by 1 %
    if of := _head(_OF_WHAT.match(behind)):
        name = slug(f"share of {of}")
        return Counted(name, unit, "", other, _labelled(name), "ratio")
    what = _subject(clause)
    name = slug(what) or "share"
    return Counted(name, unit, "", other, _labelled(name), "ratio", bool(what))


def _change(what: str, unit: str, other: str, *, down: bool) -> Counted:
    name = slug(f"{'fall' if down else 'rise'} in {what}" if what else ("fall" if down else "rise"))
    return Counted(name, unit, "", other, _labelled(name), "change", bool(what))


def _measure(found: Phrase, before: str, behind: str, unit: str, other: str) -> Counted:
    what, is_change, down = _moved(before)
    if is_change and _RATE not in unit and not (is_time(unit) and _LASTING.search(before)):
        return _change(what, unit, other, down=down)
    behind_what = _head(_OF_WHAT.match(behind))
    name = slug(what or behind_what) or slug(unit)
    of = "duration" if is_time(unit) else "length" if kind(unit) == "length" else "amount"
    if (found.value is not None and found.value < 0) or unit.startswith("degree") or _RATE in unit:
        of = "level" if _RATE not in unit else "amount"
    if _RATE not in unit and slug(unit) not in name:
        name = f"{name}_{slug(unit)}"
    return Counted(name, unit, "", other, _labelled(name), of, bool(what or behind_what))


def _head(match: re.Match[str] | None) -> str:
    if not match:
        return ""
    words = [word for word in match[1].split() if word.lower() not in _LITTLE and not word.endswith("ed")]
    return " ".join(words[:2])


def _subject(before: str) -> str:
    """Return the subject immediately before a number."""
    match = _SUBJECT.search(before[-90:])
    if not match:
        return ""
    words = re.findall(r"[A-Za-z][\w'’-]*", match["what"])
    words = [re.sub(r"['’]s$", "", word) for word in words if word.lower() not in _LITTLE]
    return " ".join(words[-2:]).lower()


def _labelled(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


class Quantities:
    """The quantities of the ledger and the draft, by what they count."""

    def __init__(self, known: Iterable[Mapping[str, str]]) -> None:
        self.ids: set[str] = set()
        self._whole: set[str] = set()
        self._of: dict[Counted, str] = {}
        self._like: dict[tuple[str, str], list[tuple[Counted, str]]] = defaultdict(list)
        self._known: dict[str, list[tuple[set[str], str, str]]] = defaultdict(list)
        for row in known:
            text = f"{row['id']} {row['label']} {row.get('population', '')}".replace("_", " ").replace(
                "?", " "
            )
            unit = row.get("unit", "").lstrip("?")
            self.ids.add(row["id"])
            state = _STATE.search(text)
            self._known[unit].append((_stems(text), state.lastgroup or "" if state else "", row["id"]))
            self._whole |= {row["id"]} if row.get("whole") == "yes" else set()

    def of(self, what: Counted, sentence: str, *, whole: bool) -> tuple[str, bool]:
        """Return the id of a number's quantity, and whether it is new."""
        if (id_ := self._of.get(what)) and (whole or id_ not in self._whole):
            return id_, False
        if (id_ := self._in_ledger(what, sentence) or self._alike(what)) and (
            whole or id_ not in self._whole
        ):
            self._of[what] = id_
            return id_, False
        parts = [
            part
            for part in (slug(what.place), slug(what.other))
            if part and not what.name.endswith(f"_{part}")
        ]
        wanted = "_".join([what.name, *parts])[:60].strip("_")
        id_ = unused(wanted, self.ids)
        self.ids.add(id_)
        self._of[what] = id_
        if what.is_named:
            self._like[what.name, what.unit].append((what, id_))
        else:
            del self._of[what]  # nothing says that the next one counts the same
        return id_, True

    def _alike(self, what: Counted) -> str:
        """Return a quantity of the same name that may be meant if only one of the two names a place."""
        for other, id_ in self._like.get((what.name, what.unit), ()):
            if other.other == what.other and (not what.place or not other.place or what.place == other.place):
                if what.place and not other.place:
                    continue  # the whole and one place of it
                return id_
        return ""

    def _in_ledger(self, what: Counted, sentence: str) -> str:
        if not what.is_named or what.other:
            return ""
        state = what.name.removeprefix("people_") if what.name.startswith("people_") else ""
        mine = _stems(what.name.replace("_", " "))
        best, most = "", 0
        for stems, known_state, id_ in self._known.get(what.unit, ()):
            same = known_state == state if state in _STATES else mine <= stems
            if state in _STATES and same and what.place and not _stems(what.place) <= stems:
                continue
            score = 1 + len(stems & _stems(sentence)) if same else 0
            if score > most:
                best, most = id_, score
        return best


def _stems(text: str) -> set[str]:
    """Return the longer words of a text without their endings, for a rough comparison."""
    words = re.findall(r"[a-z]{4,}", text.lower())
    return {re.sub(r"(?:ies|es|ed|s|d)$", "", word) for word in words} - {"that", "with", "from", "peopl"}
