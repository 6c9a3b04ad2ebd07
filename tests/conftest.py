"""What several test files share: the project's ledger, and a copy of it to break."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from reported import Ledger
from tests.ledgers import DATA, Copy

# no test depends on a clock; whether the tests notice a change has to come out the same each time, and each
# test has to do its own work then, or only the first to ask for the ledger would count as a test of it
MUTANTS = "TRYING_MUTANTS" in os.environ
settings.register_profile("reported", deadline=None)
settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("mutants" if MUTANTS else "reported")


@pytest.fixture(scope="function" if MUTANTS else "session")
def ledger() -> Ledger:
    return Ledger(DATA)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "data")
