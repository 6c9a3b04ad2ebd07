"""A type checker knows what an operation gives."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_mypy_knows_verdicts_results_bounds_and_tables():
    file = Path(__file__).with_name("typing_of_results.py")
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", str(file)]
    done = subprocess.run(command, cwd=file.parents[2], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
