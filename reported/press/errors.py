"""Errors of making a report, worded for the reader of the message."""


class PressError(Exception):
    """The report cannot be made: one message that says where, what was found and what to do."""


class CellError(PressError):
    """A cell cannot be run or shown. Names the notebook and the cell, counted from 1 (0: no single cell)."""

    def __init__(self, notebook: str, cell_number: int, message: str) -> None:
        where = f"{notebook}, cell {cell_number}" if cell_number else notebook
        super().__init__(f"{where}: {message}")
        self.notebook, self.cell_number, self.message = notebook, cell_number, message

    def __reduce__(self) -> tuple[type["CellError"], tuple[str, int, str]]:
        return CellError, (self.notebook, self.cell_number, self.message)
