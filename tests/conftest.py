"""What several test files share: the project's ledger, and a copy of it to break."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from reported import Ledger
from reported.press.read.notebook import import_nbformat
from tests.ledgers import DATA, Copy

import_nbformat()  # before any test does, in a fifth of the time
settings.register_profile("reported", deadline=None)  # no test depends on a clock
settings.register_profile("deep", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "reported"))


@pytest.fixture(scope="session")
def ledger() -> Ledger:
    return Ledger(DATA)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "data")
