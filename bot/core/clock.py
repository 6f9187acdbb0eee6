"""The one clock of a running bot; the sandbox has one that can be moved."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Gives the present moment, aware and in UTC."""
