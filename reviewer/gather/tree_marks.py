"""What the names in a tree say of its folders: dependencies, build output, editors' own, whole platforms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from reviewer.gather._platforms import PLATFORMS, PLUGIN_FOLDERS, PLUGIN_README, Platform
from reviewer.gather._vendored import (
    CHILDREN_OF_BUILD,
    COLLECTED,
    COMPANIONS,
    DEPENDENCY_FOLDERS,
    DEPENDENCY_PATHS,
    GENERATED_FOLDER_MARKS,
    OWN_BUILD_CHILDREN,
    OWN_VENDOR_CHILDREN,
    SERVER_MARK,
    TOOL_FOLDERS,
    VENDOR_CHILDREN,
    VIRTUALENV_MARK,
)
from reviewer.model.facts.repository import Standing

DEPTH_LIMIT = 40
"""Folders of a path that are looked at; deeper ones share the standing of those above."""

NOTHING: frozenset[str] = frozenset()
INSTALLER = "composer.json"
"""The manifest of what fetches the plugins that a plugin needs, below its own folder."""


RELEASED = re.compile(
    r"[a-z][a-z_+.]{2,40}-v?\d{1,3}(?:\.\d{1,5}){1,4}(?:[-.](?:rc|beta|alpha|final|release|stable|min|full)\w{0,10})?"
    r"|[a-z]\w{2,40}\.js"
)
"""How the folder of a library is called that was unpacked with its version, or bears the name of its package."""
UNPACKED = re.compile(r"[a-z][\w.-]{1,80}\.\d{1,5}(?:\.\d{1,5}){1,3}(?:-[\w.]{1,30})?")
"""How NuGet calls the folders of packages that it keeps beside a solution."""
LIBRARY_PAPERS = frozenset(
    "license license.txt license.md copying changelog changelog.md changelog.txt changes.md bower.json".split()
)
OF_AN_EXERCISE = re.compile(
    r"(?:lessons?|tasks?|chapters?|ex\w*|labs?|hw|homework|weeks?|days?|parts?|steps?|modules?|ver|versions?|releases?|"
    r"projects?|calc|demo|node|vanilla|app|api|server|client)[-_. ]?",
    re.IGNORECASE,
)
"""Numbered folders of somebody who learns, and names that say nothing of a library."""


class TreeMarks:
    """Everything about folders that takes the names of a whole tree to know."""

    def __init__(self, paths: Iterable[str] = ()) -> None:
        """Args: paths: every path of the tree, with forward slashes."""
        self._children: dict[str, set[str]] = defaultdict(set)
        for path in paths:
            parts = path.casefold().split("/", DEPTH_LIMIT)
            for depth, name in enumerate(parts):
                self._children["/".join(parts[:depth])].add(name)
        self._folders: dict[str, tuple[Standing, str] | None] = {"": None}
        self._platforms = list(_platforms(self._children))

    @property
    def platforms(self) -> tuple[tuple[str, str], ...]:
        """Platforms that are committed whole: their folder (empty for the root) and their name."""
        return tuple((root, platform.name) for root, platform in self._platforms)

    def names_in(self, folder: str) -> frozenset[str] | set[str]:
        """The casefolded names of what lies in a folder."""
        return self._children.get(folder.casefold(), NOTHING)

    def standing(self, path: str) -> tuple[Standing, str] | None:
        """Why a path is nobody's own work for the folder it lies in, and that folder; None where it may be own."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._folders[folder] = self._of_folder(folder)
        return self._folders[folder] or self._of_platform(path) or self._of_library(folder, path)

    def _of_folder(self, folder: str) -> tuple[Standing, str] | None:
        parts = folder.split("/", DEPTH_LIMIT)[:DEPTH_LIMIT]
        for depth, name in enumerate(parts):
            standing = self._one_folder([part.casefold() for part in parts[:depth]], name.casefold())
            if standing:
                return standing, "/".join(parts[: depth + 1])
        return None

    def _one_folder(self, above: list[str], name: str) -> Standing | None:
        if name in DEPENDENCY_FOLDERS or "/".join([*above[-1:], name]) in DEPENDENCY_PATHS:
            return Standing.VENDORED
        if name in TOOL_FOLDERS or name.endswith((".egg-info", ".dist-info", ".xcworkspace", ".xcodeproj")):
            return Standing.GENERATED
        inside = self._children.get("/".join([*above, name]), NOTHING)
        if name == "vendor" and (inside & VENDOR_CHILDREN or not above) and not inside & OWN_VENDOR_CHILDREN:
            return Standing.VENDORED
        released = RELEASED.fullmatch(name) and not OF_AN_EXERCISE.match(name)
        if above[-1:] == ["packages"] and UNPACKED.fullmatch(name):
            return Standing.VENDORED
        if released and inside & LIBRARY_PAPERS and self._is_beside(above, name):
            return Standing.VENDORED
        server = SERVER_MARK in self._children.get("/".join([*above, name, "bin"]), NOTHING)
        if server or VIRTUALENV_MARK in inside or (name == "wrapper" and above[-1:] == [".mvn"]):
            return Standing.VENDORED
        built = inside & CHILDREN_OF_BUILD.get(name, NOTHING) and not inside & OWN_BUILD_CHILDREN
        if built or inside & GENERATED_FOLDER_MARKS:
            return Standing.GENERATED
        here = "/".join([*above, name])
        if any(_holds(self._children, here, mark.casefold()) for mark in COLLECTED.get(name, ())):
            return Standing.VENDORED
        if PLUGIN_README in inside and "/".join(above[-2:]) in PLUGIN_FOLDERS and self._in_wordpress(above):
            return Standing.VENDORED
        return None

    def _is_beside(self, above: list[str], name: str) -> bool:
        """Whether a folder has others beside it: the only one is the project, unpacked."""
        around = "/".join(above)
        return any(
            self._children.get("/".join(filter(None, (around, other)))) and not other.startswith(".") and other != name
            for other in self._children.get(around, NOTHING)
        )

    def _in_wordpress(self, above: list[str]) -> bool:
        """Whether folders of plugins belong to a whole WordPress, or Composer filled them beside a plugin's files."""
        root = "/".join(above[:-2])
        if any(found == root and platform.name == "WordPress" for found, platform in self._platforms):
            return True
        around = self._children.get(root, NOTHING)
        own = any(name.endswith(".php") and not name.startswith(("wp-", "index.")) for name in around)
        return own and INSTALLER in around

    def _of_library(self, folder: str, path: str) -> tuple[Standing, str] | None:
        """A file that came with a library of scripts in the same folder."""
        name = path.rpartition("/")[2].casefold()
        if not folder or not any(name in beside for beside in COMPANIONS.values()):
            return None
        inside = self.names_in(folder)
        came = any(library in inside and name in beside for library, beside in COMPANIONS.items())
        return (Standing.VENDORED, folder) if came else None

    def _of_platform(self, path: str) -> tuple[Standing, str] | None:
        low = path.casefold()
        for root, platform in self._platforms:
            if root and not low.startswith(f"{root}/"):
                continue
            below = low[len(root) + 1 :] if root else low
            theirs, ours = _patterns(platform)
            if theirs.match(below) and not ours.match(below):
                first = below.split("/", 1)[0] if "/" in below else ""
                depth = len(first) + (len(root) + 1 if root else 0)
                return Standing.VENDORED, path[:depth] if first else path[: len(root)]
        return None


def _platforms(children: Mapping[str, set[str]]) -> Iterator[tuple[str, Platform]]:
    """Every platform whose marks lie below some folder, outermost first."""
    for platform in PLATFORMS:
        folder, _, name = platform.marks[0].rpartition("/")
        for place in sorted(children):
            if name not in children[place] or not (place == folder or place.endswith(f"/{folder}")):
                continue
            root = place[: len(place) - len(folder)].rstrip("/")
            if all(_holds(children, root, mark) for mark in platform.marks):
                yield root, platform


def _holds(children: Mapping[str, set[str]], root: str, mark: str) -> bool:
    folder, _, name = mark.rpartition("/")
    return name in children.get("/".join(part for part in (root, folder) if part), ())


@cache
def _patterns(platform: Platform) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile("|".join(platform.theirs)), re.compile("|".join(platform.ours) or r"(?!)")
