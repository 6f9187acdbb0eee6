"""Neighbours who help each other: asks, offers, and how the one finds the other."""
