"""A program that sets documents by Typst, run by its path: a line of JSON asks, a line of JSON answers.

A process of its own: Typst ends its process where a document nests too deep for the stack, keeps what it has read in
memory (its answers say how much that is), and cannot be interrupted.
"""

import functools
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


@functools.lru_cache(maxsize=4)
def fonts_of(paths: tuple[str, ...]) -> typst.Fonts:
    """Fonts of these files and folders and of no others, searched for once: that takes as long as a short document."""
    return typst.Fonts(include_system_fonts=False, font_paths=list(paths))


def answer(request: dict[str, Any]) -> dict[str, str]:
    """Set one document; what Typst says of it, nothing if it was set."""
    try:
        compiler = typst.Compiler(
            request["main"],
            root=str(Path(request["main"]).parent),
            font_paths=fonts_of(tuple(request["fonts"])),
        )
        pdf, _ = compiler.compile_with_warnings(
            format="pdf",
            pdf_standards=request["standards"],
            timestamp=request["timestamp"],
        )
    except typst.TypstError as error:
        return {"message": str(error.message), "diagnostic": str(error.diagnostic)}
    assert isinstance(pdf, bytes)
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
