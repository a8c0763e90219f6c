"""Names of Go: every file of a folder shares them, and an import names a folder."""

from __future__ import annotations

from functools import cached_property

from reviewer.gather.scopes.scope import Definitions, Found, nearest
from reviewer.model.facts.file import FileFacts

GO = "go"


class PackageScope:
    """Looks a name up in the file, in its folder, and in the folders that it imports."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions

    @cached_property
    def _folders(self) -> dict[str, dict[str, str]]:
        """For each folder the file that defines a name; methods under ``Type.Method``."""
        found: dict[str, dict[str, str]] = {}
        for path, facts in sorted(self.definitions.files.items()):
            if facts.kind == GO:
                names = found.setdefault(_folder(path), {})
                for name in _names_of(facts):
                    names.setdefault(name, path)
        return found

    @cached_property
    def _modules(self) -> list[tuple[str, str]]:
        """The modules of the repository, longest name first: (name, folder of its go.mod)."""
        found = []
        for path, facts in self.definitions.files.items():
            manifest = facts.document.manifest if facts.document else None
            if manifest is not None and manifest.ecosystem == GO and manifest.name:
                found.append((manifest.name, _folder(path)))
        return sorted(found, key=lambda item: (-len(item[0]), item))

    def module(self, path: str, module: str) -> str | None:
        """The nearest file of the folder that an import means."""
        folder = self._folder_of(module)
        names = self._folders.get(folder, {}) if folder is not None else {}
        return nearest(path, list(names.values()))

    def hop(self, path: str, name: str) -> Found | None:
        """See `Scope.hop`."""
        head, _, rest = name.partition(".")
        item = self.definitions.imports.get(path, {}).get(head)
        if item is not None and rest:
            folder = self._folder_of(item.module)
            return self._in_folder(folder, rest) if folder is not None else None
        found = self._in_folder(_folder(path), name)
        return None if found is None or found == (path, name) else found

    def _in_folder(self, folder: str, name: str) -> Found | None:
        names = self._folders.get(folder, {})
        beginning = name
        while beginning:
            if beginning in names:
                return names[beginning], name
            beginning = beginning.rpartition(".")[0]
        return None

    def _folder_of(self, module: str) -> str | None:
        for name, root in self._modules:
            if module == name or module.startswith(f"{name}/"):
                below = module[len(name) + 1 :]
                return "/".join(part for part in (root, below) if part)
        if self._modules or "." not in module.partition("/")[0]:
            return None
        parts = module.split("/")
        tails = ("/".join(parts[start:]) for start in range(1, len(parts)))
        return next((tail for tail in tails if tail in self._folders), None)


def _names_of(facts: FileFacts) -> list[str]:
    names = [item.qualname for item in facts.functions]
    names += [item.name for item in facts.classes]
    names += [item.name for item in facts.constants]
    names += [item.symbol for item in facts.routing.routers] if facts.routing else []
    return names


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
