"""Circles: joining, the board, members, meetings, the group, and the evening's message."""
