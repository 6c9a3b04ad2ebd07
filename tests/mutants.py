"""Do the tests notice a changed line? Mutation testing of the rooms on which every figure rests.

Drives mutmut (mutants are compiled in and switched on in forks of one warm process, so that a mutant costs the
few tests that reach it, not a start of pandas) over a copy of the project in .cache/mutants. Prints how many
mutants of each room were noticed, and the survivors; those that no test can notice stand in mutants.md with the
reason. Fails under MIN_KILLED, or when a survivor named there no longer survives or exists.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".cache" / "mutants"
EXPLAINED = Path(__file__).with_name("mutants.md")
MIN_KILLED = 0.90
TESTS = {
    "bounds": ("bounds", "bounds_extension"),
    "rounding": ("rounding",),
    "phrase": ("phrase",),
    "number": ("number", "phrase"),
    "reading": ("reading",),
    "comparison": ("comparison",),
}
"""Each room, and the tests that have to notice a change in it."""
AT_IMPORT = {
    *("bounds._operator", "bounds._column_operator", "bounds._column_order"),
    *("number.listed", "number._counted", "phrase._Phrasebook.__init__"),
}
"""What runs when a module is imported is over when mutmut switches a mutant on: these get a process each."""
KILLED = {"killed", "timeout", "segfault", "caught by type check"}

CONFIGURATION = """[tool.mutmut]
source_paths = ["reported"]
only_mutate = ["reported/{room}.py"]
also_copy = ["data", "reported", "notebooks"]
pytest_add_cli_args_test_selection = [{tests}]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "no:xdist", "-x"]
do_not_mutate_patterns = ["^ *(raise|yield|problems|assert) "]
"""


@dataclass(frozen=True)
class Mutant:
    """One changed line: its name, and the line before and after."""

    name: str
    before: str
    after: str

    @property
    def function(self) -> str:
        return function_of(self.name)

    @property
    def change(self) -> tuple[str, str, str]:
        return self.function, self.before, self.after


def prepare(room: str) -> None:
    """A copy of the project with a configuration of its own, and nothing of what mutmut found before."""
    folder = WORK / room
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("reported", "data", "tests", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    written = CONFIGURATION.format(room=room, tests=json.dumps(tests_of(room))[1:-1])
    (folder / "pyproject.toml").write_text(written, encoding="utf-8")


def tests_of(room: str) -> list[str]:
    return [f"tests/test_{name}.py" for name in TESTS[room]]


ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "ARTICLE"}
ENVIRONMENT |= {"TRYING_MUTANTS": "1", "NO_COLOR": "1"}  # see tests/conftest.py


def mutmut(room: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *words],
        cwd=WORK / room,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        said = [line for line in re.split(r"[\r\n]+", done.stdout) if not re.match(r"\S Gen|\S Run", line)]
        sys.exit(f"mutmut {' '.join(words[:3])} ended with {done.returncode}:\n" + "\n".join(said[-20:]))
    return done.stdout


def run(room: str, jobs: int, share: float) -> None:
    """Try a room's mutants, or a share of them that is the same each time."""
    prepare(room)
    children = ("--max-children", str(jobs))
    if share < 1:
        mutmut(room, "run", *children, "none")
        names = sorted(name for name in statuses(room) if Random(name).random() < share)
        mutmut(room, "run", *children, *names)
    else:
        mutmut(room, "run", *children)
    try_cold(room, jobs)


def statuses(room: str) -> dict[str, str]:
    """What became of each mutant, by name."""
    found = dict(re.findall(r"^ {4}(\S+): (.+)$", mutmut(room, "results", "--all", "true"), re.MULTILINE))
    cold = WORK / room / "cold.json"
    return found | (json.loads(cold.read_text()) if cold.exists() else {})


def try_cold(room: str, jobs: int) -> None:
    """Try the mutants of what runs at import, each in a process of its own."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests_of(room)]

    def tried(name: str) -> str:
        environment = ENVIRONMENT | {"MUTANT_UNDER_TEST": name}
        done = subprocess.run(command, cwd=WORK / room / "mutants", env=environment, capture_output=True)
        return "killed" if done.returncode else "survived"

    names = [n for n, s in statuses(room).items() if s not in KILLED and function_of(n) in AT_IMPORT]
    with ThreadPoolExecutor(jobs) as pool:
        found = dict(zip(names, pool.map(tried, names), strict=True))
    (WORK / room / "cold.json").write_text(json.dumps(found))


def function_of(name: str) -> str:
    """`reported.intervals.bounds.xǁBoundsǁwidth__mutmut_3` is of `bounds.Bounds.width`."""
    inner = name.split(".")[-1].rpartition("__mutmut_")[0]
    return f"{name.split('.')[1]}.{inner.removeprefix('xǁ').removeprefix('x_').replace('ǁ', '.')}"


def shown(room: str, name: str) -> Mutant:
    """A mutant with the line that it changes."""
    lines = mutmut(room, "show", name).splitlines()
    before = [line[1:].strip() for line in lines if line.startswith("-") and not line.startswith("---")]
    after = [line[1:].strip() for line in lines if line.startswith("+") and not line.startswith("+++")]
    return Mutant(name, " ".join(before), " ".join(after))


def explained() -> set[tuple[str, str, str]]:
    """The survivors of mutants.md, by function and change: `@@ function` and the lines that differ."""
    text = EXPLAINED.read_text(encoding="utf-8")
    return {(m[1], m[2], m[3]) for m in re.finditer(r"^@@ (\S+)\n- (.*)\n\+ (.*)$", text, re.MULTILINE)}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="mutants side by side")
    parser.add_argument("--rooms", nargs="*", default=list(TESTS), help="only these modules")
    parser.add_argument("--share", type=float, default=1.0, help="of all mutants, a fixed sample")
    parser.add_argument("--report", action="store_true", help="print what the last run found, run nothing")
    arguments = parser.parse_args()
    for room in arguments.rooms:
        if not arguments.report:
            run(room, arguments.jobs, arguments.share)
    return tell(arguments.rooms)


def tell(rooms: list[str]) -> int:
    """Print what was noticed and what was not; 1 where too much was not."""
    known = explained()
    every, noticed, unexplained, named = 0, 0, 0, 0
    stale = {change for change in known if change[0].split(".")[0] in rooms}
    for room in rooms:
        found = {n: s for n, s in statuses(room).items() if s not in ("not checked", "skipped")}
        survivors = [shown(room, name) for name, status in found.items() if status not in KILLED]
        for m in survivors:
            if m.change not in known:
                print(f"@@ {m.function}\n- {m.before}\n+ {m.after}")
        stale -= {m.change for m in survivors}
        unexplained += sum(m.change not in known for m in survivors)
        named += sum(m.change in known for m in survivors)
        every, noticed = every + len(found), noticed + len(found) - len(survivors)
        share = 1 - len(survivors) / max(len(found), 1)
        print(
            f"{room:12} {len(found):5,} mutants, {len(found) - len(survivors):5,} noticed, {share:.1%}",
            flush=True,
        )
    for function, before, after in sorted(stale):
        print(f"mutants.md: no longer survives or exists:\n@@ {function}\n- {before}\n+ {after}")
    print(
        f"{'all':12} {every:5,} mutants, {noticed:5,} noticed, {noticed / max(every, 1):.1%}; of the others "
        f"{named} are explained in tests/mutants.md and {unexplained} are not"
    )
    return int(noticed / max(every, 1) < MIN_KILLED or bool(stale))


if __name__ == "__main__":
    sys.exit(main())
