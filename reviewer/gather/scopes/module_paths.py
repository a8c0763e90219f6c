"""Which file of a repository an import means, by the names of its files alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath
from posixpath import splitext

from reviewer.model.facts.file import FileFacts

PYTHON_KINDS = ("python", "notebook")
ECMA_FILES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".jsw")
INDEX_SUFFIXES = ("/index.ts", "/index.js", "/index.tsx", "/index.mjs")
ECMA_SUFFIXES = (*ECMA_FILES, *INDEX_SUFFIXES)
WRITTEN = (".js", ".mjs", ".ts")
"""Endings that imports are written with; what is written as JavaScript may be TypeScript before it is compiled."""
OWN_FOLDERS = frozenset(
    {
        *("routes", "routers", "controllers", "middlewares", "middleware", "services", "models", "handlers"),
        *("modules", "resources", "repositories", "entities", "resolvers", "utils", "helpers"),
    }
)
"""Folders of a project that are imported by their bare name, from a root that the settings of TypeScript tell."""


class ModulePaths:
    """The files of one repository by path."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self.files = files

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        """Paths by file name without suffix; packages and index files by the name of their folder."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.files):
            folder, _, name = path.rpartition("/")
            stem = splitext(name)[0]
            if stem in ("__init__", "index"):
                stem = folder.rpartition("/")[2]
            found.setdefault(stem, []).append(path)
        return found

    def module(self, path: str, module: str) -> str | None:
        """The file that ``module``, written in the file at ``path``, means; None outside the repository."""
        facts = self.files.get(path)
        if facts is not None and facts.kind in PYTHON_KINDS:
            return self._python_module(path, module)
        return self._ecma_module(path, module)

    def _python_module(self, path: str, module: str) -> str | None:
        level = len(module) - len(module.lstrip("."))
        name = module[level:].replace(".", "/")
        if level:
            folder = PurePosixPath(path).parent
            for _ in range(level - 1):
                folder = folder.parent
            base = str(folder / name) if name else str(folder)
            return self._python_file(base.removeprefix("./"))
        return self._nearest(path, name, (".py", "/__init__.py")) if name else None

    def _python_file(self, base: str) -> str | None:
        prefix = "" if base in (".", "") else base
        candidates = (f"{prefix}.py", f"{prefix}/__init__.py".lstrip("/"))
        return next((item for item in candidates if item in self.files), None)

    def _ecma_module(self, path: str, module: str) -> str | None:
        if module.startswith("."):
            base = _normal(str(PurePosixPath(path).parent / module))
            if base in self.files:
                return base
            without = base.removesuffix(".js").removesuffix(".mjs")
            stems = (base, without) if without != base else (base,)
            return next(
                (f"{stem}{end}" for stem in stems for end in ECMA_SUFFIXES if f"{stem}{end}" in self.files), None
            )
        if module.lstrip("@~#") in OWN_FOLDERS or (module.startswith("@") and "/" not in module):
            return self._own_folder(path, module.lstrip("@~#"))
        return self._at_alias(path, module) if "/" in module else None

    def _own_folder(self, path: str, module: str) -> str | None:
        """``routes``, ``@config``: a folder below a root around the file. No package is a scope alone."""
        found = self._nearest(path, module, INDEX_SUFFIXES) if module else None
        return found if found is not None and path.startswith(_root(found, module, INDEX_SUFFIXES)) else None

    def _at_alias(self, path: str, module: str) -> str | None:
        """``@/routes``, ``@/routes/index``, ``#lib/db.js``: the folder that an alias stands for is not told."""
        tail = module.lstrip("@~#/")
        stem = next((tail.removesuffix(end) for end in WRITTEN if tail.endswith(end)), tail)
        folder = stem.removesuffix("/index")
        endings = ECMA_SUFFIXES if folder == stem else INDEX_SUFFIXES
        found = self._nearest(path, folder, endings)
        return found if found is not None or not module.startswith("@") else self._below_root(path, folder, endings)

    def _below_root(self, path: str, tail: str, endings: tuple[str, ...]) -> str | None:
        """``@root/routes/users``: an alias of another name than its folder, which lies around the file."""
        inner = tail.partition("/")[2]
        found = self._nearest(path, inner, endings) if "/" in inner else None
        return found if found is not None and path.startswith(_root(found, inner, endings)) else None

    def _nearest(self, path: str, tail: str, endings: tuple[str, ...]) -> str | None:
        """The file whose path ends like ``tail``.

        One that lies so below a folder around ``path`` goes before the others, as the root of an alias is such a
        folder; then the nearest by shared folders, then that of the shortest path.
        """
        candidates = [
            item
            for item in self._by_stem.get(tail.rpartition("/")[2], ())
            if any(item == tail + end or item.endswith(f"/{tail}{end}") for end in endings)
        ]
        below = {item for item in candidates if path.startswith(_root(item, tail, endings))}
        return min(
            candidates, key=lambda item: (item not in below, -_shared(path, item), item.count("/"), item), default=None
        )


def _root(item: str, tail: str, endings: tuple[str, ...]) -> str:
    """The folder that a path lies in as ``tail`` says, with a slash at its end; ``""`` is the root of all."""
    ending = next(end for end in endings if item.endswith(f"{tail}{end}"))
    return item[: len(item) - len(tail) - len(ending)]


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count


def _normal(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if parts:
                parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)
