"""The ledger: reported figures in CSV files, declared, read, checked and typed."""

from reported.ledger.dates import PartialDate, days_between
from reported.ledger.difference import Change, diff
from reported.ledger.faults import DataError, Fault
from reported.ledger.findings import findings
from reported.ledger.rows import Rows, check, load
from reported.ledger.rules import READINGS

__all__ = ["READINGS", "Change", "DataError", "Fault", "PartialDate", "Rows", "check", "days_between", "diff", "findings", "load"]  # fmt: skip
