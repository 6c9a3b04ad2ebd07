"""Several statements in one cell: a range in words, a whole and its parts, or rival statements.

Parts are checked against their whole. Rival statements are read as their hull. Whatever else holds several numbers
is in doubt, and the first is never taken alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import TYPE_CHECKING

from reported.columns.cell import DOUBT, READ, SEVERAL, Cell
from reported.prose import Phrase
from reported.prose.units import kind, standard
from reported.prose.vocabulary import meanings

if TYPE_CHECKING:
    from reported.intervals.bounds import Bounds

_RANGE = re.compile(r"""["'“”‘’\s]*(?:-|‐|‑|–|—|to|through|up to)["'“”‘’\s]*""", re.I)
_BETWEEN = re.compile(r"""["'“”‘’\s]*(?:and|&|-|–|to)["'“”‘’\s]*""", re.I)
_EITHER = re.compile(
    r"""["'“”‘’\s,]*(?:or|/|and/or|or even|if not|maybe|perhaps|possibly)["'“”‘’\s]*""", re.I
)
_LEADS = re.compile(
    r"""(?:\b(?:between|from|btw|betw|anywhere from|somewhere between)\b\.?)["'“”‘’\s]*$""", re.I
)
_OPENED, _CLOSED = re.compile(r"\s*[(\[]\s*"), re.compile(r"\s*[)\]]")
_BRACKET = re.compile(r"[^;,()]*\(([^)\d]+)\)")
_SUBSET = re.compile(
    r"\b(?:including|includes?|incl|of which|of whom|of them|among them|among whom|with)\b", re.I
)
TOTAL = re.compile(r"\b(?:total|totals|totalling|totaling|in all|altogether|overall|combined|sum)\b", re.I)
_SPEAKERS = re.compile(
    r"""\b(?:polic\w+|organi[sz]er\w*|official\w*|government\w*|govt|authorit\w+|opposition|union\w*|media|press|paper\w*
    |newspaper\w*|witness\w*|according|said|says?|claim\w*|estimate\w*|reports?|reported|reportedly|sources?|put|puts
    |activist\w*|army|military|ministry|minister|mayor|prefecture|municipality|council|ngos?|observer\w*|monitor\w*
    |agenc\w+|state\stv|tv|radio|reuters|afp|ap|bbc|hospital\w*|medic\w*|doctor\w*|rebel\w*|local\w*|low|high)\b""",
    re.I | re.X,
)


_FATES = meanings("fate", "fate noun")


def together(text: str, phrases: Sequence[Phrase], read: Sequence[Cell], unit: str = "") -> Cell:
    """Read two or more numbers of a cell together.

    `read` are the phrases, each read by itself. Where one alone is in the unit of the column and the others are
    explicitly in other units, that one is read.
    """
    named = [
        "" if _SPEAKERS.search(phrase.noun) else cell.unit or standard(phrase.noun)
        for cell, phrase in zip(read, phrases, strict=True)
    ]
    chosen = [cell for cell, own in zip(read, named, strict=True) if unit and own == unit]
    others = [cell for cell, own in zip(read, named, strict=True) if own not in ("", unit)]
    if unit and not chosen and all(kind(cell.unit) == "share" for cell in others) and kind(unit) != "share":
        chosen = [
            cell for cell, own in zip(read, named, strict=True) if not own
        ]  # 5 million (40% of the population)
    if len(chosen) == 1 and len(others) == len(read) - 1 and chosen[0].status == READ:
        passed = ", ".join(f'"{cell.reason}"' for cell in others)
        return Cell(SEVERAL, f"{passed} not in the unit {unit}", chosen[0].qualifier, chosen[0].bounds, unit)
    if open_ := next((cell for cell in read if cell.status != READ), None):
        return open_
    units = {cell.unit for cell in read} - {""}
    listed = ", ".join(f'"{cell.reason}"' for cell in read)
    if len(units) > 1:
        return Cell(DOUBT, f"{len(read)} numbers of unlike units: {listed}")
    one_unit = next(iter(units), "")
    bounds = [cell.bounds for cell in read if cell.bounds is not None]
    gaps = [_between(text, a, b) for a, b in pairwise(phrases)]
    found = (
        _again(text, phrases, bounds, gaps)
        or _range(text, phrases, bounds, gaps)
        or _parts(text, phrases, bounds, gaps)
        or _rivals(text, phrases, bounds, gaps)
    )
    if found is None:
        return Cell(DOUBT, f"{len(read)} numbers: {listed}; parts, rival statements, or of different things?")
    if isinstance(found, str):
        return Cell(DOUBT, found)
    joined, reason = found
    same = {cell.qualifier for cell in read if cell.bounds == joined}
    return Cell(SEVERAL, reason, same.pop() if len(same) == 1 else "between", joined, one_unit)


def _between(text: str, one: Phrase, other: Phrase) -> str:
    """Return the words between two numbers, without the unit of a measure: 45 sec to 1 min."""
    gap = text[one.end : other.start]
    return gap.lstrip().removeprefix(one.noun) if one.kind == "measure" else gap


def _again(
    text: str, phrases: Sequence[Phrase], bounds: Sequence[Bounds], gaps: Sequence[str]
) -> tuple[Bounds, str] | None:
    """Read one number given twice, or words and the numbers they stand for: ten (10); hundreds (300 to 400)."""
    if len(phrases) != 2:
        return None
    behind = text[phrases[1].end :].lstrip().removeprefix(phrases[1].noun)
    closed = _CLOSED.match(behind) or phrases[1].text.rstrip(".,;:").endswith(("]", ")"))
    if not closed or not _OPENED.fullmatch(gaps[0]):
        return None
    one, other = bounds
    unlike = kind(phrases[1].unit) in ("length", "measure", "time") and phrases[0].unit != phrases[1].unit
    unlike = unlike and bool(phrases[0].unit or phrases[0].doubt)
    if unlike and one.lower <= other.upper and other.lower <= one.upper:
        return one, f'"{phrases[0].text}" is "{phrases[1].text}"'  # 1.2 m (4 ft)
    finer = phrases[0].value is None and one.lower <= other.lower and other.upper <= one.upper
    return (other, f'"{phrases[0].text}" is "{phrases[1].text}"') if finer or one == other else None


def _range(
    text: str, phrases: Sequence[Phrase], bounds: Sequence[Bounds], gaps: Sequence[str]
) -> tuple[Bounds, str] | None:
    """Read a range: from "hundreds" to "thousands"; between 80 and "over 200"; 1,000 or 2,000; > 50 < 100."""
    if len(phrases) != 2:
        return None
    low, high = bounds
    lead, gap = text[: phrases[0].start], gaps[0]
    led = bool(_LEADS.search(lead)) or phrases[0].text.lower().startswith(("between", "from "))
    said = f'"{phrases[0].text}" to "{phrases[1].text}"'
    if _EITHER.fullmatch(gap):
        return low | high, f'"{phrases[0].text}" or "{phrases[1].text}"'
    if _RANGE.fullmatch(gap) or (led and _BETWEEN.fullmatch(gap)):
        from reported.intervals.bounds import Bounds

        return (Bounds(low.lower, high.upper), said) if low.lower <= high.upper else None
    if re.fullmatch(r"[\s,]*(?:and|but)?[\s,]*", gap) and low.upper > high.upper and low.lower > high.lower:
        both = low & high  # > 50 < 100
        return (both, said) if hasattr(both, "lower") else None
    return None


def _parts(
    text: str, phrases: Sequence[Phrase], bounds: Sequence[Bounds], gaps: Sequence[str]
) -> tuple[Bounds, str] | str | None:
    """Read a whole and its parts: 88 (23 in one, 65 in the other); 300, including 20 women."""
    first, rest = phrases[0], phrases[1:]
    tail = text[first.end :]
    if _SUBSET.search(gaps[0]) and "without" not in gaps[0]:
        above = [p.text for p, b in zip(rest, bounds[1:], strict=True) if b.lower > bounds[0].upper]
        if above:
            return f'"{above[0]}" is more than the whole, "{first.text}"'
        return bounds[0], f'"{first.text}" is the whole of {_named(rest)}'
    totals = [i for i, phrase in enumerate(phrases) if TOTAL.search(_around(text, phrases, i))]
    bracketed = "(" in gaps[0] and tail.rstrip(" .").endswith(")") and len(rest) > 1
    if len(totals) == 1 and len(phrases) > 2:
        whole = totals[0]
    elif bracketed or (len(rest) > 1 and re.match(r"\s*[:=]", gaps[0])):
        whole = 0
    else:
        return None
    if any(_SPEAKERS.search(gap) for gap in gaps[1:]):
        return None
    parts = [b for i, b in enumerate(bounds) if i != whole]
    total = sum(parts[1:], parts[0])
    of = _named([p for i, p in enumerate(phrases) if i != whole])
    if total.upper < bounds[whole].lower or total.lower > bounds[whole].upper:
        return f'{of} together are {total}, not "{phrases[whole].text}"'
    return bounds[whole], f'"{phrases[whole].text}" is the whole of {of}'


def _rivals(
    text: str, phrases: Sequence[Phrase], bounds: Sequence[Bounds], gaps: Sequence[str]
) -> tuple[Bounds, str] | None:
    """Read rival statements as their hull: organisers 3,000; police 830."""
    if any(re.fullmatch(r"\s*(?:and|plus|\+|&)\s*", gap, re.I) for gap in gaps):
        return None
    nouns = {phrase.noun.lower() for phrase in phrases if phrase.noun} - {""}
    if len({_FATES[noun] for noun in nouns & _FATES.keys()}) > 1:
        return None
    spoken = [i for i in range(len(phrases)) if _SPEAKERS.search(_around(text, phrases, i))]
    if len(spoken) < len(phrases) - 1 or not spoken:
        return None
    return reduce(or_, bounds), f"rival statements: {_named(phrases)}"


def _around(text: str, phrases: Sequence[Phrase], i: int) -> str:
    """Return the clause of a phrase: from the preceding phrase to the next, cut at the ends of clauses."""
    start = phrases[i - 1].end if i else 0
    end = phrases[i + 1].start if i + 1 < len(phrases) else len(text)
    if bracket := _BRACKET.match(text[phrases[i].end : end]):
        return bracket[1]  # 300 (police), 1000 (organisers)
    before = re.split(r"[;()\n]|,\s|\.\s|\bwhile\b|\bbut\b", text[start : phrases[i].start])[-1]
    behind = re.split(r"[;()\n]|,\s|\.\s|\bwhile\b|\bbut\b", text[phrases[i].end : end])[0]
    return f"{before} {behind}"


def _named(phrases: Sequence[Phrase]) -> str:
    return " and ".join(f'"{phrase.text}"' for phrase in phrases)
