"""The fonts: for a page, only the glyphs it uses, inside its style sheet; for print, which characters can be drawn.

Plain TrueType: packing as WOFF2 would take the page from about 280 kB to 200 kB, and its making from 10 ms to a second.
"""

import atexit
import base64
import contextlib
import functools
import importlib.util
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from pathlib import Path

from reported.press.pages import scripts

FOLDER = Path(__file__).parents[2] / "fonts"
_FACES = {
    "SourceSerif4-Regular": ("Source Serif 4", 400, "normal"),
    "SourceSerif4-It": ("Source Serif 4", 400, "italic"),
    "SourceSerif4-Semibold": ("Source Serif 4", 600, "normal"),
    "SourceSans3-Regular": ("Source Sans 3", 400, "normal"),
    "SourceSans3-It": ("Source Sans 3", 400, "italic"),
    "SourceSans3-Semibold": ("Source Sans 3", 600, "normal"),
}
# Kerning, ligatures, marks, local forms, lining and tabular figures; other features bring glyphs unasked.
_FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum")

_ASCII = frozenset(map(chr, range(0x20, 0x7F)))  # which every font draws
_PLAIN = re.compile(r"[\n\t\x20-\x7e]+")


def _others(text: str) -> frozenset[str]:
    """The characters of a text but ASCII's, found in a tenth of the time that a set of all takes."""
    return frozenset(_PLAIN.sub("", text))


def font_faces(text: str) -> str:
    """CSS `@font-face` rules of all faces, cut down to ASCII and a text's characters; the same bytes every time."""
    return _font_faces(_ASCII | _others(text))


@functools.lru_cache(maxsize=16)
def _font_faces(wanted: frozenset[str]) -> str:
    rules = []
    for name, (family, weight, style) in _FACES.items():
        data = base64.b64encode(_subset(FOLDER / f"{name}.ttf", wanted)).decode()
        rules.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};'
            f'src:url(data:font/ttf;base64,{data}) format("truetype")}}'
        )
    return "\n".join(rules)


def _subset(font: Path, characters: frozenset[str]) -> bytes:
    """A font with only these characters, and what kerning and figures need of it."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).update(map(ord, characters))
    features = wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    features.update(int.from_bytes(feature.encode(), "big") for feature in _FEATURES)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font)))
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


def fallback_files() -> list[Path]:
    """DejaVu, which ships inside matplotlib: for what the text faces lack, and for code."""
    package = importlib.util.find_spec("matplotlib")
    folders = (package.submodule_search_locations if package else None) or ()
    return sorted(
        file for folder in folders for file in Path(folder, "mpl-data", "fonts", "ttf").glob("DejaVuS*.ttf")
    )


_added: ContextVar[tuple[Path, ...]] = ContextVar("added", default=())


@contextlib.contextmanager
def added(files: Iterable[Path]) -> Iterator[None]:
    """Within the block, these fonts draw too."""
    token = _added.set(tuple(files))
    try:
        yield
    finally:
        _added.reset(token)


def added_files() -> tuple[Path, ...]:
    """The fonts that draw besides the press's own."""
    return _added.get()


_folders: dict[tuple[int, tuple[Path, ...]], Path] = {}


def folder_of_others() -> Path:
    """A folder with DejaVu (never matplotlib's LastResort, which draws boxes for everything) and what was added.

    One for each such set of fonts, until the process ends: Typst searches folders, and searches each once.
    """
    files = (*fallback_files(), *added_files())
    folder = _folders.get((os.getpid(), files))
    if folder is None or not folder.is_dir():
        folder = Path(tempfile.mkdtemp(prefix="reported-fonts-"))
        for number, file in enumerate(files):
            name = f"{number:02d}-{file.name}"
            try:
                (folder / name).symlink_to(file.absolute())
            except OSError:  # not allowed to everybody on Windows
                (folder / name).write_bytes(file.read_bytes())
        _folders[os.getpid(), files] = folder
    return folder


@atexit.register
def _remove_folders() -> None:
    for (process, _), folder in _folders.items():
        if process == os.getpid():
            shutil.rmtree(folder, ignore_errors=True)


def undrawn(text: str) -> set[str]:
    """The characters of a text that none of the press's own fonts draws."""
    return set(_others(text) - _drawn(False, ()))


def printable(text: str, strictly: bool = False) -> str:
    """The text with characters that no font at hand can draw written out, as ⟨U+1F600⟩.

    PDF/UA forbids the empty boxes that would stand for them. `strictly`: by DejaVu Sans alone, and what was added, so
    that no cluster of characters needs two fonts.
    """
    drawn = _drawn(strictly, _added.get())
    if drawn.issuperset(_others(text)):
        return text
    return "".join(sign if sign in drawn else f"⟨U+{ord(sign):04X}⟩" for sign in text)


@functools.cache
def _drawn(strictly: bool, more: tuple[Path, ...]) -> frozenset[str]:
    sans = [file for file in fallback_files() if file.stem == "DejaVuSans"]
    files = [*(sans if strictly else [*sans, *(FOLDER / f"{name}.ttf" for name in _FACES)]), *more]
    # what joins letters is drawn by none; nor are line ends, and the sign between a function and its argument
    return frozenset("\n\t\u2061\u200c\u200d").union(*map(scripts.characters_of, files))
