"""The demo as people see it: the real command, played on its page."""
