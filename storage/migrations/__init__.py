"""Migrations: one chain, each on the real tables in one transaction."""
