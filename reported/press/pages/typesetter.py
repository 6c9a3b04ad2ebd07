"""A program that sets documents by Typst, run by its path: a line of JSON asks, a line of JSON answers.

A process of its own: Typst ends its process where a document nests too deep for the stack, keeps what it has read in
memory, and cannot be interrupted.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst

MOST_MEMORY = 4 << 30


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
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
