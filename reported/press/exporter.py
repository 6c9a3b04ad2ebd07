"""What both exporters share: where their templates are found, and how a notebook comes in.

A user's templates come first: in the working folder, and in the folders that `--TemplateExporter.extra_template_basedirs`
names.
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters import TemplateExporter
from traitlets import default, validate

_TEMPLATES = str(Path(__file__).parent / "templates")


class ReportExporter(TemplateExporter):
    """An nbconvert exporter with the package's templates beneath a user's."""

    @default("template_data_paths")
    def _template_data_paths(self) -> list[str]:
        return [_TEMPLATES]

    @default("extra_template_basedirs")
    def _basedirs(self) -> list[str]:
        return [str(Path.cwd()), _TEMPLATES]

    @validate("extra_template_basedirs")
    def _own_come_last(self, proposal: Any) -> list[str]:
        return [*(folder for folder in proposal["value"] if folder != _TEMPLATES), _TEMPLATES]

    def preprocessed(
        self, notebook: Any, resources: dict[str, Any] | None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The notebook after nbconvert's preprocessors. Where it has code but no outputs at all, the log says so."""
        notebook, resources = super(TemplateExporter, self).from_notebook_node(notebook, resources, **kw)
        code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
        if code and not any(cell.get("outputs") or cell.get("execution_count") for cell in code):
            name = resources.get("metadata", {}).get("name", "notebook")
            self.log.warning(
                "%s.ipynb has not been run: it has no outputs to show. Run it, or add --execute.", name
            )
        return notebook, resources
