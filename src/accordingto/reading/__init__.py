"""A report in, a record out."""
