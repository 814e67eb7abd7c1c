"""Measuring accuracy and speed; one module a table."""
