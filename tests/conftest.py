"""What several test files share: the project's ledger, and a copy of it to break."""

from pathlib import Path

import pytest

from reported import Comparisons, Ledger
from tests.ledgers import DATA, Copy


@pytest.fixture(scope="session")
def ledger() -> Ledger:
    return Ledger(DATA)


@pytest.fixture(scope="session")
def asked(ledger: Ledger) -> Comparisons:
    return Comparisons(ledger)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "data")
