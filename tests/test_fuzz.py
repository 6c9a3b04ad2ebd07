"""The first few hundred broken ledgers of `make fuzz`: each loads whole or is refused in words."""

import re
import subprocess
import sys

from tests.ledgers import DATA


def test_each_broken_ledger_loads_whole_or_is_refused_in_words():
    fuzz = subprocess.run(
        [sys.executable, "tests/fuzz.py", "--runs", "300", "--seed", "7"],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
    )
    assert fuzz.returncode == 0, fuzz.stdout + fuzz.stderr
    counts = re.search(r"300 broken ledgers, (\d+) loaded whole, (\d+) refused, 0 failed", fuzz.stdout)
    # both ways are really taken
    assert counts
    assert min(map(int, counts.groups())) > 30
