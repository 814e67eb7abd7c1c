"""The build hook: writes the file of place names into the package before a wheel is made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface):  # type: ignore[misc,type-arg]
    """Makes `data/gazetteer.sqlite` for wheels and editable installs, unless it is there and fresh."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before the files are collected."""
        sys.path.insert(0, str(Path(self.root) / "gazetteer"))
        import build as gazetteer

        made = gazetteer.build()
        self.app.display_info(f"gazetteer: {'written' if made else 'fresh'}")
