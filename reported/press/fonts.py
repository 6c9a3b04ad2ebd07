"""Fonts for a page that fetches nothing: only the glyphs it uses, as WOFF2 inside its style sheet.

Not for the PDF, where Typst embeds what it needs itself.
"""

import base64
import functools
import io
from collections.abc import Iterable
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "fonts"
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


def font_faces(characters: Iterable[str]) -> str:
    """CSS `@font-face` rules of all faces, cut down to the characters; the same bytes every time."""
    return _font_faces(frozenset(characters))


@functools.lru_cache(maxsize=4)
def _font_faces(characters: frozenset[str]) -> str:
    rules = []
    for name, (family, weight, style) in _FACES.items():
        data = base64.b64encode(_woff2(_FOLDER / f"{name}.ttf", characters)).decode()
        rules.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};'
            f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
        )
    return "\n".join(rules)


def _woff2(font: Path, characters: frozenset[str]) -> bytes:
    """A subset of a font. HarfBuzz cuts (1 ms); fontTools packs, without its slower transforms."""
    import uharfbuzz
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.woff2 import WOFF2FlavorData

    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).update(map(ord, characters))
    features = wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    features.update(int.from_bytes(feature.encode(), "big") for feature in _FEATURES)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    subset = uharfbuzz.subset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font))), wanted)
    packed = TTFont(io.BytesIO(subset.blob.data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    packed.flavor, packed.flavorData = "woff2", WOFF2FlavorData(transformedTables=[])
    result = io.BytesIO()
    packed.save(result)
    return result.getvalue()
