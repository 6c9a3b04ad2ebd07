"""Some of the broken ledgers of `make fuzz`: each loads whole or is refused in words."""

import re
import subprocess
import sys

import pytest

from tests.ledgers import DATA


@pytest.mark.parametrize("runs", [80, pytest.param(1000, marks=pytest.mark.slow)])
def test_each_broken_ledger_loads_whole_or_is_refused_in_words(runs):
    fuzz = subprocess.run(
        [sys.executable, "tests/fuzz.py", "--runs", str(runs), "--seed", "7", "--jobs", "1"],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
    )
    assert fuzz.returncode == 0, fuzz.stdout + fuzz.stderr
    counts = re.search(rf"{runs:,} broken ledgers, (\d+) loaded whole, (\d+) refused, 0 failed", fuzz.stdout)
    # both ways are really taken
    assert counts
    assert min(map(int, counts.groups())) > runs // 10
