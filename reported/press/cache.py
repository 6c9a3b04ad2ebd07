"""Results kept by the content they were made from, each with its own checksum.

Not for deciding what the content is (inputs.py). An entry that was cut short, or touched by a failing
disk, is as good as absent. Standard library only.
"""

from pathlib import Path

from reported.press.inputs import checksum
from reported.press.place import write_whole


class Cache:
    """A folder of entries: `key` (hexadecimal) to bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """The bytes kept under the key, or None when there are none or they are damaged."""
        try:
            head, _, data = (self.folder / key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return data if head.decode("ascii", "replace") == checksum(data) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes; a reader sees all of them or none. OSError when the disk is full."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.folder / key, checksum(data).encode("ascii") + b"\n" + data)

    def keep_only(self, keys: set[str]) -> None:
        """Forget every other entry, so that the folder does not grow with each change."""
        for entry in self.folder.iterdir() if self.folder.is_dir() else []:
            if entry.name not in keys:
                entry.unlink(missing_ok=True)
