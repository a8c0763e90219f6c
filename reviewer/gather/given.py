"""Routers that are known by the function or method they are given to, where the name alone must lead there.

Go hands its routers around: ``users.Register(group)`` declares routes on the parameter of ``Register``, whose symbol
is ``Register#0``. Where the type behind a method's receiver is an interface, or is not told at all, the method is
found by its name and by how its type is called. Generated registrations and tables end in ``[]``: what they declare is
served only where somebody mounts them.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.gather.index import Index

Node = tuple[str, str]
TABLE = "[]"
MADE = "->"
"""Ends the name of what a function gives back."""
ALIAS = "=="
"""Ends the name of a variable that stands for a router of another place: ``api = UserDto.api``."""
TOLD = f"(){TABLE}"
UNKNOWN = "?."
ENDINGS = ("impl", "implementation", "interface", "struct")


def is_optional(symbol: str) -> bool:
    """Whether a router is served only where it is mounted."""
    return symbol.endswith(TABLE)


def offered(index: Index, routers: Container[Node], path: str, symbol: str) -> Node | None:
    """The table that a loop over an imported name means, or the router that a function or another name gives."""
    ending = next((item for item in (f"{MADE}{TABLE}", TABLE, MADE) if symbol.endswith(item)), "")
    where, name = index.resolve(path, symbol.removesuffix(ending))
    found = (where, f"{name}{ending or ALIAS}")
    if found not in routers:
        return _inherited(index, routers, where, name) if ending == MADE else None
    if ending not in ("", MADE):
        return found
    given = _given(index, found)
    places = ((where, given[0]), index.resolve(where, given[0])) if len(given) == 1 else ()
    return next((place for place in places if place in routers), found if ending else None)


def _given(index: Index, node: Node) -> list[str]:
    """What a function or a name gives, by its names in its own file."""
    routing = index.files[node[0]].routing
    return [item.child for item in (routing.mounts if routing else ()) if item.parent == node[1]]


def _inherited(index: Index, routers: Container[Node], path: str, name: str) -> Node | None:
    """The router of an object whose class has the method that gives it from a base."""
    owner, _, method = name.rpartition(".")
    for where, item in index.mro(path, owner) if owner else ():
        node = (where, f"{item.name}.{method}{MADE}")
        if node in routers:
            given = _given(index, node)
            own = (path, f"{owner}.{given[0].rpartition('.')[2]}") if len(given) == 1 else node
            return own if own in routers else node
    return None


def is_given(symbol: str) -> bool:
    """Whether a symbol names a parameter of a function."""
    return "#" in symbol


def is_told(symbol: str) -> bool:
    """Whether a symbol names a table that a method gives back."""
    return symbol.endswith(TOLD) and "." in symbol


def told_nodes(symbol: str, by_last: Mapping[str, list[Node]]) -> list[Node]:
    """The tables of every method of that name: who goes through them knows but the interface."""
    return [node for node in by_last.get(symbol.rpartition(".")[2], ()) if is_told(node[1])]


def likely_nodes(symbol: str, by_last: Mapping[str, list[Node]], path: str) -> list[Node]:
    """The routers that a symbol means which leads nowhere by the rules of its language.

    Args:
        symbol: ``handlers.UserHandler.Register#0``, ``?.users.Register#0``, ``pb.RegisterUsersHandler#1``.
        by_last: routers by the last part of their symbol.
        path: the file that the symbol leads to so far; of several routers that counts which lies in its folder.
    """
    owner, _, last = symbol.rpartition(".")
    generated = by_last.get(f"{last}{TABLE}", [])
    if generated:
        return generated[:1]
    found = [node for node in by_last.get(last, ()) if "." in node[1]]
    if len(found) < 2 or not owner:
        return found if owner else []
    beside = [node for node in found if node[0].rpartition("/")[0] == path.rpartition("/")[0]]
    if len(beside) == 1:
        return beside
    wanted = _plain(owner.rpartition(".")[2])
    named = [node for node in found if _plain(_owner(node)) == wanted]
    if not named and wanted:
        named = [
            node for node in found if _plain(_owner(node)).endswith(wanted) or wanted.endswith(_plain(_owner(node)))
        ]
    return named if len(named) == 1 else []


def _owner(node: Node) -> str:
    return node[1].rpartition(".")[0].rpartition(".")[2]


def _plain(name: str) -> str:
    low = name.lower().removesuffix("()").removeprefix("new").lstrip("i_") if name[:2].lower() != "in" else name.lower()
    for ending in ENDINGS:
        low = low.removesuffix(ending)
    return low.removesuffix("s")
