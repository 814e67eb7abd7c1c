"""Files, pages and lines to reports."""
