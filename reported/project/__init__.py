"""A project: a folder with data/, notebooks/ and reports/. Where its parts are, and how one is laid out."""

from reported.project.folder import Project, ProjectError, find

__all__ = ["Project", "ProjectError", "find"]
