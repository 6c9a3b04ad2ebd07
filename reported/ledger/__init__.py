"""The ledger: reported figures in CSV files, declared, read, checked and typed."""

from reported.ledger.dates import PartialDate, days_between
from reported.ledger.files import DataError, Table
from reported.ledger.package import DataPackage, check, load
from reported.ledger.readings import Reading
from reported.ledger.records import (
    READINGS,
    Claimant,
    FigureRecord,
    Party,
    Quantity,
    Reaction,
    Relation,
    Rule,
    SetAside,
    Source,
)

__all__ = [
    "READINGS",
    "Claimant",
    "DataError",
    "DataPackage",
    "FigureRecord",
    "PartialDate",
    "Party",
    "Quantity",
    "Reaction",
    "Reading",
    "Relation",
    "Rule",
    "SetAside",
    "Source",
    "Table",
    "check",
    "days_between",
    "load",
]
