"""Incidents out: one module a format, each found through the exporters hook."""
