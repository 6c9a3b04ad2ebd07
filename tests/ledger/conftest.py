"""The project's ledger, and a copy of it to break."""

from pathlib import Path

import pytest

from reported.ledger import DataPackage, load
from tests.ledgers import DATA, Copy


@pytest.fixture(scope="session")
def package() -> DataPackage:
    return load(DATA)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "data")
