"""Find who says what in a sentence, clause by clause, and recognise a speaker under several names.

Whoever is spoken of is not a speaker ("the mayor said the enemy lost 12"), nor is a place that is only mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from reported.article.words import words_of_kind
from reported.ground.invisible import is_hidden

_SAY = words_of_kind("verb of saying")
_FIND = words_of_kind("verb of finding")
_WEAK = words_of_kind("verb of other things as well")
"""Verbs with other meanings, and nouns: their subject must be someone who can speak."""
_FINDING = _FIND | {"expect", "expects", "expected"}
_FINDERS = words_of_kind("finder")
"""Heads of phrases for which finding and recording is speaking; rescuers find in another sense."""
_SOURCES = words_of_kind("speaker")
"""Heads of phrases that can speak without a name."""
_VERB = re.compile(rf"\b(?:{'|'.join(sorted(_SAY | _FIND))}|(?:spoke|speaks?|talks|talked) of)\b")
_AUXILIARY = re.compile(
    r"(?:^|(?<=[\s,]))(?:has|have|had|also|later|earlier|previously|already|now|then|once|meanwhile|since|yesterday"
    r"|today|again|separately|initially|publicly|officially|recently|both|each|however|therefore|still|only|himself"
    r"|herself|themselves|itself|simply|will|would|first|in turn|for its part|(?:was|were|is|are) quoted as"
    r"|(?:(?:on|late|early) )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[\s,]*$"
)
_IN_ASIDE = re.compile(r",\s(?:which|who|whose|where)\s[^,]*$")
"""Ends within an aside, whose day is not that of the saying: "the port, which reopened on Monday, said"."""
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|to|an|not|as|the|those|of|more|his|her|its|their|no"
    r"|(?:no|its|their) (?:official|latest|first))\s*$"
)
_HARD = re.compile(
    r"[,;:()\"“”\[\]]|\s'|'\s|\s[-–—]{1,2}\s|--|\b(?:but|while|whereas|because|although|though|that|which|where|when"
    r"|if|after|before|until|since|as|than|so)\b(?!\s+of\b)"
)
_FINITE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|would|could|may|might|can|did|does|do|came|died|rose|fell|went|left|took"
    r"|made|got|saw|hit|lost|became|began|stood|told|said|[a-z]{2,}ed)\b"
)
_ADJECTIVES = words_of_kind("adjective like a verb")
_DAY = (
    r"(?:(?:on|late|early|late on|early on|last|this|later|earlier on|that) )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?: (?:morning|afternoon|evening|night))?|yesterday|today|(?:\d{1,2}(?:st|nd|rd|th)? )?(?:January|February|March|April"
    r"|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?(?: \d{1,2})?"
    r"(?:,? \d{4})?|week|month|evening|morning|day|year)"
)
_ADJUNCT = re.compile(
    rf"(?:,? {_DAY}\b|,? (?:in|at|from) [A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*|,? (?:in|at|during|through|via|over|on) (?:a|an|its|his|her|their|the|state|social|local)"
    r" [\w' -]{3,80}?(?=[,.;:\"]|$| that\b| on\b)|,? to (?:reporters|journalists|the media|the press))*"
)
_END_OF_NAME = re.compile(
    rf"[,;:.()\"“”]|\s[-–—]+(?=\s)|\s(?:who|which|that|as|while|but|after|before|where|when|at least|since|until|and (?:that|the|were"
    rf"|was|had|has|another|about)|in (?:a|an|its|his|their|the|January|\d)|on (?!behalf)|at a|to \w|from|{_DAY})\b|\s\d|--"
)
_TO_NAME = re.compile(
    r"\b(?P<to>according to(?: (?:the|a|an|its|new|latest|official|preliminary|recent|daily|weekly|monthly))*"
    r" (?:summary|update|bulletin|release|briefing|tally|count|report|statement|figures|data|statistics|study|survey)"
    r"(?: (?:published|released|issued|compiled|given|put out))? (?:from|by|of)"
    r"|based on (?:the )?(?:figures|data|estimates|reports|statistics) (?:from|by|of)|according to|(?:reported|estimated|confirmed|recorded|announced|counted|issued|compiled|quoted|cited|said|given"
    r"|published|released|put out|provided) by|(?:figures|data|statistics|estimates|numbers|a report|reports|a statement"
    r"|a survey|a study) from|citing)\s+",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?P<who>(?:[\w’'-]+ ){0,5}?[\w’'-]+?)(?:['’]s?)? (?:own |latest |official |first |own official )?"
    r"(?:estimate|count|tally|figure|toll)s?(?:\s*:| is| was)"
)
_SHOWN = re.compile(
    r"(?P<who>[A-Z][\w’'-]*(?: (?:of |for |and )?[A-Z][\w’'-]*)*)(?:['’]s)? (?:[a-z]+ ){0,3}"
    r"(?:figures|data|statistics|estimates|records|report|Report|survey|Survey|poll|index|Index)"
    r"(?: (?:for|from|on|in|published|released|just|earlier|two|three|last)\b[^.;:\"]{0,60}?)? (?:show|showed|suggest|suggested|indicate|indicated|reveal|revealed)\b"
)
"""A publisher named by its data: "Quay Office figures for the north showed"."""
_DETERMINER = re.compile(
    r"^(?:but|and|yet|so|the|a|an|(?:one|another|some|several|many|most)(?! of)|its|his|her|their|our|new|latest|official|unofficial|other"
    r"|same|this|these|those)\s+",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Gen|Col|Lt|Capt|Sgt|Rev|Gov|Sen|Rep|PC|DCI|DI)\.? (?=[A-Z])"
)
_OF_DATA = re.compile(
    r"^(?:(?:the|a|an|new|latest|official|preliminary|recent|unofficial)\s+)*(?:data|figures|statistics|estimates?|numbers"
    r"|reports?|statement|records|tally|count|survey|study|poll|summary|update|bulletin|release|briefing|results)\s+(?:released |published |compiled |issued |given |made "
    r"|carried out |conducted )?(?:from|by|of)\s+",
    re.IGNORECASE,
)
_DATA_BEHIND = re.compile(
    r"\s+(?:figures|data|estimates?|statistics|records|numbers|count|tally|toll|projections)"
    r"(?:\s+(?:published|released|issued|obtained|compiled|collected|out)\b.*)?$"
)
_PRONOUN = re.compile(r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]ho|[Ww]hich)")
"""In capitals alone it is a name: the WHO."""
_NOBODY = words_of_kind("nobody")
_NO_NAME = words_of_kind("no name")
_LEADING = words_of_kind("before a speaker")
_PARTICLES = words_of_kind("inside a name")
_TITLE = (
    r"(?:Minister|President|Sheriff|Governor|Mayor|Secretary|Chief|Director|Commissioner|Senator|General|Chair(?:man|woman|person)?"
    r"|Professor|Spokes(?:man|woman|person)|Executive|Officer|Superintendent|Inspector|Ambassador|Commander|Chancellor|Premier)"
)
_OFFICE = re.compile(
    rf"((?:[\w'’-]+ ){{0,7}}(?:[a-z][\w'’-]+|{_TITLE})) ((?:[A-Z][\w'’-]+ ){{1,3}}[A-Z][\w'’-]+)"
)
_BEFORE_SURNAME = re.compile(rf"[A-Z]{{2,3}}|{_TITLE}|Prime|Vice|Deputy")
_GENERIC = re.compile(
    r"(?:the|its) (?:company|firm|group|bank|airline|carrier|retailer|lender|insurer|manufacturer|operator|agency|union|body|charity"
    r"|report|survey|study|bulletin|statement)"
)
_INSTITUTION = re.compile(
    r"\b(?:Ltd|Limited|Inc|PLC|plc|Corp\w*|Co|Company|Bank|Group|Holdings|Air\w+|Union|Agency|Board|Council|Commission|Ministry"
    r"|Department|Office|Authority|Service|Institute|Organi[sz]ation|Federation|Association|Fund|Party|[A-Z]{2,6})\b"
)
_PUBLIC = {
    "ministry",
    "department",
    "council",
    "commission",
    "union",
    "agency",
    "board",
    "party",
    "authority",
    "service",
}
_AGENCIES = {"office", "authority", "service", "institute", "administration", "bureau", "commission", "board"}
_KINDS = re.compile(
    r"\b(?:Bank|Union|Agency|Board|Council|Commission|Ministry|Department|Office|Authority|Service|Institute|Bureau"
    r"|Administration|Federation|Association|Fund|Party|Airlines?|Company|Group|Charity)\b"
)
_FIRMS = {
    "company",
    "firm",
    "group",
    "airline",
    "carrier",
    "retailer",
    "lender",
    "insurer",
    "manufacturer",
    "operator",
}
_ANYBODY = {"body", "report", "survey", "study", "bulletin", "statement"}
_ARTICLES = {"the", "a", "an"}
_NO_PUBLISHER = _ARTICLES | {
    *(
        "but",
        "and",
        "yet",
        "so",
        "its",
        "his",
        "her",
        "their",
        "new",
        "latest",
        "official",
        "separate",
        "recent",
    ),
    *("preliminary", "other", "these", "those", "such", "provisional", "initial", "early", "final"),
}
_ASIDES = ("which", "where", "that", "when", "while", "after", "before", "as", "since")
_ASIDE = (
    r"(?:who|whose|which|speaking|citing|quoting|quoted|cited|addressing|in|at|on|during|with|based|asked)\b"
)
_BACKGROUND = re.compile(
    r"\s*,? ?(?:after|while|during|before|when|who|whose|where|which|from|outside|near|in front of|standing)\b"
)
"""Words with which an outlet continues after a quoted speaker."""
_SAYING = re.compile(r"\bwith (?P<who>[^,;:.\"]{3,80}?) (?:saying|reporting|claiming)\b")
_ADDED = re.compile(
    r"\s*(?:$|[,.:;\"“]|that\b|in (?:a|an|the|his|her|its) |on |later|it |there |he |she |they |some |about |at least |up to )"
)
_DAY_BEFORE = re.compile(rf"(?:^|[.;\"] )(?:On |Late |Early )?{_DAY},? (?:the |an? |its )?$")
_SHOWS = re.compile(r"\b(?:show|showed|suggest|suggested|indicate|indicated|reveal|revealed|put)\b")
_MEANS = re.compile(
    r"(?:in|through|at|during) (?:an?|its|his|her|their|the) (?:[\w-]+ )*?(?:statement|interview|report|letter|speech|post|briefing|message"
    r"|e-?mail|release|address|conference|note|tweet)"
)
"""Words between speaker and verb that say how it was said."""
_FIRM = re.compile(r",? (?:PLC|plc|Inc|Ltd|Corp|Co|LLC|AG|SA|Group)\.?$")
_OUTLET = re.compile(
    r"\s+(?:the )?([A-Z][\w’-]*(?: (?:of |the |and )?[A-Z][\w’-]*)*)(?:['’]s)?(?: (?:news agency|newspaper|television|radio))?"
)
_AUDIENCE = re.compile(
    r"\s+(?:[a-z]+ ){0,3}?(?:reporters|journalists|media|press|conference|briefing|lawmakers)\b"
)
_ASSEMBLY = re.compile(r"parliament|congress|senate|council|assembly|court", re.IGNORECASE)
LONGEST = 12  # words of a speaker


@dataclass(frozen=True)
class Saying:
    """A saying: who, at which position in the sentence, and on which side the content is."""

    who: str
    role: str
    start: int
    end: int
    behind: bool
    """True if the content comes first: "12 died, police said"."""
    relayed_by: str = ""
    day: tuple[int, int] = (0, 0)
    """The span that may name the day on which it was said."""

    def is_cited(self, sentence: str) -> bool:
        """True if an outlet names it as its source: "a paper reported that 12 died, citing officials"."""
        return sentence.startswith("citing ", self.start)


def sayings(sentence: str) -> list[Saying]:
    """Find the sayings of a sentence, in order and not nested.

    >>> [(one.who, one.behind, one.relayed_by) for one in sayings('"20 were found," a soldier told Radio Quay.')]
    [('a soldier', True, 'Radio Quay')]
    >>> [one.who for one in sayings("Police put the crowd at 12,000; organisers said it was nearer 50,000.")]
    ['Police', 'organisers']
    """
    found = sorted([*_verbs(sentence), *_named_behind(sentence)], key=lambda one: (one.start, -one.end))
    kept: list[Saying] = []
    for one in found:
        if any(map(str.isalpha, one.who)) and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return kept


def _verbs(sentence: str) -> Iterator[Saying]:
    floor = 0
    for verb in _VERB.finditer(sentence):
        if verb.start() < floor:
            continue
        saying = _inverted(sentence, verb) or _straight(sentence, verb, floor)
        if saying:
            floor = saying.end
            yield saying


def _straight(sentence: str, verb: re.Match[str], floor: int) -> Saying | None:
    """SUBJECT, more about it, said …"""
    left = sentence[floor : verb.start()]
    while (shorter := _AUXILIARY.sub("", left)) != left and not (
        left.rstrip().endswith(",") and _IN_ASIDE.search(shorter.rstrip())
    ):
        left = shorter
    passive = _PASSIVE.search(left)
    if passive or not left.strip():
        return None
    groups = _groups(left)
    who, role, at = _subject(groups)
    if verb[0] in ("add", "adds", "added") and not _ADDED.match(sentence, verb.end()):
        return None  # the economy added 40,000 jobs
    if not who or not _can_say(who, verb[0]):
        return None
    end, relayed, day = _behind(sentence, verb)
    start = floor + at
    if by := re.match(
        rf",? (?:quoted|cited|carried) by{_OUTLET.pattern}", sentence[start + len(who) : verb.start()]
    ):
        relayed = relayed or by[1]
    before = _DAY_BEFORE.search(sentence[:start])  # "On Tuesday the mayor said", "the mayor on Tuesday said"
    aside = re.search(
        r",\s(?:which|who|whose|where)\s", sentence[start : verb.start()]
    )  # has days of its own
    day = (before.start() if before else verb.start() if aside else start + len(who), day[1])
    tail = sentence[end:].lstrip()
    ended = not tail or tail[0] in '.,;)"”?!' or tail.startswith(("--", "—", "–"))
    first = not sentence[:start].strip(" \"“‘'")
    follows = tail[:1] == "," and re.match(r",\s*[\"“]", tail)
    quoted = re.search(r"[\"”]\s*$", sentence[:start]) is not None and not re.match(r"that\b|[\"“]", tail)
    behind = (ended or quoted) and not first and not follows and ":" not in tail[:1]
    return Saying(who, role, start, end, behind, relayed, day)


def _inverted(sentence: str, verb: re.Match[str]) -> Saying | None:
    """… ," said SUBJECT, more about it."""
    if verb[0] not in ("said", "says", "added", "adds", "wrote", "explained", "warned", "reported"):
        return None
    before = sentence[: verb.start()].rstrip()
    if before[-1:] not in ('"', "”", ",", "'", "’", "-", "—", "–", "?", "!"):
        return None
    name, end = _name_from(sentence, verb.end())
    tail = sentence[end:].lstrip()
    whole = (
        not tail
        or tail[0] in ",.;)("
        or re.match(_DAY, tail)
        or tail.startswith(("who ", "in ", "on ", "at ", "--"))
    )
    if not name or not whole or _finite(name):
        return None
    role = ""
    if match := re.match(
        r",? (?:who [^,.]{3,80}|((?:an?|the|its|his|her|their) [^,.\"]{3,80}))(?=[,.]|$)", sentence[end:]
    ):
        role = match[1] or ""
    if match := re.match(
        r",? (?:its|his|her|their|the) ([a-z][\w -]{3,40}), ((?:[A-Z][\w'’-]+ ?)+)", sentence[verb.end() :]
    ):
        name, role, end = match[2].strip(), match[1], verb.end() + match.end()
    return Saying(name, role, verb.start(), end, True, "", (end, end + 60))


