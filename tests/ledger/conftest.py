"""The project's ledger as it is loaded."""

import pytest

from reported.ledger import DataPackage, load
from tests.ledgers import DATA


@pytest.fixture(scope="session")
def package() -> DataPackage:
    return load(DATA)
