"""Shared by both wings: finding a project, and cells that no spreadsheet runs. Standard library only."""