def _finite(name: str) -> bool:
    return any(word not in _ADJECTIVES for word in _FINITE.findall(name))


def _behind(sentence: str, verb: re.Match[str]) -> tuple[int, str, tuple[int, int]]:
    """Return the end of "told Reuters on Tuesday", who passed it on, and the span of the day."""
    end, relayed = verb.end(), ""
    if verb[0] == "told" and (outlet := _OUTLET.match(sentence, end)):
        end = outlet.end()
        theirs = (
            re.match(r"['’]s (?!news|newspaper)[a-z]", sentence[outlet.end(1) :]) is not None
        )  # told Moe's aide
        relayed = "" if theirs or _ASSEMBLY.search(outlet[1]) else outlet[1]
    elif verb[0] == "told" and (audience := _AUDIENCE.match(sentence, end)):
        end = audience.end()
    adjunct = _ADJUNCT.match(sentence, end)
    stop = adjunct.end() if adjunct else end
    if match := re.search(
        r"\b(?:told|interview with|speaking to) (?:the )?([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)",
        sentence[end:stop],
    ):
        relayed = relayed or match[1]
    return stop, relayed, (verb.end(), stop)


def _named_behind(sentence: str) -> Iterator[Saying]:
    """according to SUBJECT; reported by SUBJECT; SUBJECT's estimate."""
    for match in _TO_NAME.finditer(sentence):
        name, end = _name_from(sentence, match.end())
        if (
            name
            and name.lower() not in _NOBODY
            and not (match["to"].lower().endswith(" by") and not _can_say(name, "estimates"))
        ):
            first = not sentence[: match.start()].strip(" \"'(") or (
                match["to"].lower().endswith(" from") and _SHOWS.search(sentence, end) is not None
            )
            adjunct = _ADJUNCT.match(sentence, end)
            stop = adjunct.end() if adjunct else end
            yield Saying(name, "", match.start(), end, not first, "", (end, stop))
    for match in _SHOWN.finditer(sentence):
        first_word = match["who"].split()[0]
        if first_word.lower() not in _LEADING | _NOBODY | _NO_PUBLISHER and first_word not in _NO_NAME:
            adjunct = _ADJUNCT.match(sentence, match.end())
            stop = adjunct.end() if adjunct else match.end()
            ended = not sentence[stop:].strip(' ."')
            yield Saying(match["who"], "", match.start("who"), stop, ended, "", (match.end(), stop))
    for match in _SAYING.finditer(sentence):
        if name := _trimmed(match["who"]):
            yield Saying(name, "", match.start("who"), match.end(), False)
    for match in _OWN.finditer(sentence):
        name = _trimmed(match["who"].strip(" ('\""))
        if name and name.split()[0].lower() != "no" and _can_say(name, "estimates"):
            yield Saying(name, "", match.start("who"), match.end(), False)


