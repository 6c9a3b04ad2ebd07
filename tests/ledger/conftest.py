"""The project's ledger as it is loaded."""

import pytest

from reported.ledger import Rows, load
from tests.ledgers import DATA


@pytest.fixture(scope="session")
def rows() -> Rows:
    return load(DATA)
