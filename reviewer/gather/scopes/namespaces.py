"""Names of languages whose classes lie in namespaces, whatever file they are in: Java, Kotlin, C#, PHP, Ruby."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import PurePosixPath
from posixpath import normpath

from reviewer.gather.scopes.scope import Definitions, Found, nearest
from reviewer.model.facts.file import FileFacts

STARS_MOST = 200
"""Namespaces whose every name a file takes (``import a.*``, ``using A;``) that are looked through."""


class NamespaceScope:
    """Looks a name up the way compilers do: imported, in the classes around it, in its namespace, in imported ones.

    What none of these finds is taken from the only file that defines a class of that name, so that autoloaders,
    service containers and global imports need no rule of their own.
    """

    def __init__(self, definitions: Definitions, kinds: frozenset[str]) -> None:
        self.definitions = definitions
        self.kinds = kinds

    @cached_property
    def _homes(self) -> dict[str, list[Found]]:
        """Every class, function and constant by its full name: where it is, and what it is called in that file."""
        found: dict[str, list[Found]] = {}
        for path, facts in sorted(self.definitions.files.items()):
            if facts.kind in self.kinds:
                for name in _own_names(facts):
                    found.setdefault(_joined(facts.namespace, name), []).append((path, name))
        return found

    @cached_property
    def _simple(self) -> dict[str, list[Found]]:
        """Classes by the last part of their name."""
        found: dict[str, list[Found]] = {}
        for path, facts in sorted(self.definitions.files.items()):
            if facts.kind in self.kinds:
                for item in facts.classes:
                    found.setdefault(item.name.rpartition(".")[2], []).append((path, item.name))
        return found

    def module(self, path: str, module: str) -> str | None:
        """The file of a class that is imported by its full name, or one that is required by its path."""
        if module.startswith((".", "/")):
            return self._required(path, module)
        homes = self._homes.get(module, [])
        return nearest(path, [place for place, _ in homes])

    def _required(self, path: str, module: str) -> str | None:
        """A file required from another, relative to that one; else the nearest whose path ends so."""
        beside = normpath(str(PurePosixPath(path).parent / module.lstrip("/")))
        if beside in self.definitions.files:
            return beside
        tail = normpath(module.lstrip("/")).lstrip("./")
        candidates = self._by_name.get(tail.rpartition("/")[2], [])
        return nearest(path, [item for item in candidates if item == tail or item.endswith(f"/{tail}")])

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """Paths by the last part of them."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.definitions.files):
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    def hop(self, path: str, name: str) -> Found | None:
        """See `Scope.hop`."""
        facts = self.definitions.files[path]
        for within, inner in self._candidates(path, facts, name):
            if (found := self.home(path, within, inner)) is not None:
                return None if found == (path, name) else found
        return self._only(path, name)

    def _candidates(self, path: str, facts: FileFacts, name: str) -> Iterator[tuple[str, str]]:
        """What a name may stand for, as compilers try it: what it lies in, and its name there."""
        head, _, rest = name.partition(".")
        item = self.definitions.imports.get(path, {}).get(head)
        if item is not None:
            yield "", _joined(_joined(item.module, item.name or ""), rest)
        for outer in _outers(facts):
            yield _joined(facts.namespace, outer), name
        namespace = facts.namespace
        while namespace:
            yield namespace, name
            namespace = namespace.rpartition(".")[0]
        stars = (item.module for item in facts.imports if item.name == "*")
        for _, module in zip(range(STARS_MOST), stars, strict=False):
            yield module, name
        yield "", name

    def home(self, path: str, within: str, name: str) -> Found | None:
        """Where the longest beginning of a name is defined, with the rest of it.

        A file's own definition comes first: what is private to files of one package may have one name in several.
        """
        beginning, rest = name, ""
        while beginning:
            homes = self._homes.get(_joined(within, beginning))
            if homes:
                places = [place for place, _ in homes]
                place = path if path in places else nearest(path, places)
                local = next(local for where, local in homes if where == place)
                return (place, _joined(local, rest)) if place else None
            beginning, _, last = beginning.rpartition(".")
            rest = _joined(last, rest)
        return None

    @cached_property
    def _heads(self) -> frozenset[str]:
        """What full names begin with: where nothing has ``Devise``, it is a library's."""
        heads = {name.partition(".")[0] for name in self._homes}
        return frozenset(heads | {name.partition(".")[0] for name in self._simple})

    def _only(self, path: str, name: str) -> Found | None:
        """The one class that the head of a name can mean, wherever it is."""
        parts = name.split(".")
        if parts[0][:1].isupper() and parts[0] not in self._heads:
            parts = parts[:1]
        for number, part in enumerate(parts):
            homes = self._simple.get(part, [])
            if len(homes) == 1 and part[:1].isupper():
                found = (homes[0][0], _joined(homes[0][1], ".".join(parts[number + 1 :])))
                return None if found == (path, name) else found
        return None


def _own_names(facts: FileFacts) -> Iterable[str]:
    names = [item.name for item in facts.classes]
    names += [item.qualname for item in facts.functions if not _is_constructor(item.qualname)]
    names += [item.name for item in facts.constants]
    return dict.fromkeys(name for name in names if name)


def _is_constructor(qualname: str) -> bool:
    """Whether a method is named as its class (Java, C#): its class is what the name stands for."""
    around, _, name = qualname.rpartition(".")
    return bool(around) and around.rpartition(".")[2] == name


def _outers(facts: FileFacts) -> Iterator[str]:
    """The classes of a file, and what they lie in by their names, the innermost first."""
    found: dict[str, None] = {}
    for item in facts.classes:
        name = item.name
        while name:
            found[name] = None
            name = name.rpartition(".")[0]
    return iter(sorted(found, key=lambda name: -name.count(".")))


def _joined(left: str, right: str) -> str:
    return f"{left}.{right}" if left and right else left or right


class EverywhereScope:
    """Names in documents (a table of routes, a manifest) are full names of whichever language defines them."""

    def __init__(self, scopes: Iterable[NamespaceScope]) -> None:
        self.scopes = tuple(scopes)

    def module(self, path: str, module: str) -> str | None:
        """See `Scope.module`."""
        return next((found for scope in self.scopes if (found := scope.module(path, module))), None)

    def hop(self, path: str, name: str) -> Found | None:
        """See `Scope.hop`."""
        whole = (scope.home(path, "", name) for scope in self.scopes)
        found = next((place for place in whole if place), None)
        return found or next((place for scope in self.scopes if (place := scope.hop(path, name))), None)
