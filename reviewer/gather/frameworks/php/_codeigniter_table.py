"""The table of routes of CodeIgniter up to its third version, whose targets are paths of controllers.

A target is folders, a controller and a method; where the URL gives the method (``users/$1``), the entry declares none
of its own. Controllers answer below their own paths as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from reviewer.gather.frameworks.php._applications import VERBS
from reviewer.gather.frameworks.php._paths import other_paths
from reviewer.gather.index import Index
from reviewer.gather.look import words
from reviewer.gather.reader import Expansion
from reviewer.gather.syntax import Assignment, Expr, Mapping, Module, plain
from reviewer.model.facts.code import ClassDef, Function
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Place

TABLE = "<table>"
"""The router of the entries of a table."""
DEFAULT = "default_controller"
RESERVED = words("404_override translate_uri_dashes")
FOLDER = re.compile(r"(?:^|/)controllers/(.+)\.php\Z", re.IGNORECASE)
REST = words("REST_Controller RestController Rest_Controller REST_controller")
PLAIN = REST | {"CI_Controller", "Controller"}
"""Bases that bring no actions of their own."""
INDEX = "index"
GIVEN = "$"
"""How a part of a target begins that the URL gives."""
REMAPPING = "_remap"
METHODS = words("get post put patch delete")
ANY = "ANY"


def read_table(module: Module, framework: str) -> Iterator[Route]:
    """``$route['products/(:num)'] = 'catalog/product/$1'``, and what answers at the root."""
    if DEFAULT not in module.text:
        return
    for item in module.assignments:
        for path, method, target in _entries(item):
            for one in other_paths((f"/{'' if path == DEFAULT else path}",)):
                yield Route(
                    router=TABLE,
                    framework=framework,
                    methods=(method,),
                    path=one,
                    line=item.line,
                    end_line=item.end_line,
                    handler=target.strip("/").replace("/", "."),
                )


def _entries(item: Assignment) -> Iterator[tuple[str, str, str]]:
    """Path, method and target: ``$route['a/b'] = 'c/d'`` and ``$route['a/(:num)']['get'] = 'c/d/$1'``."""
    head, _, path = item.target.partition(".")
    if head != "route" or item.value is None:
        return
    path, _, verb = path.partition(".")
    value: Expr | None = item.value
    for _ in range(2):
        if isinstance(value, Mapping) and len(value.pairs) == 1:
            key = plain(value.pairs[0][0]) or ""
            path, verb = (path, key) if path else (key, verb)
            value = value.pairs[0][1]
    target = plain(value)
    if path and path not in RESERVED and target and not path.endswith("/"):
        yield path, VERBS.get(verb.lower(), ANY), target


def expand_table(index: Index, route: Route) -> list[Expansion]:
    """An entry as its controller answers it: with the methods that a REST controller has, and not where it has none."""
    found = _controllers(index).of(route.handler)
    if found is None:
        template = route.path in ((), ("/",))
        return [] if template else [Expansion(method=method) for method in route.methods]
    path, facts, action = found
    if action.startswith(GIVEN):
        return [Expansion(method=method, implicit=True) for method in route.methods]
    owner = facts.classes[0] if facts.classes else None
    base = owner.bases[0].rpartition(".")[2] if owner and owner.bases else ""
    asked = route.methods[0]
    answers = _answers(facts, action, base)
    if not answers:
        closed = base in PLAIN and not any(item.name == REMAPPING for item in facts.functions)
        return [Expansion(method=asked, implicit=closed, place=_place(path, owner))]
    served = [(verb, item) for verb, item in answers if asked in (ANY, verb) or verb == ANY]
    made = [Expansion(method=asked if verb == ANY else verb, place=_place(path, item)) for verb, item in served]
    return made or [Expansion(method=asked, implicit=True)]


def is_routed(index: Index, path: str, method: str) -> bool:
    """Whether an entry of a table leads to a method of a controller, which then answers at its own path only beside."""
    return (path, method) in _controllers(index).routed


class _Controllers:
    """The controllers of a repository by their paths, and the methods that tables lead to."""

    def __init__(self, index: Index) -> None:
        self._files: dict[str, tuple[str, FileFacts]] = {}
        self.routed: set[tuple[str, str]] = set()
        for path, facts in sorted(index.files.items()):
            if found := FOLDER.search(path):
                self._files.setdefault(found[1].lower(), (path, facts))
        for facts in index.files.values():
            for route in facts.routing.routes if facts.routing else ():
                if route.router == TABLE and (known := self.of(route.handler)) is not None:
                    self._add(route, *known)

    def _add(self, route: Route, path: str, facts: FileFacts, action: str) -> None:
        owner = facts.classes[0] if facts.classes else None
        base = owner.bases[0].rpartition(".")[2] if owner and owner.bases else ""
        for verb, item in _answers(facts, action, base):
            if route.methods[0] in (ANY, verb) or verb == ANY:
                self.routed.add((path, item.name))

    def of(self, target: str) -> tuple[str, FileFacts, str] | None:
        """The file of the controller that a target leads to, with the action: what stands behind the controller."""
        parts = [part for part in target.split(".") if part]
        for count in range(len(parts), 0, -1):
            found = self._files.get("/".join(parts[:count]).lower().replace("-", "_"))
            if found is not None:
                return *found, parts[count] if count < len(parts) else INDEX
        return None


_known: WeakKeyDictionary[Index, _Controllers] = WeakKeyDictionary()


def _controllers(index: Index) -> _Controllers:
    if index not in _known:
        _known[index] = _Controllers(index)
    return _known[index]


def _answers(facts: FileFacts, action: str, base: str) -> list[tuple[str, Function]]:
    """The methods of a controller that an action stands for, with the HTTP method that each says."""
    action = action.replace("-", "_").lower()
    plain_one = [(ANY, item) for item in facts.functions if item.name.lower() == action]
    if base not in REST:
        return plain_one
    named = ((item.name.lower().rpartition("_"), item) for item in facts.functions)
    return [(VERBS[verb], item) for (name, _, verb), item in named if name == action and verb in METHODS] or plain_one


def _place(path: str, item: Function | ClassDef | None) -> Place | None:
    return Place(path=path, line=item.line, end_line=item.end_line) if item else None
