"""A program that draws Vega and Vega-Lite charts by vl-convert, run by its path: a line of JSON asks, one answers.

It requests nothing and reads no file: a chart whose data are elsewhere is not drawn.
"""

import json
import sys
from typing import Any

import vl_convert


def drawn(request: dict[str, Any]) -> dict[str, str]:
    """The chart as SVG, or why there is none."""
    convert = vl_convert.vega_to_svg if request["kind"] == "vega" else vl_convert.vegalite_to_svg
    try:
        return {"svg": convert(request["spec"], allowed_base_urls=[])}
    except Exception as error:
        return {"error": str(error)[:500]}


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(drawn(json.loads(line))) + "\n")
        sys.stdout.flush()
