"""Tests of reading, checking and printing covenants."""
