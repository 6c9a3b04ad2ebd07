"""An nbconvert exporter: a notebook as one offline, accessible HTML page.

Not for what the page holds and looks like: that is page.py and its templates.
"""

from typing import Any

from nbconvert.exporters import Exporter
from traitlets import default

from reported.press import page


class HTMLReportExporter(Exporter):
    """`jupyter nbconvert --to reported-html x.ipynb`."""

    export_from_notebook = "Reported page"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page, as text. Raises PressError, which names the notebook and the cell."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return page.render(notebook, resources), resources
