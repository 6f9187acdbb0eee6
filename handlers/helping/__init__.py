"""Helping: what is said and pressed while neighbours help each other."""
