"""Attacks: what people try who mean no good, and what must come of it."""
