"""Shared by both wings: finding a project, cells that no spreadsheet runs, invisible characters. Standard library only."""
