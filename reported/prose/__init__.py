"""The numbers of English news prose, and the words around them."""

from reported.prose.phrase import NUMBERED, WORD_ONLY, Phrase, PhraseError, find, parse

__all__ = ["NUMBERED", "WORD_ONLY", "Phrase", "PhraseError", "find", "parse"]
