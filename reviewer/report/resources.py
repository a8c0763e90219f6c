"""Where the templates lie: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

PACKAGE = "reviewer"
FOLDER = "templates"


def template(name: str) -> str:
    """The text of a template.

    Raises:
        FileNotFoundError: no such template.
    """
    return (_folder() / name).read_text(encoding="utf-8")


def _folder() -> Traversable:
    package = resources.files(PACKAGE)
    inside = package / FOLDER
    return inside if inside.is_dir() else package / ".." / FOLDER
