"""The build hook: writes into the package what is built and not committed: the file of place names and the desk."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackageHook(BuildHookInterface):  # type: ignore[misc,type-arg]
    """Makes `data/gazetteer.sqlite` and `web/static` for wheels and editable installs, unless there and fresh."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node as a Python package, where the desk is to be built and there is no Node on PATH."""
        return list(self.load("desk").needed())

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before the files are collected."""
        for folder in ("gazetteer", "desk"):
            made = self.load(folder).build()
            self.app.display_info(f"{folder}: {'written' if made else 'fresh'}")

    def load(self, folder: str) -> ModuleType:
        """A folder's `build.py`."""
        path = Path(self.root) / folder / "build.py"
        spec = importlib.util.spec_from_file_location(f"accordingto_{folder}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