def _name_from(sentence: str, start: int) -> tuple[str, int]:
    """Return the name or phrase that begins here, and its end."""
    here = start + len(sentence[start:]) - len(sentence[start:].lstrip())
    match = _END_OF_NAME.search(sentence, here)
    end = match.start() if match else len(sentence)
    while (
        match
        and sentence[match.start()] == "."
        and re.search(r"\b(?:[A-Z]|Mr|Mrs|Dr|St|Gen|Col|Lt|Capt|Gov|Sen)$", sentence[here:end])
    ):
        match = _END_OF_NAME.search(sentence, end + 1)
        end = match.start() if match else len(sentence)
    text = sentence[here:end].strip()
    words = text.split()
    if not words or len(words) > LONGEST or re.search(r"\d", text) or words[0].lower() in _LEADING | _NOBODY:
        return "", start
    if words[0] in _NO_NAME:
        return "", start
    return text, end


def _groups(left: str) -> list[tuple[int, str, str]]:
    """Split at hard separators: the start of each part, its text, and the separator before it."""
    found, start, separator = [], 0, ""
    for match in _HARD.finditer(left):
        found.append((start, left[start : match.start()], separator))
        start, separator = match.end(), match[0].strip()
    found.append((start, left[start:], separator))
    return found


def _subject(groups: list[tuple[int, str, str]]) -> tuple[str, str, int]:
    """Return the subject before a verb, its aside between commas, and its start."""
    last = len(groups) - 1
    role = ""
    while last >= 0:
        start, text, separator = groups[last]
        stripped = text.strip()
        if last and separator == "," and _MEANS.fullmatch(stripped):
            last -= 1
            continue
        if not stripped and separator in (",", "-", "--", "–", "—", ")") and last:  # …, an aside, said
            last, role = _over_aside(groups, last - 1)
            if last < 0:
                return "", "", 0
            start, text, separator = groups[last]
            stripped = text.strip()
        elif not stripped and separator != "which":
            return "", "", 0
        if stripped in ("who", "Who") or not stripped:
            last -= 1
            continue
        name = _trimmed(stripped)
        if not name:
            return "", "", 0
        return name, role, start + text.rfind(name)
    return "", "", 0


