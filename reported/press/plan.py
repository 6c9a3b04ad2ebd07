"""What a report is to be made from, and whether the one in place still is.

Not for making it (report.py). Standard library only: with nothing to do, the answer comes in a blink.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reported.press import inputs, place

_EXPORTERS = {
    ".html": "reported.press.html:HTMLReportExporter",
    ".pdf": "reported.press.pdf:PDFReportExporter",
}


@dataclass(frozen=True)
class Plan:
    """What to make, from what. Paths may be relative to root."""

    root: Path
    notebooks: Sequence[Path | str]
    """In the order of the chapters."""
    reports: Path | str = "reports"
    """Where the outputs go."""
    cache: Path | str = ".cache"
    """Git-ignored; may be deleted at any time."""
    inputs: Sequence[Path | str] = ()
    """Paths and globs that every notebook depends on: package, data, requirements."""
    document: Mapping[str, Any] = field(default_factory=dict)
    """title, subtitle, authors, language, description."""
    preload: Sequence[str] = ()
    """Modules that kernels find already imported."""
    prepare: str | None = None
    """`module:function`, called with the staging folder; writes the outputs that are no pages."""
    outputs: Sequence[str] = ("report.html", "report.pdf", "figures.csv", "comparisons.csv")
    exporters: Mapping[str, str] = field(default_factory=lambda: dict(_EXPORTERS))
    """Suffix of a page to `module:class` of the nbconvert exporter that writes it."""
    requirements: Path | str | None = None
    """The pinned requirements: the versions really installed of these count as an input as well."""
    timeout: float = 120
    """Seconds for one cell."""
    jobs: int = field(default_factory=lambda: min(4, os.cpu_count() or 1))
    """Notebooks run side by side; more than four would take more memory than they save time."""
    force: bool = False
    """Make everything again, whatever is kept."""

    def at(self, path: Path | str) -> Path:
        """The path, absolute."""
        return self.root.absolute() / path

    @property
    def pages(self) -> list[str]:
        """The outputs that exporters write."""
        return [name for name in self.outputs if Path(name).suffix in self.exporters]

    @property
    def prepared(self) -> list[str]:
        """The other outputs, which `prepare` writes."""
        return [name for name in self.outputs if Path(name).suffix not in self.exporters]


@dataclass(frozen=True)
class Inputs:
    """All inputs of one plan as they were at one moment, and what depends on which of them."""

    notebooks: inputs.Snapshot
    shared: inputs.Snapshot
    facts: Mapping[str, Any]
    installed: Sequence[str]

    @classmethod
    def of(cls, plan: Plan) -> "Inputs":
        """The inputs as they are now. OSError if one cannot be read."""
        root = plan.root.absolute()
        return cls(
            notebooks=inputs.snapshot(root, [plan.at(path) for path in plan.notebooks]),
            shared=inputs.snapshot(root, inputs.files_among(root, plan.inputs)),
            facts={
                "document": dict(plan.document),
                "prepare": plan.prepare,
                "outputs": list(plan.outputs),
                "exporters": dict(plan.exporters),
            },
            installed=inputs.installed(plan.at(plan.requirements) if plan.requirements else None),
        )

    @property
    def public(self) -> str:
        """Named in the report: the same for everybody who has the same files and kind of machine."""
        order = list(self.notebooks.checksums.items())
        return inputs.digest([order, self.shared.checksums, self.facts, inputs.platform()])

    @property
    def everything(self) -> str:
        """What the report in place must have been made from to be current here."""
        return inputs.digest([self.public, self.installed])

    def key_of(self, kind: str, name: str) -> str:
        """What one kept result depends on: a notebook's also on the notebook, all on what is shared."""
        own = self.facts["prepare"] if kind == "prepared" else self.notebooks.checksums[name]
        return inputs.digest([kind, name, own, self.shared.checksums, inputs.platform(), self.installed])


def current(plan: Plan) -> bool:
    """Whether the outputs in place are whole and were made here from exactly these inputs."""
    try:
        made_from = json.loads((plan.at(plan.cache) / "made-from.json").read_bytes())["inputs"]
        whole = place.is_whole(plan.at(plan.reports), plan.outputs)
        return whole and bool(made_from == Inputs.of(plan).everything)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def note_made_from(plan: Plan, made_from: Inputs) -> None:
    """Remember, here only, what the outputs in place were made from: a fresh clone really renders."""
    note = json.dumps({"inputs": made_from.everything}).encode()
    place.write_whole(plan.at(plan.cache) / "made-from.json", note)
