"""Conversations as plain text, replayed end to end through real handlers and real storage."""
