"""The build hook: writes the file of place names into the package before a wheel is made."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface):  # type: ignore[misc,type-arg]
    """Makes `data/gazetteer.sqlite` for wheels and editable installs, unless it is there and fresh."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before the files are collected."""
        path = Path(self.root) / "gazetteer/build.py"
        spec = importlib.util.spec_from_file_location("accordingto_gazetteer", path)
        assert spec is not None
        assert spec.loader is not None
        gazetteer = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(gazetteer)
        made = gazetteer.build()
        self.app.display_info(f"gazetteer: {'written' if made else 'fresh'}")
