"""A pretend Telegram: the Bot API, phones in the browser, and a clock that can be moved."""

from bot.sandbox.app import Sandbox, create_sandbox
from bot.sandbox.cast import Gathering, Persona
from bot.sandbox.clock import MovableClock

__all__ = ["Gathering", "MovableClock", "Persona", "Sandbox", "create_sandbox"]
