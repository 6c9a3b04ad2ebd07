"""Scores and results: 3-1, 6-4, 42-to-12, five under par."""

from __future__ import annotations

import re
from decimal import Decimal

from reported.prose.lexicon import NOT_BEHIND_YEAR, ODDS, STOPS, TIME_UNITS, YEAR_HEDGES
from reported.prose.number import Number
from reported.prose.tokens import HYPHENS, Tokens
from reported.prose.vocabulary import listed

_SCORE = re.compile(r"(\d{1,3})(?:\s?[-–:]\s?|\sto\s)(\d{1,3})(?![\w.,/:–-]?\d|[\w%]|\s?[-–:]\s?\d)")
_CONTESTS = listed("set: contest")
_CRICKET = listed("set: cricket")
_PERFORMED = frozenset(
    ("went", "goes", "going", "shot", "shoots", "was", "were", "is", "are", "hit", "finished", "to", "at", "on", "reached",
     "took", "made", "and", "from", "combined", "just")
)  # fmt: skip
_SPORT_BEHIND = frozenset(("shooting", "passing", "overnight", "behind", "beyond", "declared"))
_STOOD = frozenset(
    ("is", "are", "was", "were", "went", "go", "goes", "now", "started", "finished", "been", "off")
)
_MOVED = frozenset(
    ("fell", "falls", "improved", "improves", "dropped", "drops", "moved", "slipped", "record")
)
_RECORD_BEHIND = frozenset(
    ("overall", "on", "at", "in", "against", "this", "since", "when", "away", "straight", "with", "and", "over", "after", "all")
)  # fmt: skip
_TEAM_WORDS = listed("set: sport")
_FATES = listed("fate")
_BEATEN = frozenset(
    ("beat", "beats", "beating", "defeat", "defeated", "defeating", "won", "win", "edged", "over")
)
_DAY_WORDS = frozenset(("yesterday", "today", "on"))


