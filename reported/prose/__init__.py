"""Numbers in English prose: `find` in a text, `parse` a phrase. Needs nothing else of this package, and no network.

>>> [(phrase.qualifier, phrase.value, phrase.unit) for phrase in find("At least 38 people walked about 20 to 30 km.")]
[('at least', Decimal('38'), 'person'), ('about', Decimal('20'), 'kilometre')]
"""

from reported.prose.language import language
from reported.prose.number import KINDS, QUANTITIES
from reported.prose.qualifiers import CEILINGS, ENDS_SAID, FLOORS, NEAR, NUMBERED, WORD_ONLY
from reported.prose.reader import Phrase, PhraseError, find, parse
from reported.prose.vocabulary import meanings

#: Every spelling of a qualifier, to the qualifier.
QUALIFIERS: dict[str, str] = meanings("before", "after") | {word: word for word in (*NUMBERED, *WORD_ONLY)}

__all__ = [
    "CEILINGS",
    "ENDS_SAID",
    "FLOORS",
    "KINDS",
    "NEAR",
    "NUMBERED",
    "QUALIFIERS",
    "QUANTITIES",
    "WORD_ONLY",
    "Phrase",
    "PhraseError",
    "find",
    "language",
    "parse",
]
