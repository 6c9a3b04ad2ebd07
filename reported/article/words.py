"""Number expressions as an audit and a draft use them: those of a paragraph, and the words to keep of one."""

from __future__ import annotations

import re
from decimal import Decimal

from reported.article.text import furniture
from reported.prose import Phrase, PhraseError, find, parse

MAX_WORDS = 6  # of an article, in one row
_STARTS_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r]")


def found_in(paragraph: str) -> list[Phrase]:
    """The number expressions of a paragraph, without those of a page's furniture."""
    around = furniture(paragraph)
    return [p for p in find(paragraph) if not any(a <= p.start and p.end <= b for a, b in around)]


def reading(found: Phrase) -> tuple[str, Decimal | None, Decimal | None]:
    """What a number expression says: qualifier, number, second number."""
    return found.qualifier, found.value, found.value_to


def says(found: Phrase, stated: tuple[str, Decimal | None, Decimal | None]) -> bool:
    """Whether a number expression says, or where it leaves that open may say, what a row states."""
    return stated in found.readings if found.doubt else stated == reading(found)


def words_of(found: Phrase, paragraph: str) -> str:
    """The expression with its noun, if they are few words and say the same by themselves."""
    end = found.end
    if found.noun and found.is_quantity:
        place = paragraph.find(found.noun, found.number_end)
        end = place + len(found.noun) if 0 <= place <= found.number_end + 16 else end
    longer = paragraph[found.start : max(end, found.end)]
    return longer if len(longer.split()) <= MAX_WORDS and _says_the_same(longer, found) else found.text


def _says_the_same(words: str, found: Phrase) -> bool:
    try:
        return reading(parse(words)) == reading(found)
    except PhraseError:
        return bool(found.doubt)


def decimal_of(cell: str) -> Decimal | None:
    """A cell's number, None where it holds none."""
    return Decimal(cell) if re.fullmatch(r"-?\d+(?:\.\d+)?", cell) else None


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what would start one."""
    return f"'{cell}" if _STARTS_FORMULA.match(cell) and decimal_of(cell) is None else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that `guarded` puts before what would start a formula."""
    return cell[1:] if cell.startswith("'") and _STARTS_FORMULA.match(cell[1:]) else cell