def _over_aside(groups: list[tuple[int, str, str]], last: int) -> tuple[int, str]:
    """Skip back over an aside between commas; return its start, and the aside if it names an office."""
    aside = []
    while last >= 0:
        _, text, separator = groups[last]
        stripped = text.strip()
        if separator == "(" or (
            separator == ")" and last > 1
        ):  # the short form of a name, and what is behind it
            last -= 1
            continue
        begins = re.match(
            r"(?:an?|the|its|his|her|their|who|whose|which|head|chief|director|president|chair\w*|spokes\w+)\b",
            stripped,
        )
        if separator in _ASIDES or re.match(_ASIDE, stripped):
            last -= 1
            while last >= 0 and not groups[last][1].strip():
                last -= 1
            continue
        name = last and _trimmed(groups[last - 1][1].strip())
        if begins and separator == "," and name and (name[:1].isupper() or re.match("an? |the ", name)):
            aside.append(stripped)
            last -= 1
            continue
        return last, aside[-1] if aside else ""
    return -1, ""


def _trimmed(text: str) -> str:
    """Return the longest end of a text that can be a speaker."""
    words = text.split()
    if words and words[-1].lower() in _PARTICLES:
        return ""
    for start in range(max(0, len(words) - LONGEST), len(words)):
        piece = words[start:]
        if piece[0].lower() in _LEADING or piece[0].strip("'’.") in _NO_NAME:
            continue
        joined = " ".join(piece)
        if re.search(r"[\d%$€£]", joined) or any(word in _NO_NAME for word in piece):
            continue
        if _finite(joined):
            continue
        if " and " in f" {joined} " and not _joint(joined):
            continue
        return joined
    return ""


