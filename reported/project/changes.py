"""Changes between two states of a project: rows of the ledger, and published answers with the reason.

The rows are compared by `reported.ledger.diff`. Answers are those that reports/comparisons.csv publishes on both
sides: nothing is computed again here, so a report that is older than its ledger is named as such.
"""

from __future__ import annotations

import csv
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from reported.ground.formulas import guarded
from reported.ground.place import DESCRIPTOR
from reported.ledger import Change, Rows, load
from reported.ledger import diff as ledger_diff
from reported.ledger.rules import READING_LABELS
from reported.project.folder import ProjectError

ANSWERS = Path("reports") / "comparisons.csv"
_COMPARED = (*READING_LABELS.values(), "unit", "firm")
_KINDS = ("added", "revised", "removed")


@dataclass(frozen=True)
class AnswerChange:
    """A published answer that was added, removed or changed, and why."""

    id: str
    kind: str
    column: str
    old: str
    new: str
    question: str
    reason: str
    table: str = "answers"

    def __str__(self) -> str:
        what = f'"{self.question}" {self.kind}'
        if self.kind == "revised":
            what += f', {self.column} from "{self.old}" to "{self.new}"'
        elif self.new or self.old:
            what += f', "{self.new or self.old}"'
        return f"answers: {what}" + (f" ({self.reason})" if self.reason else "")


@dataclass(frozen=True)
class Changes:
    """Changes in the order of reading, and notes about them."""

    rows: Sequence[Change | AnswerChange]
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        figures = [row for row in self.rows if row.table == "figures"]
        counts = [f"{len({row.id for row in figures if row.kind == kind})} {kind}" for kind in _KINDS]
        answers = len({row.id for row in self.rows if row.table == "answers"})
        summary = f"figures: {', '.join(counts)}; answers: {answers} changed"
        return "\n".join([*map(str, self.rows), *(f"note: {note}" for note in self.notes), summary]) + "\n"

    @property
    def csv(self) -> str:
        """The same as CSV: one row for each cell that changed."""
        columns = [field.name for field in fields(Change)]
        out = io.StringIO()
        writer = csv.DictWriter(out, [*columns, "question", "reason"], restval="", lineterminator="\n")
        writer.writeheader()
        for row in self.rows:
            writer.writerow({field.name: guarded(getattr(row, field.name)) for field in fields(row)})
        return out.getvalue()


@dataclass(frozen=True)
class _State:
    """One side: its ledger, its published answers by id (None: no report), and whether those are outdated."""

    ledger: Rows
    answers: Mapping[str, Mapping[str, str]] | None
    outdated: bool = False


def changes(old: str, new: str) -> Changes:
    """Compare `old` with `new`: each a project's folder, its data folder, or a git revision.

    A revision is one of the repository that the other side, or else the working directory, is in.

    Raises ProjectError for what is neither, and DataError for a ledger that does not load.
    """
    beside = next((Path(side) for side in (new, old) if Path(side).is_dir()), Path.cwd())
    one, other = _state(old, beside), _state(new, beside)
    rows = ledger_diff(one.ledger, other.ledger)
    notes = []
    if one.answers is None or other.answers is None:
        notes.append(
            f"{old if one.answers is None else new} has no {ANSWERS}; make its report to compare answers"
        )
    notes += [
        f"{name}: {ANSWERS} is older than the ledger; make the report to see which answers change"
        for name, state in ((old, one), (new, other))
        if state.outdated
    ]
    return Changes([*rows, *_answers(one, other, rows)], notes)


def _state(name: str, beside: Path) -> _State:
    folder = Path(name)
    if not folder.is_dir():
        return _of_revision(name, beside)
    data = folder if (folder / DESCRIPTOR).is_file() else folder / "data"
    if not (data / DESCRIPTOR).is_file():
        raise ProjectError(f"{name}: no {DESCRIPTOR} in it or in its data/, so it holds no ledger")
    published = data.resolve().parent / ANSWERS
    if not published.is_file():
        return _State(load(data), None)
    written = published.stat().st_mtime
    outdated = any(path.stat().st_mtime > written for path in data.glob("*.csv"))
    return _State(load(data), _by_id(published.read_text(encoding="utf-8")), outdated)


def _of_revision(revision: str, beside: Path) -> _State:
    folder = beside.resolve()
    if (folder / DESCRIPTOR).is_file():
        folder = folder.parent
    if _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
        raise ProjectError(f"{revision}: neither a folder nor a revision that git knows in {folder.name}")
    archive = _git(folder, "archive", revision, "data")
    if archive is None:
        raise ProjectError(f"{revision}: {folder.name} has no data/ at this revision")
    with tempfile.TemporaryDirectory() as temporary:
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(temporary, filter="data")
        ledger = load(Path(temporary) / "data")
    published = _git(folder, "show", f"{revision}:./{ANSWERS.as_posix()}")
    return _State(ledger, None if published is None else _by_id(published.decode("utf-8")))


def _git(folder: Path, *words: str) -> bytes | None:
    """Return what git prints, or None if it fails."""
    try:
        made = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)
    except FileNotFoundError:
        raise ProjectError(
            f"{words[-1]}: not a folder, and git is not installed to look for a revision"
        ) from None
    return made.stdout if made.returncode == 0 else None


def _by_id(text: str) -> dict[str, Mapping[str, str]]:
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text)) if row.get("id")}


def _answers(one: _State, other: _State, rows: Sequence[Change]) -> Iterator[AnswerChange]:
    if one.answers is None or other.answers is None:
        return
    for id_ in dict.fromkeys([*one.answers, *other.answers]):
        before, after = one.answers.get(id_), other.answers.get(id_)
        if before is None or after is None:
            row = before or after or {}
            kind, answer = ("removed" if before else "added"), row.get("typical", "")
            cells = (answer, "") if before else ("", answer)
            yield AnswerChange(id_, kind, "", *cells, row.get("question", ""), "")
            continue
        for column in _COMPARED:
            old, new = before.get(column, ""), after.get(column, "")
            if old != new:
                reason = _reason(before, after, other.ledger, rows)
                yield AnswerChange(id_, "revised", column, old, new, after.get("question", ""), reason)


def _reason(before: Mapping[str, str], after: Mapping[str, str], ledger: Rows, rows: Sequence[Change]) -> str:
    """Return why an answer changed: its figures, what they are of, the readings, or the computation."""
    figures = [*before.get("figures", "").split(), *after.get("figures", "").split()]
    quantities = {ledger.figures[id_].quantity.id for id_ in figures if id_ in ledger.figures}
    concerned = {"figures": set(figures), "quantities": quantities}
    found = {f"{row.id} {row.kind}": None for row in rows if row.id in concerned.get(row.table, ())}
    if before.get("computed") != after.get("computed"):
        found[f"now computed as {after.get('computed', '')}"] = None
    others = {row.table: None for row in rows if row.table in ("readings", "relations")}
    return ", ".join(found or {f"{table}.csv changed": None for table in others})
