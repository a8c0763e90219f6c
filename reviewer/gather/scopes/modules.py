"""Names of languages whose files are modules: Python, JavaScript, TypeScript."""

from __future__ import annotations

from reviewer.gather.scopes.module_paths import PYTHON_KINDS, ModulePaths
from reviewer.gather.scopes.scope import Definitions
from reviewer.model.facts.code import Import

STARS_MOST = 60
"""Files that are looked through for one name, behind ``*``."""


class ModuleScope:
    """Follows imports, exports and re-exports from file to file."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.files = definitions.files
        self._paths = ModulePaths(definitions.files)

    def module(self, path: str, module: str) -> str | None:
        """See `Scope.module`."""
        return self._paths.module(path, module)

    def hop(self, path: str, name: str) -> tuple[str, str] | None:
        """One step towards the definition of a name, None where it is defined here or unknown."""
        facts = self.files.get(path)
        if facts is None:
            return None
        exported = next((item for item in facts.exports if item.name == name.split(".")[0]), None)
        if exported is not None and exported.module:
            target = self.module(path, exported.module)
            return (target, _joined(exported.local, name)) if target else None
        if exported is not None and exported.local and exported.local != exported.name:
            return path, _joined(exported.local, name)
        head, _, rest = name.partition(".")
        found = self.definitions.imports.get(path, {}).get(head)
        if found is not None:
            return self._through_import(path, found, rest)
        return self._through_star(path, name)

    def _through_import(self, path: str, found: Import, rest: str) -> tuple[str, str] | None:
        python = self.files[path].kind in PYTHON_KINDS
        if found.name is None:
            return self._through_module(path, found, rest, python)
        joiner = "" if found.module.endswith(".") else "."
        submodule = self.module(path, f"{found.module}{joiner}{found.name}") if python else None
        target = self.module(path, found.module)
        if submodule is not None and not (target not in (None, path) and self.definitions.defines(target, found.name)):
            return submodule, rest
        if target is None:
            return None
        return target, f"{found.name}.{rest}" if rest else found.name

    def _through_module(self, path: str, found: Import, rest: str, python: bool) -> tuple[str, str] | None:
        target = self.module(path, found.module)
        if target is None and not python:
            return None
        if not python:
            where = target or path
            first = rest.partition(".")[0]
            if first and (any(item.name == first for item in self.files[where].exports) or self._star(where, first)):
                return where, rest
            return where, f"default.{rest}" if rest else "default"
        module, names = found.module, rest.split(".") if rest else []
        if found.alias == module.partition(".")[0] != module:
            module = found.alias
        while names and (further := self.module(path, f"{module}.{names[0]}")):
            module, target, names = f"{module}.{names[0]}", further, names[1:]
        target = target or self.module(path, module)
        return (target, ".".join(names)) if target else None

    def _through_star(self, path: str, name: str) -> tuple[str, str] | None:
        head = name.partition(".")[0]
        if self.definitions.defines(path, head):
            return None
        target = self._star(path, head)
        return (target, name) if target else None

    def _star(self, path: str, name: str) -> str | None:
        """The file behind a file's ``import *`` or ``export *`` that offers a name, if need be through further ones."""
        for target in self._stars(path):
            seen = [target]
            for place in seen:
                if self.definitions.defines(place, name):
                    return target
                seen += [item for item in self._stars(place) if item not in seen][: STARS_MOST - len(seen)]
        return None

    def _stars(self, path: str) -> list[str]:
        """The files whose names a file takes or gives as a whole."""
        facts = self.files.get(path)
        if facts is None:
            return []
        modules = [item.module for item in facts.imports if item.name == "*"]
        modules += [item.module for item in facts.exports if item.name == "*" and item.module]
        found = (self.module(path, module) for module in modules[:STARS_MOST])
        return [target for target in found if target and target != path]


def _joined(local: str, name: str) -> str:
    rest = name.partition(".")[2]
    return f"{local}.{rest}" if rest else local
