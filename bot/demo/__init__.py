"""The demo: a pretend Telegram and the bot together, on your own machine."""

from bot.demo.play import PortTaken, demo, working_moment

__all__ = ["PortTaken", "demo", "working_moment"]
