"""Covenants: the example, and reading one from a file."""

from bot.covenants.reading import CovenantError, Problem, load

__all__ = ["CovenantError", "Problem", "load"]
