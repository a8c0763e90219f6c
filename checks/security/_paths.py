"""Paths that tell what a file is not for: production, or requests."""

from __future__ import annotations

import re

from reviewer.model.facts.repository import FileRole, SourceFile

DEVELOPMENT = frozenset("dev develop development local test tests testing ci example examples sample demo".split())
TOOLS = frozenset(
    "bin scripts script tools tasks cli commands management fabfile manage setup noxfile gulpfile".split()
)
PARTS = re.compile(r"[/._-]")


def is_development(path: str) -> bool:
    """Whether a path says that a file is for development or tests alone."""
    return not DEVELOPMENT.isdisjoint(PARTS.split(path.lower()))


def is_tool(file: SourceFile) -> bool:
    """Whether a file is run by developers, not by requests: scripts, command lines, build files, hidden folders."""
    low = file.path.lower()
    hidden = low.startswith(".") or "/." in low
    return hidden or file.role is not FileRole.SERVER or not TOOLS.isdisjoint(PARTS.split(low))
