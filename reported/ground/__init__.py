"""What both wings stand on: where a project is, and cells that no spreadsheet runs. Standard library only."""
