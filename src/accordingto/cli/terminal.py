"""Text of reports and ledgers on its way to the terminal, which it may not command."""

from __future__ import annotations

import re

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    """A text with "�" for every control character but the ends of lines and tabs."""
    return CONTROLS.sub("�", text)
