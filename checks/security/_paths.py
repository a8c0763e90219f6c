"""Paths that tell what a file is not for: production, or requests."""

from __future__ import annotations

import re

from reviewer.model.facts.repository import FileRole, SourceFile

DEVELOPMENT = frozenset(
    "dev develop development local test tests testing spec specs ci example examples sample samples demo mock mocks"
    " fixture fixtures datafixtures seed seeds seeder seeders e2e bench benchmark benchmarks vagrant".split()
)
TOOLS = frozenset(
    "bin scripts script tools tasks cli commands management fabfile manage setup noxfile gulpfile".split()
)
PARTS = re.compile(r"[/._-]")
BUILD_FILE = re.compile(r"(?:^|/)[\w.-]{1,60}\.(?:config|conf|setup)\.[cm]?[jt]s$")
"""Settings of build and test tools: ``vite.config.ts``."""


def is_development(path: str) -> bool:
    """Whether a path says that a file is for development or tests alone."""
    return not DEVELOPMENT.isdisjoint(PARTS.split(path.lower()))


def is_build_file(path: str) -> bool:
    """Whether a file sets up a tool that builds or tests."""
    return BUILD_FILE.search(path) is not None


def is_tool(file: SourceFile) -> bool:
    """Whether a file is run by developers, not by requests: scripts, command lines, build files, hidden folders."""
    low = file.path.lower()
    hidden = low.startswith(".") or "/." in low
    return hidden or file.role is not FileRole.SERVER or not TOOLS.isdisjoint(PARTS.split(low))