def _joint(joined: str) -> bool:
    """True if an "and" joins two speakers ("police and organisers") instead of being part of a name."""
    one, _, other = joined.partition(" and ")
    return all(
        part and (part.split()[-1].lower() in _SOURCES or part.split()[-1][:1].isupper())
        for part in (one, other)
    )


def _can_say(who: str, verb: str) -> bool:
    words = who.split()
    if who.lower() in _NOBODY or words[-1].lower() in _PARTICLES or words[0].lower() == "no":
        return False
    if verb not in _WEAK:
        return True
    if is_pronoun(who):
        return verb not in _FINDING
    plain = re.split(r" (?:of|for|from|in|at|by) ", who)[0].split()
    heads = {plain[-1].lower(), words[-1].lower(), words[0].lower()}
    if verb in _FINDING:
        return bool(heads & _FINDERS)
    if heads & _SOURCES:
        return True
    names = [word for word in words if word[:1].isupper()]
    return (
        bool(names)
        and words[-1][:1].isupper()
        and (len(words) == 1 or words[0][:1].isupper() or words[0] == "the")
    )


def is_pronoun(who: str) -> bool:
    """True if a speaker is named by a pronoun alone.

    >>> is_pronoun("who"), is_pronoun("WHO")
    (True, False)
    """
    return bool(_PRONOUN.fullmatch(who))