class Scores(Tokens):
    """Results of sport and odds."""

    def score(self, i: int) -> Number | None:
        """3-1, 2:2, 6-4; odds of 4/6."""
        if (
            self.token[i + 1] == "/"
            and self.is_numeral(i + 2)
            and not ODDS.isdisjoint(self.token[max(0, i - 14) : i + 8])
        ):
            return Number(i, i + 3, "score")
        return self.result(i)

    def told_score(self, i: int) -> Number | None:
        """A four-under-par 67; beat her 5 and 4; ran past them 42-to-12."""
        if self.column:
            return None
        k = i + 2
        if score := self.under_par(i) or self.headed_score(i) or self.attempts(i) or self.standing_record(i):
            return score
        if self.token[i + 1] in HYPHENS and self.token[k] == "all" and self.touches(k):
            return Number(i, k + 1, "score")  # 2-all
        if self.token[i + 1] in ("under", "over") and self.token[i - 1] in (
            "at",
            "finished",
            "is",
            "was",
            "reach",
            "reached",
        ):
            par = self.token[i + 2] == "par"
            if par or (not self.is_word(i + 2) and not self.is_numeral(i + 2) and self.token[i + 2] != "$"):
                return Number(i, i + 2 + par, "score")  # finished at 12 under
        if _CONTESTS.isdisjoint(self.token[max(0, i - 12) : i + 24]) or not self.token[i].isdigit():
            return None
        if self.matches(i + 1, "-", "to", "-") and self.is_numeral(i + 4) and int(self.token[i]) > 2:
            return Number(i, i + 5, "score")
        if self.matches(i + 1, "and") and self.token[k].isdigit() and len(self.token[k]) < 3:
            ends = not self.is_word(k + 1) or self.token[k + 1] in STOPS | _DAY_WORDS
            beaten = not _BEATEN.isdisjoint(self.token[max(0, i - 4) : i])
            return Number(i, k + 1, "score") if ends and beaten else None
        return None

    def attempts(self, i: int) -> Number | None:
        """Recognise attempts, and runs for wickets: went 5 for 17 from the field; slumped to 132 for 5."""
        if self.token[i + 1] != "for":
            return None
        pair = re.fullmatch(r"\d{1,3}", self.token[i]) and re.fullmatch(r"\d\d?", self.token[i + 2])
        if not pair or self.token[i - 1] not in _PERFORMED:
            return None
        behind = self.token[i + 3]
        ends = not self.is_word(i + 3) or behind in STOPS | _SPORT_BEHIND
        priced = behind in ("%", "$", "-", "per") or self.token[i - 2] in ("price", "sold", "tickets")
        return Number(i, i + 3, "score") if ends and not priced else None

    def standing_record(self, i: int) -> Number | None:
        """Games won and lost, and the figures of a bowler: are 0-7 on the road; fell to 3-9 overall; took 4-37."""
        k = i + 2
        if self.token[i + 1] not in HYPHENS | {"–"} or not (self.touches(i + 1) and self.touches(k)):
            return None
        pair = re.fullmatch(r"\d{1,3}", self.token[i]) and re.fullmatch(r"\d{1,3}", self.token[k])
        if not pair or (self.touches(k + 1) and self.sort[k + 1] != "p"):
            return None
        around = self.token[max(0, i - 24) : i + 24]
        before, ends = self.token[i - 1], not self.is_word(k + 1) or self.token[k + 1] in STOPS
        bowled = before in ("took", "takes", "claimed", "of") and not _CRICKET.isdisjoint(around) and ends
        played = before in _STOOD or (before == "to" and self.token[i - 2] in _MOVED)
        played = played or (before == "and" and self.previous == "score" and i - self.floor < 6)
        ends = self.token[k + 1] in _RECORD_BEHIND or not self.is_word(k + 1)
        aged = not {"aged", "age", "ages", "years", "months"}.isdisjoint(around)
        known = self.token[k + 1] in ("overall", "straight", "away") or not _TEAM_WORDS.isdisjoint(around)
        return Number(i, k + 1, "score") if bowled or (played and ends and known and not aged) else None

    def under_par(self, i: int) -> Number | None:
        """A 3-under 67, a four-under-par 67."""
        k = i + 2
        if self.token[i + 1] not in HYPHENS or self.token[k] != "under" or not self.touches(k):
            return None
        k += 1 + 2 * (self.token[k + 1] in HYPHENS and self.token[k + 2] == "par")
        return Number(i, k + self.is_numeral(k), "score")

    def headed_score(self, i: int) -> Number | None:
        """Lumo 7, Kato 6, at the head of a report or where somebody won."""
        second = i + 1 + (self.token[i + 1] == ",")
        if not self.capital(i - 1) or not re.fullmatch(r"\d{1,3}", self.token[i]) or not self.capital(second):
            return None
        last = second
        while (self.capital(last) or self.token[last] == ".") and last < second + 4:
            last += 1
        if not re.fullmatch(r"\d{1,3}", self.token[last]):
            return None
        if not _FATES.isdisjoint((self.token[i - 1], self.token[second])):
            return None  # Kills 2, Injures 18
        first = i - 1
        while first > 0 and (self.capital(first - 1) or self.token[first - 1] == "."):
            first -= 1
        told = not _CONTESTS.isdisjoint(self.token[max(0, i - 12) : i + 24])
        heads = (
            first == 0 or self.token[first - 1] in (")", "", ":") or self.previous in ("designation", "score")
        )
        ends = self.token[last + 1] in ("—", "-", "--", "(", "")
        return Number(i, last + 1, "score") if (heads or told) and ends else None

    def result(self, i: int) -> Number | None:
        """3-1, 2:2, 6-4; but "10-15 boats" is a range, and so is "won 10-15 seats"."""
        match = _SCORE.match(self.shown, self.at[i])
        if (
            not match
            or (" to " in match[0] and self.token[i - 1] == "from")
            or self.column
            or (self.at[i] - self.to[i - 1] == 0 and self.token[i - 1] not in ("(", '"', "'"))
        ):
            return None
        ours, theirs = int(match[1]), int(match[2])
        last = self.token_at(match.end(), i + 1)
        behind = self.token[last]
        if (
            "." in match[0]
            or behind in NOT_BEHIND_YEAR
            or behind in TIME_UNITS
            or (behind in HYPHENS and self.touches(last))
        ):
            return None
        if self.token[i - 1] in YEAR_HEDGES and min(ours, theirs) > 20:
            return None  # lost about 350-450
        told = not _CONTESTS.isdisjoint(self.token[max(0, i - 6) : i] + self.token[last : last + 2])
        named = self.is_word(last) and behind not in STOPS and behind not in _CONTESTS
        spaced = " " in match[0]
        if ":" in match[0] and theirs == 1 and "ratio" in self.token[max(0, i - 4) : last + 2]:
            return Number(i, last, "multiple", Decimal(ours))
        odds = ours > theirs and not ODDS.isdisjoint(self.token[max(0, i - 4) : i])
        if self.token[i - 1] == "(" and self.token[last] == ")" and self.capital(i - 2) and not spaced:
            return Number(i, last, "score")  # Lumo (2-12), a team's record
        set_by_set = self.previous == "score" and i - self.floor <= 1 and not spaced  # 6-3 3-6 6-2
        k = last + (self.token[last] == ",")
        if not spaced and self.is_numeral(k) and (more := _SCORE.match(self.shown, self.at[k])):
            set_by_set = set_by_set or (max(ours, theirs) < 8 and int(more[1]) < 8 and " " not in more[0])
        if (ours < theirs or spaced) and (not told or named) and not odds and not set_by_set:
            return None
        if ":" in match[0] and len(match[2]) == 2 and not told:
            return None  # a time of day
        while (  # 6-4, 7-5
            last + 1 < self.count
            and self.token[last] == ","
            and (more := _SCORE.match(self.shown, self.at[last + 1]))
        ):
            last = self.token_at(more.end(), last + 2)
        return Number(i, last, "score")
