"""The templates' folder, and how exporters find it beside those of a user."""

from collections.abc import Sequence
from pathlib import Path

FOLDER = str(Path(__file__).parent)


def with_own(folders: Sequence[str]) -> list[str]:
    """Folders to look for templates in, with the package's own as the last: a user's come first."""
    return [*(folder for folder in folders if folder != FOLDER), FOLDER]
