"""What somebody may do at the desk."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Read; read, add and judge; all that and keep the accounts."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"
