"""The ledger that most tests of figures compute with."""

import pytest

from reported import Ledger
from tests.figures.ledgers import flood


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return flood(tmp_path_factory.mktemp("flood") / "data")
