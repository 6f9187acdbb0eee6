"""Covenants: the example, and reading one from a file."""

from bot.covenants.reading import CovenantError, Problem, Reading, load, read

__all__ = ["CovenantError", "Problem", "Reading", "load", "read"]
