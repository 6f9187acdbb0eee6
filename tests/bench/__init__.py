"""Benchmarks beside their peers; run with `make bench`."""