def is_generic(who: str) -> bool:
    """True if an institution named earlier is meant: "the company"."""
    return _GENERIC.fullmatch(who.lower()) is not None


def may_be_called(name: str, generic: str) -> bool:
    """True if an institution may be meant by a common noun.

    >>> may_be_called("Health Ministry", "the agency"), may_be_called("Quay Office", "the agency")
    (False, True)
    >>> may_be_called("Quay Holdings", "the company"), may_be_called("QEA", "the union")
    (True, True)
    """
    noun = generic.lower().split()[-1]
    kinds = {kind.lower() for kind in _KINDS.findall(name)}
    if not kinds or noun in kinds or noun in _ANYBODY:
        return True
    return bool(kinds & (_AGENCIES if noun == "agency" else set())) or (
        noun in _FIRMS and not kinds & _PUBLIC
    )


def is_institution(name: str) -> bool:
    """True if a name is an institution's, by its words.

    >>> is_institution("Quay Shipping Limited"), is_institution("Ada Moe")
    (True, False)
    """
    return _INSTITUTION.search(name) is not None


def plain_name(who: str) -> str:
    """Return a speaker's name without article, title, or the data it is read from.

    >>> plain_name("the health ministry"), plain_name("data released by the Quay Office"), plain_name("police estimates")
    ('health ministry', 'Quay Office', 'police')
    """
    who = _OF_DATA.sub("", "".join(c for c in who if not is_hidden(c)).strip(" '\""))
    while (shorter := _DETERMINER.sub("", who)) != who:
        who = shorter
    who = _TITLES.sub("", re.sub(rf" {_MEANS.pattern}$", "", who))
    return _DATA_BEHIND.sub("", who).removesuffix("'s").removesuffix("’s") or who


