"""One small file per check, in a folder per area. Walks its own folders, so that adding a check edits no list."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType


def modules() -> Iterator[tuple[str, str, ModuleType]]:
    """Every check module with its area (the folder's name) and id (the module's name with dashes), in order."""
    for area in sorted(pkgutil.iter_modules(__path__), key=lambda item: item.name):
        if area.ispkg:
            package = importlib.import_module(f"{__name__}.{area.name}")
            for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda item: item.name):
                if not info.name.startswith("_"):
                    module = importlib.import_module(f"{package.__name__}.{info.name}")
                    yield area.name.replace("_", " "), info.name.replace("_", "-"), module
