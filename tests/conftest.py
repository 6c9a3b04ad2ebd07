"""What several test files share: the project's ledger, and a copy of it to break."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from reported import Comparisons, Ledger
from tests.ledgers import DATA, Copy

# no test depends on a clock; a run that asks whether the tests notice a change has to be the same each time
settings.register_profile("reported", deadline=None)
settings.register_profile("mutants", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "reported"))


@pytest.fixture(scope="session")
def ledger() -> Ledger:
    return Ledger(DATA)


@pytest.fixture(scope="session")
def asked(ledger: Ledger) -> Comparisons:
    return Comparisons(ledger)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "data")
