"""Looks names up across the kept facts of a repository: modules, imports, exports, classes, constants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from reviewer.gather.scopes.modules import ModuleScope
from reviewer.gather.scopes.namespaces import EverywhereScope, NamespaceScope
from reviewer.gather.scopes.packages import GO, PackageScope
from reviewer.gather.scopes.scope import Definitions, Scope
from reviewer.model.facts.code import ClassDef, Function
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.values import Ref, Value

HOPS = 12
"""Imports, exports and constants followed one after another before a name is given up."""
MODULES = ("python", "notebook", "javascript", "typescript", "tsx")
"""Kinds of files that are modules by their paths."""
NAMESPACES = (("java", "kotlin"), ("csharp",), ("php",), ("ruby",))
"""Kinds of files whose classes see each other through namespaces."""
ENV_DEFAULTS = ("process.env.", "os.environ.")


class Index:
    """The files of one repository by path, and what their names stand for."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self.files = files
        self._definitions = Definitions(files)
        modules, packages = ModuleScope(self._definitions), PackageScope(self._definitions)
        self._scopes: dict[str, Scope] = {**dict.fromkeys(MODULES, modules), GO: packages}
        spaces = {kinds: NamespaceScope(self._definitions, frozenset(kinds)) for kinds in NAMESPACES}
        self._scopes.update({kind: space for kinds, space in spaces.items() for kind in kinds})
        self._everywhere = EverywhereScope(spaces.values())

    @cached_property
    def _constants(self) -> dict[str, dict[str, Value]]:
        return {
            path: {item.name: item.value for item in reversed(facts.constants)}
            for path, facts in self.files.items()
            if facts.constants
        }

    def module(self, path: str, module: str) -> str | None:
        """The file that ``module``, written in the file at ``path``, means; None outside the repository."""
        return self._scope(path).module(path, module)

    def defines(self, path: str, name: str) -> bool:
        """Whether a name is defined in, imported into or exported from a file."""
        return self._definitions.defines(path, name)

    def _scope(self, path: str) -> Scope:
        facts = self.files.get(path)
        return self._scopes.get(facts.kind if facts else "", self._everywhere)

    def resolve(self, path: str, name: str) -> tuple[str, str]:
        """Where a dotted name of a file is defined: (path, symbol). A name that leads nowhere stays where it is."""
        place = (path, name)
        for _ in range(HOPS):
            further = self._scope(place[0]).hop(*place) if place[0] in self.files else None
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
        found = self._definitions.imports.get(path, {}).get(head)
        if found is None or (found.name is None and found.module.startswith(f"{head}.")):
            return name
        full = found.module if found.name is None else f"{found.module}.{found.name}"
        return f"{full}.{rest}" if rest else full

    def function(self, path: str, name: str) -> tuple[str, Function] | None:
        """The function or method that a name means: ``views.list_users``, ``userController.create``, ``View.get``."""
        where, symbol = self.resolve(path, name)
        return self._function_in(where, symbol) or self._inherited(where, symbol)

    def _inherited(self, path: str, symbol: str) -> tuple[str, Function] | None:
        owner, _, last = symbol.rpartition(".")
        bases = self.mro(path, owner) if owner else ()
        return next(
            (found for where, base in bases if (found := self._function_in(where, f"{base.name}.{last}"))), None
        )

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
        inherited = self._inherited_constant(path, ref.name)
        if inherited is not None:
            return self._text(*inherited, unknown, hops - 1)
        return self._setting(ref.name, unknown, hops)

    def _inherited_constant(self, path: str, name: str) -> tuple[str, Value] | None:
        """A constant that a class has from a base, or that its file imports: where it stands, and its value."""
        owner, _, member = name.rpartition(".")
        known = [(where, f"{item.name}.{member}") for where, item in self.mro(path, owner)] if owner else []
        for where, symbol in (*known, self.resolve(path, member)) if known else ():
            value = self._constants.get(where, {}).get(symbol)
            if value is not None:
                return where, value
        return None

    @cached_property
    def _settings(self) -> dict[str, list[tuple[str, str, Value]]]:
        """Every constant by the last part of its name in lower case: the file, the name, the value."""
        found: dict[str, list[tuple[str, str, Value]]] = {}
        for path, constants in sorted(self._constants.items()):
            for name, value in constants.items():
                found.setdefault(name.rpartition(".")[2].lower(), []).append((path, name, value))
        return found

    def _setting(self, name: str, unknown: str, hops: int) -> str:
        """A setting read through an object (``settings.API_PREFIX``): the only constant of that name anywhere."""
        last = name.rpartition(".")[2]
        if name == last and not name.isupper():
            return unknown
        named = self._settings.get(last.lower(), [])
        exact = [(path, value) for path, constant, value in named if constant == name]
        found = exact or [(path, value) for path, _, value in named]
        if len({value for _, value in found}) != 1:
            return unknown
        return self._text(*found[0], unknown, hops - 1)

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
