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
        folder = self._folder_of(path, module)
        names = self._folders.get(folder, {}) if folder is not None else {}
        return nearest(path, list(names.values()))

    def hop(self, path: str, name: str) -> Found | None:
        """See `Scope.hop`."""
        further = self._stands_for(path, name)
        if further is not None:
            return path, further
        head, _, rest = name.partition(".")
        item = self.definitions.imports.get(path, {}).get(head)
        if item is not None and rest:
            folder = self._folder_of(path, item.module)
            return self._in_folder(folder, rest) if folder is not None else None
        found = self._in_folder(_folder(path), name)
        return None if found is None or found == (path, name) else found

    @cached_property
    def _exports(self) -> dict[str, dict[str, str]]:
        """What values of a file stand for: ``NewHandler()`` for ``Handler``, ``Server.users`` for ``users.Service``."""
        return {
            path: {item.name: item.local for item in facts.exports if item.local}
            for path, facts in self.definitions.files.items()
            if facts.kind == GO and facts.exports
        }

    def _stands_for(self, path: str, name: str) -> str | None:
        """A name with the value at its head replaced by its type, where that is a type of the repository."""
        known = self._exports.get(path)
        beginning, rest = name.rpartition(".")[0], name.rpartition(".")[2]
        while known and beginning:
            kind = known.get(beginning)
            if kind is not None and self._is_own(path, kind):
                return f"{kind}.{rest}"
            beginning, _, last = beginning.rpartition(".")
            rest = f"{last}.{rest}"
        return None

    def _is_own(self, path: str, kind: str) -> bool:
        head, _, rest = kind.partition(".")
        item = self.definitions.imports.get(path, {}).get(head) if rest else None
        return item is None or self._folder_of(path, item.module) is not None

    def _in_folder(self, folder: str, name: str) -> Found | None:
        names = self._folders.get(folder, {})
        beginning = name
        while beginning:
            if beginning in names:
                return names[beginning], name
            beginning = beginning.rpartition(".")[0]
        return None

    def _folder_of(self, path: str, module: str) -> str | None:
        """The folder of a package; of several modules of one name that counts which the importing file lies in."""
        fits = [item for item in self._modules if module == item[0] or module.startswith(f"{item[0]}/")]
        if fits:
            within = [item for item in fits if item[0] == fits[0][0] and path.startswith(f"{item[1]}/")]
            name, root = max(within, key=lambda item: len(item[1]), default=fits[0])
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
    names += [item.name for item in facts.exports]
    names += [item.symbol for item in facts.routing.routers] if facts.routing else []
    return names


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
