"""The ledger: reported figures in CSV files, declared, read, checked and typed."""

from typing import TYPE_CHECKING, Any

from reported.ledger.dates import PartialDate, days_between
from reported.ledger.difference import Change, diff
from reported.ledger.files import DataError
from reported.ledger.package import DataPackage, check, load
from reported.ledger.records import READINGS

if TYPE_CHECKING:
    from reported.ledger.words import read_words as read_words

__all__ = ["READINGS", "Change", "DataError", "DataPackage", "PartialDate", "check", "days_between", "diff", "load", "read_words"]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "read_words":  # needs pandas, which loading a ledger does not
        from reported.ledger.words import read_words

        return read_words
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