def with_office(who: str) -> tuple[str, str]:
    """Split a person's name from the office before it.

    >>> with_office("the harbour's chief engineer Ada Moe"), with_office("the Quay Office")
    (('Ada Moe', "the harbour's chief engineer"), ('the Quay Office', ''))
    """
    match = _OFFICE.fullmatch(who)
    is_office = match and match[1].split()[-1] not in _ARTICLES | _PARTICLES
    return (match[2], match[1]) if match and is_office else (who, "")


class Speakers:
    """The claimants of a ledger under all their names."""

    def __init__(self, claimants: Iterable[Mapping[str, str]]) -> None:
        self._by_name: dict[str, str] = {}
        self._heads: dict[str, list[tuple[set[str], str]]] = {}
        self._initials: dict[str, str] = {}
        for row in claimants:
            self.learn_office(row.get("role", "").lstrip("?"), row["id"])
            names = [row.get(name, "").lstrip("?") for name in ("name", "local_name")]
            names += row.get("other_names", "").lstrip("?").split(";")
            for name in names:
                self.learn(name.strip(), row["id"])

    def learn_office(self, office: str, id_: str) -> None:
        """Remember an office-holder by an office of more than one word."""
        words = plain_name(office).split()
        if len(words) > 1:
            self._by_name.setdefault(_key(" ".join(words)), id_)
            self._heads.setdefault(_head(words), []).append(({_key(word) for word in words}, id_))

    def learn(self, name: str, id_: str) -> None:
        """Remember a speaker by the full name, a person's last name, and an institution's initials."""
        plain = plain_name(name)
        if len(plain) < 2:
            return
        self._by_name.setdefault(_key(plain), id_)
        words = plain.split()
        if len(words) > 1:
            if words[-1][:1].isupper() and all(word[:1].isupper() or word in _PARTICLES for word in words):
                self._by_name.setdefault(_key(words[-1]), id_)
            self._heads.setdefault(_head(words), []).append(({_key(word) for word in words}, id_))
        capitals = "".join(word[0] for word in words if word[0].isupper())
        if len(capitals) > 1 and len(words) > 1:
            self._initials.setdefault(capitals, id_)
        elif re.fullmatch("[A-Z]{2,6}", plain):
            self._initials.setdefault(plain, id_)

    def known(self, name: str) -> str:
        """Return the id of the speaker with this name, or "".

        >>> speakers = Speakers([{"id": "quay", "name": "Port Quay Office"}])
        >>> speakers.known("the PQO"), speakers.known("the Port Quay Office"), speakers.known("Quay")
        ('quay', 'quay', '')
        """
        plain = plain_name(name)
        if not plain:
            return ""
        if id_ := self._by_name.get(_key(plain)):
            return id_
        if re.fullmatch("[A-Z]{2,6}", plain) and (id_ := self._initials.get(plain)):
            return id_
        words = plain.split()
        capitals = "".join(word[0] for word in words if word[0].isupper())
        if len(words) > 1 and len(capitals) > 1 and (id_ := self._initials.get(capitals)):
            return id_
        mine = {_key(word) for word in words}
        longer = {id_ for all_, id_ in self._heads.get(_head(words), ()) if mine <= all_}
        begins = len(words) == 1 and words[0].lower() in _SOURCES  # a sentence: Elders said
        if len(longer) == 1 and (begins or not words[-1][:1].isupper()):
            return longer.pop()
        if len(words) > 1 and all(_BEFORE_SURNAME.fullmatch(word) for word in words[:-1]):
            return self._by_name.get(_key(words[-1]), "")
        if len(words) > 1 and all(word[:1].isupper() for word in words[-2:]):
            return self._by_name.get(_key(" ".join(words[-2:])), "")
        return ""

    def of(self, said: list[Saying], sentence: str, position: int) -> Saying | None:
        """Return who says what is at a position; None if nobody is named or the outlet itself continues."""
        before = [one for one in said if one.end <= position and not _aside_is_over(one, sentence, position)]
        after = [one for one in said if one.start >= position]
        nearest = before[-1] if before else None
        next_ = after[0] if after and after[0].behind else None
        if next_ is not None and re.search(r"\bas $", sentence[: next_.start]):  # not 11 as the mayor claimed
            return next_ if nearest is None or "," not in sentence[position : next_.start] else nearest
        if nearest is not None and not nearest.behind and next_ is not None and next_.is_cited(sentence):
            return replace(next_, relayed_by=next_.relayed_by or nearest.who)
        if nearest is not None and not nearest.behind and next_ is not None:
            between = sentence[nearest.end : position]
            return (
                next_
                if re.search(r"[;\"“”]|,? (?:but|while|whereas)\b|, (?:with|as)\b|\), | -- ", between)
                else nearest
            )
        if nearest is not None and next_ is not None and re.search(r"[,;]", sentence[nearest.end : position]):
            return next_
        return next_ or nearest


