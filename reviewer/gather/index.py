"""Looks names up across the kept facts of a repository: modules, imports, exports, classes, constants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from reviewer.gather.module_paths import PYTHON_KINDS, ModulePaths
from reviewer.model.facts.code import ClassDef, Function, Import
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.values import Ref, Value

HOPS = 12
"""Imports, exports and constants followed one after another before a name is given up."""
STARS_MOST = 60
"""Files that are looked through for one name, behind ``*``."""
ENV_DEFAULTS = ("process.env.", "os.environ.")


class Index:
    """The files of one repository by path, and what their names stand for."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self.files = files
        self._paths = ModulePaths(files)

    @cached_property
    def _constants(self) -> dict[str, dict[str, Value]]:
        return {
            path: {item.name: item.value for item in reversed(facts.constants)}
            for path, facts in self.files.items()
            if facts.constants
        }

    @cached_property
    def _imports(self) -> dict[str, dict[str, Import]]:
        return {
            path: {item.alias: item for item in facts.imports if item.name != "*"}
            for path, facts in self.files.items()
            if facts.imports
        }

    def module(self, path: str, module: str) -> str | None:
        """The file that ``module``, written in the file at ``path``, means; None outside the repository."""
        return self._paths.module(path, module)

    def resolve(self, path: str, name: str) -> tuple[str, str]:
        """Where a dotted name of a file is defined: (path, symbol). A name that leads nowhere stays where it is."""
        place = (path, name)
        for _ in range(HOPS):
            further = self._hop(*place)
            if further is None or further == place:
                break
            place = further
        return place

    def classes(self, path: str, name: str) -> tuple[str, ClassDef] | None:
        """The class that a name of a file means, with the path it is in."""
        where, symbol = self.resolve(path, name)
        facts = self.files.get(where)
        if facts is None:
            return None
        return next(((where, item) for item in facts.classes if item.name == symbol), None)

    def mro(self, path: str, name: str) -> Iterator[tuple[str, ClassDef]]:
        """A class and its known bases, the class first, each once."""
        seen: set[tuple[str, str]] = set()
        queue = [(path, name)]
        while queue and len(seen) < 50:
            found = self.classes(*queue.pop(0))
            if found is None or (found[0], found[1].name) in seen:
                continue
            seen.add((found[0], found[1].name))
            yield found
            queue.extend((found[0], base) for base in found[1].bases if base)

    def unresolved_bases(self, path: str, name: str) -> tuple[str, ...]:
        """Full names of the bases outside the repository: ``rest_framework.viewsets.ModelViewSet``."""
        return tuple(
            self.full_name(where, base)
            for where, item in self.mro(path, name)
            for base in item.bases
            if base and self.classes(where, base) is None
        )

    def full_name(self, path: str, name: str) -> str:
        """A name with the module that it is imported from put before it."""
        head, _, rest = name.partition(".")
        found = self._imports.get(path, {}).get(head)
        if found is None or (found.name is None and found.module.startswith(f"{head}.")):
            return name
        full = found.module if found.name is None else f"{found.module}.{found.name}"
        return f"{full}.{rest}" if rest else full

    def function(self, path: str, name: str) -> tuple[str, Function] | None:
        """The function or method that a name means: ``views.list_users``, ``userController.create``, ``View.get``."""
        where, symbol = self.resolve(path, name)
        return self._function_in(where, symbol)

    def text(self, path: str, value: Value, unknown: str = "") -> str:
        """A value as text; parts that lead nowhere become ``unknown``."""
        return self._text(path, value, unknown, HOPS)

    def _text(self, path: str, value: Value, unknown: str, hops: int) -> str:
        return "".join(part if isinstance(part, str) else self._constant(path, part, unknown, hops) for part in value)

    def _constant(self, path: str, ref: Ref, unknown: str, hops: int) -> str:
        if not ref.name or not hops:
            return unknown
        where, symbol = self.resolve(path, ref.name)
        for name in (symbol, ref.name):
            for place in (where, path):
                value = self._constants.get(place, {}).get(name)
                if value is not None and value != (ref,):
                    return self._text(place, value, unknown, hops - 1)
        return self._setting(ref.name, unknown, hops)

    def _setting(self, name: str, unknown: str, hops: int) -> str:
        """A setting read through an object (``settings.API_PREFIX``): the only constant of that name anywhere."""
        last = name.rpartition(".")[2]
        if name == last and not name.isupper():
            return unknown
        found = [
            (path, value)
            for path, constants in sorted(self._constants.items())
            for constant, value in constants.items()
            if constant.lower() == last.lower() or constant.lower().endswith(f".{last.lower()}")
        ]
        if len({value for _, value in found}) != 1:
            return unknown
        return self._text(*found[0], unknown, hops - 1)

    def _hop(self, path: str, name: str) -> tuple[str, str] | None:
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
        found = self._imports.get(path, {}).get(head)
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
        if submodule is not None and not (target not in (None, path) and self.defines(target, found.name)):
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
        if self.defines(path, head):
            return None
        target = self._star(path, head)
        return (target, name) if target else None

    def _star(self, path: str, name: str) -> str | None:
        """The file behind a file's ``import *`` or ``export *`` that offers a name, if need be through further ones."""
        for target in self._stars(path):
            seen = [target]
            for place in seen:
                if self.defines(place, name):
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

    def defines(self, path: str, name: str) -> bool:
        """Whether a name is defined in, imported into or exported from a file."""
        return name in self._defined.get(path, ())

    @cached_property
    def _defined(self) -> dict[str, frozenset[str]]:
        return {path: frozenset(_names_of(facts)) for path, facts in self.files.items()}

    def _function_in(self, path: str, symbol: str) -> tuple[str, Function] | None:
        facts = self.files.get(path)
        if facts is None:
            return None
        last = symbol.rpartition(".")[2]
        exact = next((item for item in facts.functions if item.qualname == symbol), None)
        if exact is None and symbol.startswith(("default.", "this.", "self.")):
            exact = next((item for item in facts.functions if item.name == last), None)
        if exact is None and "." in symbol:
            methods = [item for item in facts.functions if item.name == last]
            exact = methods[0] if len(methods) == 1 else None
        return (path, exact) if exact else None


def _names_of(facts: FileFacts) -> Iterator[str]:
    yield from (item.qualname.partition(".")[0] for item in facts.functions)
    yield from (item.name for item in facts.classes)
    yield from (item.name.partition(".")[0] for item in facts.constants)
    yield from (item.alias for item in facts.imports if item.name != "*")
    yield from (item.name for item in facts.exports)
    if facts.routing:
        yield from (item.symbol.partition(".")[0] for item in facts.routing.routers)


def _joined(local: str, name: str) -> str:
    rest = name.partition(".")[2]
    return f"{local}.{rest}" if rest else local
