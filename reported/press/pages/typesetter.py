"""A program that sets documents by Typst, run by its path: a line of JSON asks, a line of JSON answers.

A process of its own: Typst ends its process where a document nests too deep for the stack, keeps what it has read in
memory (its answers say how much that is), and cannot be interrupted.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst

MOST_MEMORY = 4 << 30
_PAGE = 4096


def memory() -> int:
    """The memory that this process has, in bytes; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0


def answer(request: dict[str, Any]) -> dict[str, str]:
    """Set one document; what Typst says of it, nothing if it was set."""
    try:
        pdf, _ = typst.compile_with_warnings(
            request["main"],
            root=str(Path(request["main"]).parent),
            format="pdf",
            ignore_system_fonts=True,
            font_paths=request["fonts"],
            pdf_standards=request["standards"],
            timestamp=request["timestamp"],
        )
    except typst.TypstError as error:
        return {"message": str(error.message), "diagnostic": str(error.diagnostic)}
    Path(request["to"]).write_bytes(pdf)
    return {}


def main() -> None:
    """Answer until nobody asks."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # no such limit here
    for line in sys.stdin:
        answered = answer(json.loads(line))
        sys.stdout.write(json.dumps({"memory": memory(), **answered}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