_OTHER_SPEAKER = re.compile(
    rf".*;\s(?:but |and |while )?(?:the |an? |its |local )?(?:[\w’'-]+ )?(?:{'|'.join(sorted(_SOURCES))})\b",
    re.DOTALL,
)
"""A clause that begins with somebody else who can speak: "; the council disputes that and counts"."""


def another_speaks(between: str) -> bool:
    """True if words behind a saying begin a clause of somebody else.

    >>> another_speaks(" 4,000 trees; the council disputes that and counts "), another_speaks(" 12 died; it sank ")
    (True, False)
    """
    return _OTHER_SPEAKER.match(between) is not None


def _aside_is_over(one: Saying, sentence: str, position: int) -> bool:
    """True if the content ended before a position: "figures - which ministers say are reliable - showed 14".

    >>> text = "Their tent, which police said held 40, was one of 90."
    >>> [_aside_is_over(sayings(text)[0], text, text.index(number)) for number in ("40", "90")]
    [False, True]
    """
    between = sentence[one.end : position]
    if one.behind:
        return _BACKGROUND.match(between) is not None and '"' not in between
    opened = re.search(r"(\s[-–—]{1,2}\s|, |\()(?:which|who|that|whom)\s(?:[a-z]+ )?$", sentence[: one.start])
    if opened is None:
        return False
    close = {"(": ")", ",": ","}.get(opened[1].strip(), opened[1].strip())
    return close in between


def _head(words: list[str]) -> str:
    """Return the head noun of a phrase: "director" of "the director of the hospital"."""
    end = next((n for n, word in enumerate(words) if n and word in _PARTICLES), len(words))
    return _key(words[end - 1])


@cache
def _key(name: str) -> str:
    return " ".join(re.findall(r"[\w'’-]+", _FIRM.sub("", name).lower()))
